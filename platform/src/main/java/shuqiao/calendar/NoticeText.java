package shuqiao.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;

/**
 * Reads a notice as people copy it: a line a holiday, with a day or a first and a last day, such as
 * {@code 元旦 2027-01-01 至 2027-01-03}. Writes the lines that {@link
 * shuqiao.standard.YearNotice#parse} takes.
 */
final class NoticeText {

    private static final Pattern DATE =
            Pattern.compile("(\\d{4})[-/年.](\\d{1,2})[-/月.](\\d{1,2})日?");
    private static final Pattern RANGE = Pattern.compile("\\s*(?:至|到|—+|–|~|～|-|to)\\s*");
    private static final int RANGE_DAYS_MAX = 31;
    private static final int LINES_MAX = 400;

    private NoticeText() {}

    /** CSV of both lists; days that stand in both appear twice and are refused later. */
    static String csv(@Nullable String off, @Nullable String work) {
        var faults = new Invalid.Faults();
        var lines = new StringBuilder();
        write("off", off, lines, faults);
        write("work", work, lines, faults);
        faults.refuseIfAny();
        return lines.toString();
    }

    private static void write(
            String kind, @Nullable String text, StringBuilder lines, Invalid.Faults faults) {
        int number = 0;
        for (var line : (text == null ? "" : text).lines().limit(LINES_MAX).toList()) {
            number++;
            if (line.isBlank()) continue;
            var days = days(line);
            if (days.isEmpty()) {
                faults.add(kind, "calendar.line", Map.of("line", number));
                return;
            }
            days.forEach((day, name) ->
                    lines.append(day)
                            .append(',')
                            .append(kind)
                            .append(name.isEmpty() ? "" : "," + name)
                            .append('\n'));
        }
    }

    /** Empty when the line holds no day, or a range that is upside down or too long. */
    private static Map<LocalDate, String> days(String line) {
        var days = new TreeMap<LocalDate, String>();
        var dates = DATE.matcher(line);
        var name = "";
        @Nullable LocalDate before = null;
        int end = 0;
        while (dates.find()) {
            var day = day(dates.group(1), dates.group(2), dates.group(3));
            if (day == null) return Map.of();
            var between = line.substring(end, dates.start());
            if (before == null) name = between.replaceAll("[\\s,，、：:;；（(]+", "");
            else if (RANGE.matcher(between).matches()) {
                if (day.isBefore(before) || day.isAfter(before.plusDays(RANGE_DAYS_MAX)))
                    return Map.of();
                for (var one = before; one.isBefore(day); one = one.plusDays(1)) days.put(one, "");
            }
            days.put(day, "");
            before = day;
            end = dates.end();
        }
        var named = name;
        days.replaceAll((_, _) -> named);
        return days;
    }

    private static @Nullable LocalDate day(String year, String month, String day) {
        try {
            return LocalDate.of(
                    Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
        } catch (DateTimeException none) {
            return null;
        }
    }
}
