package shuqiao.line;

import shuqiao.engine.Side;

/** What a session is opened for. */
public enum Occasion {
    /** Somebody wants to know whether it answers; it is dialled whatever happened before. */
    TEST,
    /** What somebody just typed is tried; says nothing about the source as it is kept. */
    ENTERED,
    /** Schemas, tables, columns. */
    LOOK,
    /** A few rows as another would get them. */
    PREVIEW,
    /** Whether a delivery could begin. */
    CHECK,
    /** Hashes of the values of columns. */
    SURVEY,
    /** A delivery. */
    COPY,
    /** What became of a delivery at its target. */
    ANSWER,
    /**
     * A look at another session of ours, for a moment; it has no share, since it must be possible.
     */
    WATCH;

    /** Whether it is work that waits for the hours of a source. */
    boolean isInHoursOnly() {
        return this == CHECK || this == SURVEY || this == COPY;
    }

    /** Whether a session is kept for seconds, for the next question of the same caller. */
    boolean isPooled() {
        return this == LOOK || this == PREVIEW;
    }

    /** Whether it has a part in what is reserved for deliveries. */
    boolean isCopy() {
        return this == COPY || this == ANSWER;
    }

    /** Whether a source that was away is dialled nevertheless. */
    boolean dialsAnyway() {
        return this == TEST || this == ENTERED;
    }

    /** As which side of a delivery the database is asked, and named. */
    Side side() {
        return this == ANSWER ? Side.TARGET : Side.SOURCE;
    }
}
