package shuqiao.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NormalForm;

/**
 * Reads a notice as people copy it: a line a holiday, with a day or a first and a last day, such as
 * {@code 元旦 2027-01-01 至 2027-01-03}, or as it was published, {@code 元旦：1月1日（周五）至3日（周日）放假}, in the
 * year that was typed. Writes the lines that {@link shuqiao.standard.YearNotice#parse} takes.
 */
final class NoticeText {

    /** A year where it is said, a month where it changes; 日 ends what has no year. */
    private static final Pattern DATE =
            Pattern.compile(
                    "(?:(\\d{4})[-/年.])(\\d{1,2})[-/月.](\\d{1,2})日?|(?:(\\d{1,2})月)?(\\d{1,2})日");

    private static final Pattern WEEKDAY = Pattern.compile("^\\s*\\([^)]*\\)");
    private static final Pattern RANGE = Pattern.compile("\\s*(?:至|到|—+|–|~|～|-|to)\\s*");
    private static final Pattern WORKED = Pattern.compile("上班|补班");
    private static final Pattern OFF = Pattern.compile("放假|休息");
    private static final Pattern NUMBER = Pattern.compile("^\\s*[一二三四五六七八九十0-9]+\\s*[、.]");
    private static final int RANGE_DAYS_MAX = 31;
    private static final int LINES_MAX = 400;

    private record Day(LocalDate date, String kind) {}

    private NoticeText() {}

    /**
     * CSV of both lists; days that stand in both appear twice and are refused later.
     *
     * @param year of dates that say none; null where none was typed
     */
    static String csv(@Nullable String off, @Nullable String work, @Nullable Integer year) {
        var faults = new Invalid.Faults();
        var lines = new StringBuilder();
        write("off", off, year, lines, faults);
        write("work", work, year, lines, faults);
        faults.refuseIfAny();
        return lines.toString();
    }

    private static void write(
            String kind,
            @Nullable String text,
            @Nullable Integer year,
            StringBuilder lines,
            Invalid.Faults faults) {
        int number = 0;
        for (var line : (text == null ? "" : text).lines().limit(LINES_MAX).toList()) {
            number++;
            if (line.isBlank()) continue;
            var plain = NUMBER.matcher(NormalForm.of(line)).replaceFirst("");
            var days = days(plain, kind, year);
            if (days.isEmpty()) {
                faults.add(kind, "calendar.line", Map.of("line", number));
                return;
            }
            var name = name(plain);
            for (var it : days)
                lines.append(it.date())
                        .append(',')
                        .append(it.kind())
                        .append(name.isEmpty() ? "" : "," + name)
                        .append('\n');
        }
    }

    /** What stands before the first date. */
    private static String name(String line) {
        var first = DATE.matcher(line);
        return first.find()
                ? line.substring(0, first.start()).replaceAll("[\\s,，、：:;；（(]+", "")
                : "";
    }

    /** Empty when the line holds no day, or a range that is upside down or too long. */
    private static List<Day> days(String line, String kind, @Nullable Integer year) {
        var days = new ArrayList<Day>();
        var dates = DATE.matcher(line);
        @Nullable LocalDate before = null;
        int waiting = 0;
        int end = 0;
        while (dates.find()) {
            var day = day(dates, before, year);
            if (day == null) return List.of();
            // 1月1日（周五）至3日: the weekday stands between, and says nothing more
            var between = WEEKDAY.matcher(line.substring(end, dates.start())).replaceFirst("");
            if (before != null) waiting = said(between, days, waiting);
            if (before != null && RANGE.matcher(between).matches()) {
                if (day.isBefore(before) || day.isAfter(before.plusDays(RANGE_DAYS_MAX)))
                    return List.of();
                for (var one = before.plusDays(1); one.isBefore(day); one = one.plusDays(1))
                    days.add(new Day(one, kind));
            }
            if (!day.equals(before)) days.add(new Day(day, kind));
            before = day;
            end = dates.end();
        }
        said(line.substring(end), days, waiting);
        return days;
    }

    /**
     * Gives the days that wait for it the word that stands behind them.
     *
     * @return from which day on others wait
     */
    private static int said(String words, List<Day> days, int waiting) {
        var kind = WORKED.matcher(words).find() ? "work" : OFF.matcher(words).find() ? "off" : "";
        if (kind.isEmpty()) return waiting;
        for (int at = waiting; at < days.size(); at++)
            days.set(at, new Day(days.get(at).date(), kind));
        return days.size();
    }

    private static @Nullable LocalDate day(
            java.util.regex.Matcher found, @Nullable LocalDate before, @Nullable Integer typed) {
        try {
            if (found.group(1) != null)
                return LocalDate.of(
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3)));
            var year = before != null ? Integer.valueOf(before.getYear()) : typed;
            var month =
                    found.group(4) != null
                            ? Integer.valueOf(found.group(4))
                            : before == null ? null : Integer.valueOf(before.getMonthValue());
            if (year == null || month == null) return null;
            var day = LocalDate.of(year, month, Integer.parseInt(found.group(5)));
            // over the turn of the year
            return before != null && before.getMonthValue() == 12 && month == 1
                    ? day.plusYears(1)
                    : day;
        } catch (DateTimeException none) {
            return null;
        }
    }
}
