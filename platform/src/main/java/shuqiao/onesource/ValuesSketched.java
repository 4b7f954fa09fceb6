package shuqiao.onesource;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * A department had keyed hashes of its columns made, to be compared with those of others.
 *
 * @param columns how many; 0 when they were thrown away
 */
public record ValuesSketched(long resource, String provider, int columns, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("resource", resource, "provider", provider, "columns", columns);
    }
}
