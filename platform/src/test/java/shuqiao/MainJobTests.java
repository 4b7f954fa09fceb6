package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * {@code examples/main-job.sh} as an integrator runs it: once, again, narrowed, refused, killed.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
@Tag("process")
class MainJobTests {

    private static final long SEED = Long.getLong("shuqiao.seed", System.nanoTime());
    private static final int VILLAGES = 620_573;

    @TempDir static Path folder;

    private final Random random = new Random(SEED);
    private Path home;
    private ChildPlatform platform;
    private int number;

    @BeforeAll
    void the_demo_city_runs() throws Exception {
        for (var tool : List.of("bash", "curl", "jq"))
            assumeTrue(onPath(tool), tool + " is not installed: main-job.sh is not tested");
        System.out.println("shuqiao.seed=" + SEED);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = folder.toRealPath().resolve("home");
        platform = ChildPlatform.demo(home);
    }

    @AfterAll
    void stop() throws Exception {
        if (platform != null) platform.close();
    }

    @Test
    void each_start_makes_a_run_and_prints_its_receipt_and_no_secret_is_seen_on_the_way()
            throws Exception {
        var seen = Files.createFile(folder.resolve("arguments"));
        var tools = Files.createDirectory(folder.resolve("tools"));
        for (var tool : List.of("curl", "jq")) spy(tools.resolve(tool), tool, seen);
        var first = job(Map.of("PATH", tools + ":" + System.getenv("PATH"))).finish();
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(JsonPath.<Integer>read(first.receipt(), "$.rowsWritten")).isEqualTo(VILLAGES);
        OutsideChain.verified(first.receipt(), home);

        var arguments = Files.readString(seen);
        assertThat(arguments).contains("--config");
        for (var path : List.of("$..clientSecret", "$..password"))
            for (var secret : JsonPath.<List<String>>read(demo(), path))
                assertThat(arguments).doesNotContain(secret);
        assertThat(arguments).as("access tokens").doesNotContain("eyJ");

        var second = job(Map.of()).finish();
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).doesNotContain("registered", "drafted", "wrote");
        assertThat(JsonPath.<String>read(second.receipt(), "$.run"))
                .isNotEqualTo(JsonPath.<String>read(first.receipt(), "$.run"));
        assertThat(JsonPath.<String>read(second.receipt(), "$.grant"))
                .isEqualTo(JsonPath.<String>read(first.receipt(), "$.grant"));
        OutsideChain.verified(second.receipt(), home);
    }

    private static void spy(Path file, String tool, Path seen) throws IOException {
        Files.writeString(
                file,
                """
                #!/bin/bash
                printf '%%s\\n' "$*" >>'%s'
                exec %s "$@"
                """
                        .formatted(seen, whereIs(tool)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void other_fields_filter_and_masks_are_another_request() throws Exception {
        var source = small();
        var whole = job(source).finish();
        assertThat(whole.code()).as(whole.err()).isZero();
        var narrow = new HashMap<>(source);
        narrow.put("FIELDS", "id, name");
        narrow.put("ROW_FILTER", "[{\"field\": \"id\", \"op\": \"le\", \"value\": 10}]");
        narrow.put("MASKS", "{\"name\": \"name\"}");
        narrow.put("TARGET_TABLE", "exchange.narrow");

        var some = job(narrow).finish();

        assertThat(some.code()).as(some.err()).isZero();
        OutsideChain.verified(some.receipt(), home);
        assertThat(JsonPath.<Integer>read(some.receipt(), "$.rowsWritten")).isEqualTo(10);
        assertThat(JsonPath.<String>read(some.receipt(), "$.grant"))
                .isNotEqualTo(JsonPath.<String>read(whole.receipt(), "$.grant"));
        assertThat(police("select string_agg(distinct name, ' ') || count(*) from exchange.narrow"))
                .isEqualTo("张**10");
        assertThat(
                        police(
                                "select string_agg(column_name, ',' order by ordinal_position) from information_schema.columns where table_name = 'narrow'"))
                .isEqualTo("id,name");
    }

    @Test
    void an_incremental_run_is_refused_by_name_until_it_comes() throws Exception {
        var environment = new HashMap<>(small());
        environment.put("MODE", "incremental");
        environment.put("CURSOR_FIELD", "id");
        var refused = job(environment).finish();

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        var documents = refused.err().lines().filter(line -> line.startsWith("{")).toList();
        assertThat(documents).as(refused.err()).hasSize(1);
        assertThat(JsonPath.<String>read(documents.getFirst(), "$.errors[0].field"))
                .isEqualTo("mode");
        assertThat(JsonPath.<Integer>read(documents.getFirst(), "$.status")).isEqualTo(422);
    }

    @Test
    void a_platform_that_does_not_answer_ends_it_with_code_3() throws Exception {
        var away =
                job(Map.of("SHUQIAO_URL", "http://127.0.0.1:1", "SHUQIAO_PATIENCE", "2")).finish();
        assertThat(away.code()).isEqualTo(3);
        assertThat(away.out()).isEmpty();
        assertThat(away.err()).contains("no answer from http://127.0.0.1:1 for 2 seconds");
    }

    @Test
    @Tag("long")
    void killed_at_any_step_and_started_again_it_comes_to_a_receipt() throws Exception {
        var begun = System.nanoTime();
        assertThat(job(small()).finish().code()).isZero();
        var usual = System.nanoTime() - begun;
        System.out.printf("main-job.sh takes %d ms%n", usual / 1_000_000);
        for (int i = 1; i <= 5; i++) {
            var environment = small();
            var delay = (long) (random.nextDouble() * usual);
            var killed = job(environment);
            TimeUnit.NANOSECONDS.sleep(delay);
            killed.process().destroyForcibly();
            var left = killed.finish();
            var again = job(environment).finish();
            System.out.printf(
                    "%d: killed after %d ms at \"%s\"%n",
                    i,
                    delay / 1_000_000,
                    left.err().lines().reduce((_, last) -> last).orElse("begin"));
            assertThat(again.code()).as(again.err()).isZero();
            OutsideChain.verified(again.receipt(), home);
            assertThat(JsonPath.<Integer>read(again.receipt(), "$.rowsWritten")).isEqualTo(1000);
        }
    }

    @Test
    void a_platform_that_is_killed_and_comes_back_is_waited_for() throws Exception {
        var environment = new HashMap<>(small());
        environment.put("SHUQIAO_PATIENCE", "120");
        var running = job(environment);
        TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(3000));
        var port = platform.port();
        platform.killDatabase(true);
        platform.kill();
        platform.forget();
        platform = ChildPlatform.demo(home, port);
        var done = running.finish();
        assertThat(done.code()).as(done.err()).isZero();
        OutsideChain.verified(done.receipt(), home);
    }

    /** A table of its own, so that every step is a first one. */
    private Map<String, String> small() {
        var database = ScratchPostgres.shared().newDatabase();
        database.run(
                "create table person (id int primary key, name text, born date)",
                "insert into person select i, '张三丰', date '1990-01-01' + i from generate_series(1, 1000) i");
        return Map.of(
                "SOURCE_JDBC_URL", database.jdbcUrl(),
                "SOURCE_USER", database.user(),
                "SOURCE_PASSWORD", database.password(),
                "SOURCE_TABLE", "public.person",
                "TARGET_TABLE", "exchange.person_" + ++number);
    }

    private record Ended(int code, String out, String err) {
        String receipt() {
            return out.lines().reduce((_, last) -> last).orElseThrow();
        }
    }

    private record Job(Process process, Path out, Path err) {
        Ended finish() throws Exception {
            if (!process.waitFor(150, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + Files.readString(err));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    private Job job(Map<String, String> environment) throws IOException {
        var out = Files.createTempFile(folder, "out", ".txt");
        var err = Files.createTempFile(folder, "err", ".txt");
        var builder =
                new ProcessBuilder(
                                "bash",
                                Path.of("..", "examples", "main-job.sh")
                                        .toAbsolutePath()
                                        .normalize()
                                        .toString())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(SHUQIAO|SOURCE|TARGET)_.*|FIELDS|MASKS|MODE"));
        builder.environment().put("SHUQIAO_DEMO", home.resolve("demo.json").toString());
        builder.environment().putAll(environment);
        return new Job(builder.start(), out, err);
    }

    private String demo() throws IOException {
        return Files.readString(home.resolve("demo.json"));
    }

    /** From the consumer's database of the demo. */
    private String police(String query) throws Exception {
        var access = JsonPath.parse(demo()).<Map<String, String>>read("$.databases[1]");
        try (var connection =
                        DriverManager.getConnection(
                                access.get("jdbcUrl"),
                                access.get("username"),
                                access.get("password"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static boolean onPath(String tool) {
        return !whereIs(tool).isEmpty();
    }

    private static String whereIs(String tool) {
        for (var folder : System.getenv("PATH").split(java.io.File.pathSeparator, -1)) {
            var file = Path.of(folder, tool);
            if (Files.isExecutable(file)) return file.toString();
        }
        return "";
    }
}
