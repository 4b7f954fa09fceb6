package shuqiao.kernel;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A few platform threads for work that computes: hashing a password, parsing a workbook. Requests
 * run on virtual threads, which give way only where they wait; one that computes would hold a core
 * back from all others, heartbeats included. Here the scheduler of the machine shares the cores
 * out.
 *
 * <p>Nobody waits without end: what finds the queue full is refused at once ({@link TooBusy}), and
 * so is what was not begun, or not ended, within its caller's patience. Nothing of the calling
 * thread goes along: no transaction, no actor, no session.
 */
public final class BoundedPool implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor threads;

    /**
     * @param name of its threads, as a thread dump shows them
     * @param threads at most at work at a time
     * @param waiting at most in the queue, beyond those at work
     */
    public BoundedPool(String name, int threads, int waiting) {
        this.threads =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        IDLE.toSeconds(),
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(waiting),
                        Thread.ofPlatform().name(name + "-", 1).daemon().factory());
        this.threads.allowCoreThreadTimeOut(true);
    }

    /** One thread for each core, two at least: as many as can compute at a time. */
    public static int cores() {
        return Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Does the work on one of the threads and gives what comes of it; what it throws is thrown
     * here, as it is.
     *
     * @param patience from now to the end of the work, the queue included
     * @throws TooBusy the queue is full, or the work had not begun when patience ended; it will not
     * @throws TookTooLong it had begun and has been interrupted: whether it ends then is its own
     *     affair, and its thread is held until it does
     */
    public <T> T call(Duration patience, Callable<T> work) {
        var begun = new CountDownLatch(1);
        var task =
                new FutureTask<T>(() -> {
                    begun.countDown();
                    return work.call();
                });
        try {
            threads.execute(task);
        } catch (RejectedExecutionException full) {
            throw new TooBusy();
        }
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            task.cancel(true);
            threads.remove(task);
            throw begun.getCount() == 0 ? new TookTooLong(patience) : new TooBusy();
        } catch (InterruptedException stopping) {
            task.cancel(true);
            threads.remove(task);
            Thread.currentThread().interrupt();
            throw new TooBusy();
        } catch (ExecutionException failed) {
            throw asItIs(failed.getCause());
        }
    }

    private static RuntimeException asItIs(@Nullable Throwable thrown) {
        return switch (thrown) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(thrown);
        };
    }

    /** Ends what is at work and takes nothing more. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** Work that had begun did not end in time. Who calls knows what it was and says so. */
    public static final class TookTooLong extends RuntimeException {

        TookTooLong(Duration patience) {
            super("not done within " + patience);
        }
    }
}
