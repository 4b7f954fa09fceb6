package shuqiao.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.engine.proof.Checkpoint;
import shuqiao.engine.proof.MerkleTree;
import shuqiao.engine.proof.StoredTree;
import shuqiao.kernel.Lifeline;
import shuqiao.kernel.Ticking;

/**
 * Gives committed entries dense indexes in batches, grows the tree and signs checkpoints. One of
 * all platforms works at a time. An entry whose transaction is still open is not seen, so it takes
 * a later index and is never passed.
 */
@Component
class Sequencer implements SmartLifecycle, Ticking {

    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final int BATCH = 2_000;

    /** How often at most a checkpoint is signed: a receipt is to be whole within one second. */
    static final Duration CHECKPOINT_EVERY = Duration.ofMillis(500);

    private static final Duration IDLE = Duration.ofMillis(500);

    private final EntryTable entries;
    private final TreeTable tree;
    private final LedgerKeys keys;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final LinkedBlockingQueue<Boolean> bell = new LinkedBlockingQueue<>(1);
    private volatile CountDownLatch over = new CountDownLatch(1);
    private volatile boolean running;
    private volatile Instant lastRound = Instant.EPOCH;
    private volatile @org.jspecify.annotations.Nullable Thread worker;

    Sequencer(Lifeline lifeline, LedgerKeys keys, InstantSource clock) {
        this.entries = new EntryTable(lifeline.db());
        this.tree = new TreeTable(lifeline.db(), lifeline.batches());
        this.keys = keys;
        this.transaction = lifeline.transaction();
        this.clock = clock;
    }

    /** Something was committed: do not wait for the next round. */
    void wake() {
        bell.offer(Boolean.TRUE);
    }

    /** When the last round went well. */
    Instant lastRound() {
        return lastRound;
    }

    /** One round. */
    private Left round() {
        var placed = java.util.Objects.requireNonNullElse(transaction.execute(_ -> place()), 0);
        var unsigned = Boolean.TRUE.equals(transaction.execute(_ -> sign()));
        lastRound = clock.instant();
        if (placed == BATCH) return Left.MORE;
        return placed > 0 || unsigned ? Left.LATER : Left.NOTHING;
    }

    /** What a round has left to do. */
    private enum Left {
        MORE,
        /**
         * What comes before the next checkpoint is proven by that one: placing it can wait, too.
         */
        LATER,
        NOTHING
    }

    private int place() {
        if (!tree.lock()) return 0;
        var waiting = entries.takeWaiting(BATCH);
        if (waiting.isEmpty()) return 0;
        var size = tree.size();
        var hashes = waiting.stream().map(entry -> MerkleTree.leafHash(entry.body())).toList();
        tree.place(size, waiting, new StoredTree(tree).append(size, hashes));
        return waiting.size();
    }

    /**
     * Signs the present size if it is not signed and it is time; true when it must be tried again
     * soon.
     */
    private boolean sign() {
        var size = tree.size();
        var last = tree.latest();
        if (size == 0 || last.isPresent() && last.get().size() >= size) return false;
        var now = clock.instant();
        if (last.isPresent() && isTooSoon(last.get().at(), now)) return true;
        if (!tree.lock()) return true;
        var root = new StoredTree(tree).root(size);
        var note = keys.sign(new Checkpoint(keys.origin(), size, root)).print();
        tree.insert(new TreeTable.Signed(size, root, note, now));
        return false;
    }

    /**
     * A checkpoint further off was signed before the clock was put back; nothing waits for that.
     */
    private static boolean isTooSoon(Instant last, Instant now) {
        return last.plus(CHECKPOINT_EVERY).isAfter(now)
                && last.isBefore(now.plus(CHECKPOINT_EVERY));
    }

    private void work() {
        while (running) {
            try {
                switch (round()) {
                    case MORE -> {}
                    case LATER -> over.await(CHECKPOINT_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                    case NOTHING -> bell.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException failed) {
                if (!running) return;
                LOG.warn("sequencing failed, trying again: {}", failed.toString());
                try {
                    TimeUnit.SECONDS.sleep(1);
                } catch (InterruptedException stop) {
                    return;
                }
            } catch (Error grave) {
                LOG.error("sequencing failed, trying again", grave);
            }
        }
    }

    @Override
    public void start() {
        running = true;
        over = new CountDownLatch(1);
        worker = Thread.ofPlatform().name("sequencer").daemon().start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        var thread = worker;
        if (thread == null) return;
        over.countDown();
        wake();
        try {
            thread.join(Duration.ofSeconds(5));
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
        return "sequencer";
    }

    @Override
    public boolean isAlive() {
        var working = worker;
        return working == null || working.isAlive() || !running;
    }
}
