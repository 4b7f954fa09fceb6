package shuqiao.engine;

/**
 * Hears how far a copy is, and is asked what it may take. Called from the copy's thread; must be
 * quick.
 */
public interface CopyListener {

    enum Phase {
        CONNECTING,
        CHECKING,
        COPYING,
        VERIFYING,
        INDEXING,
        SWAPPING,
        FINISHED
    }

    default void phase(Phase phase) {}

    /** At most five times a second. */
    default void progress(long rows, long bytes) {}

    /**
     * How the source will be read. Before a second session is opened there, this is {@link
     * Reading#TWO}; false then keeps the copy to one, and it is told so.
     */
    default boolean reading(Reading reading) {
        return true;
    }

    static CopyListener silent() {
        return new CopyListener() {};
    }
}
