package shuqiao.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.Reading;

/**
 * Leases on runs: taken under {@code skip locked}, renewed by heartbeat, lost by time. That time is
 * the database's: a platform whose own clock is wrong neither takes a lease that lives nor keeps
 * one that does not. Only when a run is due is told by the platform's clock.
 */
@Repository
class LeaseTable {

    /** More than the longest pause before another try. */
    private static final Duration FURTHEST = Duration.ofMinutes(6);

    private final JdbcClient db;

    LeaseTable(JdbcClient db) {
        this.db = db;
    }

    /**
     * Takes the next run that may start: ready, or left by a worker that died. Runs into one table
     * take their turns in the order in which they were asked for. A time further off than any that
     * we set was set before the clock was put back, and has come.
     */
    Optional<Lease> take(String owner, Instant now, Duration life, Shares shares) {
        // one takes at a time: each must see what the one before it took
        db.sql("select pg_advisory_xact_lock(hashtext('exchange.take'))")
                .query((_, _) -> 1)
                .single();
        var asked = System.nanoTime();
        return db.sql(
                        """
                        with busy as materialized (
                            select source, provider, consumer from exchange.run
                            where state = 'RUNNING' and lease_until between clock_timestamp() and clock_timestamp() + make_interval(secs => :furthest))
                        update exchange.run set state = 'RUNNING', owner = :owner, lease_until = clock_timestamp() + make_interval(secs => :life),
                            attempt = attempt + 1, started_at = :now, phase = 'CONNECTING', rows = 0, bytes = 0, waits_for = null, reading = null
                        where id = (
                        """
                                + """
                                    select r.id from exchange.run r
                                    where (r.state = 'QUEUED' and (r.not_before <= :now or r.not_before > :never)
                                           or r.state = 'RUNNING' and not (r.lease_until between clock_timestamp() and clock_timestamp() + make_interval(secs => :furthest)))
                                      and not exists (
                                        select from exchange.run o
                                        where o.target_key = r.target_key and o.id <> r.id
                                          and (o.state = 'RUNNING' and o.lease_until between clock_timestamp() and clock_timestamp() + make_interval(secs => :furthest)
                                               or o.sequence < r.sequence
                                                  and (o.state = 'RUNNING' or o.state = 'QUEUED'
                                                       and (o.not_before <= :now or o.not_before > :never))))
                                """
                                + """
                                      and r.source not in (select source from busy group by source having count(*) >= :ofSource)
                                      and r.provider not in (select provider from busy group by provider having count(*) >= :ofProvider)
                                      and r.consumer not in (select consumer from busy group by consumer having count(*) >= :ofConsumer)
                                    order by r.sequence
                                    limit 1 for update skip locked)
                                returning *
                                """)
                .param("owner", owner)
                .param("now", RunTable.time(now))
                .param("life", seconds(life))
                .param("furthest", seconds(FURTHEST))
                .param("never", RunTable.time(now.plus(FURTHEST)))
                .param("ofSource", shares.ofSource())
                .param("ofProvider", shares.ofProvider())
                .param("ofConsumer", shares.ofConsumer())
                .query(RunRow::read)
                .optional()
                .map(run -> new Lease(run, owner, now, asked));
    }

    /** What a heartbeat learns. */
    record Beat(boolean held, boolean cancel) {}

    /** Renews the lease and notes the progress. */
    Beat beat(
            Lease lease,
            Duration life,
            String phase,
            @Nullable Reading reading,
            long rows,
            long bytes) {
        return db.sql(
                        """
                        update exchange.run set lease_until = clock_timestamp() + make_interval(secs => :life), phase = :phase, reading = :reading,
                            rows = :rows, bytes = :bytes
                        where id = :id and owner = :owner and attempt = :attempt
                        returning cancel_by is not null as cancel
                        """)
                .param("life", seconds(life))
                .param("phase", phase)
                .param("reading", reading == null ? null : reading.name())
                .param("rows", rows)
                .param("bytes", bytes)
                .param("id", lease.run().id())
                .param("owner", lease.owner())
                .param("attempt", lease.run().attempt())
                .query((rs, _) -> new Beat(true, rs.getBoolean("cancel")))
                .optional()
                .orElse(new Beat(false, false));
    }

    /** Whether the attempt of that number still works by right; asked by the fence. */
    boolean isAlive(String run, int attempt) {
        return db.sql(
                        """
                        select exists (select from exchange.run
                            where id = :id and attempt = :attempt and state = 'RUNNING' and lease_until >= clock_timestamp())
                        """)
                .param("id", run)
                .param("attempt", attempt)
                .query(Boolean.class)
                .single();
    }

    /** Whether a run that was asked for later has delivered into the same table already. */
    boolean newerDelivered(Run run) {
        return db.sql(
                        """
                        select exists (select from exchange.run n join exchange.run r on r.target_key = n.target_key
                            where r.id = :id and n.sequence > r.sequence and n.state = 'DELIVERED')
                        """)
                .param("id", run.id())
                .query(Boolean.class)
                .single();
    }

    /** At the start of a home that only one process can use, all leases are of the dead. */
    int releaseAll() {
        return db.sql("update exchange.run set lease_until = '-infinity' where state = 'RUNNING'")
                .update();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
