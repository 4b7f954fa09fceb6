package shuqiao.upkeep;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A new version of a resource touches a grant. */
public record GrantFlagged(
        long grant, String number, long resource, int version, int reasons, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "grant", grant,
                "number", number,
                "resource", resource,
                "version", version,
                "reasons", reasons);
    }
}
