package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.engine.Reading;

/** Two platforms on one database need not agree about the time. */
class LeaseTests extends ExchangeGround {

    private static final Duration WRONG = Duration.ofHours(1);

    @Autowired LeaseTable leases;
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
    void a_second_connection_is_taken_only_while_the_source_allows_it() {
        transaction.executeWithoutResult(undone -> {
            undone.setRollbackOnly();
            held("10 s");
            var lease = new Lease(find(), "another", Instant.now(), 0);
            var source = find().source();

            assertThat(leases.second(lease, 1)).isFalse();
            assertThat(leases.connections(source)).isEqualTo(1);
            assertThat(leases.second(lease, 2)).isTrue();
            assertThat(leases.connections(source)).isEqualTo(2);
            assertThat(find().reading()).isEqualTo(Reading.TWO);
        });
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
        return leases.take("wrong", Instant.now().plus(wrong), Dispatcher.LEASE);
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
        return db.sql("select * from exchange.run where id = :id")
                .param("id", run)
                .query(RunRow::read)
                .single();
    }
}
