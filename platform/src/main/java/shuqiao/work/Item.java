package shuqiao.work;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An item of work as the operators see it.
 *
 * @param due when it is tried next; of one that runs or is dead, when it was
 * @param attempt how often it was begun
 * @param cause why the last attempt failed; empty before one did
 * @param deadAt null while it is still tried
 */
record Item(
        long id,
        String kind,
        String key,
        Instant due,
        int attempt,
        boolean running,
        String cause,
        @Nullable Instant deadAt) {

    /** How it stands. */
    enum State {
        DEAD,
        RUNNING,
        WAITING
    }

    State state() {
        return deadAt != null ? State.DEAD : running ? State.RUNNING : State.WAITING;
    }
}
