package shuqiao.work;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A kind of work that recurs, as the operators see it.
 *
 * @param due when it is done next
 * @param doneAt when a turn went well last; null before the first
 * @param attempt turns in a row that failed
 * @param cause why the last of them failed; empty after one that went well
 */
record Round(
        String kind,
        Instant due,
        boolean running,
        @Nullable Instant doneAt,
        int attempt,
        String cause) {

    /** From here on health and the page speak of it. */
    static final int FAILING = 3;

    boolean failing() {
        return attempt >= FAILING;
    }
}
