package shuqiao.exchange;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

public record RunFailed(String run, long grant, String why, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("run", run, "grant", grant, "why", why);
    }
}
