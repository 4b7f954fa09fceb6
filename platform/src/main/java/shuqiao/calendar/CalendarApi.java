package shuqiao.calendar;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;
import shuqiao.standard.WorkingDayCalendar;

@RestController
@RequestMapping("/api/v1/calendar")
@Tag(name = "calendar", description = "Working days 工作日历")
class CalendarApi {

    /** How a named day is spent. */
    enum Kind {
        OFF,
        WORK
    }

    record YearView(int year, boolean published, @Nullable String source, int version) {
        static YearView of(Calendars.Year it) {
            var notice = it.notice();
            return new YearView(
                    it.year(),
                    notice != null,
                    notice == null ? null : notice.source(),
                    it.version());
        }
    }

    record DayView(LocalDate date, Kind kind, @Nullable String name) {}

    record DaysView(int year, String source, int version, List<DayView> days) {}

    record DueView(LocalDate due, boolean estimated, int workingDaysLeft) {}

    private final Calendars calendars;

    CalendarApi(Calendars calendars) {
        this.calendars = calendars;
    }

    @GetMapping
    @Allows
    @Operation(operationId = "listCalendarYears", summary = "Years and their notices 各年放假通知")
    Page<YearView> years(
            Actor actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return Slice.of(calendars.years(actor), limit, after).map(YearView::of);
    }

    @GetMapping("/{year}")
    @Allows
    @Operation(operationId = "getCalendarYear", summary = "The days a notice names 一年的放假与调休")
    DaysView year(Actor actor, @PathVariable int year) {
        return days(calendars.year(actor, year));
    }

    @PutMapping("/{year}")
    @Allows(Role.SYSTEM_ADMIN)
    @Operation(operationId = "importCalendarYear", summary = "Import a year's notice 导入放假通知")
    DaysView take(Actor actor, @PathVariable int year, @RequestBody Calendars.Entry entry) {
        return days(calendars.take(actor, year, entry));
    }

    @GetMapping("/due")
    @Allows
    @Operation(operationId = "computeDueDate", summary = "A due date in working days 算期限")
    DueView due(Actor actor, @RequestParam String received, @RequestParam int workingDays) {
        if (workingDays < 0 || workingDays > WorkingDayCalendar.WORKING_DAYS_MAX)
            throw Invalid.field(
                    "workingDays",
                    "range",
                    Map.of("min", 0, "max", WorkingDayCalendar.WORKING_DAYS_MAX));
        var due = calendars.due(day(received), workingDays);
        return new DueView(due.date(), due.estimated(), calendars.left(due.date()));
    }

    /** A date, or an instant that is read as the date in China. */
    private static LocalDate day(String text) {
        try {
            var day =
                    text.length() == 10
                            ? Clock.day(text)
                            : OffsetDateTime.parse(text)
                                    .atZoneSameInstant(Clock.ZONE)
                                    .toLocalDate();
            if (day.getYear() < 1949 || day.getYear() > 2199)
                throw Invalid.field("received", "date");
            return day;
        } catch (DateTimeException _) {
            throw Invalid.field("received", "date");
        }
    }

    private static DaysView days(Calendars.Year it) {
        var notice = java.util.Objects.requireNonNull(it.notice());
        var dates = new TreeSet<>(notice.off());
        dates.addAll(notice.work());
        var days = new ArrayList<DayView>();
        for (var date : dates)
            days.add(
                    new DayView(
                            date,
                            notice.off().contains(date) ? Kind.OFF : Kind.WORK,
                            notice.names().get(date)));
        return new DaysView(it.year(), notice.source(), it.version(), days);
    }
}
