package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import shuqiao.OutsideChain.Place;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * A stranger sends 200 log-ins a second for 30 seconds, while four copies run: who is signed in,
 * the copies and a revocation must not feel it.
 */
@Tag("slow")
@Tag("long")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("process")
class SignInFloodTests {

    private static final int PER_SECOND = 200;
    private static final int SECONDS = 30;
    private static final int COPIES = 4;
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    @TempDir static Path folder;

    @Test
    void two_hundred_log_ins_a_second_are_not_felt_by_those_inside() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var home = folder.toRealPath().resolve("home");
        try (var platform = ChildPlatform.demo(home)) {
            var demo = JsonPath.parse(Files.readString(home.resolve("demo.json")));
            var chain = OutsideChain.ofDemo(demo, () -> platform.url());
            var grants = new ArrayList<OutsideChain.Granted>();
            for (var i = 0; i < COPIES; i++)
                grants.add(chain.granted(slow("flood_" + i), target(i)));
            var runs = new ArrayList<String>();
            for (var one : grants)
                runs.add(
                        chain.consumerSteward()
                                .post("/api/v1/runs", OutsideChain.wish(one))
                                .at("$.id"));
            for (var run : runs) awaitState(chain, run, "RUNNING");

            var reader = signedIn(platform, demo);
            var quiet = pages(reader, 20, new AtomicBoolean(true));
            var going = new AtomicBoolean(true);
            var answers = new ConcurrentHashMap<Integer, AtomicInteger>();
            List<Long> felt;
            long revoked;
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var flood = threads.submit(() -> flood(platform.url(), answers, threads));
                var reading = threads.submit(() -> pages(reader, Integer.MAX_VALUE, going));
                TimeUnit.SECONDS.sleep(SECONDS / 3);
                var begun = System.nanoTime();
                chain.providerReviewer()
                        .post(
                                "/api/v1/grants/" + grants.getFirst().grant() + "/revocation",
                                Map.of("reason", "停止"));
                var said = System.nanoTime() - begun;
                awaitState(chain, runs.getFirst(), "CANCELLED");
                System.out.printf(
                        "the revocation itself answered after %d ms%n",
                        TimeUnit.NANOSECONDS.toMillis(said));
                revoked = System.nanoTime() - begun;
                flood.get();
                going.set(false);
                felt = reading.get();
            }

            System.out.printf(
                    "flood %d/s: answers %s; pages p50 %d ms, p95 %d ms of %d (quiet p95 %d ms); revoked in %d ms%n",
                    PER_SECOND,
                    new TreeMap<>(answers),
                    part(felt, 0.5),
                    part(felt, 0.95),
                    felt.size(),
                    part(quiet, 0.95),
                    TimeUnit.NANOSECONDS.toMillis(revoked));
            assertThat(answers.keySet()).as("every one was answered").isSubsetOf(302, 503);
            assertThat(Duration.ofNanos(revoked)).isLessThan(Duration.ofSeconds(1));
            assertThat(part(felt, 0.95)).isLessThan(500);
            assertThat(platform.stderr()).doesNotContain("lost its lease");
            for (var run : runs.subList(1, COPIES)) {
                var now = chain.consumerSteward().get("/api/v1/runs/" + run);
                assertThat(now.<String>at("$.state")).isEqualTo("RUNNING");
                assertThat(now.number("$.attempt")).isEqualTo(1);
            }
            for (var one : grants.subList(1, COPIES))
                chain.providerReviewer()
                        .post(
                                "/api/v1/grants/" + one.grant() + "/revocation",
                                Map.of("reason", "停止"));
        }
    }

    /** A source that takes a millisecond for each row, so that its copy lasts all the while. */
    private static Place slow(String name) throws Exception {
        var database = ScratchPostgres.shared().newDatabase();
        database.run(
                """
                create view public.%s as select g::int as id, repeat('x', 200) as filler,
                    (pg_sleep(0.001) is null)::int as pause from generate_series(1, 600000) g
                """
                        .formatted(name));
        return new Place(database.jdbcUrl(), database.user(), database.password(), "public", name);
    }

    private static Place target(int number) {
        var database = ScratchPostgres.shared().newDatabase();
        return new Place(
                database.jdbcUrl(),
                database.user(),
                database.password(),
                "public",
                "flood_target_" + number);
    }

    private static void awaitState(OutsideChain chain, String run, String state)
            throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            var now = chain.consumerSteward().get("/api/v1/runs/" + run);
            if (now.<String>at("$.state").equals(state)) return;
            if (System.nanoTime() > deadline)
                throw new AssertionError("run " + run + ": " + now.body());
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static Visitor signedIn(ChildPlatform platform, DocumentContext demo) throws Exception {
        var steward =
                demo.<List<Map<String, Object>>>read("$.users[?('STEWARD' in @.roles)]").getFirst();
        var visitor = new Visitor(platform.url());
        var in = visitor.login((String) steward.get("username"), (String) steward.get("password"));
        assertThat(in.uri().getPath()).isEqualTo("/");
        return visitor;
    }

    /** How long each page took, in ms. */
    private static List<Long> pages(Visitor reader, int most, AtomicBoolean going)
            throws InterruptedException {
        var paths = List.of("/", "/resources", "/requests", "/runs");
        var took = new ArrayList<Long>();
        while (going.get() && took.size() < most) {
            var begun = System.nanoTime();
            var answer = reader.get(paths.get(took.size() % paths.size()));
            took.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            assertThat(answer.statusCode()).isEqualTo(200);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return took;
    }

    private static long part(List<Long> all, double part) {
        var sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * part));
    }

    /** One client, many connections; names by turns of one who is there and of nobody. */
    private static Void flood(
            String url,
            ConcurrentHashMap<Integer, AtomicInteger> answers,
            java.util.concurrent.ExecutorService threads)
            throws Exception {
        try (var client =
                HttpClient.newBuilder().cookieHandler(new java.net.CookieManager()).build()) {
            var page =
                    client.send(
                            HttpRequest.newBuilder(URI.create(url + "/login")).build(),
                            HttpResponse.BodyHandlers.ofString());
            var token = TOKEN.matcher(page.body());
            assertThat(token.find()).isTrue();
            var csrf = java.net.URLEncoder.encode(token.group(1), "UTF-8");
            var sent = new ArrayList<java.util.concurrent.Future<?>>();
            var begun = System.nanoTime();
            for (var i = 0; i < PER_SECOND * SECONDS; i++) {
                var due = begun + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                var name = i % 2 == 0 ? "secadmin" : "nobody" + i;
                var login =
                        HttpRequest.newBuilder(URI.create(url + "/login"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "username="
                                                        + name
                                                        + "&password=wrong&_csrf="
                                                        + csrf))
                                .build();
                sent.add(
                        threads.submit(() -> {
                            var status =
                                    client.send(login, HttpResponse.BodyHandlers.discarding())
                                            .statusCode();
                            return answers.computeIfAbsent(status, _ -> new AtomicInteger())
                                    .incrementAndGet();
                        }));
            }
            for (var one : sent) one.get();
        }
        return null;
    }
}
