package shuqiao.catalog;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** The steward took a submitted draft back. */
public record ResourceRecalled(long resource, int version, String provider, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("resource", resource, "version", version, "provider", provider);
    }
}
