package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import shuqiao.engine.embedded.Home;
import shuqiao.engine.proof.VerifyCommand;

/**
 * A home that the release before wrote, killed in the midst of a run, starts under this one and has
 * lost nothing. What it held stands in its {@code expected.json}; {@code make-home.sh} made it.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@Tag("process")
class UpgradeTests {

    @TempDir static Path folder;

    private Path home;
    private ChildPlatform platform;
    private DocumentContext demo;
    private DocumentContext expected;
    private OutsideProgram provider;
    private OutsideProgram consumer;
    private OutsideProgram authority;

    @BeforeAll
    void the_home_is_unpacked_and_started() throws Exception {
        home = PackedHome.unpack(folder);
        platform = ChildPlatform.demo(home);
        demo = JsonPath.parse(Files.readString(home.resolve("demo.json")));
        expected = JsonPath.parse(Files.readString(home.resolve("expected.json")));
        provider = program(expected.read("$.provider"), "STEWARD");
        consumer = program(expected.read("$.consumer"), "STEWARD");
        authority = program(OutsideChain.authority(demo), "AUTHORITY");
    }

    @AfterAll
    void stop() throws Exception {
        if (platform != null) platform.close();
    }

    @Test
    void the_home_is_marked_so_that_the_release_before_keeps_away() throws Exception {
        assertThat(Files.readString(home.resolve("version"))).isEqualTo(Home.FORMAT + "\n");
    }

    @Test
    void every_delivery_still_has_its_receipt_and_each_verifies() throws Exception {
        var runs = expected.<List<String>>read("$.deliveredRuns");
        assertThat(runs).hasSizeGreaterThan(20);
        var seen = new HashSet<String>();
        for (var program : everyDepartment())
            for (var run : runs) {
                if (seen.contains(run)) continue;
                var answer = program.once("GET", "/api/v1/runs/" + run + "/receipt", null);
                if (answer.status() == 404) continue;
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                verified(answer.body());
                seen.add(run);
            }
        assertThat(seen).contains(expected.read("$.delivered", String.class));
        verified(Files.readString(home.resolve("receipt.json")));
    }

    @Test
    void a_run_that_was_killed_under_the_release_before_is_delivered() throws Exception {
        var run = expected.<String>read("$.interrupted");
        OutsideProgram.Answer answer;
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        do {
            answer = consumer.once("GET", "/api/v1/runs/" + run, null);
            assertThat(System.nanoTime())
                    .as(answer.body() + platform.stderr())
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        } while (List.of("QUEUED", "RUNNING").contains(answer.<String>at("$.state")));

        assertThat(answer.<String>at("$.state")).as(answer.body()).isEqualTo("DELIVERED");
        verified(consumer.once("GET", "/api/v1/runs/" + run + "/receipt", null).body());
        assertThat(one("yz_police", "select count(*) from exchange.village")).isEqualTo("40000");
    }

    @Test
    void what_the_ledger_held_is_there_and_proves_itself() throws Exception {
        var before = expected.read("$.ledgerEntries", Long.class);
        assertThat(Long.parseLong(one("shuqiao", "select count(*) from ledger.entry")))
                .isGreaterThanOrEqualTo(before);
        assertThat(one("shuqiao", "select count(*) from sharing.\"grant\""))
                .isEqualTo(expected.read("$.grants", Long.class).toString());
        assertThat(one("shuqiao", "select count(*) from catalog.resource"))
                .isEqualTo(expected.read("$.resources", Long.class).toString());
    }

    @Test
    void a_table_that_its_department_keeps_is_still_kept_and_its_standing_order_stands()
            throws Exception {
        var schedule =
                consumer.once("GET", "/api/v1/schedules/" + expected.read("$.schedule"), null);
        assertThat(schedule.<String>at("$.state")).isEqualTo("ACTIVE");
        var target = schedule.number("$.target");
        var grant = schedule.number("$.grant");

        var run =
                consumer.once(
                        "POST",
                        "/api/v1/runs",
                        Map.of(
                                "grant", grant,
                                "target", target,
                                "schema", "exchange",
                                "table", "kept_village",
                                "mode", "snapshot"));
        assertThat(run.status()).as(run.body()).isEqualTo(202);
        var id = run.<String>at("$.id");
        OutsideProgram.Answer answer;
        do {
            answer = consumer.once("GET", "/api/v1/runs/" + id, null);
            TimeUnit.MILLISECONDS.sleep(100);
        } while (List.of("QUEUED", "RUNNING").contains(answer.<String>at("$.state")));

        assertThat(answer.<String>at("$.state")).as(answer.body()).isEqualTo("DELIVERED");
        assertThat(
                        one(
                                "yz_police",
                                "select remark from exchange.kept_village where k_code = 'ours'"))
                .isEqualTo("a row of our own");
        assertThat(one("yz_police", "select count(*) from exchange.kept_village"))
                .isEqualTo("40001");
    }

    @Test
    void its_people_log_in_with_the_passwords_they_had() throws Exception {
        for (var user : demo.<List<Map<String, Object>>>read("$.users[0:3]"))
            assertThat(platform.login((String) user.get("username"), (String) user.get("password")))
                    .as(String.valueOf(user.get("username")))
                    .isTrue();
    }

    @Test
    void its_connections_still_answer_with_the_passwords_that_were_sealed() throws Exception {
        var sources = provider.once("GET", "/api/v1/sources?limit=200", null);
        var ids = sources.<List<Integer>>at("$.items[*].id");
        assertThat(ids).isNotEmpty();
        for (var id : ids) {
            var test = provider.once("POST", "/api/v1/sources/" + id + "/test", null);
            assertThat(test.status()).as(test.body()).isEqualTo(200);
        }
    }

    @Test
    void its_catalog_requests_and_lists_are_read() throws Exception {
        for (var path : List.of("/resources", "/requests", "/grants", "/runs", "/schedules")) {
            var answer = authority.once("GET", "/api/v1" + path + "?limit=50", null);
            if (answer.status() == 403)
                answer = consumer.once("GET", "/api/v1" + path + "?limit=50", null);
            assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
            assertThat(answer.number("$.total")).as(path).isPositive();
        }
    }

    private List<OutsideProgram> everyDepartment() {
        return demo.<List<Map<String, String>>>read("$.clients[?('STEWARD' in @.scopes)]").stream()
                .map(client -> program(client.get("organization"), "STEWARD"))
                .toList();
    }

    private OutsideProgram program(String organization, String role) {
        var client =
                demo.<List<Map<String, String>>>read(
                                "$.clients[?(@.organization == '%s' && '%s' in @.scopes)]"
                                        .formatted(organization, role))
                        .getFirst();
        return new OutsideProgram(
                () -> platform.url(), client.get("clientId"), client.get("clientSecret"));
    }

    private void verified(String receipt) throws IOException {
        var file = Files.createTempFile(folder, "receipt", ".json");
        Files.writeString(file, receipt);
        var words = new ByteArrayOutputStream();
        var out = new PrintStream(words, true, StandardCharsets.UTF_8);
        var code =
                VerifyCommand.run(
                        new String[] {
                            file.toString(), "--key", home.resolve("keys/public.json").toString()
                        },
                        Map.of(),
                        out,
                        out);
        assertThat(code).as(words.toString(StandardCharsets.UTF_8) + receipt).isZero();
    }

    private String one(String database, String query) throws Exception {
        var port = Files.readString(home.resolve("postgres/port")).strip();
        var password = Files.readString(home.resolve("keys/postgres.password")).strip();
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:" + port + "/" + database,
                                "postgres",
                                password);
                var row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
