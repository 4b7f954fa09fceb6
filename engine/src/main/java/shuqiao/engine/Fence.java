package shuqiao.engine;

/** What keeps a stalled attempt from replacing a newer delivery: the caller's lease. */
public interface Fence {

    /**
     * True while this attempt still holds its lease. Asked last before the swap commits; false
     * stops it.
     */
    boolean holds();

    /**
     * True when another attempt that holds the target is at work by right; then we wait our turn
     * (target-busy). False ends its session.
     */
    default boolean isAlive(Attempt other) {
        return false;
    }

    /** For callers without leases. */
    static Fence open() {
        return () -> true;
    }
}
