package shuqiao.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.engine.CopyListener;
import shuqiao.engine.CopyRequest;
import shuqiao.engine.Database;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.EngineFailure;
import shuqiao.engine.Fence;
import shuqiao.engine.HashKey;
import shuqiao.engine.Limits;
import shuqiao.engine.Reason;
import shuqiao.engine.Scope;
import shuqiao.engine.Secret;
import shuqiao.engine.Side;
import shuqiao.engine.Tls;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Lifeline;

@PlatformTest
class LineTests {

    private static final ScratchPostgres.Database DATABASE = ScratchPostgres.shared().newDatabase();
    private static final AtomicInteger NEXT = new AtomicInteger(7_000_000);
    private static final Use LOOK = new Use(Occasion.LOOK, Actor.Kind.PERSON, "line-steward", "");
    private static final Use COPY = Use.platform(Occasion.COPY).about("JH-0000-000001");

    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration IMPATIENT = Duration.ofMillis(100);

    @Autowired LineTable table;
    @Autowired RecordTable records;
    @Autowired Endpoints endpoints;
    @Autowired Lifeline lifeline;
    @Autowired TransactionTemplate transaction;
    @Autowired JdbcClient db;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MICROS));
    private final long source = NEXT.incrementAndGet();
    private Seats seats;
    private Pool pool;
    private Line line;

    @BeforeEach
    void a_line_with_a_clock_of_its_own() {
        seats = new Seats(table, lifeline, transaction, now::get);
        pool = new Pool(seats, endpoints);
        line = new Line(seats, endpoints, pool, table, records, now::get);
    }

    @AfterEach
    void nothing_stays_open() {
        pool.closeAll();
    }

    private Place place(int port, String password, int most) {
        return place(port, password, most, port == DATABASE.port() ? PATIENT : IMPATIENT);
    }

    private Place place(int port, String password, int most, Duration toConnect) {
        var limits =
                new Limits(
                        most,
                        OptionalDouble.empty(),
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        toConnect);
        return new Place(
                source,
                City.CIVIL_AFFAIRS,
                "连线库",
                new DatabaseAddress("127.0.0.1", port, DATABASE.name(), Optional.empty()),
                DATABASE.user(),
                new Secret(password),
                Tls.DISABLED,
                limits,
                at -> at.isBefore(Instant.MAX),
                () -> false,
                false);
    }

    private Place place(int most) {
        return place(DATABASE.port(), DATABASE.password(), most);
    }

    private void fails(Place place, Use use, Reason reason) {
        assertThatThrownBy(() -> line.ask(place, use, Database::schemas))
                .isInstanceOfSatisfying(
                        EngineFailure.class, it -> assertThat(it.reason()).isEqualTo(reason));
    }

    private List<String> outcomes() {
        return db.sql(
                        "select coalesce(outcome, 'open') from line.session where source = :source order by id")
                .param("source", source)
                .query(String.class)
                .list();
    }

    @Test
    void a_server_that_takes_us_in_and_never_answers_is_left_alone_and_then_tried_by_one()
            throws Exception {
        try (var silent = new Gatekeeper(DATABASE.port())) {
            var place = place(silent.port(), DATABASE.password(), 4);
            var left = place;
            for (var at = 0; at < Circuit.FAILURES; at++) fails(place, LOOK, Reason.UNREACHABLE);
            var came = silent.came();

            assertThatThrownBy(() -> line.ask(left, LOOK, Database::schemas))
                    .isInstanceOfSatisfying(
                            NotDialled.class,
                            it -> {
                                assertThat(it.facts())
                                        .containsEntry("side", Side.SOURCE)
                                        .containsEntry("failures", 5);
                                assertThat(it.retryAfterSeconds()).hasValue(60);
                            });
            assertThatThrownBy(() -> line.admit(COPY, left, Optional.empty()))
                    .isInstanceOf(NotDialled.class);
            assertThat(silent.came()).as("nothing was dialled").isEqualTo(came);

            now.set(now.get().plus(Circuit.ALONE_MIN));
            fails(place, LOOK, Reason.UNREACHABLE);
            assertThat(silent.came()).as("one tries").isEqualTo(came + 1);
            now.set(now.get().plus(Circuit.ALONE_MIN));
            assertThatThrownBy(() -> line.ask(left, LOOK, Database::schemas))
                    .as("left alone for twice as long")
                    .isInstanceOf(NotDialled.class);

            silent.letThrough();
            place = place(silent.port(), DATABASE.password(), 4, PATIENT);
            var test = Use.platform(Occasion.TEST);
            assertThat(line.ask(place, test, Database::schemas)).contains("public");
            assertThat(line.ask(place, LOOK, Database::schemas)).contains("public");
            assertThat(outcomes())
                    .containsExactly(
                            "engine:unreachable",
                            "engine:unreachable",
                            "engine:unreachable",
                            "engine:unreachable",
                            "engine:unreachable",
                            "engine:unreachable",
                            "done",
                            "open");
        }
    }

    @Test
    void while_one_tries_whether_it_answers_again_the_others_do_not() {
        var place = place(4);
        line.ask(place, Use.platform(Occasion.TEST), Database::schemas);
        var circuit = Circuit.CLOSED;
        for (var at = 0; at < Circuit.FAILURES; at++) circuit = circuit.failed(now.get(), "x");
        table.circuit(source, circuit);
        now.set(now.get().plus(Circuit.ALONE_MIN));

        var tries = line.admit(COPY, place, Optional.empty());

        assertThat(tries).isPresent();
        assertThatThrownBy(() -> line.ask(place, LOOK, Database::schemas))
                .isInstanceOf(NotDialled.class);
        now.set(now.get().plus(PATIENT.multipliedBy(2)));
        assertThat(line.ask(place, LOOK, Database::schemas))
                .as("who tried gave no answer in time")
                .contains("public");
        tries.get().close();
    }

    @Test
    void wrong_passwords_and_what_is_typed_into_a_form_never_keep_others_away() throws Exception {
        for (var at = 0; at <= Circuit.FAILURES; at++)
            fails(place(DATABASE.port(), "wrong", 4), LOOK, Reason.PASSWORD_REFUSED);
        assertThat(line.ask(place(4), LOOK, Database::schemas)).contains("public");

        try (var silent = new Gatekeeper(DATABASE.port())) {
            for (var at = 0; at <= Circuit.FAILURES; at++)
                fails(
                        place(silent.port(), "typed", 4),
                        Use.platform(Occasion.ENTERED),
                        Reason.UNREACHABLE);
        }
        pool.closeAll();
        pool.open();
        assertThat(line.ask(place(4), LOOK, Database::schemas)).contains("public");
    }

    @Test
    void failures_at_one_address_do_not_keep_from_another() throws Exception {
        try (var silent = new Gatekeeper(DATABASE.port())) {
            for (var at = 0; at < Circuit.FAILURES; at++)
                fails(place(silent.port(), "x", 4), LOOK, Reason.UNREACHABLE);
        }
        assertThat(line.ask(place(4), LOOK, Database::schemas)).contains("public");
    }

    /** Holds a session of the source with a question until the latch opens. */
    private Thread asking(Place place, String by, CountDownLatch until) {
        var began = new CountDownLatch(1);
        var use = new Use(Occasion.PREVIEW, Actor.Kind.PERSON, by, "");
        var thread =
                Thread.ofVirtual()
                        .start(() ->
                                line.ask(
                                        place,
                                        use,
                                        database -> {
                                            began.countDown();
                                            awaited(until);
                                            return database.schemas();
                                        }));
        awaited(began);
        return thread;
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void previews_that_have_all_they_may_neither_starve_a_run_nor_wait_for_ever() throws Exception {
        var place = place(4);
        var until = new CountDownLatch(1);
        var one = asking(place, "one", until);
        var two = asking(place, "two", until);

        var first = line.admit(COPY, place, Optional.empty());
        var second = line.admit(COPY, place, Optional.empty());
        assertThat(first).as("half of four is kept for deliveries").isPresent();
        assertThat(second).isPresent();
        assertThat(line.admit(COPY, place, Optional.empty())).isEmpty();
        assertThatThrownBy(() ->
                        seats.take(LOOK, List.of(new Wanted(place, Side.SOURCE)), Duration.ZERO))
                .isInstanceOfSatisfying(
                        LineFull.class,
                        it ->
                                assertThat(it.facts())
                                        .containsEntry("side", Side.SOURCE)
                                        .containsEntry("name", "连线库")
                                        .containsEntry("most", 4));

        var third = asked(place);
        until.countDown();
        one.join();
        two.join();
        third.join();
        first.get().close();
        second.get().close();
        assertThat(outcomes()).doesNotContain("line:full");
    }

    /** Waits its turn. */
    private Thread asked(Place place) {
        return Thread.ofVirtual().start(() -> line.ask(place, LOOK, Database::schemas));
    }

    @Test
    void of_one_session_a_run_that_waits_gets_the_next_turn() throws Exception {
        var place = place(1);
        var until = new CountDownLatch(1);
        var asks = asking(place, "one", until);
        assertThat(line.admit(COPY, place, Optional.empty())).isEmpty();
        until.countDown();
        asks.join();

        assertThatThrownBy(() ->
                        seats.take(
                                Use.platform(Occasion.SURVEY),
                                List.of(new Wanted(place, Side.SOURCE)),
                                Duration.ZERO))
                .isInstanceOf(LineFull.class);
        var run = line.admit(COPY, place, Optional.empty());
        assertThat(run).isPresent();
        assertThat(line.admit(COPY, place, Optional.empty())).isEmpty();
        run.get().close();
    }

    @Test
    void copies_leave_one_of_four_to_questions() {
        var place = place(4);
        var all =
                List.of(
                        line.admit(COPY, place, Optional.empty()).orElseThrow(),
                        line.admit(COPY, place, Optional.empty()).orElseThrow(),
                        line.admit(COPY, place, Optional.empty()).orElseThrow());

        assertThat(line.admit(COPY, place, Optional.empty())).isEmpty();
        assertThat(line.ask(place, LOOK, Database::schemas)).contains("public");
        all.forEach(Passage::close);
    }

    @Test
    void a_run_that_needs_more_than_a_source_allows_is_told_so() {
        var place = place(1);

        assertThatThrownBy(() -> line.admit(COPY, place, Optional.of(place)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("line:too-few");
    }

    @Test
    void sessions_of_a_platform_that_died_are_counted_no_more_and_end_as_lost() {
        var place = place(1);
        table.alive("line-tests-dead");
        table.insert(new Wanted(place, Side.SOURCE), COPY, "line-tests-dead", now.get());
        assertThat(line.admit(COPY, place, Optional.empty())).as("it lives still").isEmpty();

        db.sql(
                        "update line.platform set seen = seen - interval '11 s' where id = 'line-tests-dead'")
                .update();

        var run = line.admit(COPY, place, Optional.empty());
        assertThat(run).isPresent();
        seats.beat();
        assertThat(outcomes()).containsExactly("lost", "open");
        run.get().close();
        assertThat(outcomes()).containsExactly("lost", "done");
    }

    @Test
    void a_session_serves_the_same_caller_for_seconds_and_nobody_else() {
        var place = place(4);
        line.ask(place, LOOK, Database::schemas);
        line.ask(place, LOOK, Database::schemas);
        line.ask(place, Use.platform(Occasion.LOOK), Database::schemas);

        assertThat(pool.kept(source)).isEqualTo(2);
        pool.closeAll();
        assertThat(
                        db.sql(
                                        "select by_whom || ' ' || questions || ' ' || (received > 0 and sent > 0) || ' ' || address from line.session where source = :source order by id")
                                .param("source", source)
                                .query(String.class)
                                .list())
                .containsExactly(
                        "line-steward 2 true 127.0.0.1:" + DATABASE.port(),
                        "platform 1 true 127.0.0.1:" + DATABASE.port());
    }

    @Test
    void a_session_is_not_used_again_after_the_secret_or_the_source_changed() {
        var place = place(4);
        line.ask(place, LOOK, Database::schemas);
        fails(place(DATABASE.port(), "changed", 4), LOOK, Reason.PASSWORD_REFUSED);

        line.ask(
                place,
                LOOK,
                database -> {
                    line.forget(source);
                    return database.schemas();
                });

        assertThat(pool.kept(source)).as("it was in use when the source changed").isZero();
        line.ask(place, LOOK, Database::schemas);
        assertThat(outcomes()).containsExactly("done", "engine:password-refused", "open");
    }

    @Test
    void who_waits_gets_the_place_of_a_session_that_nobody_uses() {
        var place = place(1);
        line.ask(place, LOOK, Database::schemas);
        assertThat(pool.kept(source)).isEqualTo(1);

        var run = line.admit(COPY, place, Optional.empty());

        assertThat(run).isPresent();
        assertThat(pool.kept(source)).isZero();
        run.get().close();
    }

    @Test
    void a_session_that_nobody_uses_is_closed_after_some_seconds() {
        line.ask(place(4), LOOK, Database::schemas);

        await().atMost(Duration.ofSeconds(20)).until(() -> outcomes().equals(List.of("done")));
        assertThat(pool.kept(source)).isZero();
    }

    @Test
    void a_session_that_the_server_closed_meanwhile_is_replaced() {
        var place = place(4);
        line.ask(place, LOOK, Database::schemas);
        ScratchPostgres.shared()
                .asSuperuser(
                        "postgres",
                        "select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s' and datname = '%s'"
                                .formatted(DATABASE.user(), DATABASE.name()));

        assertThat(line.ask(place, LOOK, Database::schemas)).contains("public");
    }

    /** The question why opens a session of its own, after that of the copy has ended. */
    @Test
    void the_session_that_asks_why_a_copy_failed_has_the_place_of_the_one_that_ended() {
        var name = DATABASE.name() + "_euc_cn";
        ScratchPostgres.shared()
                .asSuperuser(
                        "postgres",
                        "create database %s owner %s encoding 'EUC_CN' locale_provider libc locale 'C' template template0"
                                .formatted(name, DATABASE.user()));
        ScratchPostgres.shared()
                .asSuperuser(name, "grant all on schema public to " + DATABASE.user());
        DATABASE.run(
                "create table smiles (id int primary key, face text)",
                "insert into smiles values (1, '\uD83D\uDE00')");
        var from = place(1);
        var into = elsewhere(from, name);
        var scope =
                Scope.of(
                        line.ask(
                                from,
                                Use.platform(Occasion.TEST),
                                database -> database.table("public", "smiles")),
                        List.of(),
                        List.of(),
                        Map.of(),
                        "核验",
                        LocalDate.of(2026, 1, 1),
                        Optional.empty());

        try (var passage = line.admit(COPY, from, Optional.of(into)).orElseThrow()) {
            assertThatThrownBy(() ->
                            passage.copy(
                                    (source, target) ->
                                            new CopyRequest(
                                                    source,
                                                    target,
                                                    scope,
                                                    new HashKey(new byte[32]),
                                                    "public",
                                                    "smiles",
                                                    "line-tests",
                                                    1,
                                                    false),
                                    Fence.open(),
                                    CopyListener.silent(),
                                    _ -> {}))
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            it ->
                                    assertThat(it.arguments())
                                            .containsEntry("field", "face")
                                            .containsEntry("encoding", "EUC_CN"));
            assertThat(table.open(from.source(), Seats.LIFE).copies()).isEqualTo(1);
        }

        assertThat(outcomes())
                .containsExactly("done", "engine:target-encoding", "engine:target-encoding");
        assertThat(table.open(from.source(), Seats.LIFE).copies()).isZero();
    }

    /** A source of its own, in another database of the server. */
    private static Place elsewhere(Place beside, String database) {
        var address = beside.address();
        return new Place(
                NEXT.incrementAndGet(),
                beside.organization(),
                "另一库",
                new DatabaseAddress(address.host(), address.port(), database, Optional.empty()),
                beside.user(),
                beside.password(),
                beside.tls(),
                beside.limits(),
                beside.hours(),
                beside.asBefore(),
                false);
    }

    @Test
    void records_are_kept_for_their_time_and_open_ones_longer() {
        var place = place(4);
        var open = line.admit(COPY, place, Optional.empty()).orElseThrow();
        line.ask(place, Use.platform(Occasion.TEST), Database::schemas);

        while (table.sweep(now.get().plusSeconds(1), 5_000) > 0)
            ; // what other tests left
        assertThat(outcomes()).containsExactly("open");
        open.close();
    }

    @Test
    void a_question_is_asked_in_no_transaction_of_ours() {
        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(
                                _ -> line.ask(place(4), LOOK, Database::schemas)))
                .isInstanceOf(IllegalStateException.class);
        await().until(() -> outcomes().isEmpty());
    }
}
