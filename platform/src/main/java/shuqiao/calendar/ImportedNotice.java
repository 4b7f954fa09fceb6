package shuqiao.calendar;

import java.time.Instant;
import shuqiao.standard.YearNotice;

/**
 * A notice that an administrator brought in.
 *
 * @param version counted from 1 within its year; the highest holds
 */
public record ImportedNotice(long id, int version, YearNotice notice, Instant importedAt) {}
