package shuqiao.outbound;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** An address from before the policy was allowed for good, or is dialled no more. */
public record OutsideAddressDecided(
        String kind, long id, String holder, boolean allowed, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("kind", kind, "id", id, "holder", holder, "allowed", allowed);
    }
}
