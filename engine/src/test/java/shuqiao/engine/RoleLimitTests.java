package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * What a DBA has set for our account holds, is shown before it is met, and is told by its name when
 * it is; what can never pass is not tried again.
 */
@Tag("slow")
class RoleLimitTests {

    private final Fixture fixture = new Fixture();

    private ScratchPostgres.Database at(Side side) {
        return side == Side.SOURCE ? fixture.source : fixture.target;
    }

    private void limit(Side side, String... settings) {
        for (var setting : settings)
            ScratchPostgres.shared()
                    .asSuperuser("postgres", "alter role " + at(side).user() + " set " + setting);
    }

    private EngineFailure refused(String table) {
        var failure =
                (EngineFailure)
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> fixture.copy(fixture.all(table), "t"));
        assertThat(fixture.target.one("select to_regclass('t') is null")).isEqualTo("t");
        assertThat(fixture.staging()).isEqualTo("0");
        return failure;
    }

    private void named(EngineFailure failure, Side side, String limit) {
        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(Reason.SESSION_LIMIT);
        assertThat(failure.isTransient()).isFalse();
        assertThat(failure.arguments()).isEqualTo(Map.of("side", side.key(), "limit", limit));
    }

    /** Gives rows for two seconds. */
    private void slowly() {
        fixture.source.run(
                "create view slow as select g as id, repeat('数', 4000) || pg_sleep(0.002)::text as w from generate_series(1, 1000) g");
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE, statement_timeout",
        "SOURCE, transaction_timeout",
        "TARGET, statement_timeout",
        "TARGET, transaction_timeout"
    })
    void a_bound_on_time_is_named(Side side, String limit) {
        slowly();
        limit(side, limit + " = '500ms'");

        named(refused("slow"), side, limit);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void a_bound_on_temporary_files_is_named(Side side) {
        fixture.source.run(
                "create table big (id text primary key)",
                "insert into big select repeat('数', 20) || g from generate_series(1, 20000) g",
                "create view sorted as select id from big order by id || 'x' desc");
        limit(
                side,
                "temp_file_limit = '64kB'",
                "work_mem = '64kB'",
                "maintenance_work_mem = '64kB'");

        named(refused(side == Side.SOURCE ? "sorted" : "big"), side, "temp_file_limit");
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void a_statement_that_an_administrator_stops_is_not_told_as_a_time_limit(Side side) {
        fixture.source.run(
                "create view endless as select g as id, repeat('数', 50000) || pg_sleep(0.01)::text as w from generate_series(1, 10000) g");
        var copy = CompletableFuture.supplyAsync(() -> refused("endless"));
        Fixture.until(() -> stopped(side));

        var failure = copy.join();

        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(Reason.STATEMENT_STOPPED);
        assertThat(failure.arguments()).isEqualTo(Map.of("side", side.key()));
    }

    private boolean stopped(Side side) {
        try (var session = ScratchPostgres.shared().superuser(at(side).name());
                var rows =
                        session.createStatement()
                                .executeQuery(
                                        "select pg_cancel_backend(pid) from pg_stat_activity where datname = current_database() and state = 'active' and query like 'copy %'")) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_look_of_ours_is_never_longer_than_the_role_may_take() {
        slowly();
        limit(Side.SOURCE, "statement_timeout = '300ms'");

        assertThatThrownBy(() ->
                        new Database(fixture.from())
                                .sample(
                                        fixture.all("slow"),
                                        Fixture.KEY,
                                        1_000,
                                        java.time.Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(
                        EngineFailure.class, e -> named(e, Side.SOURCE, "statement_timeout"));
    }

    @Test
    void the_test_of_a_connection_shows_them() {
        limit(
                Side.SOURCE,
                "statement_timeout = '90s'",
                "transaction_timeout = '2h'",
                "lock_timeout = '1500ms'",
                "idle_in_transaction_session_timeout = '1d'",
                "idle_session_timeout = '30min'",
                "temp_file_limit = '1GB'");
        ScratchPostgres.shared()
                .asSuperuser(
                        "postgres", "alter role " + fixture.source.user() + " connection limit 7");

        var report = new Database(fixture.from()).test();

        assertThat(report.limits())
                .containsExactly(
                        new Database.Limit("connection limit", "7"),
                        new Database.Limit("idle_in_transaction_session_timeout", "1d"),
                        new Database.Limit("idle_session_timeout", "30min"),
                        new Database.Limit("lock_timeout", "1500ms"),
                        new Database.Limit("statement_timeout", "90s"),
                        new Database.Limit("temp_file_limit", "1GB"),
                        new Database.Limit("transaction_timeout", "2h"));
        assertThat(report.encoding()).isEqualTo("UTF8");
        assertThat(report.hasNoEncoding()).isFalse();
    }

    @Test
    void of_an_account_without_limits_none_is_shown() {
        assertThat(new Database(fixture.from()).test().limits()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQL_ASCII", "EUC_CN"})
    void the_encoding_is_shown_and_one_that_is_none_is_known(String encoding) {
        var name = "encoded_" + encoding.toLowerCase(java.util.Locale.ROOT);
        ScratchPostgres.shared()
                .asSuperuser(
                        "postgres",
                        "drop database if exists " + name,
                        "create database %s template template0 encoding '%s' locale_provider libc locale 'C'"
                                .formatted(name, encoding),
                        "grant connect on database " + name + " to public");
        try {
            var url = fixture.source.jdbcUrl().replaceAll("/[^/]*$", "/" + name);

            var report =
                    new Database(Endpoint.of(url, fixture.source.user(), fixture.source.password()))
                            .test();

            assertThat(report.encoding()).isEqualTo(encoding);
            assertThat(report.hasNoEncoding()).isEqualTo(encoding.equals("SQL_ASCII"));
        } finally {
            ScratchPostgres.shared().asSuperuser("postgres", "drop database " + name);
        }
    }
}
