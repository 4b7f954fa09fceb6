package shuqiao.kernel;

/** A loop that works by itself, as health looks at it. */
@Offered(Offered.As.WORK)
public interface Ticking {

    String clockName();

    /** False where it should work and its thread is gone. */
    boolean isAlive();

    /** How many of its items fail again and again. */
    default long failing() {
        return 0;
    }
}
