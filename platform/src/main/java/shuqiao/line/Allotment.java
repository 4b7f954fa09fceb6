package shuqiao.line;

/**
 * How the sessions that a source allows are shared: one limit for all, half of it kept for
 * deliveries, and from four on one for questions, so that neither waits for the end of the other.
 *
 * @param most at the same time, all together
 */
record Allotment(int most) {

    private static final int KEPT_FROM = 4;

    int questionsMost() {
        return Math.max(1, most - most / 2);
    }

    int copiesMost() {
        return most < KEPT_FROM ? most : most - 1;
    }

    /**
     * Whether so many more may begin.
     *
     * @param copiesWanted how many sessions a delivery waits for that goes first; 0 when none does
     */
    boolean allow(boolean copy, int more, int questions, int copies, int copiesWanted) {
        if (questions + copies + more > most) return false;
        if (copy) return copies == 0 || copies + more <= copiesMost();
        return questions + more <= Math.min(questionsMost(), Math.max(0, most - copiesWanted));
    }
}
