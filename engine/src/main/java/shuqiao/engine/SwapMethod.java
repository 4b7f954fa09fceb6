package shuqiao.engine;

/** How the new content took its place. */
public enum SwapMethod {
    /** There was no target. */
    CREATED,
    /** The staging table took the target's name in one short transaction. */
    RENAMED,
    /**
     * The target was refilled by DELETE and INSERT in one transaction, because something hangs on
     * it.
     */
    REFILLED,
    /** The rows entered a table that stays, by their key: see {@link Into}. */
    MERGED
}
