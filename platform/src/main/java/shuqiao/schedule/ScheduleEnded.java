package shuqiao.schedule;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A schedule takes no turn any more. */
public record ScheduleEnded(long schedule, long grant, boolean byItself, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("schedule", schedule, "grant", grant, "byItself", byItself);
    }
}
