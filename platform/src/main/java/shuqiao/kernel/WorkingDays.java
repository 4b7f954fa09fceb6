package shuqiao.kernel;

import java.time.LocalDate;
import shuqiao.standard.WorkingDayCalendar;

/**
 * How the clocks of this platform count: offered by the room that keeps the calendar. Until there
 * is one, the notices that come with the program are used.
 */
@Offered(Offered.As.SERVICE)
public interface WorkingDays {

    /** The calendar in force, which knows the names of holidays too. */
    WorkingDayCalendar current();

    /** Today, in the zone of all deadlines. */
    LocalDate today();

    /**
     * Working days after today up to and with the due date: 0 on the last day, negative when late.
     */
    default int left(LocalDate due) {
        return current().workingDaysBetween(today(), due);
    }

    default boolean isWorkingDay(LocalDate date) {
        return current().isWorkingDay(date);
    }
}
