package shuqiao.exchange;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Refusal;
import shuqiao.ledger.Ledger;
import shuqiao.sharing.Grant;
import shuqiao.sharing.Grants;
import shuqiao.shell.Problems;

/** How an attempt ends: each way is one transaction, and none has an effect without the lease. */
@Component
class RunEnds {

    private final RunTable runs;
    private final FileTable files;
    private final Receipts receipts;
    private final Ledger ledger;
    private final Grants grants;
    private final Problems problems;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    RunEnds(
            RunTable runs,
            FileTable files,
            Receipts receipts,
            Ledger ledger,
            Grants grants,
            Problems problems,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.runs = runs;
        this.files = files;
        this.receipts = receipts;
        this.ledger = ledger;
        this.grants = grants;
        this.problems = problems;
        this.events = events;
        this.clock = clock;
    }

    /** Run row, files, delivery count, receipt in the ledger: together or not at all. */
    @Transactional
    public void delivered(Lease lease, Grant grant, Outcome result) {
        var run = lease.run();
        var receipt = receipts.of(lease, grant, result);
        var entry =
                ledger.append(
                        "Receipt", Actor.PLATFORM, result.finishedAt(), receipt.signedBytes());
        if (!runs.deliver(lease, result, receipts.print(receipt), entry))
            throw new LeaseLost(run.id());
        result.files().forEach(files::insert);
        grants.receive(run.grant(), run.id(), result.rowsWritten(), result.finishedAt());
        events.publishEvent(
                new RunDelivered(
                        run.id(),
                        run.grant(),
                        result.rowsWritten(),
                        result.bytes(),
                        Actor.PLATFORM,
                        result.finishedAt()));
    }

    @Transactional
    public void failed(Lease lease, Refusal why) {
        var failure = failure(why);
        if (end(lease, "FAILED", Duration.ZERO, null, 1, failure))
            events.publishEvent(
                    new RunFailed(
                            lease.run().id(),
                            lease.run().grant(),
                            failure.key(),
                            Actor.PLATFORM,
                            clock.instant()));
    }

    @Transactional
    public void retry(Lease lease, Duration in, Refusal why) {
        end(lease, "QUEUED", in, Run.Waiting.RETRY, 1, failure(why));
    }

    @Transactional
    public void putBack(Lease lease, Duration in, Run.Waiting waitsFor) {
        end(lease, "QUEUED", in, waitsFor, 0, null);
    }

    @Transactional
    public void cancelled(Lease lease) {
        cancelled(lease, "asked for");
    }

    @Transactional
    public void grantEnded(Lease lease) {
        cancelled(lease, "grant ended");
    }

    @Transactional
    public void superseded(Lease lease) {
        if (end(lease, "SUPERSEDED", Duration.ZERO, null, 0, null))
            events.publishEvent(
                    new RunSuperseded(
                            lease.run().id(),
                            lease.run().grant(),
                            Actor.PLATFORM,
                            clock.instant()));
    }

    Refusal bug() {
        return new Conflict("exchange:broke", Map.of());
    }

    private void cancelled(Lease lease, String reason) {
        var why =
                failure(
                        new Conflict(
                                lease.run().target() instanceof Run.Target.File
                                        ? "exchange:grant-ended-file"
                                        : "exchange:grant-ended",
                                Map.of()));
        if (end(
                lease,
                "CANCELLED",
                Duration.ZERO,
                null,
                0,
                reason.equals("asked for") ? null : why))
            events.publishEvent(
                    new RunCancelled(
                            lease.run().id(),
                            lease.run().grant(),
                            reason,
                            Actor.PLATFORM,
                            clock.instant()));
    }

    private boolean end(
            Lease lease,
            String state,
            Duration retryIn,
            Run.@org.jspecify.annotations.Nullable Waiting waitsFor,
            int failures,
            Run.@org.jspecify.annotations.Nullable Failure failure) {
        return runs.end(
                lease,
                state,
                clock.instant(),
                retryIn,
                waitsFor == null ? null : waitsFor.name(),
                failures,
                failure);
    }

    private Run.Failure failure(Refusal why) {
        return new Run.Failure(
                why.key(),
                problems.sentence(why, Messages.CHINESE),
                problems.sentence(why, Locale.ENGLISH));
    }

    /**
     * Somebody else has the run now; what this attempt committed at the target is replaced by
     * theirs.
     */
    static final class LeaseLost extends RuntimeException {
        LeaseLost(String run) {
            super("lease of run " + run + " lost");
        }
    }
}
