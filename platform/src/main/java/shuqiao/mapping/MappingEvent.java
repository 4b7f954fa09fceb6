package shuqiao.mapping;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens in this room. */
public sealed interface MappingEvent extends DomainEvent {

    /** A consumer took a mapping away: the grant's next run replaces the table whole. */
    record MappingRemoved(long grant, long target, String table, Actor by, Instant at)
            implements MappingEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("grant", grant, "target", target, "table", table);
        }
    }

    /** A consumer said how a grant enters one of its tables. */
    record MappingSet(long grant, long target, String table, int columns, Actor by, Instant at)
            implements MappingEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("grant", grant, "target", target, "table", table, "columns", columns);
        }
    }
}
