package shuqiao.calendar;

import shuqiao.kernel.Offered;
import shuqiao.standard.WorkingDayCalendar;

/** Offered as a bean by a room whose due dates or turns are counted by the calendar. */
@Offered(Offered.As.RULE)
public interface CalendarImpact {

    /**
     * @param open due dates that run, or turns that are to come
     * @param moved of them, those that get another date
     */
    record Moved(long open, long moved) {
        Moved plus(Moved other) {
            return new Moved(open + other.open, moved + other.moved);
        }
    }

    /** Which kind it is: {@code calendar.preview.moves} and it are the words for the preview. */
    default String kind() {
        return "deadlines";
    }

    /** What becomes of the due dates if this were the calendar; nothing is changed. */
    Moved under(WorkingDayCalendar next);
}
