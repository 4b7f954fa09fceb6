package shuqiao.standard;

import java.time.Instant;
import java.time.LocalDate;

/**
 * The last day on which an answer is in time.
 *
 * @param estimated some day that was counted lies in a year whose notice is not known, so that the
 *     date may move when it is imported (暂估)
 */
public record DueDate(LocalDate date, boolean estimated) {

    /** The first instant that is too late: the end of the day in China. */
    public Instant end() {
        return date.plusDays(1).atStartOfDay(WorkingDayCalendar.ZONE).toInstant();
    }
}
