package shuqiao.standard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which days are worked in China: Monday to Friday, unless the State Council's notice for the year
 * says otherwise. Immutable. A year without a notice falls back to the holidays that the law puts
 * on fixed days; due dates that reach into it are estimated.
 */
public final class WorkingDayCalendar {

    /** The zone of every deadline. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** More than any legal deadline. */
    public static final int WORKING_DAYS_MAX = 2_500;

    private static final Map<MonthDay, String> FIXED =
            Map.of(
                    MonthDay.of(1, 1), "元旦",
                    MonthDay.of(5, 1), "劳动节",
                    MonthDay.of(5, 2), "劳动节",
                    MonthDay.of(10, 1), "国庆节",
                    MonthDay.of(10, 2), "国庆节",
                    MonthDay.of(10, 3), "国庆节");

    private record Day(boolean off, Optional<String> name) {}

    private static final WorkingDayCalendar SHIPPED = new WorkingDayCalendar(readShipped());

    private final SortedMap<Integer, YearNotice> notices;
    private final Map<LocalDate, Day> days = new HashMap<>();

    private WorkingDayCalendar(SortedMap<Integer, YearNotice> notices) {
        this.notices = notices;
        // in the order of years: a later notice has the last word on the turn of the year
        for (var notice : notices.values()) {
            for (var day : notice.off()) days.put(day, new Day(true, name(notice, day)));
            for (var day : notice.work()) days.put(day, new Day(false, name(notice, day)));
        }
    }

    /** The notices that come with this version: 2004 to 2026. */
    public static WorkingDayCalendar shipped() {
        return SHIPPED;
    }

    /** A copy in which the notice takes the place of the one for its year, if there was one. */
    public WorkingDayCalendar withYear(YearNotice notice) {
        var more = new TreeMap<>(notices);
        more.put(notice.year(), notice);
        return new WorkingDayCalendar(more);
    }

    /** Whether the notice for this year is known. */
    public boolean covers(int year) {
        return notices.containsKey(year);
    }

    public Optional<YearNotice> notice(int year) {
        return Optional.ofNullable(notices.get(year));
    }

    /** The years whose notice is known. */
    public SortedSet<Integer> years() {
        return new TreeSet<>(notices.keySet());
    }

    public boolean isWorkingDay(LocalDate date) {
        var named = days.get(date);
        if (named != null) return !named.off();
        return !YearNotice.isWeekend(date) && !isFixedHoliday(date);
    }

    /**
     * The holiday for which this day is off; empty for an ordinary weekend and every working day.
     */
    public Optional<String> nameOf(LocalDate date) {
        var named = days.get(date);
        if (named != null) return named.off() ? named.name() : Optional.empty();
        return isFixedHoliday(date)
                ? Optional.ofNullable(FIXED.get(MonthDay.from(date)))
                : Optional.empty();
    }

    /** The holiday that this Saturday or Sunday is worked for (调休); empty for any other day. */
    public Optional<String> workedFor(LocalDate date) {
        var named = days.get(date);
        return named == null || named.off() ? Optional.empty() : named.name();
    }

    /** As {@link #due(LocalDate, int)}, for what was received at an instant, read in China. */
    public DueDate due(Instant received, int workingDays) {
        return due(LocalDate.ofInstant(received, ZONE), workingDays);
    }

    /**
     * The nth working day after the day of receipt, which itself is not counted.
     *
     * @param workingDays 1 to {@link #WORKING_DAYS_MAX}
     */
    public DueDate due(LocalDate received, int workingDays) {
        if (workingDays < 1 || workingDays > WORKING_DAYS_MAX) {
            throw new IllegalArgumentException("working days out of range: " + workingDays);
        }
        var date = received;
        boolean estimated = false;
        for (int left = workingDays; left > 0; ) {
            date = date.plusDays(1);
            estimated |= !covers(date.getYear());
            if (isWorkingDay(date)) left--;
        }
        return new DueDate(date, estimated);
    }

    /**
     * How many working days lie after {@code from} up to and with {@code to}; negative when {@code
     * to} is earlier. From today to the due date it is what the clock still shows.
     */
    public int workingDaysBetween(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) return -workingDaysBetween(to, from);
        return (int) from.plusDays(1).datesUntil(to.plusDays(1)).filter(this::isWorkingDay).count();
    }

    private boolean isFixedHoliday(LocalDate date) {
        return !covers(date.getYear()) && FIXED.containsKey(MonthDay.from(date));
    }

    private static Optional<String> name(YearNotice notice, LocalDate day) {
        return Optional.ofNullable(notice.names().get(day));
    }

    private static SortedMap<Integer, YearNotice> readShipped() {
        try (var in = WorkingDayCalendar.class.getResourceAsStream("working-days.csv")) {
            if (in == null) throw new IllegalStateException("working-days.csv is not in the jar");
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var byYear =
                    text.lines()
                            .filter(line -> Character.isDigit(line.charAt(0)))
                            .collect(
                                    Collectors.groupingBy(
                                            line -> Integer.parseInt(line, 0, 4, 10),
                                            TreeMap::new,
                                            Collectors.joining("\n")));
            var read = new TreeMap<Integer, YearNotice>();
            byYear.forEach((year, lines) ->
                    read.put(year, YearNotice.parse(year, lines, source(text, year))));
            return read;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The document that orders the days, and where they were compiled from. */
    private static String source(String text, int year) {
        var mark = "# notice " + year + " ";
        return text.lines()
                        .filter(line -> line.startsWith(mark))
                        .findFirst()
                        .map(line -> line.substring(mark.length()))
                        .orElse("文号待核")
                + "，日期整理自 chinese-days 1.5.7";
    }
}
