package shuqiao.sharing;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A department signed its request and sent it. */
public record RequestSent(
        long request,
        String number,
        long resource,
        int version,
        String profile,
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
                "version",
                version,
                "profile",
                profile);
    }
}
