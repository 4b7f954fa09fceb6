package shuqiao.sharing;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A request was written down. */
public record RequestDrafted(
        long request,
        String number,
        long resource,
        String consumer,
        String provider,
        Actor by,
        Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "request",
                request,
                "number",
                number,
                "resource",
                resource,
                "consumer",
                consumer,
                "provider",
                provider);
    }
}
