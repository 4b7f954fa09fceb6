package shuqiao.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends a talk that takes too long in all, however it is kept going: a time limit of single reads
 * does not, since a byte now and then begins it anew.
 */
final class Deadline implements AutoCloseable {

    /** One thread of the platform's own: closing a socket does not wait for anybody. */
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final Duration most;
    private final ScheduledFuture<?> ending;
    private volatile boolean passed;

    private Deadline(Duration most, Runnable cut) {
        this.most = most;
        this.ending =
                CLOCK.schedule(
                        () -> {
                            passed = true;
                            cut.run();
                        },
                        most.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /**
     * Begins to count.
     *
     * @param cut ends every wait of the talk at once; may not wait itself
     */
    static Deadline of(Duration most, Runnable cut) {
        return new Deadline(most, cut);
    }

    /** Whether it was reached and the talk cut. */
    boolean passed() {
        return passed;
    }

    Duration most() {
        return most;
    }

    @Override
    public void close() {
        ending.cancel(false);
    }

    private static ScheduledThreadPoolExecutor clock() {
        var clock =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("shuqiao-deadlines").factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
