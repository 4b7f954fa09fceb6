package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import shuqiao.ChildPlatform;
import shuqiao.OutsideChain;
import shuqiao.OutsideChain.Place;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * kill -9 of the platform exactly between the commit at the target and its own: held there by a
 * lock on the ledger. Whatever ends until it is started again, the content at the consumer has a
 * receipt.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
@Tag("process")
@Tag("kill")
class LastWordKillTests {

    private static final int ROWS = 150_000;

    @TempDir static Path folder;

    private Path home;
    private ChildPlatform platform;
    private OutsideChain chain;

    @BeforeAll
    void the_demo_city_runs() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = folder.toRealPath().resolve("home");
        platform = ChildPlatform.demo(home);
        chain =
                OutsideChain.ofDemo(
                        JsonPath.parse(Files.readString(home.resolve("demo.json"))),
                        () -> platform.url());
    }

    @AfterAll
    void stop() throws Exception {
        if (platform != null) platform.close();
    }

    @Test
    void with_nothing_else_the_receipt_comes_without_a_second_copy() throws Exception {
        var lane = killedBetweenTheCommits("in_between", "select 1");

        var delivered = chain.delivered(lane.run());

        assertThat(delivered.number("$.attempt")).isEqualTo(2);
        assertThat(one(lane.to(), "select min(xmin::text) from in_between"))
                .as("the rows of the first attempt")
                .isEqualTo(lane.written());
        var receipt = chain.receipt(lane.run(), home);
        assertThat(receipt.number("$.rowsWritten")).isEqualTo(ROWS);
        assertThat(receipt.<List<String>>at("$.notes")).anyMatch(it -> it.startsWith("found at "));
    }

    @Test
    void with_the_grant_ended_meanwhile() throws Exception {
        var lane =
                killedBetweenTheCommits(
                        "grant_ended",
                        """
                        insert into sharing.grant_end ("grant", by_name, reason, at)
                        select grant_id, '测试', '期间结束', now() from exchange.run where id = '%s'
                        """);

        chain.delivered(lane.run());

        assertThat(chain.receipt(lane.run(), home).<List<String>>at("$.notes"))
                .anyMatch(it -> it.startsWith("grant ended "));
        assertThat(entries("RunFoundWithoutRight", lane.run())).isEqualTo("1");
        assertThat(
                        query(
                                "select count(*) from notice.notice where key = 'exchange.found-without-right'"))
                .isNotEqualTo("0");
    }

    @Test
    void with_the_providers_connection_removed_and_the_attempts_used_up_meanwhile()
            throws Exception {
        var lane =
                killedBetweenTheCommits(
                        "source_gone",
                        "update exchange.run set failures = 99, source = 999999 where id = '%s'");

        chain.delivered(lane.run());

        assertThat(chain.receipt(lane.run(), home).number("$.rowsWritten")).isEqualTo(ROWS);
    }

    /** Another platform has delivered a later run into the same table before this one is back. */
    @Test
    void with_a_newer_run_delivered_meanwhile() throws Exception {
        var lane =
                killedBetweenTheCommits(
                        "newer",
                        """
                        insert into exchange.run (id, number, grant_id, resource, code, version, title, provider, consumer, mode, rail,
                            source, target, target_schema, target_table, target_key, verify_full, asked_kind, asked_by, asked_at, state,
                            not_before, started_at, finished_at, receipt, entry)
                        select 'newer-one', 'JH-2026-999999', grant_id, resource, code, version, title, provider, consumer, mode, rail,
                            source, target, target_schema, target_table, target_key, verify_full, asked_kind, asked_by, asked_at, 'DELIVERED',
                            now(), now(), now(), '{}', 1
                        from exchange.run where id = '%s'
                        """);

        chain.delivered(lane.run());

        assertThat(chain.receipt(lane.run(), home).<List<String>>at("$.notes"))
                .contains("replaced since by JH-2026-999999");
    }

    private record Lane(String run, Place to, String written) {}

    /**
     * @param meanwhile SQL on the platform's own database, run while no platform runs; {@code %s}
     *     is the run
     */
    private Lane killedBetweenTheCommits(String table, String meanwhile) throws Exception {
        var from = scratch(table);
        var to = scratch(table);
        run(
                from,
                "create table %s (id bigint primary key, note text)".formatted(table),
                "insert into %s select g, md5(g::text) from generate_series(1, %d) g"
                        .formatted(table, ROWS));
        var granted = chain.granted(from, to);
        String run;
        try (var own = own()) {
            own.setAutoCommit(false);
            run =
                    chain.consumerSteward()
                            .post("/api/v1/runs", OutsideChain.wish(granted))
                            .at("$.id");
            // the run has begun when its attempt is counted; from here on no receipt can be written
            own.createStatement().execute("lock table ledger.entry in share row exclusive mode");
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() ->
                            one(to, "select to_regclass('public." + table + "') is not null")
                                    .equals("t"));
            platform.kill();
            own.rollback();
        }
        assertThat(
                        query(
                                "select state || ' ' || attempt from exchange.run where id = '"
                                        + run
                                        + "'"))
                .isEqualTo("RUNNING 1");
        assertThat(query("select fate from exchange.intent where run = '" + run + "'"))
                .isEqualTo("OPEN");
        try (var own = own();
                var statement = own.createStatement()) {
            statement.execute(meanwhile.formatted(run));
        }
        var written = one(to, "select min(xmin::text) from " + table);
        platform.forget();
        platform = ChildPlatform.demo(home);
        return new Lane(run, to, written);
    }

    private String entries(String kind, String run) throws Exception {
        return query(
                "select count(*) from ledger.entry where kind = '%s' and convert_from(body, 'UTF8') like '%%%s%%'"
                        .formatted(kind, run));
    }

    private Connection own() throws Exception {
        var sibling =
                JsonPath.parse(Files.readString(home.resolve("demo.json")))
                        .<String>read("$.databases[0].jdbcUrl");
        return DriverManager.getConnection(
                sibling.substring(0, sibling.lastIndexOf('/') + 1) + "shuqiao",
                "shuqiao",
                Files.readString(home.resolve("keys/database-shuqiao")).strip());
    }

    private String query(String sql) throws Exception {
        try (var own = own();
                var statement = own.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private static Place scratch(String table) {
        var it = ScratchPostgres.shared().newDatabase();
        return new Place(it.jdbcUrl(), it.user(), it.password(), "public", table);
    }

    private static void run(Place place, String... all) throws SQLException {
        try (var session =
                        DriverManager.getConnection(
                                place.jdbcUrl(), place.user(), place.password());
                var statement = session.createStatement()) {
            for (var sql : all) statement.execute(sql);
        }
    }

    private static String one(Place place, String sql) {
        try (var session =
                        DriverManager.getConnection(
                                place.jdbcUrl(), place.user(), place.password());
                var statement = session.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
