package shuqiao.calendar;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A year's notice was imported: due dates that reach into or near it may move. */
public record CalendarImported(int year, int version, String source, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("year", year, "version", version, "source", source);
    }
}
