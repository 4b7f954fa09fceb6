package shuqiao.schedule;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The five fields of an expression, each as what it allows.
 *
 * @param days of the month; all of them where the field begins with a star
 * @param lastDay the last day of the month, written {@code L}
 * @param weekdays from Monday, 1, to Sunday, 7
 * @param byDay the day of the month is restricted
 * @param byWeekday the day of the week is restricted
 */
record CronFields(
        SortedSet<Integer> minutes,
        SortedSet<Integer> hours,
        SortedSet<Integer> days,
        boolean lastDay,
        SortedSet<Integer> months,
        SortedSet<Integer> weekdays,
        boolean byDay,
        boolean byWeekday) {

    static final String LAST_DAY = "L";

    private static final List<String> MONTHS =
            List.of(
                    "", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                    "DEC");
    private static final List<String> WEEKDAYS =
            List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /** Words of Quartz and of our library that crontab(5) does not have. */
    private static final Pattern QUARTZ = Pattern.compile("[?#LW]");

    private static final Pattern PART =
            Pattern.compile("(?:(\\*)|(\\w+)(?:-(\\w+))?)(?:/(\\d{1,2}))?");

    /** The fields as they were written. */
    static List<String> split(String expression) {
        return List.of(expression.strip().split("\\s+"));
    }

    /** Whether a field says something, as crontab(5) has it: it does not begin with a star. */
    static boolean isRestricted(String field) {
        return !field.startsWith("*") && !field.equals("?");
    }

    /** Whether it has words that other programs know, and crontab(5) does not. */
    static boolean isQuartz(String expression) {
        var fields = split(expression);
        if (fields.size() != 5) return false;
        var day = fields.get(2).toUpperCase(Locale.ROOT);
        var weekday = fields.get(4).toUpperCase(Locale.ROOT);
        for (var name : WEEKDAYS) weekday = weekday.replace(name, "");
        return !day.equals(LAST_DAY) && QUARTZ.matcher(day).find()
                || QUARTZ.matcher(weekday).find();
    }

    /** Empty for what has words of others in it. */
    static Optional<CronFields> of(String expression) {
        var fields = split(expression);
        if (fields.size() != 5 || isQuartz(expression)) return Optional.empty();
        var last = fields.get(2).equalsIgnoreCase(LAST_DAY);
        var minutes = values(fields.get(0), 0, 59, List.of());
        var hours = values(fields.get(1), 0, 23, List.of());
        var days = last ? new TreeSet<Integer>() : values(fields.get(2), 1, 31, List.of());
        var months = values(fields.get(3), 1, 12, MONTHS);
        var weekdays = values(fields.get(4), 0, 7, WEEKDAYS);
        if (minutes == null || hours == null || days == null || months == null || weekdays == null)
            return Optional.empty();
        // Sunday is 0 or 7
        if (weekdays.remove(0)) weekdays.add(7);
        return Optional.of(
                new CronFields(
                        minutes,
                        hours,
                        days,
                        last,
                        months,
                        weekdays,
                        isRestricted(fields.get(2)),
                        isRestricted(fields.get(4))));
    }

    private static @Nullable SortedSet<Integer> values(
            String field, int least, int most, List<String> names) {
        var values = new TreeSet<Integer>();
        for (var text : field.toUpperCase(Locale.ROOT).split(",", -1)) {
            var part = PART.matcher(text);
            if (!part.matches()) return null;
            int from = part.group(1) != null ? least : value(part.group(2), names);
            int to =
                    part.group(3) != null
                            ? value(part.group(3), names)
                            : part.group(1) != null || part.group(4) != null ? most : from;
            int step = part.group(4) == null ? 1 : Integer.parseInt(part.group(4));
            if (from < least || to > most || from > to || step < 1) return null;
            for (int at = from; at <= to; at += step) values.add(at);
        }
        return values;
    }

    private static int value(String text, List<String> names) {
        if (names.contains(text)) return names.indexOf(text);
        return text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : -1;
    }
}
