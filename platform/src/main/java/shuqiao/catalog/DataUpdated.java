package shuqiao.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** The provider says that the data of a resource is new. */
public record DataUpdated(long resource, String provider, LocalDate asOf, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("resource", resource, "provider", provider, "asOf", asOf.toString());
    }
}
