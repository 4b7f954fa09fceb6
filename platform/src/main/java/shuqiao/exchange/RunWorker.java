package shuqiao.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shuqiao.engine.CopyRequest;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.Reason;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.EngineRefusal;
import shuqiao.kernel.Lifeline;
import shuqiao.kernel.Outage;
import shuqiao.kernel.Refusal;
import shuqiao.line.Line;
import shuqiao.line.NotDialled;
import shuqiao.line.Occasion;
import shuqiao.line.Passage;
import shuqiao.line.Place;
import shuqiao.line.Use;
import shuqiao.sharing.Grant;
import shuqiao.sharing.GrantWatch;
import shuqiao.sharing.Grants;
import shuqiao.source.Source;
import shuqiao.source.Sources;

/** Does one attempt of one run, from lease to receipt, or says why not. */
@Component
class RunWorker {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);

    /** Pauses before the next try, after a failure that may pass; then the run has failed. */
    private static final Duration[] RETRY_IN = {
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5)
    };

    /** How long a worker waits for our own database before it leaves its run to the lease. */
    private static final Duration OUTAGE_MAX = Duration.ofSeconds(30);

    /** A run that reached the end of so many windows does not fit into them. */
    private static final int WINDOWS_MAX = 5;

    private static final Duration HOURS_CHECK = Duration.ofMinutes(1);
    private static final Duration CONNECTIONS_CHECK = Duration.ofSeconds(2);

    private final LeaseTable leases;
    private final LeaseTable pulse;
    private final Journal journal;
    private final RunEnds ends;
    private final Recovery recovery;
    private final IntentTable intents;
    private final GrantWatch watch;
    private final Shares shares;
    private final HashKeys hashKeys;
    private final FileDelivery files;
    private final Grants grants;
    private final Sources sources;
    private final DeclaredSource declared;
    private final Line line;
    private final InstantSource clock;
    private final Set<Heartbeat> beating = ConcurrentHashMap.newKeySet();

    RunWorker(
            LeaseTable leases,
            Lifeline lifeline,
            RunEnds ends,
            Recovery recovery,
            GrantWatch watch,
            Shares shares,
            HashKeys hashKeys,
            FileDelivery files,
            Grants grants,
            Sources sources,
            DeclaredSource declared,
            Line line,
            InstantSource clock) {
        this.leases = leases;
        this.pulse = new LeaseTable(lifeline.db());
        this.journal = new Journal(lifeline.db());
        this.watch = watch;
        this.shares = shares;
        this.ends = ends;
        this.recovery = recovery;
        this.intents = new IntentTable(lifeline.db());
        this.hashKeys = hashKeys;
        this.files = files;
        this.grants = grants;
        this.sources = sources;
        this.declared = declared;
        this.line = line;
        this.clock = clock;
    }

    /** Ends all attempts of this process and puts their runs back, at shutdown. */
    void putBackAll() {
        beating.forEach(Heartbeat::putBack);
    }

    /** A grant ended or a run was cancelled: those under way here look at once. */
    void nudgeAll() {
        beating.forEach(Heartbeat::nudge);
    }

    void work(Lease lease) {
        var run = lease.run();
        var heartbeat = new Heartbeat(pulse, intents, journal, watch, lease, bounds(run), clock);
        beating.add(heartbeat);
        heartbeat.start();
        try {
            attempt(lease, heartbeat);
        } catch (RunEnds.LeaseLost lost) {
            LOG.warn("{} in attempt {}", lost.getMessage(), run.attempt());
        } catch (RuntimeException broke) {
            heartbeat.stop();
            if (Outage.isBehind(broke)) {
                LOG.warn(
                        "run {} attempt {}: the database is away: {}",
                        run.id(),
                        run.attempt(),
                        broke.toString());
                throughOutage(() -> ends.putBack(lease, Duration.ZERO, Run.Waiting.RETRY));
                return;
            }
            LOG.error("run {} attempt {} broke", run.id(), run.attempt(), broke);
            if (recovery.find(lease) == Recovery.Found.NOTHING) tryAgain(lease, ends.bug());
        } finally {
            heartbeat.stop();
            beating.remove(heartbeat);
        }
    }

    private void attempt(Lease lease, Heartbeat heartbeat) {
        var run = lease.run();
        try {
            if (recovery.find(lease) == Recovery.Found.ENOUGH) return;
            if (leases.newerDelivered(run)) {
                ends.superseded(lease);
                return;
            }
            if (!isOpen(lease)) return;
            var grant = grants.grant(run.grant()).orElseThrow();
            if (!grant.effective(clock.instant())) {
                ends.grantEnded(lease);
                return;
            }
            var outcome = moved(lease, grant, heartbeat);
            if (outcome.isEmpty()) return;
            heartbeat.stop();
            delivered(lease, grant, outcome.get().notBefore(lease.since()));
        } catch (EngineFailure failure) {
            failed(lease, heartbeat, failure);
        } catch (NotDialled left) {
            tryAgain(lease, left);
        } catch (Refusal refusal) {
            ends.failed(lease, refusal);
        }
    }

    /** Empty when its databases have no session left for it now, and it comes again. */
    private Optional<Outcome> moved(Lease lease, Grant grant, Heartbeat heartbeat) {
        var run = lease.run();
        var from = declared.of(grant, run.source());
        var into =
                switch (run.target()) {
                    case Run.Target.Table table -> Optional.of(sources.place(table.source()));
                    case Run.Target.File _ -> Optional.<Place>empty();
                };
        var use = Use.platform(Occasion.COPY).about(run.number());
        try (var passage = line.admit(use, from, into).orElse(null)) {
            if (passage == null) {
                ends.putBack(lease, CONNECTIONS_CHECK, Run.Waiting.CONNECTIONS);
                return Optional.empty();
            }
            return Optional.of(
                    switch (run.target()) {
                        case Run.Target.Table table ->
                                copy(
                                        run,
                                        table,
                                        grant,
                                        heartbeat,
                                        from,
                                        into.orElseThrow(),
                                        passage);
                        case Run.Target.File file ->
                                files.write(run, file, grant, heartbeat, from, passage);
                    });
        }
    }

    private Outcome copy(
            Run run,
            Run.Target.Table to,
            Grant grant,
            Heartbeat heartbeat,
            Place from,
            Place into,
            Passage passage) {
        var words =
                List.of(
                        ReceiptNotes.address("source", from.address()),
                        ReceiptNotes.address("target", into.address()));
        heartbeat.says(words);
        var copy =
                passage.copy(
                        (source, target) ->
                                new CopyRequest(
                                        source,
                                        target,
                                        grant.scope(),
                                        hashKeys.of(run.provider(), run.consumer()),
                                        to.schema(),
                                        to.table(),
                                        run.id(),
                                        Optional.ofNullable(to.into()),
                                        run.attempt(),
                                        run.verifyFull()),
                        heartbeat,
                        heartbeat,
                        heartbeat::stops);
        return Outcome.of(copy).saying(words);
    }

    /**
     * The content is committed at the target, or the file is whole: it is worth waiting for our own
     * database to come back and write the receipt. Nobody else's run is touched, whatever happened
     * meanwhile.
     */
    private void delivered(Lease lease, Grant grant, Outcome result) {
        if (!throughOutage(() -> ends.delivered(lease, grant, result)))
            LOG.warn(
                    "run {} attempt {} could not be noted as delivered; whoever takes it up asks the target",
                    lease.run().id(),
                    lease.run().attempt());
    }

    /** False when the database did not come back in time; then the lease runs out by itself. */
    private boolean throughOutage(Runnable end) {
        var last = System.nanoTime() + OUTAGE_MAX.toNanos();
        while (true) {
            try {
                end.run();
                return true;
            } catch (RuntimeException failed) {
                if (!Outage.isBehind(failed)) throw failed;
                if (System.nanoTime() - last > 0) return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private boolean isOpen(Lease lease) {
        var used = used(lease.run());
        var now = clock.instant();
        if (used.stream().allMatch(it -> it.allows(now))) return true;
        ends.putBack(lease, HOURS_CHECK, Run.Waiting.HOURS);
        return false;
    }

    /** The connections that a run needs; of both sides, where it goes into a table. */
    private List<Source> used(Run run) {
        return switch (run.target()) {
            case Run.Target.Table table -> List.of(source(run.source()), source(table.source()));
            case Run.Target.File _ -> List.of(source(run.source()));
        };
    }

    private Heartbeat.Bounds bounds(Run run) {
        return new Heartbeat.Bounds() {
            @Override
            public boolean open(Instant now) {
                return used(run).stream().allMatch(it -> it.allows(now));
            }

            @Override
            public Duration longest() {
                return shares.longest();
            }
        };
    }

    private Source source(long id) {
        return sources.find(id).orElseThrow(() -> new Conflict("exchange:source-gone", Map.of()));
    }

    private void failed(Lease lease, Heartbeat heartbeat, EngineFailure failure) {
        switch (heartbeat.why()) {
            case LOST ->
                    LOG.warn(
                            "run {} attempt {} lost its lease; another worker has it",
                            lease.run().id(),
                            lease.run().attempt());
            case STOPPING -> ends.putBack(lease, Duration.ZERO, Run.Waiting.RETRY);
            // the line may have been cut while the commit was on its way
            case CANCELLED -> {
                if (recovery.find(lease) == Recovery.Found.NOTHING) ends.cancelled(lease);
            }
            case GRANT_ENDED -> {
                if (recovery.find(lease) == Recovery.Found.NOTHING) ends.grantEnded(lease);
            }
            case CLOSED -> {
                if (recovery.find(lease) == Recovery.Found.NOTHING) stoppedByHours(lease);
            }
            case TOO_LONG -> {
                if (recovery.find(lease) == Recovery.Found.NOTHING)
                    ends.failed(
                            lease,
                            new Conflict(
                                    "exchange:too-long",
                                    Map.of("hours", Math.max(1, shares.longest().toHours()))));
            }
            case NONE -> {
                if (recovery.find(lease) == Recovery.Found.ENOUGH) return;
                LOG.info(
                        "run {} attempt {} failed: {}",
                        lease.run().id(),
                        lease.run().attempt(),
                        failure.reason().key());
                if (failure.reason() == Reason.TARGET_BUSY)
                    ends.putBack(lease, CONNECTIONS_CHECK, Run.Waiting.TURN);
                else if (failure.isTransient()) tryAgain(lease, EngineRefusal.of(failure));
                else ends.failed(lease, EngineRefusal.of(failure));
            }
        }
    }

    /** It begins anew in the next window, and does not do so for ever. */
    private void stoppedByHours(Lease lease) {
        var why = new Conflict("exchange:hours-over", Map.of("times", WINDOWS_MAX));
        if (lease.run().failures() + 1 < WINDOWS_MAX)
            ends.retry(lease, HOURS_CHECK, Run.Waiting.HOURS, why);
        else ends.failed(lease, why);
    }

    private void tryAgain(Lease lease, Refusal why) {
        var failures = lease.run().failures();
        if (failures < RETRY_IN.length)
            ends.retry(lease, RETRY_IN[failures], Run.Waiting.RETRY, why);
        else ends.failed(lease, why);
    }
}
