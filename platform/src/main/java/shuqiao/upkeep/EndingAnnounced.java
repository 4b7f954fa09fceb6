package shuqiao.upkeep;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** It was announced that a resource is provided no more from this day on. */
public record EndingAnnounced(long resource, String provider, LocalDate day, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("resource", resource, "provider", provider, "day", day.toString());
    }
}
