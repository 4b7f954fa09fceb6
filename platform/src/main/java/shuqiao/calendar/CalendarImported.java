package shuqiao.calendar;

import java.time.Instant;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A year's notice was imported: due dates that reach into or near it may move. */
public record CalendarImported(int year, int version, String source, Actor by, Instant at)
        implements DomainEvent {}
