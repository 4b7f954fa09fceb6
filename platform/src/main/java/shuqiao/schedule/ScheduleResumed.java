package shuqiao.schedule;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A paused schedule takes its turns again. */
public record ScheduleResumed(long schedule, long grant, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("schedule", schedule, "grant", grant);
    }
}
