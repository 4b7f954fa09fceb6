package shuqiao.kernel;

import java.time.LocalDate;

/**
 * How the clocks of this platform count: offered by the room that keeps the calendar. Until there
 * is one, the notices that come with the program are used.
 */
public interface WorkingDays {

    /**
     * Working days after today up to and with the due date: 0 on the last day, negative when late.
     */
    int left(LocalDate due);

    /** Today, in the zone of all deadlines. */
    LocalDate today();

    boolean isWorkingDay(LocalDate date);
}
