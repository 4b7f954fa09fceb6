package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import shuqiao.engine.embedded.ScratchPostgres;

/** While the database is away, every door says so, and when to come back; none breaks or blames. */
@Tag("slow")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("process")
@Tag("kill")
class OutageTests {

    @TempDir static Path folder;

    @Test
    void every_door_answers_503_and_when_to_come_back() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var home = folder.toRealPath().resolve("home");
        var server = ScratchPostgres.start(false);
        var database = server.newDatabase();
        var environment =
                Map.of(
                        "SHUQIAO_DB_URL", database.jdbcUrl(),
                        "SHUQIAO_DB_USER", database.user(),
                        "SHUQIAO_DB_PASSWORD", database.password());
        try (var platform = ChildPlatform.start(home, environment, "--port", "0");
                var at = Executors.newVirtualThreadPerTaskExecutor()) {
            platform.awaitReady();
            var url = platform.url();
            var file = home.resolve("first-login.json");
            var system = FromEmptyTests.administrator(url, file, "sysadmin");
            var security = FromEmptyTests.administrator(url, file, "secadmin");
            FromEmptyTests.organization(system, City.BUREAU, "云泽市大数据管理中心", true);
            var program = FromEmptyTests.program(platform, security, City.BUREAU, "AUTHORITY");
            assertThat(program.get("/api/v1/organizations").number("$.total")).isEqualTo(1);

            server.stop();

            var read = later(at, () -> program.once("GET", "/api/v1/organizations", null));
            var write = later(at, () -> program.once("POST", "/api/v1/organizations", "{}"));
            var token = later(at, program::login);
            var page = later(at, () -> system.get("/admin/organizations"));
            var english = later(at, () -> security.get("/admin/users?lang=en"));
            var ready = later(at, () -> new Visitor(url).get("/actuator/health/readiness"));

            for (var answer : new OutsideProgram.Answer[] {read.get(), write.get(), token.get()}) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
                assertThat(answer.contentType()).startsWith("application/problem+json");
                assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:unavailable");
                assertThat(answer.retryAfter()).isNotEmpty();
            }
            isPage(page.get(), "平台暂时不可用", platform);
            isPage(english.get(), "not available now", platform);
            assertThat(ready.get().statusCode()).isEqualTo(503);
            assertThat(new Visitor(url).get("/actuator/health/liveness").statusCode())
                    .isEqualTo(200);
            assertThat(platform.stderr())
                    .as("what our doors take for a bug")
                    .doesNotContain("ApiErrors", "PageErrors");
        } finally {
            server.stop();
        }
    }

    private static void isPage(HttpResponse<String> page, String words, ChildPlatform platform)
            throws IOException {
        assertThat(page.statusCode()).as(platform.stderr()).isEqualTo(503);
        assertThat(page.headers().firstValue("Retry-After")).isPresent();
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains(words);
    }

    private static <T> CompletableFuture<T> later(
            java.util.concurrent.Executor at, java.util.concurrent.Callable<T> call) {
        var answer = new CompletableFuture<T>();
        at.execute(() -> {
            try {
                answer.complete(call.call());
            } catch (Exception failed) {
                answer.completeExceptionally(failed);
            }
        });
        return answer;
    }
}
