package shuqiao.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.engine.Fate;
import shuqiao.exchange.RunEvent.RunCancelled;
import shuqiao.exchange.RunEvent.RunDelivered;
import shuqiao.exchange.RunEvent.RunFailed;
import shuqiao.exchange.RunEvent.RunFateUnknown;
import shuqiao.exchange.RunEvent.RunFoundWithoutRight;
import shuqiao.exchange.RunEvent.RunSuperseded;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.ledger.Ledger;
import shuqiao.sharing.Grant;
import shuqiao.sharing.Grants;
import shuqiao.shell.Problems;

/** How an attempt ends: each way is one transaction, and none has an effect without the lease. */
@Component
class RunEnds {

    private static final Duration ASK_SOON = Duration.ofSeconds(2);

    private final RunTable runs;
    private final FileTable files;
    private final IntentTable intents;
    private final Notices notices;
    private final Receipts receipts;
    private final Ledger ledger;
    private final Grants grants;
    private final Problems problems;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    RunEnds(
            RunTable runs,
            FileTable files,
            IntentTable intents,
            Notices notices,
            Receipts receipts,
            Ledger ledger,
            Grants grants,
            Problems problems,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.runs = runs;
        this.files = files;
        this.intents = intents;
        this.notices = notices;
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
        intents.settle(run.id(), run.attempt(), Fate.COMMITTED, clock.instant());
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

    /**
     * What an earlier attempt had committed gets its receipt, whatever ended meanwhile; where the
     * grant did, both sides and the authority are told, and the ledger has an entry for it.
     */
    @Transactional
    public void found(Lease lease, Intent intent) {
        var run = lease.run();
        var now = clock.instant();
        var grant = grants.grant(run.grant()).orElseThrow();
        var words = new ArrayList<String>();
        words.add(
                "found at %s: committed after %s, before the platform could write this receipt"
                        .formatted(second(now), second(intent.notedAt())));
        var ended = ended(grant, now);
        ended.ifPresent(at -> words.add("grant ended " + second(at) + ", before it was found"));
        runs.replacedBy(run.id()).ifPresent(it -> words.add("replaced since by " + it.number()));
        delivered(
                new Lease(run, lease.owner(), intent.startedAt(), lease.asked()),
                grant,
                intent.outcome().saying(words));
        intents.settle(run.id(), intent.attempt(), Fate.COMMITTED, now);
        if (ended.isEmpty()) return;
        events.publishEvent(
                new RunFoundWithoutRight(
                        run.id(),
                        run.grant(),
                        intent.rowsWritten(),
                        "sha256:" + intent.sha256(),
                        intent.notedAt(),
                        Actor.PLATFORM,
                        now));
        tell("exchange.found-without-right", run, intent);
    }

    /** The attempt left nothing at the target: the run goes on as if it had not been. */
    @Transactional
    public void nothingCame(Intent intent) {
        intents.settle(intent.run(), intent.attempt(), Fate.ROLLED_BACK, clock.instant());
    }

    /** Nobody will ever know; that much is written down, and told. */
    @Transactional
    public void unknown(Lease lease, Intent intent) {
        var run = lease.run();
        intents.settle(run.id(), intent.attempt(), Fate.UNKNOWN, clock.instant());
        events.publishEvent(
                new RunFateUnknown(
                        run.id(),
                        intent.attempt(),
                        run.grant(),
                        intent.rowsWritten(),
                        "sha256:" + intent.sha256(),
                        intent.notedAt(),
                        Actor.PLATFORM,
                        clock.instant()));
        tell("exchange.fate-unknown", run, intent);
    }

    private void tell(String key, Run run, Intent intent) {
        var notice =
                new Notices.Notice(
                        key,
                        Map.of(
                                "number", run.number(),
                                "name", run.title(),
                                "table", String.valueOf(run.table()),
                                "rows", intent.rowsWritten()),
                        "/runs/" + run.id());
        var hands = Set.of(Role.STEWARD, Role.REVIEWER);
        notices.tell(run.provider(), hands, notice);
        if (!run.consumer().equals(run.provider())) notices.tell(run.consumer(), hands, notice);
        notices.tell(Set.of(Role.AUTHORITY), notice);
    }

    /** Since when nothing may flow under it; empty while it has effect. */
    private static Optional<Instant> ended(Grant grant, Instant now) {
        return switch (grant.standing(now)) {
            case Grant.Standing.Effective(), Grant.Standing.NotYet(_) -> Optional.empty();
            case Grant.Standing.Expired(var since) -> Optional.of(since);
            case Grant.Standing.Revoked(var since, _) -> Optional.of(since);
        };
    }

    private static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
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
    public void retry(Lease lease, Duration in, Run.Waiting waitsFor, Refusal why) {
        end(lease, "QUEUED", in, waitsFor, 1, failure(why));
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
        // nothing is over while the target has not said whether an attempt was committed
        if (!state.equals("QUEUED") && intents.open(lease.run().id()).isPresent()) {
            runs.end(
                    lease,
                    "QUEUED",
                    clock.instant(),
                    ASK_SOON,
                    Run.Waiting.ANSWER.name(),
                    failures,
                    failure);
            return false;
        }
        var now =
                runs.end(
                        lease,
                        state,
                        clock.instant(),
                        retryIn,
                        waitsFor == null ? null : waitsFor.name(),
                        failures,
                        failure);
        if (state.equals("QUEUED") && now.equals(Optional.of("CANCELLED")))
            events.publishEvent(
                    new RunCancelled(
                            lease.run().id(),
                            lease.run().grant(),
                            "asked for",
                            Actor.PLATFORM,
                            clock.instant()));
        return now.isPresent();
    }

    private Run.Failure failure(Refusal why) {
        return new Run.Failure(
                why.key(),
                problems.sentence(why, Messages.CHINESE),
                problems.sentence(why, Locale.ENGLISH));
    }

    /**
     * Somebody else has the run now; they ask the target what this attempt committed, and write its
     * receipt.
     */
    static final class LeaseLost extends RuntimeException {
        LeaseLost(String run) {
            super("lease of run " + run + " lost");
        }
    }
}
