package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shuqiao.engine.embedded.ScratchPostgres;

/** What is met at the target: other columns, things that hang on it, readers, no right, no room. */
@Tag("slow")
class TargetTests {

    private final Fixture fixture = new Fixture();

    @BeforeEach
    void a_source() {
        fixture.numbers("t", 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    id int primary key, word text, more int | extra   | more
                    id int primary key                      | missing | word
                    id bigint primary key, word text        | type    | id
                    id int primary key, word varchar(9)     | type    | word
                    """)
    void a_target_with_other_columns_is_left_alone(
            String columns, String difference, String field) {
        fixture.target.run("create table t (" + columns + ")");

        assertThatThrownBy(() -> fixture.copy(fixture.all("t"), "t"))
                .isInstanceOfSatisfying(
                        TargetDiffers.class,
                        e ->
                                assertThat(e.arguments())
                                        .containsEntry("difference", difference)
                                        .containsEntry("field", field));
        assertThat(fixture.target.one("select count(*) from t")).isEqualTo("0");
        assertThat(fixture.staging()).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    create view seen as select count(*) as n from t                                                             | view
                    create table child (t int references t)                                                                     | constraint
                    create index words on t (word)                                                                              | index
                    create publication p for table t                                                                            | publication
                    create rule r as on delete to t do also notify gone                                                         | rule
                    create function f() returns trigger language plpgsql as 'begin return new; end'; create trigger g before insert on t for each row execute function f() | trigger
                    create policy nobody on t using (true)                                                                        | policy
                    alter table t alter column word set default 'x'                                                             | default
                    alter table t add check (id > 0)                                                                            | constraint
                    create function g(t) returns int language sql as 'select 1'                                                 | function
                    """)
    void where_something_hangs_on_the_target_it_is_refilled(String hanging, String word) {
        fixture.copy(fixture.all("t"), "t");
        if (hanging.contains("publication"))
            ScratchPostgres.shared().asSuperuser(fixture.target.name(), hanging);
        else fixture.target.run(hanging);
        var oid = fixture.target.one("select 't'::regclass::oid");
        fixture.source.run("update t set word = 'new'", "delete from t where id > 50");

        var result = fixture.copy(fixture.all("t"), "t");

        assertThat(result.swapMethod()).isEqualTo(SwapMethod.REFILLED);
        assertThat(result.rowsWritten()).isEqualTo(50);
        assertThat(result.notes()).anyMatch(note -> note.contains(word));
        assertThat(fixture.target.one("select 't'::regclass::oid")).isEqualTo(oid);
        assertThat(fixture.target.one("select count(*) || min(word) || max(word) from t"))
                .isEqualTo("50newnew");
        assertThat(fixture.staging()).isEqualTo("0");
    }

    /** Servers from 15.20 on note a version of their own at each column (pg_attver). */
    @Test
    void what_the_server_itself_notes_at_a_column_is_no_hindrance() {
        fixture.copy(fixture.all("t"), "t");
        noteAtColumns("pg_attver=77269099448");

        assertThat(fixture.copy(fixture.all("t"), "t").swapMethod()).isEqualTo(SwapMethod.RENAMED);
    }

    @Test
    void what_a_department_has_set_at_a_column_stays() {
        fixture.copy(fixture.all("t"), "t");
        noteAtColumns("pg_attver=77269099448, n_distinct=7");

        assertThat(fixture.copy(fixture.all("t"), "t").swapMethod()).isEqualTo(SwapMethod.REFILLED);
        assertThat(
                        fixture.target.one(
                                "select attoptions from pg_attribute where attrelid = 't'::regclass and attname = 'word'"))
                .contains("n_distinct=7");
    }

    private void noteAtColumns(String option) {
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.target.name(),
                        "set allow_system_table_mods = on",
                        "update pg_attribute set attoptions = '{%s}' where attrelid = 't'::regclass and attnum > 0"
                                .formatted(option));
    }

    @Test
    void a_partitioned_target_is_refilled() {
        fixture.target.run(
                "create table t (id int primary key, word text) partition by range (id)",
                "create table t1 partition of t default");

        assertThat(fixture.copy(fixture.all("t"), "t").swapMethod()).isEqualTo(SwapMethod.REFILLED);
        assertThat(fixture.target.one("select count(*) from t1")).isEqualTo("100");
    }

    @Test
    void a_view_in_the_targets_place_is_no_target() {
        fixture.target.run("create view t as select 1 as id, ''::text as word");

        fails(Reason.TARGET_NOT_A_TABLE, fixture.request(fixture.all("t"), "t", "r", 1));
    }

    @Test
    void a_reader_that_stays_is_named_and_the_old_content_stays() throws Exception {
        fixture.copy(fixture.all("t"), "t");
        fixture.source.run("delete from t");
        try (var reader = fixture.target.connect();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("set application_name = 'slow report'");
            statement.execute("select count(*) from t");
            var pid =
                    fixture.target.one(
                            "select pid from pg_stat_activity where application_name = 'slow report' and datname = current_database()");

            assertThatThrownBy(() ->
                            Fixture.copy(impatient(fixture.request(fixture.all("t"), "t", "r", 1))))
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            e -> {
                                assertThat(e.reason()).isEqualTo(Reason.LOCK_NOT_OBTAINED);
                                assertThat(e.isTransient()).isTrue();
                                assertThat(e.arguments())
                                        .containsEntry("application", "slow report")
                                        .containsEntry("pid", pid);
                            });
        }
        assertThat(fixture.target.one("select count(*) from t")).isEqualTo("100");
        assertThat(fixture.staging()).isEqualTo("0");
    }

    @Test
    void a_reader_with_an_older_snapshot_never_sees_an_empty_table() throws Exception {
        fixture.copy(fixture.all("t"), "t");
        fixture.source.run("delete from t where id > 60");
        try (var reader = fixture.target.connect();
                var statement = reader.createStatement()) {
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            reader.setAutoCommit(false);
            statement.execute("select 1"); // takes the snapshot, but no lock on the table

            fixture.copy(fixture.all("t"), "t");

            try (var rows = statement.executeQuery("select count(*) from t")) {
                rows.next();
                assertThat(rows.getInt(1)).isIn(60, 100);
            }
        }
    }

    @Test
    void a_read_only_database_a_missing_schema_and_a_missing_right_are_told_apart() {
        var missing = fixture.request(fixture.all("t"), "t", "r", 1);
        fails(
                Reason.TARGET_SCHEMA_MISSING,
                new CopyRequest(
                        missing.source(),
                        missing.target(),
                        missing.scope(),
                        missing.key(),
                        "nowhere",
                        "t",
                        "r",
                        1,
                        false));

        ScratchPostgres.shared().asSuperuser(fixture.target.name(), "create schema locked");
        fails(
                Reason.PERMISSION_DENIED,
                new CopyRequest(
                        missing.source(),
                        missing.target(),
                        missing.scope(),
                        missing.key(),
                        "locked",
                        "t",
                        "r",
                        1,
                        false));

        ScratchPostgres.shared()
                .asSuperuser(
                        "postgres",
                        "alter database %s set default_transaction_read_only = on"
                                .formatted(fixture.target.name()));
        fails(Reason.TARGET_READ_ONLY, missing);
    }

    @Test
    void a_wrong_password_a_lost_database_and_a_dead_host_are_told_apart() {
        var request = fixture.request(fixture.all("t"), "t", "r", 1);
        var right = request.target();

        fails(
                Reason.PASSWORD_REFUSED,
                to(request, Endpoint.of(right.address().jdbcUrl(), right.user(), "wrong")));
        fails(
                Reason.DATABASE_GONE,
                to(
                        request,
                        Endpoint.of(
                                right.address().jdbcUrl() + "_gone",
                                right.user(),
                                fixture.target.password())));
        fails(
                Reason.UNREACHABLE,
                to(request, Endpoint.of("jdbc:postgresql://127.0.0.1:1/x", "u", "p")));
        fails(
                Reason.TLS_FAILED,
                to(
                        request,
                        Endpoint.of(
                                right.address().jdbcUrl() + "?sslmode=require",
                                right.user(),
                                fixture.target.password())));
    }

    @Test
    void a_guard_is_shown_the_database_of_each_session_and_keeps_a_copy_out() {
        var seen = new ArrayList<String>();
        var request = fixture.request(fixture.all("t"), "t", "r", 1);
        var watched = request.target().guardedBy(found -> seen.add(found.database()));
        Fixture.copy(to(request, watched));
        assertThat(seen).containsExactly(fixture.target.name());

        var closed =
                request.target()
                        .guardedBy(found -> {
                            throw new IllegalStateException(found.database());
                        });
        fixture.target.run("drop table t");
        assertThatThrownBy(() -> Fixture.copy(to(request, closed)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(fixture.target.name());
        assertThat(fixture.target.one("select to_regclass('public.t') is null")).isEqualTo("t");
    }

    @Test
    void a_full_disk_leaves_the_old_content(@org.junit.jupiter.api.io.TempDir Path folder)
            throws Exception {
        var mounted =
                run("mount", "-t", "tmpfs", "-o", "size=3m,mode=0777", "tmpfs", folder.toString());
        Assumptions.assumeTrue(mounted, "skipped: this user may not mount a small disk");
        try {
            ScratchPostgres.shared()
                    .asSuperuser(
                            "postgres",
                            "create tablespace small_"
                                    + fixture.target.name()
                                    + " location '"
                                    + Files.createDirectory(folder.resolve("ts"))
                                    + "'",
                            "grant create on tablespace small_"
                                    + fixture.target.name()
                                    + " to "
                                    + fixture.target.user());
            fixture.copy(fixture.all("t"), "t");
            fixture.target.run("alter table t set tablespace small_" + fixture.target.name());
            fixture.source.run(
                    "insert into t select g, repeat('x', 200) || g from generate_series(1000, 40000) g");

            fails(Reason.DISK_FULL, fixture.request(fixture.all("t"), "t", "r", 1));

            assertThat(fixture.target.one("select count(*) from t")).isEqualTo("100");
            assertThat(fixture.staging()).isEqualTo("0");
            fixture.target.run("drop table t");
            ScratchPostgres.shared()
                    .asSuperuser("postgres", "drop tablespace small_" + fixture.target.name());
        } finally {
            run("umount", "-l", folder.toString());
        }
    }

    @Test
    void a_foreign_owner_is_kept() {
        fixture.copy(fixture.all("t"), "t");
        var owner = fixture.target.user() + "_owner";
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.target.name(),
                        "create role " + owner,
                        "grant " + owner + " to " + fixture.target.user(),
                        "grant create on schema public to " + owner,
                        "alter table t owner to " + owner);

        var result = fixture.copy(fixture.all("t"), "t");

        assertThat(result.swapMethod()).isEqualTo(SwapMethod.RENAMED);
        assertThat(
                        fixture.target.one(
                                "select pg_get_userbyid(relowner) from pg_class where relname = 't'"))
                .isEqualTo(owner);
    }

    @Test
    void names_too_long_are_refused() {
        assertThatThrownBy(() -> fixture.request(fixture.all("t"), "名".repeat(22), "r", 1))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NAME_TOO_LONG));
        assertThat(fixture.copy(fixture.all("t"), "名".repeat(21)).rowsWritten()).isEqualTo(100);
        assertThat(fixture.copy(fixture.all("t"), "名".repeat(21)).swapMethod())
                .isEqualTo(SwapMethod.RENAMED);
    }

    private static CopyRequest to(CopyRequest request, Endpoint target) {
        return new CopyRequest(
                request.source(),
                target,
                request.scope(),
                request.key(),
                "public",
                "t",
                "r",
                1,
                false);
    }

    private static CopyRequest impatient(CopyRequest request) {
        var limits =
                new Limits(
                        4,
                        OptionalDouble.empty(),
                        Duration.ZERO,
                        Duration.ofMillis(300),
                        Duration.ofSeconds(5));
        return to(request, request.target().withLimits(limits));
    }

    private static void fails(Reason reason, CopyRequest request) {
        assertThatThrownBy(() -> Fixture.copy(request))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(reason);
                            assertThat(reason.arguments()).containsAll(e.arguments().keySet());
                        });
    }

    private static boolean run(String... words) throws Exception {
        return new ProcessBuilder(List.of(words))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
