package shuqiao.schedule;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** Granted data is to be delivered again and again. */
public record ScheduleMade(long schedule, long grant, String rhythm, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("schedule", schedule, "grant", grant, "rhythm", rhythm);
    }
}
