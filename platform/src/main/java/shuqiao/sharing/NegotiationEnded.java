package shuqiao.sharing;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** The provider answered in the talks: its answer changed, or stands. */
public record NegotiationEnded(long request, String number, boolean changed, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("request", request, "number", number, "changed", changed);
    }
}
