package shuqiao.onesource;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * What the values of a column have in common with those of another department's, as coarsely as
 * both are told.
 *
 * @param at when the two were compared
 */
record Likeness(
        long resource, String column, long other, String otherColumn, Band band, Instant at) {

    /** Of fewer values in the sample of either column nothing is said. */
    static final int COMPARED_MIN = 1_000;

    /**
     * How far, in points of a hundred, the edges of the bands lie from where they are said to be.
     * They are drawn anew for each comparison: what one value more or less changes, a tenth of a
     * point at most, cannot be read from the answer.
     */
    private static final double EDGE = 3;

    /** Of the shorter of two columns, how many values stand in the other too. */
    enum Band {
        /** Nothing is said but that they were compared. */
        LITTLE(0),
        QUARTER(25),
        HALF(50),
        MOST(75);

        private final int from;

        Band(int from) {
            this.from = from;
        }

        /** In points of a hundred. */
        int from() {
            return from;
        }

        int until() {
            return from + 25;
        }

        /**
         * @param shared of the values of the shorter column, in both
         */
        static Band of(int shared, int shorter, RandomGenerator random) {
            var percent = 100.0 * shared / shorter + (2 * random.nextDouble() - 1) * EDGE;
            var found = LITTLE;
            for (var band : values()) if (percent >= band.from) found = band;
            return found;
        }
    }

    boolean isSaid() {
        return band != Band.LITTLE;
    }

    /** Whether values alone make a candidate. */
    boolean isTelling() {
        return switch (band) {
            case HALF, MOST -> true;
            case LITTLE, QUARTER -> false;
        };
    }
}
