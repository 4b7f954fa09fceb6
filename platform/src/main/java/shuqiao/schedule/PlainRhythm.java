package shuqiao.schedule;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rhythm as people choose it on the page, every day, week or month, and the expression behind it.
 *
 * @param cron null where there is none
 */
record PlainRhythm(@Nullable String rhythm, @Nullable String cron) {

    static final List<String> WAYS =
            List.of("WORKING_DAYS", "DAILY", "WEEKLY", "MONTHLY", "AFTER_UPDATE", "CRON");

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

    private static String chosen(@Nullable String value) {
        return value == null || !value.matches("[0-9]{1,2}|L") ? "?" : value;
    }
}
