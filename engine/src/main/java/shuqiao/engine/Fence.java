package shuqiao.engine;

/** What keeps a stalled attempt from replacing a newer delivery: the caller's lease. */
public interface Fence {

    /**
     * True while this attempt still holds its lease. Asked before the target is locked for the
     * swap; false stops it.
     */
    boolean holds();

    /**
     * True when another attempt that holds the target is at work by right; then we wait our turn
     * (target-busy). False ends its session.
     */
    default boolean isAlive(Attempt other) {
        return false;
    }

    /** The answer to the last question before a commit. */
    enum Word {
        /** Commit. */
        YES,
        /** The right is gone. */
        NO,
        /**
         * Nobody answered in time. The copy lets go of the target's lock, so that nobody's readers
         * wait for us, and asks again.
         */
        NOT_HEARD
    }

    /**
     * The last word before the commit, asked while the target's lock is held, so it must come
     * within a second. Whoever says yes has noted the mark and what will be there: when we are lost
     * right afterwards, {@link Database#fate} tells whether it became visible.
     *
     * @param ready what {@link CopyRun#run} will have done
     */
    default Word lastWord(Mark mark, CopyResult ready) {
        return holds() ? Word.YES : Word.NO;
    }

    /** For callers without leases. */
    static Fence open() {
        return () -> true;
    }
}
