package shuqiao.ledger;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import shuqiao.engine.proof.ReceiptVerifier;
import shuqiao.engine.proof.Verdict;
import shuqiao.kernel.BoundedPool;
import shuqiao.kernel.TooBusy;

/**
 * Checks receipts that people bring, strangers among them, so that the machine's cores are not
 * theirs: one at a time on a thread of its own, few waiting, and of strangers together two a second
 * over any longer time. Whoever is too many is told to come back, or checks offline.
 */
@Component
class ReceiptChecks {

    /** Waiting at most, beyond the one at work. */
    private static final int WAITING_MAX = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of all strangers together: so many at once, then one each {@link #EVERY}. */
    static final int BURST = 20;

    static final Duration EVERY = Duration.ofMillis(500);

    private final BoundedPool pool = new BoundedPool("receipts", 1, WAITING_MAX);
    private final LedgerKeys keys;
    private final InstantSource clock;

    /** When the strangers' account is even again; behind now it is full. */
    private Instant even = Instant.EPOCH;

    ReceiptChecks(LedgerKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * What is right and wrong with a receipt.
     *
     * @param stranger not signed in
     * @throws TooBusy too many are checked just now
     */
    Verdict check(String receipt, boolean stranger) {
        if (stranger) take();
        try {
            return pool.call(PATIENCE, () -> ReceiptVerifier.verify(receipt, keys.publicKeys()));
        } catch (BoundedPool.TookTooLong _) {
            throw new TooBusy();
        }
    }

    private synchronized void take() {
        var now = clock.instant();
        // after the clock was put back, what was taken before counts no more
        if (even.isBefore(now) || even.isAfter(now.plus(EVERY.multipliedBy(2L * BURST))))
            even = now;
        if (even.isAfter(now.plus(EVERY.multipliedBy(BURST - 1L)))) throw new TooBusy();
        even = even.plus(EVERY);
    }

    @PreDestroy
    void close() {
        pool.close();
    }
}
