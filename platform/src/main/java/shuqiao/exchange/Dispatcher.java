package shuqiao.exchange;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Lifeline;
import shuqiao.kernel.LocalDatabases;
import shuqiao.kernel.Ticking;

/**
 * Takes runs as they become ready and gives each to a worker, as many as {@link Shares} says; any
 * number of processes may do the same beside it.
 */
@Component
class Dispatcher implements SmartLifecycle, Ticking {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** Without a heartbeat for so long, a worker is dead and its run is taken up by another. */
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration STOP_MAX = Duration.ofSeconds(12);

    /** No other process is called so. */
    private final String owner = UUID.randomUUID().toString();

    private final LeaseTable leases;
    private final Lifeline lifeline;
    private final Shares shares;
    private final RunWorker worker;
    private final InstantSource clock;
    private final boolean alone;
    private final LinkedBlockingQueue<Boolean> bell = new LinkedBlockingQueue<>(1);
    private final Semaphore free;
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    Dispatcher(
            Lifeline lifeline,
            Shares shares,
            RunWorker worker,
            InstantSource clock,
            ObjectProvider<LocalDatabases> embedded) {
        this.leases = new LeaseTable(lifeline.db());
        this.lifeline = lifeline;
        this.shares = shares;
        this.free = new Semaphore(shares.workers());
        this.worker = worker;
        this.clock = clock;
        // an embedded database has one platform: leases found at the start are of the dead
        this.alone = embedded.getIfAvailable() != null;
    }

    void wake() {
        bell.offer(Boolean.TRUE);
    }

    /** Runs under way here learn now, and not at their next beat, what was decided of them. */
    void nudge() {
        worker.nudgeAll();
    }

    private void work() {
        while (running) {
            try {
                if (!dispatchOne()) bell.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException failed) {
                if (!running) return;
                LOG.warn("taking runs failed, trying again: {}", failed.toString());
                if (!pause()) return;
            } catch (Error grave) {
                LOG.error("taking runs failed, trying again", grave);
                if (!pause()) return;
            }
        }
    }

    private boolean dispatchOne() throws InterruptedException {
        if (!free.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) return false;
        var given = false;
        try {
            var lease =
                    Objects.requireNonNull(
                            lifeline.transaction()
                                    .execute(_ ->
                                            leases.take(owner, clock.instant(), LEASE, shares)));
            if (lease.isEmpty()) return false;
            Thread.ofPlatform()
                    .name("run " + lease.get().run().number())
                    .start(() -> {
                        try {
                            worker.work(lease.get());
                        } finally {
                            free.release();
                            wake();
                        }
                    });
            given = true;
            return true;
        } finally {
            if (!given) free.release();
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
            return true;
        } catch (InterruptedException stop) {
            return false;
        }
    }

    @Override
    public void start() {
        if (alone) leases.releaseAll();
        running = true;
        thread = Thread.ofPlatform().name("dispatcher").daemon().start(this::work);
    }

    /** Runs under way are stopped and put back; they go on at the next start. */
    @Override
    public void stop() {
        running = false;
        wake();
        worker.putBackAll();
        try {
            var dispatching = thread;
            if (dispatching != null) dispatching.join(Duration.ofSeconds(2));
            if (free.tryAcquire(shares.workers(), STOP_MAX.toMillis(), TimeUnit.MILLISECONDS))
                free.release(shares.workers()); // a context may be started again
            else LOG.warn("a run did not stop in time; its lease runs out by itself");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String clockName() {
        return "dispatcher";
    }

    @Override
    public boolean isAlive() {
        var working = thread;
        return working == null || working.isAlive() || !running;
    }
}
