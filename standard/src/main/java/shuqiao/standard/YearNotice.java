package shuqiao.standard;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The State Council's notice of holidays for one year (国务院办公厅关于…年部分节假日安排的通知).
 *
 * <p>It may name days of the month before or after: the notice for 2019 made 2018-12-29 a working
 * day and 2018-12-31 a holiday.
 *
 * @param off days without work, weekend days among them
 * @param work Saturdays and Sundays that are worked
 * @param names holiday that a day of either set belongs to; a day may have none
 * @param source document number or address of the notice
 */
public record YearNotice(
        int year,
        Set<LocalDate> off,
        Set<LocalDate> work,
        Map<LocalDate, String> names,
        String source) {

    static final String KIND = "year-notice";

    /** Holidays on fixed days in every version of the law (全国年节及纪念日放假办法) since 1999. */
    static final List<MonthDay> STATUTORY =
            List.of(
                    MonthDay.of(1, 1),
                    MonthDay.of(5, 1),
                    MonthDay.of(10, 1),
                    MonthDay.of(10, 2),
                    MonthDay.of(10, 3));

    private static final String COLUMNS = "date,kind,name";

    /** Refuses what cannot be a whole notice, so that half an import gives no wrong due dates. */
    public YearNotice {
        off = Set.copyOf(off);
        work = Set.copyOf(work);
        names = Map.copyOf(names);
        if (year < 1949 || year > 2199) {
            throw new InvalidCode(KIND, "" + year, 0, "year", "1949-2199", "" + year);
        }
        var all = new TreeSet<>(off);
        all.addAll(work);
        var first = YearMonth.of(year - 1, 12);
        var last = YearMonth.of(year + 1, 1);
        for (var day : all) {
            var month = YearMonth.from(day);
            if (month.isBefore(first) || month.isAfter(last)) {
                throw new InvalidCode(KIND, "" + day, 0, "elsewhere", "" + year, "" + day);
            }
            if (off.contains(day) && work.contains(day)) {
                throw new InvalidCode(KIND, "" + day, 0, "twice", "", "" + day);
            }
            if (work.contains(day) && !isWeekend(day)) {
                throw new InvalidCode(KIND, "" + day, 0, "weekday-work", "", "" + day);
            }
        }
        for (var fixed : STATUTORY) {
            if (!off.contains(fixed.atYear(year))) {
                var missing = "" + fixed.atYear(year);
                throw new InvalidCode(KIND, missing, 0, "statutory", missing, "");
            }
        }
    }

    /** A notice whose days have no names. */
    public YearNotice(int year, Set<LocalDate> off, Set<LocalDate> work, String source) {
        this(year, off, work, Map.of(), source);
    }

    /**
     * Reads lines {@code date,off|work,name}, the name optional; a heading line, empty lines and
     * lines that begin with # are passed over. A refusal names the line.
     */
    public static YearNotice parse(int year, String csv, String source) {
        var off = new TreeSet<LocalDate>();
        var work = new TreeSet<LocalDate>();
        var names = new HashMap<LocalDate, String>();
        int number = 0;
        for (var raw : csv.lines().toList()) {
            number++;
            var line = (number == 1 && raw.startsWith("\uFEFF") ? raw.substring(1) : raw).strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith("date,")) continue;
            var cells = line.split(",", -1);
            if (cells.length < 2 || cells.length > 3) {
                throw new InvalidCode(KIND, line, number, "columns", COLUMNS, "");
            }
            var day = date(cells[0].strip(), number);
            var kind = cells[1].strip();
            if (!kind.equals("off") && !kind.equals("work")) {
                throw new InvalidCode(KIND, line, number, "kind", "off, work", kind);
            }
            if (off.contains(day) || work.contains(day)) {
                throw new InvalidCode(KIND, line, number, "twice", "", "" + day);
            }
            (kind.equals("off") ? off : work).add(day);
            if (cells.length == 3 && !cells[2].isBlank()) names.put(day, cells[2].strip());
        }
        return new YearNotice(year, off, work, names, source);
    }

    static boolean isWeekend(LocalDate day) {
        var weekday = day.getDayOfWeek();
        return weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
    }

    private static LocalDate date(String text, int line) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException notADate) {
            throw new InvalidCode(KIND, text, line, "date", "2026-10-01", text);
        }
    }
}
