package shuqiao.calendar;

import shuqiao.standard.WorkingDayCalendar;

/** Offered as a bean by a room whose due dates are counted by the calendar. */
public interface CalendarImpact {

    /**
     * @param open due dates that run
     * @param moved of them, those that get another date
     */
    record Moved(long open, long moved) {
        Moved plus(Moved other) {
            return new Moved(open + other.open, moved + other.moved);
        }
    }

    /** What becomes of the due dates if this were the calendar; nothing is changed. */
    Moved under(WorkingDayCalendar next);
}
