package shuqiao.sharing;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A consumer asked the authority to settle it. */
public record ArbitrationAsked(long request, String number, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("request", request, "number", number);
    }
}
