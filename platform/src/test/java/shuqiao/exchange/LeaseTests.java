package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.engine.CopyResult;
import shuqiao.engine.Fence;
import shuqiao.engine.Mark;
import shuqiao.engine.Reading;
import shuqiao.engine.SwapMethod;
import shuqiao.sharing.GrantWatch;

/** Two platforms on one database need not agree about the time. */
class LeaseTests extends ExchangeGround {

    private static final Duration WRONG = Duration.ofHours(1);

    private static final Shares MANY = new Shares(99, 99, 99, 99, Duration.ofHours(1));

    @Autowired LeaseTable leases;
    @Autowired RunTable runs;
    @Autowired IntentTable intents;
    @Autowired Journal journal;
    @Autowired GrantWatch watch;
    @Autowired InstantSource clock;
    @Autowired TransactionTemplate transaction;

    private String run;

    @BeforeEach
    void a_run() throws Exception {
        var name = table(1);
        run = run(grant(name, Map.of()), source(consumer, CONSUMER, Map.of()), "lease_" + name);
        delivered(run);
    }

    @Test
    void a_platform_whose_clock_is_ahead_takes_no_lease_that_lives() {
        assertThat(taken("10 s", WRONG)).doesNotContain(run);
        assertThat(taken("-1 s", WRONG)).contains(run);
    }

    @Test
    void a_platform_whose_clock_is_behind_takes_up_what_another_left() {
        assertThat(taken("-1 s", WRONG.negated())).contains(run);
        assertThat(taken("10 s", WRONG.negated())).doesNotContain(run);
    }

    @Test
    void a_lease_that_was_given_by_a_clock_put_back_since_has_ended() {
        assertThat(taken("1 hour", Duration.ZERO)).contains(run);
    }

    @Test
    void a_heartbeat_renews_by_the_clock_of_the_database() {
        transaction.executeWithoutResult(undone -> {
            undone.setRollbackOnly();
            held("1 s");
            var lease = new Lease(find(), "another", Instant.now().plus(WRONG), 0);

            assertThat(leases.beat(lease, Dispatcher.LEASE, "COPYING", null, 1, 1).held()).isTrue();

            assertThat(
                            db.sql(
                                            "select lease_until - clock_timestamp() between interval '5 s' and interval '10 s' from exchange.run where id = :id")
                                    .param("id", run)
                                    .query(Boolean.class)
                                    .single())
                    .isTrue();
            assertThat(leases.isAlive(run, find().attempt())).isTrue();
        });
    }

    @Test
    void a_source_that_has_its_share_of_the_workers_waits_and_another_goes_first() {
        transaction.executeWithoutResult(undone -> {
            undone.setRollbackOnly();
            held("10 s");
            var waiting = copyOf(run, "waiting", "source");
            var elsewhere = copyOf(run, "elsewhere", "source + 1000000");

            var one = new Shares(9, 1, 9, 9, Duration.ofHours(1));
            assertThat(take(Instant.now(), one).orElseThrow().run().id()).isEqualTo(elsewhere);
            assertThat(take(Instant.now(), one)).isEmpty();
            assertThat(take(Instant.now(), new Shares(9, 9, 9, 2, Duration.ofHours(1))))
                    .as("the consumer has its share")
                    .isEmpty();
            assertThat(take(Instant.now(), MANY).orElseThrow().run().id()).isEqualTo(waiting);
        });
    }

    @Test
    void an_attempt_that_failed_after_somebody_wished_for_the_end_is_not_tried_again() {
        transaction.executeWithoutResult(undone -> {
            undone.setRollbackOnly();
            held("10 s");
            db.sql(
                            "update exchange.run set cancel_by = 'somebody', cancel_reason = '' where id = :id")
                    .param("id", run)
                    .update();

            assertThat(putBack()).contains("CANCELLED");
        });
    }

    @Test
    void nothing_is_over_while_the_target_has_not_said_what_became_of_an_attempt() {
        transaction.executeWithoutResult(undone -> {
            undone.setRollbackOnly();
            held("10 s");
            db.sql(
                            "update exchange.run set cancel_by = 'somebody', cancel_reason = '' where id = :id")
                    .param("id", run)
                    .update();
            db.sql("update exchange.intent set fate = 'OPEN' where run = :id")
                    .param("id", run)
                    .update();

            assertThat(putBack()).contains("QUEUED");
        });
    }

    private java.util.Optional<String> putBack() {
        return runs.end(
                new Lease(find(), "another", Instant.now(), 0),
                "QUEUED",
                Instant.now(),
                Duration.ofMinutes(5),
                "RETRY",
                1,
                new Run.Failure("exchange:broke", "故障", "fault"));
    }

    /** Else each would look at a state in which the other had not taken anything yet. */
    @Test
    void two_platforms_take_one_after_the_other() {
        var other = new AtomicReference<Thread>();
        transaction.executeWithoutResult(undone -> {
            undone.setRollbackOnly();
            take(Instant.now(), MANY);
            other.set(
                    Thread.ofPlatform()
                            .start(() ->
                                    transaction.executeWithoutResult(apart -> {
                                        apart.setRollbackOnly();
                                        take(Instant.now(), MANY);
                                    })));
            await().until(() -> waitsForALock());
            assertThat(other.get().isAlive()).isTrue();
        });
        await().until(() -> !other.get().isAlive());
    }

    private boolean waitsForALock() {
        return db.sql(
                        "select exists (select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))")
                .query(Boolean.class)
                .single();
    }

    @Test
    void an_attempt_that_lasts_longer_than_a_run_may_is_stopped() {
        committed("10 s");
        var heart = heart(Duration.ofMillis(1), true);
        var stopped = new java.util.concurrent.CountDownLatch(1);
        heart.start();
        heart.stops(stopped::countDown);

        await().until(() -> heart.why() == Heartbeat.Why.TOO_LONG);
        assertThat(stopped.getCount()).isZero();
        heart.stop();
    }

    @Test
    void a_copy_that_reaches_the_end_of_the_allowed_hours_is_stopped() {
        committed("60 s");
        var heart = heart(Duration.ofHours(1), false);
        heart.start();

        await().atMost(Duration.ofSeconds(15)).until(() -> heart.why() == Heartbeat.Why.CLOSED);
        heart.stop();
    }

    @Test
    void what_stopped_an_attempt_before_it_began_stops_it_when_it_begins() {
        committed("10 s");
        var heart = heart(Duration.ofHours(1), true);
        heart.putBack();
        var stopped = new java.util.concurrent.CountDownLatch(1);

        heart.stops(stopped::countDown);

        assertThat(stopped.getCount()).isZero();
    }

    @Test
    void a_last_word_that_our_own_database_holds_up_is_given_up_in_time() throws Exception {
        committed("60 s");
        var heart = heart(Duration.ofHours(1), true);
        transaction.executeWithoutResult(held -> {
            held.setRollbackOnly();
            db.sql("select id from exchange.run where id = :id for update")
                    .param("id", run)
                    .query(String.class)
                    .single();
            assertThat(heart.lastWord(MARK, ready())).isEqualTo(Fence.Word.NOT_HEARD);
        });
        assertThat(heart.lastWord(MARK, ready())).isEqualTo(Fence.Word.YES);
        db.sql("update exchange.run set cancel_by = 'somebody' where id = :id")
                .param("id", run)
                .update();
        assertThat(heart.lastWord(MARK, ready())).isEqualTo(Fence.Word.NO);
    }

    @AfterEach
    void nothing_is_left_under_way() {
        db.sql(
                        """
                        update exchange.run set state = 'CANCELLED', owner = null, lease_until = null,
                            cancel_by = coalesce(cancel_by, 'test'), finished_at = now()
                        where id = :id and state = 'RUNNING'
                        """)
                .param("id", run)
                .update();
    }

    private static final Mark MARK = new Mark("", "", "", "", false, "");

    private static CopyResult ready() {
        return new CopyResult(
                1,
                1,
                1,
                "0".repeat(64),
                1,
                Reading.ONE_SMALL,
                Instant.now(),
                Instant.now(),
                SwapMethod.CREATED,
                List.of());
    }

    private Heartbeat heart(Duration longest, boolean open) {
        var lease = new Lease(find(), "another", Instant.now(), System.nanoTime());
        return new Heartbeat(
                leases,
                intents,
                journal,
                watch,
                lease,
                new Heartbeat.Bounds() {
                    @Override
                    public boolean open(Instant now) {
                        return open;
                    }

                    @Override
                    public Duration longest() {
                        return longest;
                    }
                },
                clock);
    }

    private void committed(String leaseEndsIn) {
        transaction.executeWithoutResult(_ -> held(leaseEndsIn));
    }

    /** Another run, into another table, that waits. */
    private String copyOf(String original, String id, String source) {
        db.sql(
                        """
                        insert into exchange.run (id, number, grant_id, resource, code, version, title, provider, consumer, mode, rail,
                            source, target, target_schema, target_table, target_key, verify_full, asked_kind, asked_by, asked_at, state, not_before)
                        select :id, :id, grant_id, resource, code, version, title, provider, consumer, mode, rail,
                            %s, target, target_schema, :id, :id, verify_full, asked_kind, asked_by, asked_at, 'QUEUED', now() - interval '1 s'
                        from exchange.run where id = :original
                        """
                                .formatted(source))
                .param("id", id)
                .param("original", original)
                .update();
        return id;
    }

    /** What a platform would take whose clock goes wrong by so much; undone again. */
    private List<String> taken(String leaseEndsIn, Duration wrong) {
        var taken = new ArrayList<String>();
        transaction.executeWithoutResult(undone -> {
            undone.setRollbackOnly();
            held(leaseEndsIn);
            for (var lease = take(wrong); lease.isPresent(); lease = take(wrong))
                taken.add(lease.get().run().id());
        });
        return taken;
    }

    private java.util.Optional<Lease> take(Duration wrong) {
        return take(Instant.now().plus(wrong), MANY);
    }

    private java.util.Optional<Lease> take(Instant now, Shares shares) {
        return leases.take("wrong", now, Dispatcher.LEASE, shares);
    }

    private void held(String leaseEndsIn) {
        db.sql(
                        """
                        update exchange.run set state = 'RUNNING', owner = 'another', receipt = null, entry = null,
                            lease_until = clock_timestamp() + :ends::interval where id = :id
                        """)
                .param("ends", leaseEndsIn)
                .param("id", run)
                .update();
    }

    private Run find() {
        return find(run);
    }

    private Run find(String id) {
        return db.sql("select * from exchange.run where id = :id")
                .param("id", id)
                .query(RunRow::read)
                .single();
    }
}
