package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session that serves several questions is before each as it was after its login. */
@Tag("slow")
class HeldSessionTests {

    private final Fixture fixture = new Fixture();

    @Test
    void nothing_that_a_question_left_behind_is_there_for_the_next() {
        try (var held = HeldSession.open(Side.SOURCE, fixture.from())) {
            var session = held.next();
            var pid = session.pid();
            session.run(
                    "set search_path = public; set timezone = 'UTC'; create temp table left_behind (a int); prepare left_over as select 1; select pg_advisory_lock(4711)");

            var next = held.next();

            assertThat(next.pid()).isEqualTo(pid);
            assertThat(next.one("select current_setting('search_path')").text(0)).isEqualTo("\"\"");
            assertThat(next.one("select current_setting('timezone')").text(0)).isNotEqualTo("UTC");
            assertThat(
                            next.one(
                                            "select (select count(*) from pg_prepared_statements) + (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) + (select count(*) from pg_class where relname = 'left_behind')")
                                    .number(0))
                    .isZero();
        }
    }

    @Test
    void limits_hold_in_it_as_in_a_new_one() {
        var limits =
                new Limits(
                        4,
                        java.util.OptionalDouble.empty(),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10));
        try (var held = HeldSession.open(Side.SOURCE, fixture.from().withLimits(limits))) {
            held.next().run("set statement_timeout = 0; set lock_timeout = 0");

            var next = held.next();

            assertThat(
                            next.one(
                                            "select current_setting('statement_timeout') || ' ' || current_setting('lock_timeout')")
                                    .text(0))
                    .isEqualTo("7s 3s");
        }
    }

    @Test
    void one_that_is_left_in_a_transaction_or_cut_is_of_no_use_any_more() {
        try (var held = HeldSession.open(Side.SOURCE, fixture.from())) {
            held.next().run("begin");
            assertThatThrownBy(held::next).isInstanceOf(EngineFailure.class);
        }
        try (var held = HeldSession.open(Side.SOURCE, fixture.from())) {
            held.next();
            held.abort();
            assertThatThrownBy(held::next)
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            it -> assertThat(it.reason()).isEqualTo(Reason.CONNECTION_CUT));
        }
    }

    @Test
    void each_session_is_told_before_it_is_dialled_and_when_it_ends_with_its_bytes() {
        var heard = new ArrayList<String>();
        SessionWatch watch =
                (side, name) -> {
                    heard.add("begins " + side + " " + name);
                    return new SessionWatch.Ear() {
                        @Override
                        public void opened(InetAddress peer) {
                            heard.add("opened " + peer.isLoopbackAddress());
                        }

                        @Override
                        public void failed(@Nullable InetAddress last, Throwable why) {
                            heard.add("failed " + (last != null) + " " + why.getMessage());
                        }

                        @Override
                        public void closed(long received, long sent) {
                            heard.add("closed " + (received > 100 && sent > 100));
                        }
                    };
                };
        new Database(fixture.from().heardBy(watch)).schemas();
        var wrong =
                new Endpoint(
                        fixture.from().address(),
                        fixture.from().user(),
                        new Secret("wrong"),
                        Tls.DISABLED,
                        Limits.standard(),
                        "shuqiao");
        assertThatThrownBy(() -> new Database(wrong.heardBy(watch)).schemas())
                .isInstanceOf(EngineFailure.class);
        assertThatThrownBy(() ->
                        new Database(wrong.heardBy(watch).within((_, _) -> List.of())).schemas())
                .isInstanceOf(EngineFailure.class);

        assertThat(heard).hasSize(7);
        assertThat(heard.subList(0, 4))
                .containsExactly(
                        "begins SOURCE shuqiao",
                        "opened true",
                        "closed true",
                        "begins SOURCE shuqiao");
        assertThat(heard.get(4)).startsWith("failed true password-refused");
        assertThat(heard.get(6)).startsWith("failed false address-not-allowed");
    }
}
