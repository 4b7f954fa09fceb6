package shuqiao.upkeep;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A live table is not as it was mounted any more. */
public record DifferencesFound(
        long resource, String provider, int version, int count, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "resource", resource, "provider", provider, "version", version, "count", count);
    }
}
