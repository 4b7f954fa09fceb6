package shuqiao.workbook;

import java.time.Duration;
import java.util.Map;
import shuqiao.kernel.Invalid;

/**
 * Until when a file must be read. Whoever reads asks at every few thousand bytes, at every row and
 * every line, so that reading ends soon after, whatever the file is made of.
 */
final class Deadline {

    private final long end;
    private final Duration limit;

    private Deadline(Duration limit) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** So long from now. */
    static Deadline in(Duration limit) {
        return new Deadline(limit);
    }

    /** Refuses the file when its time is over, or when nobody waits for it any more. */
    void check() {
        if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) throw over();
    }

    /** What is said of a file whose time is over. */
    Invalid over() {
        return Invalid.field("file", "workbook.too-slow", Map.of("seconds", limit.toSeconds()));
    }
}
