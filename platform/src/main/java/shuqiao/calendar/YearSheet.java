package shuqiao.calendar;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shuqiao.standard.WorkingDayCalendar;

/** A year drawn as twelve small tables, weeks from Monday. */
final class YearSheet {

    record Month(int number, List<List<Day>> weeks, int workingDays) {}

    /**
     * @param date null where the week lies in another month
     * @param look off, worked, weekend or work
     * @param name of the holiday, or empty
     * @param changed not as it was known before
     */
    record Day(@Nullable LocalDate date, String look, String name, boolean changed) {}

    private YearSheet() {}

    static List<Month> months(WorkingDayCalendar calendar, int year, Set<LocalDate> changed) {
        var months = new ArrayList<Month>();
        for (int number = 1; number <= 12; number++) {
            var month = YearMonth.of(year, number);
            var weeks = new ArrayList<List<Day>>();
            var week = new ArrayList<Day>();
            for (int blank = 1; blank < month.atDay(1).getDayOfWeek().getValue(); blank++)
                week.add(new Day(null, "", "", false));
            int working = 0;
            for (int at = 1; at <= month.lengthOfMonth(); at++) {
                var date = month.atDay(at);
                if (calendar.isWorkingDay(date)) working++;
                week.add(day(calendar, date, changed.contains(date)));
                if (week.size() == 7) {
                    weeks.add(List.copyOf(week));
                    week.clear();
                }
            }
            while (!week.isEmpty() && week.size() < 7) week.add(new Day(null, "", "", false));
            if (!week.isEmpty()) weeks.add(List.copyOf(week));
            months.add(new Month(number, weeks, working));
        }
        return months;
    }

    private static Day day(WorkingDayCalendar calendar, LocalDate date, boolean changed) {
        var weekend = date.getDayOfWeek().getValue() > 5;
        var works = calendar.isWorkingDay(date);
        var name = calendar.nameOf(date).or(() -> calendar.workedFor(date)).orElse("");
        var named =
                calendar.notice(date.getYear())
                        .map(notice -> notice.off().contains(date))
                        .orElse(!works && !weekend || !name.isEmpty());
        var look = works ? (weekend ? "worked" : "work") : named ? "off" : "weekend";
        return new Day(date, look, name, changed);
    }
}
