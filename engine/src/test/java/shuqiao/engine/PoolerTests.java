package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What stands between us and a server may give its sessions to others between our transactions. */
@Tag("slow")
class PoolerTests {

    private static final List<String> LEFT =
            List.of(
                    "select concat_ws(';', current_setting('search_path'), current_setting('lock_timeout'), current_setting('statement_timeout'), current_setting('datestyle'), current_setting('timezone'), current_setting('row_security'), current_setting('client_min_messages'), current_setting('synchronize_seqscans'))",
                    "select count(*) from pg_prepared_statements",
                    "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()");

    private final Fixture fixture = new Fixture();

    @Test
    void a_pooler_by_transaction_is_found_out_by_the_test_which_leaves_nothing_behind()
            throws Exception {
        try (var pooler = new Poolers(fixture.from(), Poolers.Mode.TRANSACTION)) {
            var before = state(pooler);

            refused(() -> new Database(pooler.endpoint()).test());

            assertThat(pooler.idle()).isPositive();
            assertThat(state(pooler)).isEqualTo(before);
        }
    }

    @Test
    void it_is_found_out_while_other_programs_are_busy_there() throws Exception {
        try (var pooler = new Poolers(fixture.from(), Poolers.Mode.TRANSACTION)) {
            var busy =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    while (!Thread.currentThread().isInterrupted())
                                        pooler.ask("select pg_sleep(0.001)");
                                } catch (java.io.IOException | RuntimeException ended) {
                                    // the pooler is closed
                                }
                            });

            refused(() -> new Database(pooler.endpoint()).test());

            busy.interrupt();
            busy.join();
        }
    }

    @Test
    void nothing_is_delivered_through_it_on_either_side() throws Exception {
        fixture.numbers("t", 10);
        var request = fixture.request(fixture.all("t"), "t", "r1", 1);
        try (var at = new Poolers(fixture.to(), Poolers.Mode.TRANSACTION);
                var from = new Poolers(fixture.from(), Poolers.Mode.TRANSACTION)) {
            var before = state(at);

            refused(() -> Fixture.copy(between(request, request.source(), at.endpoint())));
            refused(() -> Fixture.copy(between(request, from.endpoint(), request.target())));

            assertThat(state(at)).isEqualTo(before);
            assertThat(fixture.target.one("select to_regclass('t') is null")).isEqualTo("t");
        }
    }

    @Test
    void a_pooler_by_session_serves_and_gets_its_session_back_as_it_was() throws Exception {
        fixture.numbers("t", 10);
        var request = fixture.request(fixture.all("t"), "t", "r1", 1);
        try (var at = new Poolers(fixture.to(), Poolers.Mode.SESSION)) {
            var before = state(at);

            var result = Fixture.copy(between(request, request.source(), at.endpoint()));

            assertThat(result.rowsWritten()).isEqualTo(10);
            Fixture.until(() -> at.idle() > 0);
            assertThat(state(at)).isEqualTo(before);
        }
    }

    private static List<String> state(Poolers pooler) throws Exception {
        var answers = new java.util.ArrayList<String>();
        for (var question : LEFT) answers.add(pooler.ask(question));
        return answers;
    }

    private static CopyRequest between(CopyRequest request, Endpoint from, Endpoint to) {
        return new CopyRequest(
                from, to, request.scope(), request.key(), "public", "t", "r1", 1, false);
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TRANSACTION_POOLER));
    }
}
