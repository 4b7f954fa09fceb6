package shuqiao.exchange;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shuqiao.engine.CopyRequest;
import shuqiao.engine.CopyRun;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.Reason;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.EngineRefusal;
import shuqiao.kernel.Outage;
import shuqiao.kernel.Refusal;
import shuqiao.sharing.Grant;
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

    private static final Duration HOURS_CHECK = Duration.ofMinutes(1);
    private static final Duration CONNECTIONS_CHECK = Duration.ofSeconds(2);

    private final LeaseTable leases;
    private final Journal journal;
    private final RunEnds ends;
    private final HashKeys hashKeys;
    private final FileDelivery files;
    private final Grants grants;
    private final Sources sources;
    private final InstantSource clock;
    private final Set<Heartbeat> beating = ConcurrentHashMap.newKeySet();

    RunWorker(
            LeaseTable leases,
            Journal journal,
            RunEnds ends,
            HashKeys hashKeys,
            FileDelivery files,
            Grants grants,
            Sources sources,
            InstantSource clock) {
        this.leases = leases;
        this.journal = journal;
        this.ends = ends;
        this.hashKeys = hashKeys;
        this.files = files;
        this.grants = grants;
        this.sources = sources;
        this.clock = clock;
    }

    /** Ends all attempts of this process and puts their runs back, at shutdown. */
    void putBackAll() {
        beating.forEach(Heartbeat::putBack);
    }

    void work(Lease lease) {
        var run = lease.run();
        try {
            if (leases.newerDelivered(run)) {
                ends.superseded(lease);
                return;
            }
            if (!mayStart(lease)) return;
            var grant = grants.grant(run.grant()).orElseThrow();
            if (!grant.effective(clock.instant())) {
                ends.grantEnded(lease);
                return;
            }
            var heartbeat =
                    new Heartbeat(
                            leases,
                            journal,
                            grants,
                            lease,
                            () -> source(run.source()).limits().maxConnections(),
                            clock);
            beating.add(heartbeat);
            try {
                var outcome =
                        switch (run.target()) {
                            case Run.Target.Table table -> copy(run, table, grant, heartbeat);
                            case Run.Target.File file -> files.write(run, file, grant, heartbeat);
                        };
                heartbeat.stop();
                delivered(lease, grant, outcome.notBefore(lease.since()));
            } catch (EngineFailure failure) {
                heartbeat.stop();
                failed(lease, heartbeat, failure);
            } finally {
                heartbeat.stop();
                beating.remove(heartbeat);
            }
        } catch (Refusal refusal) {
            ends.failed(lease, refusal);
        } catch (RunEnds.LeaseLost lost) {
            LOG.warn("{} in attempt {}", lost.getMessage(), run.attempt());
        } catch (RuntimeException broke) {
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
            tryAgain(lease, ends.bug());
        }
    }

    private Outcome copy(Run run, Run.Target.Table to, Grant grant, Heartbeat heartbeat) {
        var copy =
                new CopyRun(
                        new CopyRequest(
                                sources.endpoint(run.source()),
                                sources.endpoint(to.source()),
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
                        clock);
        heartbeat.start(copy::cancel);
        return Outcome.of(copy.run());
    }

    /**
     * The content is committed at the target, or the file is whole: it is worth waiting for our own
     * database to come back and write the receipt. Nobody else's run is touched, whatever happened
     * meanwhile.
     */
    private void delivered(Lease lease, Grant grant, Outcome result) {
        if (!throughOutage(() -> ends.delivered(lease, grant, result)))
            LOG.warn(
                    "run {} attempt {} could not be noted as delivered; it will be run anew",
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

    private boolean mayStart(Lease lease) {
        var run = lease.run();
        var now = clock.instant();
        var used = new ArrayList<Source>();
        used.add(source(run.source()));
        if (run.target() instanceof Run.Target.Table table) used.add(source(table.source()));
        if (!used.stream().allMatch(it -> it.allows(now))) {
            ends.putBack(lease, HOURS_CHECK, Run.Waiting.HOURS);
            return false;
        }
        for (var it : used) {
            if (leases.connections(it.id()) > it.limits().maxConnections()) {
                ends.putBack(lease, CONNECTIONS_CHECK, Run.Waiting.CONNECTIONS);
                return false;
            }
        }
        return true;
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
            case CANCELLED -> ends.cancelled(lease);
            case GRANT_ENDED -> ends.grantEnded(lease);
            case STOPPING -> ends.putBack(lease, Duration.ZERO, Run.Waiting.RETRY);
            case NONE -> {
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

    private void tryAgain(Lease lease, Refusal why) {
        var failures = lease.run().failures();
        if (failures < RETRY_IN.length) ends.retry(lease, RETRY_IN[failures], why);
        else ends.failed(lease, why);
    }
}
