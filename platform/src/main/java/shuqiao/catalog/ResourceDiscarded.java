package shuqiao.catalog;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A draft, or the draft of a next version, was thrown away by its steward. */
public record ResourceDiscarded(long resource, int version, String provider, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("resource", resource, "version", version, "provider", provider);
    }
}
