package shuqiao.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import shuqiao.engine.Attempt;
import shuqiao.engine.CopyListener;
import shuqiao.engine.Fence;
import shuqiao.engine.Reading;
import shuqiao.sharing.Grants;

/**
 * Keeps a lease while a copy runs, carries its progress to the table, and stops it within a second
 * when the lease, the grant or the wish for it is gone. It is also the fence: the last word before
 * content becomes visible.
 */
final class Heartbeat implements CopyListener, Fence {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration EVERY = Duration.ofMillis(400);

    /** Why the copy was stopped by us. */
    enum Why {
        NONE,
        LOST,
        CANCELLED,
        GRANT_ENDED,
        STOPPING
    }

    /** A sample at each beat at first, then so that about this many tell the whole attempt. */
    private static final int SAMPLES = 120;

    private final LeaseTable leases;
    private final Journal journal;
    private final Grants grants;
    private final Lease lease;
    private final IntSupplier connectionsMax;
    private final InstantSource clock;
    private final AtomicReference<Why> why = new AtomicReference<>(Why.NONE);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Queue<Journal.Step> steps = new ConcurrentLinkedQueue<>();
    private volatile Phase phase = Phase.CONNECTING;
    private volatile @Nullable Reading reading;
    private volatile long rows;
    private volatile long bytes;

    /** By {@link System#nanoTime}: no clock that is put back keeps a lease. */
    private volatile long heldUntil;

    private volatile Runnable cancel = () -> {};
    private Instant sampled = Instant.EPOCH;
    private long sampledRows = -1;

    /**
     * @param connectionsMax how many the source allows, asked for when a second one is wanted
     */
    Heartbeat(
            LeaseTable leases,
            Journal journal,
            Grants grants,
            Lease lease,
            IntSupplier connectionsMax,
            InstantSource clock) {
        this.leases = leases;
        this.journal = journal;
        this.grants = grants;
        this.lease = lease;
        this.connectionsMax = connectionsMax;
        this.clock = clock;
        this.heldUntil = lease.asked() + Dispatcher.LEASE.toNanos();
    }

    void start(Runnable cancel) {
        this.cancel = cancel;
        Thread.ofVirtual().name("heartbeat").start(this::beat);
    }

    void stop() {
        over.countDown();
    }

    Why why() {
        return why.get();
    }

    /** The process ends: stop, and let the run go on later. */
    void putBack() {
        end(Why.STOPPING);
    }

    private void beat() {
        try {
            while (!over.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    once();
                } catch (RuntimeException unreachable) {
                    // our own database does not answer: the lease runs out by itself, then so do we
                    LOG.warn("heartbeat of {}: {}", lease.run().id(), unreachable.toString());
                    if (System.nanoTime() - heldUntil > 0) end(Why.LOST);
                }
                note(false);
            }
            note(true);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only people look at it, so it never stops a copy. */
    private void note(boolean last) {
        var run = lease.run();
        try {
            var taken = new ArrayList<Journal.Step>();
            for (var step = steps.poll(); step != null; step = steps.poll()) taken.add(step);
            if (!taken.isEmpty()) journal.steps(run.id(), taken);
            var now = clock.instant();
            var pause = Duration.between(lease.since(), now).dividedBy(SAMPLES);
            var rowsNow = rows;
            if (rowsNow == 0
                    || rowsNow == sampledRows
                    || !last && now.isBefore(sampled.plus(pause))) return;
            journal.sample(run.id(), run.attempt(), new Journal.Sample(now, rowsNow, bytes));
            sampled = now;
            sampledRows = rowsNow;
        } catch (RuntimeException away) {
            LOG.debug("journal of {}: {}", run.id(), away.toString());
        }
    }

    private synchronized void once() {
        var now = clock.instant();
        var until = System.nanoTime() + Dispatcher.LEASE.toNanos();
        var beat = leases.beat(lease, Dispatcher.LEASE, phase.name(), reading, rows, bytes);
        if (!beat.held()) {
            end(Why.LOST);
            return;
        }
        heldUntil = until;
        if (!grants.effective(lease.run().grant(), now)) end(Why.GRANT_ENDED);
        else if (beat.cancel()) end(Why.CANCELLED);
    }

    private void end(Why reason) {
        if (why.compareAndSet(Why.NONE, reason)) cancel.run();
    }

    @Override
    public void phase(Phase phase) {
        this.phase = phase;
        steps.add(new Journal.Step(lease.run().attempt(), phase.name(), clock.instant()));
    }

    @Override
    public void progress(long rows, long bytes) {
        this.rows = rows;
        this.bytes = bytes;
    }

    @Override
    public boolean reading(Reading reading) {
        this.reading = reading; // first, lest the next beat take back what is noted below
        return reading != Reading.TWO || leases.second(lease, connectionsMax.getAsInt());
    }

    @Override
    public boolean holds() {
        if (why.get() != Why.NONE) return false;
        once();
        return why.get() == Why.NONE;
    }

    @Override
    public boolean isAlive(Attempt other) {
        return leases.isAlive(other.run(), other.number());
    }
}
