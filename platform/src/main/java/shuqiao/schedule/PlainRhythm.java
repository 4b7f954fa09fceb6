package shuqiao.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.WorkingDays;
import shuqiao.kit.Entry;

/**
 * A rhythm as people choose it on the page, every day, week or month, and the expression behind it.
 *
 * @param cron null where there is none
 */
record PlainRhythm(@Nullable String rhythm, @Nullable String cron) {

    static final String[] WAYS = {
        "WORKING_DAYS", "DAILY", "WEEKLY", "MONTHLY", "AFTER_UPDATE", "CRON"
    };

    /** Those that have a time of the day. */
    static final String[] TIMED = {"WORKING_DAYS", "DAILY", "WEEKLY", "MONTHLY"};

    /** The last day that every month has. */
    static final int EVERY_MONTH = 28;

    static PlainRhythm of(
            @Nullable String way,
            @Nullable String time,
            @Nullable String weekday,
            @Nullable String day) {
        var days =
                switch (way == null ? "" : way) {
                    case "DAILY" -> "* * *";
                    case "WEEKLY" -> "* * " + chosen(weekday);
                    case "MONTHLY" -> chosen(day) + " * *";
                    default -> "";
                };
        if (days.isEmpty()) return new PlainRhythm(way, null);
        try {
            var at = LocalTime.parse(time == null ? "" : time.strip());
            return new PlainRhythm(
                    "CRON", "%d %d %s".formatted(at.getMinute(), at.getHour(), days));
        } catch (DateTimeException _) {
            // whose fault is that of its time, like that of working days
            return new PlainRhythm("WORKING_DAYS", null);
        }
    }

    /** As a form says it; what is wrong becomes a fault. */
    static @Nullable Rhythm of(
            Entry entry, Instant now, WorkingDays calendar, Invalid.Faults faults) {
        var said =
                of(
                        entry.text("rhythm"),
                        entry.text("time"),
                        entry.text("weekday"),
                        entry.text("day"));
        switch (said.rhythm()) {
            case "WORKING_DAYS" -> {
                try {
                    return new Rhythm.OnWorkingDays(
                            LocalTime.parse(entry.text("time")).withSecond(0).withNano(0));
                } catch (DateTimeException _) {
                    faults.add("time", "schedule.time");
                }
            }
            case "CRON" -> {
                var text = said.cron() == null ? entry.text("cron") : said.cron();
                var at = said.cron() == null ? "cron" : "day";
                if (text.isEmpty()) return null;
                try {
                    if (CronFields.isQuartz(text)) {
                        faults.add(at, "schedule.cron-quartz");
                        return null;
                    }
                    var cron = new Rhythm.Cron(text);
                    if (cron.next(now, calendar).isPresent()) return cron;
                    faults.add(at, "schedule.cron-never");
                } catch (IllegalArgumentException _) {
                    faults.add(at, "schedule.cron");
                }
            }
            case "AFTER_UPDATE" -> {
                return new Rhythm.AfterUpdate();
            }
            case null, default -> {}
        }
        return null;
    }

    private static String chosen(@Nullable String value) {
        return value == null || !value.matches("[0-9]{1,2}|L") ? "?" : value;
    }
}
