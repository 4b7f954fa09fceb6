package shuqiao.schedule;

import java.time.Instant;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens in this room. */
public sealed interface ScheduleEvent extends DomainEvent {

    /** A schedule takes no turn any more. */
    record ScheduleEnded(long schedule, long grant, boolean byItself, Actor by, Instant at)
            implements ScheduleEvent {}

    /** Granted data is to be delivered again and again. */
    record ScheduleMade(long schedule, long grant, String rhythm, Actor by, Instant at)
            implements ScheduleEvent {}

    /** A schedule takes no turns for the time being. */
    record SchedulePaused(long schedule, long grant, boolean byItself, Actor by, Instant at)
            implements ScheduleEvent {}

    /** A paused schedule takes its turns again. */
    record ScheduleResumed(long schedule, long grant, Actor by, Instant at)
            implements ScheduleEvent {}
}
