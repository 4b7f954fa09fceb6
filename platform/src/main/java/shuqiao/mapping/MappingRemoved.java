package shuqiao.mapping;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A consumer took a mapping away: the grant's next run replaces the table whole. */
public record MappingRemoved(long grant, long target, String table, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("grant", grant, "target", target, "table", table);
    }
}
