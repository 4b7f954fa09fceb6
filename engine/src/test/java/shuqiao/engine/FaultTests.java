package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.engine.CopyListener.Phase;
import shuqiao.engine.embedded.ScratchPostgres;

/** Whatever is cut, killed or stalled: the target is old or new, and nothing is left. */
@Tag("slow")
@Tag("kill")
class FaultTests {

    private static final int ROWS = 60_000;

    private final Fixture fixture = new Fixture();

    @Test
    void a_cancelled_copy_leaves_nothing() throws Exception {
        fixture.numbers("t", ROWS);
        var slow = new Slow(request("r", 1), Fence.open());

        slow.inTheMiddle.await();
        slow.copy.cancel();

        assertThat(slow.failure().reason()).isEqualTo(Reason.CANCELLED);
        nothingLeft();
    }

    @Test
    void a_copy_cancelled_before_it_began_does_nothing() {
        fixture.numbers("t", 10);
        var copy =
                new CopyRun(
                        request("r", 1),
                        Fence.open(),
                        CopyListener.silent(),
                        InstantSource.system());
        copy.cancel();

        assertThatThrownBy(copy::run)
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CANCELLED));
    }

    @Test
    void a_killed_target_session_leaves_nothing_and_the_failure_passes() throws Exception {
        killed(fixture.target);
    }

    @Test
    void a_killed_source_session_leaves_nothing_and_the_failure_passes() throws Exception {
        killed(fixture.source);
    }

    private void killed(ScratchPostgres.Database database) throws Exception {
        fixture.numbers("t", ROWS);
        var slow = new Slow(request("r", 1), Fence.open());

        slow.inTheMiddle.await();
        database.run(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'shuqiao:r#1' and datname = current_database()");

        assertThat(slow.failure().reason()).isEqualTo(Reason.CONNECTION_CUT);
        assertThat(slow.failure().isTransient()).isTrue();
        nothingLeft();
        assertThat(fixture.copy(fixture.all("t"), "t").rowsWritten()).isEqualTo(ROWS);
    }

    @Test
    void a_second_writer_waits_its_turn_while_the_first_is_at_work_by_right() throws Exception {
        fixture.numbers("t", ROWS);
        var first = new Slow(request("first", 1), Fence.open());
        first.inTheMiddle.await();
        var holder =
                fixture.target.one(
                        "select pid from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and granted and datname = current_database() and application_name = 'shuqiao:first#1' limit 1");

        var polite =
                new CopyRun(
                        request("second", 1),
                        new Fence() {
                            @Override
                            public boolean holds() {
                                return true;
                            }

                            @Override
                            public boolean isAlive(Attempt other) {
                                return other.run().equals("first");
                            }
                        },
                        CopyListener.silent(),
                        InstantSource.system());

        assertThatThrownBy(polite::run)
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.TARGET_BUSY);
                            assertThat(e.arguments())
                                    .containsEntry("application", "shuqiao:first#1")
                                    .containsEntry("pid", holder);
                        });
        first.copy.cancel();
        assertThat(first.failure().reason()).isEqualTo(Reason.CANCELLED);
    }

    @Test
    void a_stalled_attempt_is_ended_by_the_next_and_can_never_swap() throws Exception {
        fixture.numbers("t", 100);
        var stalled = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var zombie =
                start(
                        new CopyRun(
                                request("r", 1),
                                Fence.open(),
                                stopAt(Phase.SWAPPING, stalled, goOn),
                                InstantSource.system()));
        stalled.await();
        fixture.source.run("delete from t where id > 50");

        assertThat(Fixture.copy(request("r", 2)).rowsWritten()).isEqualTo(50);
        goOn.countDown();

        assertThat(reason(zombie)).isEqualTo(Reason.CONNECTION_CUT);
        assertThat(fixture.target.one("select count(*) from t")).isEqualTo("50");
        assertThat(fixture.staging()).isEqualTo("0");
    }

    @Test
    void an_earlier_attempt_that_comes_late_gives_way_to_the_later_one() throws Exception {
        fixture.numbers("t", ROWS);
        var later = new Slow(request("r", 2), Fence.open());
        later.inTheMiddle.await();

        assertThatThrownBy(() -> Fixture.copy(request("r", 1)))
                .isInstanceOfSatisfying(
                        EngineFailure.class, e -> assertThat(e.reason()).isEqualTo(Reason.FENCED));
        later.copy.cancel();
        assertThat(later.failure().reason()).isEqualTo(Reason.CANCELLED);
    }

    @Test
    void without_its_lease_an_attempt_does_not_swap() {
        fixture.numbers("t", 100);
        fixture.copy(fixture.all("t"), "t");
        fixture.source.run("delete from t");
        var asked = new java.util.concurrent.atomic.AtomicInteger();

        var copy =
                new CopyRun(
                        request("r", 2),
                        () -> asked.incrementAndGet() == 1,
                        CopyListener.silent(),
                        InstantSource.system());

        assertThatThrownBy(copy::run)
                .isInstanceOfSatisfying(
                        EngineFailure.class, e -> assertThat(e.reason()).isEqualTo(Reason.FENCED));
        assertThat(fixture.target.one("select count(*) from t")).isEqualTo("100");
        assertThat(fixture.staging()).isEqualTo("0");
    }

    @Test
    void rows_are_those_of_one_instant_while_others_write() throws Exception {
        fixture.source.run(
                "create table accounts (id int primary key, amount int)",
                "insert into accounts select g, 100 from generate_series(1, 20000) g");
        var stop = new AtomicBoolean();
        var writer =
                CompletableFuture.runAsync(() -> {
                    try (var connection = fixture.source.connect();
                            var move =
                                    connection.prepareStatement(
                                            "update accounts set amount = amount + case when id = ? then -1 else 1 end where id in (?, ?)")) {
                        for (var i = 0; !stop.get(); i++) {
                            move.setInt(1, 1 + i % 10000);
                            move.setInt(2, 1 + i % 10000);
                            move.setInt(3, 10001 + i % 10000);
                            move.execute();
                        }
                    } catch (java.sql.SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
        for (var i = 0; i < 5; i++) {
            fixture.copy(fixture.all("accounts"), "accounts");
            assertThat(fixture.target.one("select sum(amount) from accounts")).isEqualTo("2000000");
        }
        stop.set(true);
        writer.get(30, TimeUnit.SECONDS);
    }

    @Test
    void readers_see_the_old_or_the_new_content_whole_by_rename_and_by_refill() throws Exception {
        fixture.numbers("t", 2000);
        fixture.copy(fixture.all("t"), "t");
        var stop = new AtomicBoolean();
        var seen =
                CompletableFuture.supplyAsync(() -> {
                    var counts = new HashSet<String>();
                    while (!stop.get())
                        counts.add(
                                fixture.target.one(
                                        "select count(*) || ':' || count(distinct word) from t"));
                    return counts;
                });
        for (var i = 0; i < 6; i++) {
            if (i == 3) fixture.target.run("create view hanging as select * from t");
            fixture.source.run(
                    "delete from t",
                    "insert into t select g, '%d' from generate_series(1, %d) g"
                            .formatted(i, 1000 + i));
            fixture.copy(fixture.all("t"), "t");
        }
        stop.set(true);

        assertThat(seen.get(30, TimeUnit.SECONDS))
                .isSubsetOf("2000:2000", "1000:1", "1001:1", "1002:1", "1003:1", "1004:1", "1005:1")
                .hasSizeGreaterThan(1);
    }

    @Test
    void staging_left_by_others_is_swept_but_not_what_is_at_work_or_only_looks_alike() {
        fixture.target.run(
                "create table shuqiao_staging_dead (n int)",
                "comment on table shuqiao_staging_dead is 'shuqiao staging of t'",
                "create table shuqiao_staging_mine (n int)");

        assertThat(new Database(fixture.to()).sweep()).isEqualTo(1);
        assertThat(
                        fixture.target.one(
                                "select string_agg(relname, ',') from pg_class where relname like 'shuqiao%'"))
                .isEqualTo("shuqiao_staging_mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin; truncate t; insert into t select g, 'new' from generate_series(1, 70) g; commit",
                "begin; alter table t rename to old; create table t (id int primary key, word text); insert into t select g, 'new' from generate_series(1, 70) g; drop table old; commit",
                "alter table t alter column word type text using upper(word)"
            })
    void a_source_that_is_filled_anew_between_snapshot_and_reading_is_never_taken_for_empty(
            String reload) throws Exception {
        fixture.numbers("t", 50);
        var file = Files.createTempDirectory("fault").resolve("t.csv");
        var listener =
                new CopyListener() {
                    @Override
                    public void phase(Phase phase) {
                        if (phase == Phase.COPYING) fixture.source.run(reload);
                    }
                };
        var copy = new CopyRun(request("r", 1), Fence.open(), listener, InstantSource.system());
        rewritten(copy::run);
        fixture.source.run("drop table t");
        fixture.numbers("t", 50);
        var write =
                new FileRun(
                        new FileRequest(
                                fixture.from(),
                                fixture.all("t"),
                                Fixture.KEY,
                                FileFormat.CSV,
                                file,
                                "t",
                                Map.of(),
                                Optional.empty(),
                                false,
                                1L << 20,
                                "f",
                                1,
                                false),
                        Fence.open(),
                        listener,
                        InstantSource.system());
        rewritten(write::run);

        assertThat(file).doesNotExist();
        nothingLeft();
        var rows = Fixture.copy(request("r", 2)).rowsWritten();
        assertThat(rows).isEqualTo(Long.parseLong(fixture.source.one("select count(*) from t")));
    }

    private static void rewritten(Runnable run) {
        assertThatThrownBy(run::run)
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.SOURCE_REWRITTEN);
                            assertThat(e.isTransient()).isTrue();
                        });
    }

    @Test
    void what_a_target_keeps_lazily_is_on_its_disk_all_the_same() {
        fixture.numbers("t", 10);
        fixture.target.run(
                "alter role current_user set synchronous_commit = off",
                "create table seen (mode text)",
                "create table t (id int primary key, word text)",
                "create function look() returns trigger language plpgsql as 'begin insert into public.seen values (current_setting(''synchronous_commit'')); return new; end'",
                "create trigger look before insert on t for each row execute function look()");

        fixture.copy(fixture.all("t"), "t");

        assertThat(fixture.target.one("select string_agg(distinct mode, ',') from seen"))
                .isEqualTo("on");
    }

    @Test
    void a_copy_keeps_to_its_rate() {
        fixture.numbers("t", 20_000); // about 1.6 MB
        var request = request("r", 1);
        var slow =
                new CopyRequest(
                        limited(request.source(), 4),
                        request.target(),
                        request.scope(),
                        request.key(),
                        "public",
                        "t",
                        "r",
                        1,
                        false);
        var start = System.nanoTime();

        var result = Fixture.copy(slow);

        assertThat(System.nanoTime() - start).isGreaterThan((long) (result.bytes() / 4e6 * 0.7e9));
    }

    private CopyRequest request(String run, int attempt) {
        return fixture.request(fixture.all("t"), "t", run, attempt);
    }

    private void nothingLeft() {
        Fixture.until(() ->
                fixture.target
                        .one(
                                "select count(*) from pg_stat_activity where application_name like 'shuqiao:%' and datname = current_database()")
                        .equals("0"));
        assertThat(fixture.staging()).isEqualTo("0");
        assertThat(fixture.target.one("select to_regclass('t') is null")).isEqualTo("t");
    }

    private static Endpoint limited(Endpoint endpoint, double megabytes) {
        return endpoint.withLimits(
                new Limits(
                        4,
                        OptionalDouble.of(megabytes),
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5)));
    }

    private static CopyListener stopAt(Phase where, CountDownLatch there, CountDownLatch goOn) {
        return new CopyListener() {
            @Override
            public void phase(Phase phase) {
                if (phase != where) return;
                there.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static CompletableFuture<CopyResult> start(CopyRun copy) {
        return CompletableFuture.supplyAsync(copy::run);
    }

    private static Reason reason(CompletableFuture<CopyResult> copy) throws Exception {
        try {
            throw new AssertionError("it succeeded: " + copy.get(60, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EngineFailure failure) return failure.reason();
            throw e;
        }
    }

    /** A copy so slow that it can be met in the middle. */
    private static final class Slow {
        private final CountDownLatch inTheMiddle = new CountDownLatch(1);
        private final CopyRun copy;
        private final CompletableFuture<CopyResult> end;

        Slow(CopyRequest request, Fence fence) {
            var slow =
                    new CopyRequest(
                            limited(request.source(), 1),
                            request.target(),
                            request.scope(),
                            request.key(),
                            "public",
                            "t",
                            request.run(),
                            request.attempt(),
                            false);
            copy =
                    new CopyRun(
                            slow,
                            fence,
                            new CopyListener() {
                                @Override
                                public void progress(long rows, long bytes) {
                                    if (bytes > 0) inTheMiddle.countDown();
                                }
                            },
                            InstantSource.system());
            end = start(copy);
        }

        EngineFailure failure() throws Exception {
            try {
                throw new AssertionError("it succeeded: " + end.get(60, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof EngineFailure failure) return failure;
                throw e;
            }
        }
    }
}
