package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import shuqiao.engine.embedded.ScratchPostgres;

/** A large table with masks is read by two sessions of one instant, others by one. */
@Tag("slow")
class ReadingTests {

    private static final int ROWS = 5_000;
    private static final Map<String, Mask> MASKS = Map.of("phone", Mask.PHONE);
    private static final String EVERYTHING = "[]";

    /** Of all columns but the masked one, in any order of the rows. */
    private static final String CONTENT =
            "count(*) || ' ' || sum(hashtextextended(concat_ws('|', id, amount, town, scan), 0)::numeric)";

    private static final String SESSIONS_LEFT =
            "select count(*) from pg_stat_activity where application_name = 'shuqiao:c#1' and datname = current_database()";

    private static final Fixture FIXTURE = new Fixture();

    /** Two rows, one in each half, are longer than what the copy moves at once. */
    @BeforeAll
    static void large() {
        FIXTURE.source.run(
                "create table big (id int primary key, phone text, amount int not null, town text, scan text)",
                "alter table big alter column scan set storage external",
                """
                insert into big select g, '1380013' || lpad(g::text, 4, '0'), 100, 't' || g %% 10,
                  repeat(md5(g::text), case when g in (7, %2$d) then 30000 else 500 end) from generate_series(1, %1$d) g
                """
                        .formatted(ROWS, ROWS - 7),
                "create table small as select id, phone from big",
                "create view seen as select * from big",
                "create table parent (like big including storage)",
                "insert into parent select * from big",
                "create table child () inherits (parent)",
                "analyze");
    }

    @Test
    void a_large_table_with_masks_is_read_by_two_and_arrives_whole() {
        var scope = FIXTURE.scope("big", List.of(), EVERYTHING, MASKS);

        var result = FIXTURE.copy(scope, "whole");

        assertThat(result.reading()).isEqualTo(Reading.TWO);
        assertThat(result.rowsWritten()).isEqualTo(ROWS);
        assertThat(FIXTURE.target.one("select " + CONTENT + " from whole"))
                .isEqualTo(FIXTURE.source.one("select " + CONTENT + " from big"));
        assertThat(
                        FIXTURE.target.one(
                                "select count(*) from whole where phone ~ '^138[*]{4}[0-9]{4}$'"))
                .isEqualTo("" + ROWS);
    }

    @Test
    void both_halves_are_of_one_instant_while_others_write() throws Exception {
        var scope = FIXTURE.scope("big", List.of("id", "phone", "amount"), EVERYTHING, MASKS);
        var sum = FIXTURE.source.one("select sum(amount) from big");
        var stop = new AtomicBoolean();
        var writer = CompletableFuture.runAsync(() -> moveAmounts(stop));
        try {
            for (var i = 0; i < 5; i++) {
                assertThat(FIXTURE.copy(scope, "accounts").reading()).isEqualTo(Reading.TWO);
                assertThat(
                                FIXTURE.target.one(
                                        "select count(*) || ' ' || count(distinct id) || ' ' || sum(amount) from accounts"))
                        .isEqualTo(ROWS + " " + ROWS + " " + sum);
            }
        } finally {
            stop.set(true);
            writer.get(30, TimeUnit.SECONDS);
        }
    }

    /** Each transaction moves an amount from one half of the table to the other. */
    private static void moveAmounts(AtomicBoolean stop) {
        try (var connection = FIXTURE.source.connect();
                var move =
                        connection.prepareStatement(
                                "update big set amount = amount + case when id = ? then -1 else 1 end where id in (?, ?)")) {
            var random = ThreadLocalRandom.current();
            while (!stop.get()) {
                var from = random.nextInt(1, ROWS / 2);
                move.setInt(1, from);
                move.setInt(2, from);
                move.setInt(3, random.nextInt(ROWS / 2, ROWS) + 1);
                move.executeUpdate();
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_filter_that_looks_at_all_rows_leaves_it_to_two_and_holds_in_both_halves() {
        var scope =
                FIXTURE.scope(
                        "big",
                        List.of("id", "phone"),
                        "[{\"field\":\"town\",\"op\":\"in\",\"value\":[\"t1\",\"t2\"]}]",
                        MASKS);

        var result = FIXTURE.copy(scope, "filtered");

        assertThat(result.reading()).isEqualTo(Reading.TWO);
        assertThat(result.rowsWritten()).isEqualTo(ROWS / 5);
    }

    @Test
    void a_filter_that_finds_its_rows_by_an_index_is_left_to_one() {
        var scope =
                FIXTURE.scope(
                        "big",
                        List.of("id", "phone"),
                        "[{\"field\":\"id\",\"op\":\"between\",\"value\":[10,20]}]",
                        MASKS);

        assertThat(reading(scope)).isEqualTo(Reading.ONE_BY_INDEX);
    }

    @Test
    void what_two_cannot_speed_up_is_read_by_one() {
        assertThat(reading(FIXTURE.scope("big", List.of("id", "phone"), EVERYTHING, Map.of())))
                .isEqualTo(Reading.ONE_UNMASKED);
        assertThat(reading(FIXTURE.scope("small", List.of(), EVERYTHING, MASKS)))
                .isEqualTo(Reading.ONE_SMALL);
        assertThat(reading(FIXTURE.scope("seen", List.of("id", "phone"), EVERYTHING, MASKS)))
                .isEqualTo(Reading.ONE_NOT_A_HEAP);
        assertThat(reading(FIXTURE.scope("parent", List.of("id", "phone"), EVERYTHING, MASKS)))
                .isEqualTo(Reading.ONE_NOT_A_HEAP);
    }

    @Test
    void a_source_on_this_machine_is_read_by_two_only_where_processors_are_left_for_it() {
        var request =
                FIXTURE.request(
                        FIXTURE.scope("big", List.of("id", "phone"), EVERYTHING, MASKS),
                        "near",
                        "r1",
                        1);

        assertThat(run(request, CopyListener.silent(), 3).reading())
                .isEqualTo(Reading.ONE_PROCESSOR);
        assertThat(run(request, CopyListener.silent(), 4).reading()).isEqualTo(Reading.TWO);
    }

    @Test
    void limits_of_the_source_are_kept_by_one() {
        var standard = Limits.standard();

        assertThat(reading(limited(1, OptionalDouble.empty()), true))
                .isEqualTo(Reading.ONE_CONNECTION);
        assertThat(reading(limited(4, OptionalDouble.of(500)), true)).isEqualTo(Reading.ONE_RATE);
        assertThat(reading(standard, false)).isEqualTo(Reading.ONE_CONNECTION);
    }

    private static Limits limited(int connections, OptionalDouble megabytes) {
        var standard = Limits.standard();
        return new Limits(
                connections,
                megabytes,
                standard.statementTimeout(),
                standard.lockTimeout(),
                standard.connectTimeout());
    }

    @Test
    void a_server_that_refuses_a_second_session_is_read_by_one() {
        var server = ScratchPostgres.shared();
        var role = FIXTURE.source.user();
        Fixture.until(
                () -> sessionsOf(role) == 0); // those of the test's own driver end when they like
        server.asSuperuser(FIXTURE.source.name(), "alter role " + role + " connection limit 1");
        try {
            assertThat(reading(Limits.standard(), true)).isEqualTo(Reading.ONE_REFUSED);
        } finally {
            server.asSuperuser(
                    FIXTURE.source.name(), "alter role " + role + " connection limit -1");
        }
    }

    private static long sessionsOf(String role) {
        try (var session = ScratchPostgres.shared().superuser("postgres");
                var rows =
                        session.createStatement()
                                .executeQuery(
                                        "select count(*) from pg_stat_activity where usename = '%s'"
                                                .formatted(role))) {
            rows.next();
            return rows.getLong(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whoever counts sessions, we ourselves too, finds as many as we have open. */
    @Test
    void a_session_that_was_closed_has_given_its_place_back() {
        var server = ScratchPostgres.shared();
        var role = FIXTURE.source.user();
        Fixture.until(() -> sessionsOf(role) == 0);
        server.asSuperuser(FIXTURE.source.name(), "alter role " + role + " connection limit 1");
        try {
            for (var i = 0; i < 50; i++)
                assertThat(new Database(FIXTURE.from()).schemas()).contains("public");
        } finally {
            server.asSuperuser(
                    FIXTURE.source.name(), "alter role " + role + " connection limit -1");
        }
    }

    @Test
    void when_the_second_session_is_killed_nothing_is_left_and_the_next_attempt_delivers() {
        var scope = FIXTURE.scope("big", List.of(), EVERYTHING, MASKS);
        var killed = new AtomicBoolean();
        var listener =
                new CopyListener() {
                    @Override
                    public void progress(long rows, long bytes) {
                        if (rows < ROWS && killed.compareAndSet(false, true)) killSecond();
                    }
                };

        assertThatThrownBy(() -> run(FIXTURE.request(scope, "broken", "r", 1), listener))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CONNECTION_CUT));

        assertThat(FIXTURE.target.one("select to_regclass('broken') is null")).isEqualTo("t");
        assertThat(FIXTURE.staging()).isEqualTo("0");
        assertThat(Fixture.copy(FIXTURE.request(scope, "broken", "r", 2)).rowsWritten())
                .isEqualTo(ROWS);
    }

    private static void killSecond() {
        ScratchPostgres.shared()
                .asSuperuser(
                        FIXTURE.source.name(),
                        """
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where application_name = 'shuqiao:r#1' and datname = current_database() and query like '%ctid >=%'
                        """);
    }

    /** What befalls a copy at a random moment; sessions by the number of the attempt. */
    private enum Fault {
        FIRST_KILLED("where application_name = 'shuqiao:f#%d' and query like '%%ctid <%%'"),
        SECOND_KILLED("where application_name = 'shuqiao:f#%d' and query like '%%ctid >=%%'"),
        BOTH_KILLED("where application_name = 'shuqiao:f#%d'"),
        TARGET_KILLED("where application_name = 'shuqiao:f#%d'"),
        ROWS_MOVED(""),
        CANCELLED("");

        private final String sessions;

        Fault(String sessions) {
            this.sessions = sessions;
        }
    }

    @Test
    @Tag("long")
    void sixty_faults_at_random_moments_leave_what_was_or_what_is() throws Exception {
        var seed = Long.getLong("shuqiao.seed", System.nanoTime());
        var random = new Random(seed);
        var ends = new TreeMap<String, Integer>();
        var scope = FIXTURE.scope("big", List.of(), EVERYTHING, MASKS);
        FIXTURE.copy(FIXTURE.request(scope, "faulty", "f", 1));
        for (var attempt = 2; attempt <= 61; attempt++) {
            // so that what was and what is can be told apart
            FIXTURE.source.run("update big set amount = amount + 1");
            var before = FIXTURE.target.one(STATE);
            var fault = Fault.values()[random.nextInt(Fault.values().length)];

            var end = copyThrough(fault, scope, attempt, random.nextInt(400));

            assertThat(FIXTURE.staging()).as("staging tables, seed " + seed).isEqualTo("0");
            var now = FIXTURE.source.one(STATE.replace("faulty", "big"));
            var may =
                    end.equals("delivered")
                            ? List.of(now)
                            // a session may be killed between its commit and the answer
                            : fault == Fault.TARGET_KILLED ? List.of(before, now) : List.of(before);
            assertThat(FIXTURE.target.one(STATE))
                    .as("%s, attempt %d, seed %d", fault, attempt, seed)
                    .isIn(may);
            ends.merge(fault + " " + end, 1, Integer::sum);
        }
        System.out.printf("60 faults, two readers, shuqiao.seed=%d: %s%n", seed, ends);
    }

    private static final String STATE =
            "select count(*) || ' ' || count(distinct id) || ' ' || sum(amount) from faulty";

    private static String copyThrough(Fault fault, Scope scope, int attempt, int afterMillis)
            throws Exception {
        var copying = new CountDownLatch(1);
        var copy =
                new CopyRun(
                                FIXTURE.request(scope, "faulty", "f", attempt),
                                Fence.open(),
                                new CopyListener() {
                                    @Override
                                    public void phase(Phase phase) {
                                        if (phase == Phase.COPYING) copying.countDown();
                                    }
                                },
                                InstantSource.system())
                        .onProcessors(Fixture.PROCESSORS);
        var end =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return copy.run().reading() == Reading.TWO ? "delivered" : "by one";
                    } catch (EngineFailure failure) {
                        return failure.reason().key();
                    }
                });
        copying.await();
        new CountDownLatch(1).await(afterMillis, TimeUnit.MILLISECONDS);
        switch (fault) {
            case ROWS_MOVED ->
                    FIXTURE.source.run(
                            "update big set amount = amount + 1 where id <= 100",
                            "update big set amount = amount - 1 where id <= 100");
            case CANCELLED -> copy.cancel();
            case TARGET_KILLED -> kill(FIXTURE.target, fault, attempt);
            case FIRST_KILLED, SECOND_KILLED, BOTH_KILLED -> kill(FIXTURE.source, fault, attempt);
        }
        return end.get(60, TimeUnit.SECONDS);
    }

    private static void kill(ScratchPostgres.Database database, Fault fault, int attempt) {
        ScratchPostgres.shared()
                .asSuperuser(
                        database.name(),
                        "select pg_terminate_backend(pid) from pg_stat_activity "
                                + fault.sessions.formatted(attempt)
                                + " and datname = current_database()");
    }

    @Test
    void a_cancelled_copy_ends_both_sessions() {
        var scope = FIXTURE.scope("big", List.of(), EVERYTHING, MASKS);
        var copy = new ArrayList<CopyRun>();
        var listener =
                new CopyListener() {
                    @Override
                    public void phase(Phase phase) {
                        if (phase == Phase.COPYING) copy.getFirst().cancel();
                    }
                };
        copy.add(
                new CopyRun(
                                FIXTURE.request(scope, "stopped", "c", 1),
                                Fence.open(),
                                listener,
                                InstantSource.system())
                        .onProcessors(Fixture.PROCESSORS));

        assertThatThrownBy(() -> copy.getFirst().run())
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CANCELLED));

        Fixture.until(() -> FIXTURE.source.one(SESSIONS_LEFT).equals("0"));
    }

    /** Of a scope that two could read. */
    private static Reading reading(Limits limits, boolean allowed) {
        var scope = FIXTURE.scope("big", List.of("id", "phone"), EVERYTHING, MASKS);
        return reading(scope, limits, allowed);
    }

    private static Reading reading(Scope scope) {
        return reading(scope, Limits.standard(), true);
    }

    private static Reading reading(Scope scope, Limits limits, boolean allowed) {
        var told = new ArrayList<Reading>();
        var listener =
                new CopyListener() {
                    @Override
                    public boolean reading(Reading reading) {
                        told.add(reading);
                        return allowed;
                    }
                };
        var request =
                new CopyRequest(
                        FIXTURE.from().withLimits(limits),
                        FIXTURE.to(),
                        scope,
                        Fixture.KEY,
                        "public",
                        "chosen",
                        "r1",
                        1,
                        true);

        var result = run(request, listener);

        assertThat(result.reading()).isEqualTo(told.getLast());
        return result.reading();
    }

    private static CopyResult run(CopyRequest request, CopyListener listener) {
        return run(request, listener, Fixture.PROCESSORS);
    }

    private static CopyResult run(CopyRequest request, CopyListener listener, int processors) {
        return new CopyRun(request, Fence.open(), listener, InstantSource.system())
                .onProcessors(processors)
                .run();
    }
}
