package shuqiao.upkeep;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A resource that was announced to end goes on. */
public record EndingTakenBack(long resource, String provider, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("resource", resource, "provider", provider);
    }
}
