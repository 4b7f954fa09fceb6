package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.engine.proof.PublicKeys;
import shuqiao.engine.proof.SignedNote;

/**
 * The whole life of a home, with real processes: born, ended, killed, taken up again, carried
 * elsewhere.
 */
@Tag("slow")
@Timeout(value = 240, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("process")
@Tag("kill")
class StartTests {

    @TempDir static Path folder;

    /** Lives through all tests; a name as people write it. */
    private Path home;

    /** Runs from one test into the next. */
    private ChildPlatform first;

    @BeforeAll
    void chooseHome() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = folder.toRealPath().resolve("数桥 家");
    }

    @AfterAll
    void stop() throws Exception {
        if (first != null) first.close();
    }

    @Test
    @Order(1)
    void a_start_says_one_line_and_a_signal_ends_all_of_it_with_code_0() throws Exception {
        try (var platform = ChildPlatform.started(home)) {
            assertThat(platform.stdout())
                    .isEqualTo("Shuqiao is ready at http://localhost:" + platform.port() + "\n");
            assertThat(platform.get("/actuator/health/readiness")).contains("UP");
            assertThat(platform.databaseProcesses()).isNotEmpty();
            assertThat(unlock("secadmin")).as("a lock-out is ended").isZero();
            assertThat(unlock("nobody-here")).as("an unknown name").isEqualTo(1);
            assertThat(unlock("../x")).as("no name").isEqualTo(1);

            assertThat(platform.terminate()).isZero();

            assertThat(platform.databaseProcesses()).isEmpty();
            assertThat(platform.stdout().lines()).hasSize(1);
            assertThat(unlock("secadmin")).as("at the next start").isZero();
            assertThat(home.resolve("unlock-secadmin")).exists();
        }
    }

    @Test
    @Order(2)
    void secrets_of_a_home_are_for_its_owner_only() throws Exception {
        assertThat(mode(home.resolve("first-login.json"))).isEqualTo("rw-------");
        assertThat(mode(home.resolve("keys"))).isEqualTo("rwx------");
        try (var keys = Files.list(home.resolve("keys"))) {
            for (var key : keys.toList())
                if (!key.endsWith("public.json"))
                    assertThat(mode(key)).as(key.toString()).isEqualTo("rw-------");
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    @Order(3)
    void a_cold_copy_of_a_home_runs_beside_it_with_all_it_held_and_one_home_is_used_once()
            throws Exception {
        var other = copied("elsewhere");
        first = ChildPlatform.started(home);
        try (var again = ChildPlatform.start(home, Map.of(), "--port", "0")) {
            assertThat(again.code()).isEqualTo(1);
            assertThat(again.stdout()).isEmpty();
            assertThat(again.stderr())
                    .contains("正被进程 " + first.process.pid() + " 使用")
                    .doesNotContain("\tat ");
        }

        try (var second = ChildPlatform.start(other, Map.of(), "--port", "" + first.port())) {
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.stderr())
                    .contains("端口 " + first.port() + " 已被占用")
                    .doesNotContain("\tat ");
            assertThat(second.databaseProcesses()).isEmpty();
        }
        try (var second = ChildPlatform.started(other)) {
            assertThat(second.port()).isNotEqualTo(first.port());
            assertThat(second.get("/actuator/health/readiness")).contains("UP");
            assertThat(first.get("/actuator/health/readiness")).contains("UP");
            holds_all_that_was_copied(second);
            // an order to end one leaves the other
            assertThat(second.terminate()).isZero();
        }
        assertThat(first.get("/actuator/health/liveness")).contains("UP");
    }

    private Path copied(String name) throws IOException, InterruptedException {
        var archive = home.resolveSibling("home.tar");
        var copy = Files.createDirectory(home.resolveSibling(name));
        run("tar", "-cf", archive.toString(), "-C", home.toString(), ".");
        run("tar", "-xpf", archive.toString(), "-C", copy.toString());
        return copy;
    }

    private void holds_all_that_was_copied(ChildPlatform platform) throws Exception {
        assertThat(platform.login("secadmin", password(home))).isTrue();
        var keys = platform.get("/.well-known/shuqiao-keys.json");
        assertThat(PublicKeys.parse(keys).json())
                .isEqualTo(
                        PublicKeys.parse(Files.readString(home.resolve("keys/public.json")))
                                .json());
        var trusted = PublicKeys.parse(keys).forUse(PublicKeys.CHECKPOINT);
        var note = SignedNote.parse(platform.get("/ledger/checkpoint"));
        assertThat(note.isSignedBy(trusted)).isTrue();
        assertThat(Long.parseLong(note.text().lines().skip(1).findFirst().orElseThrow()))
                .as("entries in the ledger")
                .isPositive();
    }

    /** It is the one that the test before left running. */
    @Test
    @Order(4)
    void a_platform_killed_hard_is_taken_up_again() throws Exception {
        try (var killed = first != null ? first : ChildPlatform.started(home)) {
            killed.kill();
            assertThat(killed.databaseProcesses()).as("orphans").isNotEmpty();

            var platform = ChildPlatform.started(home);
            assertThat(platform.login("secadmin", password(home))).isTrue();
            platform.kill();
            platform.killDatabase();
        }
        var taken = Integer.parseInt(Files.readString(home.resolve("postgres/port")).strip());
        try (var _ = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress());
                var platform = ChildPlatform.started(home)) {
            // the database alone is killed: the platform starts it again
            platform.killDatabase();
            platform.awaitUp();
            assertThat(platform.login("secadmin", password(home))).isTrue();
            assertThat(Files.readString(home.resolve("postgres/port")).strip())
                    .as("another port for the database")
                    .isNotEqualTo("" + taken);
            assertThat(platform.terminate()).isZero();
        }
    }

    /** What the launcher's command ends with. */
    private int unlock(String name) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "../shuqiao", "unlock", name, "--home", home.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    private static void run(String... words) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    }

    private static String password(Path home) throws IOException {
        return JsonPath.<java.util.List<String>>read(
                        Files.readString(home.resolve("first-login.json")),
                        "$.users[?(@.username=='secadmin')].password")
                .getFirst();
    }

    @Test
    @Order(5)
    void a_database_of_ones_own_is_used_instead_of_the_embedded_one() throws Exception {
        var database = ScratchPostgres.shared().newDatabase();
        var own = home.resolveSibling("own");
        var environment =
                Map.of(
                        "SHUQIAO_DB_URL", database.jdbcUrl(),
                        "SHUQIAO_DB_USER", database.user(),
                        "SHUQIAO_DB_PASSWORD", database.password(),
                        "SHUQIAO_BASE_URL", "https://data.example.gov.cn/");
        try (var platform = ChildPlatform.start(own, environment, "--port", "0")) {
            platform.awaitReady();
            assertThat(platform.get("/actuator/health/readiness")).contains("UP");
            assertThat(own.resolve("postgres/data")).doesNotExist();
            everything_is_said_of_the_public_address(platform);
            assertThat(platform.process.descendants()).isEmpty();
            assertThat(database.one("select count(*) from identity.person")).isEqualTo("3");
            assertThat(database.one("select usesuper from pg_user where usename = current_user"))
                    .isEqualTo("f");
            assertThat(platform.terminate()).isZero();
        }
    }

    private static void everything_is_said_of_the_public_address(ChildPlatform platform)
            throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var login = answer(client, platform.url() + "/login?lang=en");
            assertThat(login.headers().allValues("Set-Cookie"))
                    .isNotEmpty()
                    .allMatch(cookie -> cookie.contains("; Secure"));
            assertThat(login.headers().firstValue("Strict-Transport-Security"))
                    .hasValue("max-age=31536000");
            assertThat(
                            answer(client, platform.url() + "/requests")
                                    .headers()
                                    .firstValue("Location"))
                    .hasValueSatisfying(to ->
                            assertThat(to).isIn("/login", "https://data.example.gov.cn/login"));
            assertThat(
                            answer(
                                            client,
                                            platform.url()
                                                    + "/.well-known/oauth-authorization-server")
                                    .body())
                    .contains("\"issuer\":\"https://data.example.gov.cn\"")
                    .doesNotContain("localhost");
        }
    }

    private static HttpResponse<String> answer(HttpClient client, String address) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Accept", "text/html,*/*")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_home_of_a_newer_release_is_left_as_it_is() throws Exception {
        var newer = Files.createDirectory(home.resolveSibling("newer"));
        Files.writeString(newer.resolve("version"), "999\n");
        try (var platform = ChildPlatform.start(newer, Map.of(), "--port", "0")) {
            assertThat(platform.code()).isEqualTo(1);
            assertThat(platform.stderr()).contains("由更新版本的数桥写成").doesNotContain("\tat ");
            assertThat(Files.readString(newer.resolve("version"))).isEqualTo("999\n");
        }
    }

    @Test
    void a_home_that_cannot_be_written_is_refused_in_a_sentence() throws Exception {
        // not a folder: the only way to forbid root something
        var file = Files.writeString(home.resolveSibling("file"), "");
        try (var platform = ChildPlatform.start(file.resolve("home"), Map.of(), "--port", "0")) {
            assertThat(platform.code()).isEqualTo(1);
            assertThat(platform.stderr()).contains("不可写").doesNotContain("\tat ");
        }
    }

    @Test
    void an_unknown_option_is_refused_with_code_64() throws Exception {
        try (var platform =
                ChildPlatform.start(home.resolveSibling("none"), Map.of(), "--hom", "x")) {
            assertThat(platform.code()).isEqualTo(64);
            assertThat(platform.stderr()).contains("--hom").contains("Unknown option");
            assertThat(home.resolveSibling("none")).doesNotExist();
        }
    }
}
