package shuqiao.exchange;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessResourceException;
import shuqiao.engine.Attempt;
import shuqiao.engine.CopyListener;
import shuqiao.engine.CopyResult;
import shuqiao.engine.Fence;
import shuqiao.engine.Mark;
import shuqiao.engine.Reading;
import shuqiao.sharing.GrantWatch;

/**
 * Keeps a lease while a copy runs, carries its progress to the table, and stops it within a second
 * when the lease, the grant or the wish for it is gone. It is also the fence: the last word before
 * content becomes visible.
 */
final class Heartbeat implements CopyListener, Fence {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration EVERY = Duration.ofMillis(400);

    /** How long the readers of a target wait for our own database at most, each time. */
    private static final Duration LAST_WORD = Duration.ofMillis(500);

    private static final int UNHEARD_MAX = 5;
    private static final Duration HOURS_EVERY = Duration.ofSeconds(5);

    /** Why the copy was stopped by us. */
    enum Why {
        NONE,
        LOST,
        CANCELLED,
        GRANT_ENDED,
        /** The hours of a database are over. */
        CLOSED,
        TOO_LONG,
        STOPPING
    }

    /** What the databases of a run allow. */
    interface Bounds {

        /** Whether both let us work now. */
        boolean open(Instant now);

        /** An attempt may last. */
        Duration longest();
    }

    /** A sample at each beat at first, then so that about this many tell the whole attempt. */
    private static final int SAMPLES = 120;

    private final LeaseTable leases;
    private final IntentTable intents;
    private final Journal journal;
    private final GrantWatch grants;
    private final Lease lease;
    private final Bounds bounds;
    private final InstantSource clock;
    private final AtomicReference<Why> why = new AtomicReference<>(Why.NONE);
    private final Semaphore nudged = new Semaphore(0);
    private final Queue<Journal.Step> steps = new ConcurrentLinkedQueue<>();
    private volatile boolean over;
    private volatile Phase phase = Phase.CONNECTING;
    private volatile @Nullable Reading reading;
    private volatile long rows;
    private volatile long bytes;

    /** By {@link System#nanoTime}: no clock that is put back keeps a lease. */
    private volatile long heldUntil;

    private volatile Runnable cancel = () -> {};
    private List<String> words = List.of();
    private int unheard;
    private long looked = System.nanoTime();
    private Instant sampled = Instant.EPOCH;
    private long sampledRows = -1;

    /**
     * @param bounds what its databases allow it
     */
    Heartbeat(
            LeaseTable leases,
            IntentTable intents,
            Journal journal,
            GrantWatch grants,
            Lease lease,
            Bounds bounds,
            InstantSource clock) {
        this.leases = leases;
        this.intents = intents;
        this.journal = journal;
        this.grants = grants;
        this.lease = lease;
        this.bounds = bounds;
        this.clock = clock;
        this.heldUntil = lease.asked() + Dispatcher.LEASE.toNanos();
    }

    /** From the moment the lease is ours, so that nothing we do beforehand can lose it. */
    void start() {
        Thread.ofPlatform().name("heartbeat").daemon().start(this::beat);
    }

    /** What a receipt is to say beyond the notes of the copy. */
    void says(List<String> words) {
        this.words = words;
    }

    /** What to do when it must end; at once, where that was decided before. */
    void stops(Runnable cancel) {
        this.cancel = cancel;
        if (why.get() != Why.NONE) cancel.run();
    }

    void stop() {
        over = true;
        nudged.release();
    }

    /** Something was decided that may concern it: look now and not at the next beat. */
    void nudge() {
        nudged.release();
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
            while (pause()) {
                try {
                    once();
                    hours();
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

    /** Until the next beat or a nudge; false when it is over. */
    private boolean pause() throws InterruptedException {
        if (!over && nudged.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS))
            nudged.drainPermits(); // many at once are one
        return !over;
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
        else if (System.nanoTime() - lease.asked() > bounds.longest().toNanos()) end(Why.TOO_LONG);
    }

    /** What is at its swap is let through: it would only be done again. */
    private void hours() {
        if (phase == Phase.SWAPPING || System.nanoTime() - looked < HOURS_EVERY.toNanos()) return;
        looked = System.nanoTime();
        // apart, since it asks over the connections of everybody, who may have us wait
        Thread.ofPlatform()
                .name("hours")
                .daemon()
                .start(() -> {
                    try {
                        if (!bounds.open(clock.instant())) end(Why.CLOSED);
                    } catch (RuntimeException away) {
                        LOG.debug("hours of {}: {}", lease.run().id(), away.toString());
                    }
                });
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
        this.reading = reading;
        return true;
    }

    @Override
    public boolean holds() {
        if (why.get() != Why.NONE) return false;
        once();
        return why.get() == Why.NONE;
    }

    @Override
    public Word lastWord(Mark mark, CopyResult ready) {
        if (why.get() != Why.NONE) return Word.NO;
        var lastWord = new CompletableFuture<Boolean>();
        Thread.ofPlatform()
                .name("last word")
                .daemon()
                .start(() -> {
                    try {
                        lastWord.complete(mayCommit(mark, Outcome.of(ready).saying(words)));
                    } catch (RuntimeException failed) {
                        lastWord.completeExceptionally(failed);
                    }
                });
        try {
            if (!lastWord.get(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS)) return Word.NO;
            return why.get() == Why.NONE ? Word.YES : Word.NO;
        } catch (TimeoutException | ExecutionException away) {
            LOG.warn("last word of {}: {}", lease.run().id(), away.toString());
            if (++unheard < UNHEARD_MAX) return Word.NOT_HEARD;
            throw new TransientDataAccessResourceException(
                    "our own database does not answer while the target waits",
                    new SQLTransientConnectionException(away));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Word.NO;
        }
    }

    private boolean mayCommit(Mark mark, Outcome ready) {
        var now = clock.instant();
        if (!grants.effective(lease.run().grant(), now)) {
            end(Why.GRANT_ENDED);
            return false;
        }
        if (intents.note(lease, Dispatcher.LEASE, now, mark, ready)) return true;
        once(); // says why
        end(Why.LOST);
        return false;
    }

    @Override
    public boolean isAlive(Attempt other) {
        return leases.isAlive(other.run(), other.number());
    }
}
