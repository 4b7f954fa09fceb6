package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import shuqiao.AdministratorProgram;
import shuqiao.ChildPlatform;
import shuqiao.Faults;
import shuqiao.OutsideChain;
import shuqiao.OutsideChain.Place;
import shuqiao.OutsideProgram;
import shuqiao.Visitor;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.engine.proof.Checkpoint;
import shuqiao.engine.proof.MerkleTree;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.SignedNote;

/**
 * kill -9 of the platform, of its database or of both at random moments of a delivery: whoever
 * reads the target sees old or new content whole, the run is taken up again without being asked
 * for, and its one receipt is true. The seed is printed; {@code -Dshuqiao.seed} repeats it.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@Tag("process")
@Tag("kill")
class KillTests {

    private static final int ROWS = Integer.getInteger("kill.rows", 60_000);

    /** Each version has so many rows more than the one before. */
    private static final int GROWTH = 7;

    private enum Victim {
        PLATFORM,
        DATABASE,
        POSTMASTER,
        BOTH
    }

    @TempDir static Path folder;

    private final Faults faults = new Faults("kill -9 of the platform and of its database");
    private final Random random = new Random(faults.seed());
    private final AtomicInteger version = new AtomicInteger();
    private Path home;
    private volatile ChildPlatform platform;
    private OutsideChain chain;
    private OutsideProgram auditor;

    @BeforeAll
    void the_demo_city_runs() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = folder.toRealPath().resolve("home");
        platform = ChildPlatform.demo(home);
        var demo = demo();
        chain = OutsideChain.ofDemo(demo, () -> platform.url());
        auditor = auditor(demo, OutsideChain.authority(demo));
    }

    @AfterAll
    void stop() throws Exception {
        faults.print();
        if (platform != null) platform.close();
    }

    @Test
    void at_three_random_moments() throws Exception {
        kills(3, scratch("kill_source"), scratch("kill_target"));
    }

    @Test
    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void at_fifteen_random_moments_with_the_departments_elsewhere() throws Exception {
        kills(15, scratch("kill_source"), scratch("kill_target"));
    }

    @Test
    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void at_fifteen_random_moments_with_the_departments_in_the_database_that_dies()
            throws Exception {
        kills(15, demo(0, "public", "kill_source"), demo(1, "exchange", "kill_target"));
    }

    @Test
    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void of_a_file_at_eight_random_moments() throws Exception {
        var from = scratch("kill_file");
        renew(from);
        var granted = chain.granted(from, scratch("kill_unused"));
        var begun = System.nanoTime();
        chain.delivered(file(granted));
        var usual = System.nanoTime() - begun;
        for (int point = 1; point <= 8; point++) {
            renew(from);
            var victim = Victim.values()[random.nextInt(Victim.values().length)];
            var newest = newest();
            var run = file(granted);
            assertThat(run).isNotEqualTo(newest);
            TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * usual));
            kill(victim);
            if (victim == Victim.PLATFORM || victim == Victim.BOTH) platform = restarted();

            var delivered = chain.delivered(run);

            System.out.printf(
                    "%2d: %s killed; file delivered in attempt %d%n",
                    point, victim, delivered.number("$.attempt"));
            var data =
                    chain.consumerSteward().get("/api/v1/runs/" + run + "/files/data.csv").body();
            var digest =
                    java.util.HexFormat.of()
                            .formatHex(
                                    java.security.MessageDigest.getInstance("SHA-256")
                                            .digest(
                                                    data.getBytes(
                                                            java.nio.charset.StandardCharsets
                                                                    .UTF_8)));
            var receipt = chain.receipt(run, home);
            assertThat(receipt.<String>at("$.content.digest")).isEqualTo("sha256:" + digest);
            assertThat(receipt.number("$.rowsWritten"))
                    .isEqualTo((long) ROWS + GROWTH * version.get());
            assertThat(data.lines().count()).isEqualTo(1L + ROWS + GROWTH * version.get());
            assertThat(data.lines().skip(1).map(line -> line.split(",")[1]).distinct())
                    .as("one version, whole")
                    .containsExactly(String.valueOf(version.get()));
            try (var attempts = Files.list(home.resolve("files").resolve(run))) {
                assertThat(attempts).as("folders of attempts").hasSize(1);
            }
            assertThat(receipts(run)).as("receipts in the log").isEqualTo(1);
            faults.count(
                    victim + "_KILLED",
                    "file delivered in attempt " + delivered.number("$.attempt"));
        }
    }

    private static WatchfulReader reader(Place place) {
        return new WatchfulReader(
                () -> {
                    try {
                        return connect(place);
                    } catch (SQLException away) {
                        throw new IllegalStateException(away);
                    }
                },
                "select count(*), sum(id), min(version), max(version) from %s.%s"
                        .formatted(place.schema(), place.name()),
                seen -> (long) ROWS + GROWTH * seen);
    }

    private String file(OutsideChain.Granted granted) throws InterruptedException {
        return chain.consumerSteward()
                .post(
                        "/api/v1/runs",
                        Map.of("grant", granted.grant(), "rail", "file", "format", "csv"))
                .at("$.id");
    }

    private static Place scratch(String table) {
        var it = ScratchPostgres.shared().newDatabase();
        return new Place(it.jdbcUrl(), it.user(), it.password(), "public", table);
    }

    private Place demo(int number, String schema, String table) throws Exception {
        var at = "$.databases[" + number + "].";
        var demo = demo();
        return new Place(
                demo.read(at + "jdbcUrl"),
                demo.read(at + "username"),
                demo.read(at + "password"),
                schema,
                table);
    }

    private DocumentContext demo() throws Exception {
        return JsonPath.parse(Files.readString(home.resolve("demo.json")));
    }

    /** The demo has no program for the auditor: the administrators add one. */
    private OutsideProgram auditor(DocumentContext demo, String organization) throws Exception {
        return AdministratorProgram.ofAuditor(
                () -> platform.url(),
                signedIn(demo, "secadmin"),
                signedIn(demo, "sysadmin"),
                signedIn(demo, "auditadmin"),
                "kill-auditor",
                organization);
    }

    private Visitor signedIn(DocumentContext demo, String username) throws Exception {
        var visitor = new Visitor(platform.url());
        visitor.login(
                username,
                demo.<List<String>>read(
                                "$.users[?(@.username == '%s')].password".formatted(username))
                        .getFirst());
        return visitor;
    }

    private void kills(int points, Place from, Place to) throws Exception {
        renew(from);
        var granted = chain.granted(from, to);
        chain.delivered(granted); // warm
        renew(from);
        var begun = System.nanoTime();
        chain.delivered(granted);
        var usual = System.nanoTime() - begun;
        System.out.printf("an undisturbed run takes %d ms%n", usual / 1_000_000);

        try (var reader = reader(to)) {
            for (int point = 1; point <= points; point++) {
                var victim = Victim.values()[random.nextInt(Victim.values().length)];
                point(point, victim, (long) (random.nextDouble() * usual), granted, from, reader);
            }
            assertThat(reader.looks()).isGreaterThan(points);
        }
        assertThat(
                        chain.consumerSteward()
                                .get("/api/v1/grants/" + granted.grant())
                                .number("$.delivered.runs"))
                .as("every run is counted once")
                .isEqualTo(2 + points);
    }

    private void point(
            int number,
            Victim victim,
            long delay,
            OutsideChain.Granted granted,
            Place from,
            WatchfulReader reader)
            throws Exception {
        reader.expect(List.of(version.get(), version.get() + 1));
        renew(from);
        var before = checkpoint();
        var newest = newest();

        var answer = new AtomicReference<OutsideProgram.Answer>();
        var asking = Thread.ofVirtual().start(() -> ask(granted, answer));
        TimeUnit.NANOSECONDS.sleep(delay);
        var copying = copying(granted.to());
        var killedAt = Instant.now();
        kill(victim);
        var platformDied = victim == Victim.PLATFORM || victim == Victim.BOTH;
        if (platformDied) platform = restarted();
        asking.join();

        // a call that was cut may have come through or not; the list of runs says it
        var again = newest().equals(newest);
        if (again) {
            assertThat(answer.get().isAway()).as(answer.get().toString()).isTrue();
            chain.consumerSteward().post("/api/v1/runs", OutsideChain.wish(granted));
        }
        var run = newest();
        var delivered = chain.delivered(run);
        var attempt = delivered.number("$.attempt");
        System.out.printf(
                "%2d: %s killed %d ms after the run was asked for%s%s; delivered in attempt %d, %d ms after the kill%n",
                number,
                victim,
                delay / 1_000_000,
                copying.isEmpty() ? "" : ", while it copied",
                again ? ", which did not come through" : "",
                attempt,
                Instant.now().toEpochMilli() - killedAt.toEpochMilli());

        var receipt = chain.receipt(run, home);
        var rows = (long) ROWS + GROWTH * version.get();
        assertThat(receipt.number("$.rowsRead")).isEqualTo(rows);
        assertThat(receipt.number("$.rowsWritten")).isEqualTo(rows);
        var finished = Instant.parse(receipt.<String>at("$.finishedAt"));
        if (platformDied && copying.contains(run) && finished.isAfter(killedAt))
            assertThat(attempt).as("taken up again").isGreaterThan(1);
        assertThat(content(granted.to())).isEqualTo(content(from));
        assertThat(
                        one(
                                granted.to(),
                                "select count(*) from pg_class where starts_with(relname, 'shuqiao_staging_')"))
                .as("staging tables left")
                .isEqualTo("0");
        assertThat(receipts(run)).as("receipts in the log").isEqualTo(1);
        consistent(before, checkpoint());
        assertThat(auditor.post("/api/v1/audit/verification", null).body())
                .as("the log computed anew")
                .doesNotContain("firstWrong");
        assertThat(reader.wrong()).isNull();
        faults.count(victim + "_KILLED", "delivered in attempt " + attempt);
    }

    private void ask(OutsideChain.Granted granted, AtomicReference<OutsideProgram.Answer> answer) {
        try {
            answer.set(
                    chain.consumerSteward()
                            .once("POST", "/api/v1/runs", OutsideChain.wish(granted)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill(Victim victim) throws Exception {
        switch (victim) {
            case PLATFORM -> platform.kill();
            case DATABASE -> platform.killDatabase(true);
            case POSTMASTER -> platform.killDatabase(false);
            case BOTH -> {
                platform.killDatabase(true);
                platform.kill();
            }
        }
    }

    private ChildPlatform restarted() throws Exception {
        platform.forget();
        return ChildPlatform.demo(home);
    }

    private String newest() throws Exception {
        return chain.consumerSteward()
                .get("/api/v1/runs?limit=1")
                .<List<String>>at("$.items[*].id")
                .getFirst();
    }

    private long receipts(String run) throws Exception {
        return auditor
                .get("/api/v1/audit/entries?kind=Receipt&limit=50")
                .<List<String>>at("$.items[*].body")
                .stream()
                .filter(body -> body.contains("\"" + run + "\""))
                .count();
    }

    /** The application names of sessions that copy into the target now. */
    private static String copying(Place to) {
        return one(
                to,
                "select coalesce(string_agg(application_name, ' '), '') from pg_stat_activity where usename = current_user and application_name ~ '^shuqiao:.{36}#'");
    }

    /** New content: another version in each row, and some rows more. */
    private void renew(Place from) throws SQLException {
        var fresh = version.incrementAndGet();
        var table = from.schema() + "." + from.name();
        try (var connection = connect(from);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "create table if not exists "
                            + table
                            + " (id bigint primary key, version int not null, name text, note text, day date, amount numeric(12, 2))");
            statement.execute("truncate " + table);
            statement.execute(
                    "insert into %s select i, %d, '张' || i, md5((i * %d)::text), date '2026-01-01' + (i %% 365)::int, i / 7.0 from generate_series(1, %d) i"
                            .formatted(table, fresh, fresh, ROWS + GROWTH * fresh));
            connection.commit();
        }
    }

    private static String content(Place place) {
        return one(
                place,
                "select count(*) || ' ' || count(distinct id) || ' ' || md5(string_agg(t::text, '|' order by id)) from %s.%s t"
                        .formatted(place.schema(), place.name()));
    }

    private String checkpoint() throws Exception {
        return auditor.get("/ledger/checkpoint").body();
    }

    /** What was signed before the kill is a beginning of what is signed after it. */
    private void consistent(String before, String after) throws Exception {
        var keys =
                PublicKeys.parse(Files.readString(home.resolve("keys/public.json")))
                        .forUse(PublicKeys.CHECKPOINT);
        assertThat(SignedNote.parse(before).isSignedBy(keys)).isTrue();
        assertThat(SignedNote.parse(after).isSignedBy(keys)).isTrue();
        var old = Checkpoint.parse(SignedNote.parse(before).text());
        var now = Checkpoint.parse(SignedNote.parse(after).text());
        assertThat(now.size()).isGreaterThan(old.size());
        var proof =
                auditor
                        .get(
                                "/ledger/proof/consistency?from=%d&to=%d"
                                        .formatted(old.size(), now.size()))
                        .<List<String>>at("$.consistencyProof")
                        .stream()
                        .map(Base64.getDecoder()::decode)
                        .toList();
        assertThat(
                        MerkleTree.verifyConsistency(
                                old.size(), old.root(), now.size(), now.root(), proof))
                .isTrue();
    }

    private static Connection connect(Place place) throws SQLException {
        return DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
    }

    private static String one(Place place, String query) {
        try (var connection = connect(place);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
