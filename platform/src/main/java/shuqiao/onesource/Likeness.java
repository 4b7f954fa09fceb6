package shuqiao.onesource;

/**
 * What the values of a column have in common with those of another department's.
 *
 * @param compared distinct values of both that were looked at
 * @param shared of them, in both
 * @param low end of the interval that holds the truth in 95 of 100 cases, from 0 to 1
 * @param exact all values were looked at
 * @param withinCompared values of this column that were looked up in the other; 0 when too few
 */
record Likeness(
        long resource,
        String column,
        long other,
        String otherColumn,
        int compared,
        int shared,
        double low,
        double high,
        boolean exact,
        int withinCompared,
        int withinShared) {

    /** From here on values alone make a candidate. */
    static final int TELLING_PERCENT = 50;

    private static final int SAID_FROM_PERCENT = 5;

    int percent() {
        return (int) Math.round(100.0 * shared / compared);
    }

    /** How many of this column's values the other has; -1 when too few are known. */
    int withinPercent() {
        return withinCompared == 0 ? -1 : (int) Math.round(100.0 * withinShared / withinCompared);
    }

    /** Half the interval in points of a hundred, rounded up; 0 where the share is exact. */
    int margin() {
        return exact ? 0 : (int) Math.ceil(50 * (high - low));
    }

    boolean isTelling() {
        return Math.max(percent(), withinPercent()) >= TELLING_PERCENT;
    }

    boolean isWorthKeeping() {
        return Math.max(percent(), withinPercent()) >= SAID_FROM_PERCENT;
    }
}
