package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import shuqiao.OutsideChain.Granted;
import shuqiao.OutsideChain.Place;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * Two platforms on one database with the same keys, behind a balancer that knows nothing: whoever
 * comes is served by either, and what one began the other ends when it is killed.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@Tag("process")
@Tag("kill")
class TwoPlatformsTests {

    private static final String API = "/api/v1";

    /** Long enough to be met under way: slowed by the limit of its source. */
    private static final int ROWS = 200_000;

    @TempDir static Path folder;

    private Path home;
    private ChildPlatform first;
    private ChildPlatform second;
    private RoundRobin balancer;
    private OutsideChain chain;
    private Visitor person;
    private ScratchPostgres.Database from;
    private ScratchPostgres.Database to;

    @BeforeAll
    void two_platforms_on_one_database() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = folder.toRealPath().resolve("first");
        first = ChildPlatform.demo(home);
        var other = Files.createDirectory(folder.toRealPath().resolve("second"));
        copyKeys(home.resolve("keys"), other.resolve("keys"));
        second =
                ChildPlatform.start(
                        other,
                        Map.of(
                                "SHUQIAO_DB_URL", database(),
                                "SHUQIAO_DB_USER", "shuqiao",
                                "SHUQIAO_DB_PASSWORD", password()),
                        "--port",
                        "0");
        second.awaitReady();
        balancer = new RoundRobin(List.of(first.url(), second.url()));
        var demo = demo();
        chain = OutsideChain.ofDemo(demo, balancer::url);
        person = new Visitor(balancer.url());
        person.login(
                "zhoumin",
                demo.<List<String>>read("$.users[?(@.username == 'zhoumin')].password").getFirst());
        from = ScratchPostgres.shared().newDatabase();
        to = ScratchPostgres.shared().newDatabase();
    }

    @AfterAll
    void stop() throws Exception {
        if (balancer != null) balancer.close();
        if (second != null) second.close();
        if (first != null) first.close();
    }

    @Test
    @Order(1)
    void one_login_is_good_at_both_and_so_is_a_programs_token() throws Exception {
        for (var i = 0; i < 10; i++)
            assertThat(person.get("/").body()).contains("工作台").doesNotContain("name=\"password\"");
        for (var i = 0; i < 10; i++) chain.consumerSteward().get(API + "/runs");

        assertThat(balancer.served(first.url())).isGreaterThan(8);
        assertThat(balancer.served(second.url())).isGreaterThan(8);
    }

    @Test
    @Order(2)
    void runs_are_shared_out_and_none_is_done_twice() throws Exception {
        var granted = granted("shared", 1_000, "");
        var runs = new ArrayList<String>();
        for (var i = 0; i < 20; i++) {
            var wish = new HashMap<>(OutsideChain.wish(granted));
            wish.put("table", "shared_" + i);
            runs.add(chain.consumerSteward().post(API + "/runs", wish).at("$.id"));
        }

        for (var run : runs) {
            assertThat(chain.delivered(run).number("$.attempt")).isEqualTo(1);
            chain.receipt(run, home);
        }
        assertThat(query("select count(*) from exchange.run where grant_id = " + granted.grant()))
                .isEqualTo("20");
        assertThat(
                        query(
                                "select count(distinct entry) from exchange.run where grant_id = "
                                        + granted.grant()))
                .isEqualTo("20");
    }

    @Test
    @Order(3)
    void a_schedule_takes_each_turn_once() throws Exception {
        var granted = granted("turns", 100, "");
        var order = new HashMap<>(OutsideChain.wish(granted));
        order.put("rhythm", "AFTER_UPDATE");
        chain.consumerSteward().post(API + "/schedules", order);
        var resource =
                chain.consumerSteward()
                        .get(API + "/grants/" + granted.grant())
                        .number("$.resource");

        for (var turn = 1; turn <= 5; turn++) {
            chain.providerSteward().post(API + "/resources/" + resource + "/updates", Map.of());
            var expected = String.valueOf(turn);
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            query(
                                            "select count(*) from exchange.run where state = 'DELIVERED' and grant_id = "
                                                    + granted.grant())
                                    .equals(expected));
        }
        assertThat(query("select count(*) from exchange.run where grant_id = " + granted.grant()))
                .isEqualTo("5");
    }

    @Test
    @Order(4)
    void a_grant_revoked_at_either_stops_the_copy_at_the_other_within_a_second() throws Exception {
        for (var at : List.of(first, second)) {
            var granted = granted("revoked_" + at.port(), ROWS, "slow");
            var run = underWay(granted);
            var begun = System.nanoTime();
            new OutsideProgram(at::url, client("REVIEWER"), secret("REVIEWER"))
                    .post(
                            API + "/grants/" + granted.grant() + "/revocation",
                            Map.of("reason", "职责调整"));

            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> sessions(run).equals("0"));
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofMillis(1_500));
            assertThat(to.one("select to_regclass('public.revoked_" + at.port() + "') is null"))
                    .isEqualTo("t");
        }
    }

    @Test
    @Order(5)
    void what_one_began_the_other_ends_when_it_is_killed() throws Exception {
        var granted = granted("killed", ROWS, "slow");
        var run = underWay(granted);
        var owners = owners();
        assertThat(owners).as("who works").isNotEmpty();

        first.kill();

        var delivered = chain.delivered(run);
        assertThat(delivered.number("$.rows")).isEqualTo(ROWS);
        assertThat(to.one("select count(*) || ' ' || count(distinct id) from killed"))
                .isEqualTo(ROWS + " " + ROWS);
        chain.receipt(run, home);
        assertThat(person.get("/").body()).contains("工作台").doesNotContain("name=\"password\"");
        var again = chain.delivered(granted("after", 1_000, ""));
        assertThat(again.number("$.attempt")).isEqualTo(1);
    }

    @Test
    @Order(6)
    void the_killed_one_comes_back_into_the_same_city() throws Exception {
        var port = first.port();
        first.forget();
        first = ChildPlatform.demo(home, port);

        assertThat(first.url()).endsWith(":" + port);
        for (var i = 0; i < 6; i++)
            assertThat(person.get("/").body()).contains("工作台").doesNotContain("name=\"password\"");
        assertThat(chain.delivered(granted("back", 1_000, "")).number("$.rows")).isEqualTo(1_000);
    }

    /** A grant on a fresh table; a slow one lets two megabytes a second out of its source. */
    private Granted granted(String table, int rows, String pace) throws Exception {
        from.run(
                "create table %s (id int primary key, word text)".formatted(table),
                "insert into %s select g, repeat('数', 20) || g from generate_series(1, %d) g"
                        .formatted(table, rows));
        var granted = chain.granted(place(from, table), place(to, table));
        if (pace.equals("slow")) {
            var source =
                    Long.parseLong(
                            query(
                                    "select source from sharing.\"grant\" where id = "
                                            + granted.grant()));
            var body = new HashMap<String, Object>();
            body.put("name", "慢库 " + table);
            body.put("jdbcUrl", from.jdbcUrl());
            body.put("username", from.user());
            body.put("maxMegabytesPerSecond", 2);
            chain.providerSteward().call("PUT", API + "/sources/" + source, body);
        }
        return granted;
    }

    private String underWay(Granted granted) throws Exception {
        var run =
                chain.consumerSteward()
                        .post(API + "/runs", OutsideChain.wish(granted))
                        .<String>at("$.id");
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        chain.consumerSteward()
                                .get(API + "/runs/" + run)
                                .body()
                                .contains("\"phase\":\"COPYING\""));
        return run;
    }

    private String sessions(String run) {
        return to.one(
                "select count(*) from pg_stat_activity where application_name like 'shuqiao:"
                        + run
                        + "#%' and state <> 'idle'");
    }

    private HashSet<String> owners() throws Exception {
        var owners =
                query("select string_agg(owner, ' ') from exchange.run where owner is not null");
        return new HashSet<>(List.of(owners.split(" ", -1)));
    }

    private static Place place(ScratchPostgres.Database at, String table) {
        return new Place(at.jdbcUrl(), at.user(), at.password(), "public", table);
    }

    private String client(String role) throws Exception {
        return ofProvider(role, "clientId");
    }

    private String secret(String role) throws Exception {
        return ofProvider(role, "clientSecret");
    }

    private String ofProvider(String role, String part) throws Exception {
        var demo = demo();
        return demo.<List<String>>read(
                        "$.clients[?(@.organization == '%s' && '%s' in @.scopes)].%s"
                                .formatted(
                                        demo.<String>read("$.databases[0].organization"),
                                        role,
                                        part))
                .getFirst();
    }

    private DocumentContext demo() throws Exception {
        return JsonPath.parse(Files.readString(home.resolve("demo.json")));
    }

    /** The platform's own database, on the server of the departments' databases. */
    private String database() throws Exception {
        var sibling = demo().<String>read("$.databases[0].jdbcUrl");
        return sibling.substring(0, sibling.lastIndexOf('/') + 1) + "shuqiao";
    }

    private String password() throws Exception {
        return Files.readString(home.resolve("keys/database-shuqiao")).strip();
    }

    private String query(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(database(), "shuqiao", password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    private static void copyKeys(Path keys, Path copy) throws Exception {
        Files.createDirectory(
                copy,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (var files = Files.list(keys)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                Files.copy(
                        file,
                        copy.resolve(file.getFileName()),
                        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
