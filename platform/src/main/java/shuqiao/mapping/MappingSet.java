package shuqiao.mapping;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A consumer said how a grant enters one of its tables. */
public record MappingSet(long grant, long target, String table, int columns, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("grant", grant, "target", target, "table", table, "columns", columns);
    }
}
