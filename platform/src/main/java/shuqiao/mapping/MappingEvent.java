package shuqiao.mapping;

import java.time.Instant;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What consumers say of their tables. */
public sealed interface MappingEvent extends DomainEvent {

    /** The grant's next run replaces the table whole. */
    record MappingRemoved(long grant, long target, String table, Actor by, Instant at)
            implements MappingEvent {}

    /** A consumer said how a grant enters one of its tables. */
    record MappingSet(long grant, long target, String table, int columns, Actor by, Instant at)
            implements MappingEvent {}
}
