package shuqiao.engine;

/** Hears how far a copy is. Called from the copy's thread; must be quick. */
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

    static CopyListener silent() {
        return new CopyListener() {};
    }
}
