package shuqiao.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Invalid;
import shuqiao.standard.YearNotice;

/** Checks what an administrator hands in as a year's notice, all faults at once. */
final class NoticeEntry {

    private static final int DAYS_MAX = 366;
    private static final int CSV_MAX = 50_000;

    private NoticeEntry() {}

    static YearNotice checked(int year, Calendars.Entry entry) {
        var faults = new Invalid.Faults();
        var source = faults.text("source", entry.source(), 500);
        if (entry.year() != null && entry.year() != year)
            faults.add("year", "calendar.other-year", Map.of("year", year));
        var csv = faults.optionalText("csv", entry.csv(), CSV_MAX);
        var lists = entry.off() != null || entry.work() != null;
        if (csv.isEmpty() == !lists) faults.add("off", "calendar.one-form");
        var off = days("off", entry.off(), faults);
        var work = days("work", entry.work(), faults);
        faults.refuseIfAny();
        var notice =
                faults.code(
                        csv.isEmpty() ? "off" : "csv",
                        () ->
                                csv.isEmpty()
                                        ? new YearNotice(year, off, work, source)
                                        : YearNotice.parse(year, csv, source));
        faults.refuseIfAny();
        return Objects.requireNonNull(notice);
    }

    private static Set<LocalDate> days(
            String field, @Nullable List<@Nullable String> days, Invalid.Faults faults) {
        var dates = new HashSet<LocalDate>();
        if (days == null) return dates;
        if (days.size() > DAYS_MAX) {
            faults.add(field, "calendar.too-many-days", Map.of("max", DAYS_MAX));
            return dates;
        }
        for (int at = 0; at < days.size(); at++) {
            try {
                var day = days.get(at);
                dates.add(Clock.day(day == null ? "" : day));
            } catch (DateTimeException _) {
                faults.add(field + "[" + at + "]", "date");
            }
        }
        return dates;
    }
}
