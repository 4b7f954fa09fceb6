package shuqiao.exchange;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

public record RunAsked(String run, long grant, Run.Target target, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return switch (target) {
            case Run.Target.Table(var source, _, _, _) ->
                    Map.of("run", run, "grant", grant, "target", source);
            case Run.Target.File(var format, _) ->
                    Map.of("run", run, "grant", grant, "format", format.word());
        };
    }
}
