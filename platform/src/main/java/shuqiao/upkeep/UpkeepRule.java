package shuqiao.upkeep;

/**
 * How this room keeps what is published.
 *
 * @param noticeDays calendar days that a department announces a withdrawal ahead, at least
 * @param checkHours hours between two looks at a live table
 */
public record UpkeepRule(int noticeDays, int checkHours) {

    static final int NOTICE_DAYS_MAX = 365;
    static final int CHECK_HOURS_MAX = 168;
}
