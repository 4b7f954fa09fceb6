package shuqiao.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
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
import shuqiao.AdministratorProgram;
import shuqiao.ChildPlatform;
import shuqiao.OutsideChain;
import shuqiao.OutsideProgram;
import shuqiao.Visitor;
import shuqiao.catalog.Stage;
import shuqiao.sharing.RequestState;
import shuqiao.standard.CitizenNumber;
import shuqiao.standard.CreditCode;

/** The whole demo city as a newcomer finds it, after a first start that was killed on the way. */
@Tag("slow")
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@Tag("process")
class DemoCityTests {

    @TempDir static Path folder;

    private Path home;
    private ChildPlatform platform;
    private DocumentContext demo;
    private OutsideProgram authority;
    private long seconds;

    @BeforeAll
    void the_city_is_built() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = folder.toRealPath().resolve("home");
        var begun = System.nanoTime();
        platform = ChildPlatform.wholeCity(home);
        killedOnTheWay();
        platform = ChildPlatform.wholeCity(home);
        platform.awaitReady();
        seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        System.out.println("the whole city, killed once, took " + seconds + " s");
        demo = JsonPath.parse(Files.readString(home.resolve("demo.json")));
        var client =
                demo.<List<Map<String, String>>>read("$.clients[?('AUTHORITY' in @.scopes)]")
                        .getFirst();
        authority =
                new OutsideProgram(
                        () -> platform.url(), client.get("clientId"), client.get("clientSecret"));
    }

    /** In the middle of the story. */
    private void killedOnTheWay() throws Exception {
        var told = home.resolve("keys").resolve("demo-story");
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
        while (!Files.exists(told) || Files.readAllLines(told).size() < 220) {
            assertThat(System.nanoTime()).as(platform.stderr()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
        platform.kill();
        platform.forget();
    }

    @AfterAll
    void stop() throws Exception {
        if (platform != null) platform.close();
    }

    @Test
    void its_departments_have_valid_codes_and_named_people() {
        var codes = demo.<List<String>>read("$.users[*].organization").stream().distinct().toList();
        assertThat(codes)
                .hasSize(22)
                .allSatisfy(code -> assertThat(CreditCode.of(code)).isNotNull());
        assertThat(demo.<List<String>>read("$.users[*].username"))
                .hasSize(46)
                .doesNotHaveDuplicates()
                .contains("zhoumin", "hejianping", "liqiang", "wangfang", "sunyan", "sysadmin");
        assertThat(demo.<List<Object>>read("$.databases")).hasSize(21);
        assertThat(home.resolve("keys/demo-story")).doesNotExist();
    }

    @Test
    void its_databases_hold_a_million_rows_that_hang_together() throws Exception {
        var rows = 0L;
        for (var sheet : Sheets.shipped().all(false))
            rows += Long.parseLong(one(sheet.database(), "select count(*) from " + sheet.table()));
        System.out.println("rows in the departments' databases: " + rows);
        assertThat(rows).isBetween(950_000L, 1_400_000L);
        assertThat(one("yz_civil_affairs", "select count(*) from village")).isEqualTo("620573");
        assertThat(one("yz_approval", "select count(*) from service_item")).isEqualTo("1135");
        assertThat(one("yz_market", "select count(*) from industry")).isEqualTo("1970");

        var residents = column("yz_police", "select id_card from resident");
        assertThat(residents).hasSizeGreaterThan(50_000);
        assertThat(residents).allSatisfy(id -> assertThat(CitizenNumber.of(id)).isNotNull());
        assertThat(column("yz_market", "select credit_code from enterprise"))
                .allSatisfy(code -> assertThat(CreditCode.of(code)).isNotNull());
        assertThat(column("yz_civil_affairs", "select code from social_org"))
                .allSatisfy(code -> assertThat(CreditCode.of(code)).isNotNull());
        // the same people elsewhere
        for (var table :
                List.of(
                        "yz_medical medical_insured",
                        "yz_education student",
                        "yz_disabled disability_card",
                        "yz_housing_fund fund_account")) {
            var words = table.split(" ", -1);
            assertThat(column(words[0], "select id_card from " + words[1]))
                    .as(table)
                    .isNotEmpty()
                    .isSubsetOf(residents);
        }
    }

    @Test
    void departments_disagree_as_real_ones_do() throws Exception {
        var names = pairs("yz_police", "select id_card, name from resident");
        var insured = pairs("yz_medical", "select id_card, name from medical_insured");
        var different =
                insured.entrySet().stream()
                        .filter(one -> !one.getValue().equals(names.get(one.getKey())))
                        .count();
        assertThat(different * 100.0 / insured.size()).as("percent of names").isBetween(0.2, 5.0);
        var addresses = pairs("yz_police", "select id_card, address from resident");
        var estates = pairs("yz_land", "select owner_id, location from real_estate");
        assertThat(
                        estates.entrySet().stream()
                                .filter(one -> !one.getValue().equals(addresses.get(one.getKey())))
                                .count())
                .isBetween(estates.size() / 20L, estates.size() / 3L);
    }

    @Test
    void its_catalog_has_entries_in_all_states() throws Exception {
        for (var stage : EnumSet.complementOf(EnumSet.of(Stage.WITHDRAWN)))
            assertThat(seen("/api/v1/resources?state=" + stage))
                    .as("entries " + stage)
                    .isPositive();
        // only its own department sees what it has withdrawn, and that one has no program
        var steward = new Visitor(platform.url());
        steward.login("guolin", password("guolin"));
        assertThat(steward.get("/resources?state=WITHDRAWN").body()).contains("家庭医生签约信息");
        assertThat(authority.get("/api/v1/resources?state=PUBLISHED").number("$.total"))
                .isGreaterThanOrEqualTo(60);
        for (var kind : List.of("UNCONDITIONAL", "CONDITIONAL", "NOT_SHARED"))
            assertThat(authority.get("/api/v1/resources?sharing=" + kind).number("$.total"))
                    .as(kind)
                    .isPositive();
    }

    @Test
    void it_has_requests_in_every_state_with_clocks_that_run_late_ones_included() throws Exception {
        for (var state : RequestState.values())
            assertThat(seen("/api/v1/requests?state=" + state))
                    .as("requests " + state)
                    .isPositive();
        var accepted = authority.get("/api/v1/requests?state=ACCEPTED&limit=100");
        var today = java.time.LocalDate.now(shuqiao.kernel.Clock.ZONE).toString();
        var due = accepted.<List<String>>at("$.items[*].clock.due");
        assertThat(due).anySatisfy(day -> assertThat(day).isLessThan(today));
        assertThat(due).anySatisfy(day -> assertThat(day).isGreaterThan(today));
    }

    @Test
    void twenty_exchanges_are_finished_with_receipts_two_wait_and_one_says_why_it_failed()
            throws Exception {
        var runs = authority.get("/api/v1/runs?limit=100");
        var states = runs.<List<String>>at("$.items[*].state");
        assertThat(states.stream().filter("DELIVERED"::equals)).hasSizeGreaterThanOrEqualTo(20);
        assertThat(states.stream().filter("QUEUED"::equals)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(states.stream().filter("FAILED"::equals)).hasSize(1);
        for (var run : runs.<List<String>>at("$.items[?(@.state == 'DELIVERED')].id"))
            OutsideChain.verified(authority.get("/api/v1/runs/" + run + "/receipt").body(), home);
        var failed = authority.get("/api/v1/runs?state=FAILED").<String>at("$.items[0].id");
        assertThat(authority.get("/api/v1/runs/" + failed).body()).contains("tax_office");
        var asked = new ArrayList<>(runs.<List<String>>at("$.items[*].askedAt"));
        asked.sort(null);
        assertThat(Instant.parse(asked.getFirst()))
                .as("a year of them")
                .isBefore(Instant.now().minus(300, ChronoUnit.DAYS));
    }

    @Test
    void its_ledger_verifies_from_the_first_entry_to_the_last() throws Exception {
        var auditor =
                AdministratorProgram.ofAuditor(
                        () -> platform.url(),
                        signedIn("secadmin"),
                        signedIn("sysadmin"),
                        signedIn("auditadmin"),
                        "city-auditor",
                        Cast.BUREAU.code());
        var checked = auditor.post("/api/v1/audit/verification", null);
        assertThat(checked.number("$.entries")).isGreaterThan(700);
        assertThat(checked.body()).doesNotContain("firstWrong");
        // entries stand in the order of their commits: of two at once, the later may be a moment
        // older
        var seconds =
                auditor
                        .get("/api/v1/audit/entries?limit=200")
                        .<List<String>>at("$.items[*].at")
                        .stream()
                        .map(at -> Instant.parse(at).truncatedTo(ChronoUnit.SECONDS))
                        .toList();
        assertThat(seconds).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    /** How many the authority and the stewards of the first departments see. */
    private long seen(String path) throws Exception {
        var all = authority.get(path).number("$.total");
        for (var client :
                demo.<List<Map<String, String>>>read("$.clients[?('STEWARD' in @.scopes)]"))
            all +=
                    new OutsideProgram(
                                    () -> platform.url(),
                                    client.get("clientId"),
                                    client.get("clientSecret"))
                            .get(path)
                            .number("$.total");
        return all;
    }

    private String password(String username) {
        return demo.<List<String>>read("$.users[?(@.username == '" + username + "')].password")
                .getFirst();
    }

    private String one(String database, String query) throws Exception {
        return column(database, query).getFirst();
    }

    private List<String> column(String database, String query) throws Exception {
        return List.copyOf(pairs(database, query).keySet());
    }

    /** First column to last column. */
    private Map<String, String> pairs(String database, String query) throws Exception {
        var access =
                demo.<List<Map<String, String>>>read(
                                "$.databases[?(@.username == '" + database + "')]")
                        .getFirst();
        var found = new java.util.LinkedHashMap<String, String>();
        try (var connection =
                        DriverManager.getConnection(
                                access.get("jdbcUrl"),
                                access.get("username"),
                                access.get("password"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var last = rows.getMetaData().getColumnCount();
            while (rows.next()) found.put(rows.getString(1), rows.getString(last));
        }
        return found;
    }

    private Visitor signedIn(String username) throws Exception {
        var visitor = new Visitor(platform.url());
        visitor.login(username, password(username));
        return visitor;
    }
}
