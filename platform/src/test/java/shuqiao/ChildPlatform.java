package shuqiao;

import java.io.File;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The platform as a process of its own, started as the launcher does it, but from the test's class
 * path.
 */
public final class ChildPlatform implements AutoCloseable {

    private static final long START_SECONDS_MAX = 150;
    private static final Pattern READY =
            Pattern.compile("Shuqiao is ready at (http://localhost:(\\d+))");

    final Process process;
    final Path home;
    private final Path out;
    private final Path err;
    private boolean ready;

    private ChildPlatform(Process process, Path home, Path out, Path err) {
        this.process = process;
        this.home = home;
        this.out = out;
        this.err = err;
    }

    /** Starts with {@code --empty --home home} and further options; does not wait. */
    static ChildPlatform start(Path home, Map<String, String> environment, String... options)
            throws IOException {
        var empty = new ArrayList<>(List.of("--empty"));
        empty.addAll(List.of(options));
        return launch(home, environment, empty);
    }

    /** With the small demo city, or with what the home already holds; waits until it serves. */
    public static ChildPlatform demo(Path home) throws IOException, InterruptedException {
        return demo(home, 0);
    }

    static ChildPlatform demo(Path home, int port) throws IOException, InterruptedException {
        var platform = launch(home, Map.of(), List.of("--port", "" + port, "--city", "small"));
        platform.awaitReady();
        return platform;
    }

    /** With the whole demo city, as a newcomer starts it; does not wait. */
    public static ChildPlatform wholeCity(Path home) throws IOException {
        return launch(home, Map.of(), List.of("--port", "0"));
    }

    private static ChildPlatform launch(
            Path home, Map<String, String> environment, List<String> options) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx512m",
                                "-Dstderr.encoding=UTF-8",
                                "-Dspring.aot.enabled=" + isPrepared(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classPath(),
                                "shuqiao.Shuqiao",
                                "start",
                                "--home",
                                home.toString()));
        command.addAll(options);
        var out = Files.createTempFile("shuqiao-out", ".txt");
        var err = Files.createTempFile("shuqiao-err", ".txt");
        var builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SHUQIAO_"));
        builder.environment().putAll(environment);
        return new ChildPlatform(builder.start(), home, out, err);
    }

    public static ChildPlatform started(Path home) throws IOException, InterruptedException {
        var platform = start(home, Map.of(), "--port", "0");
        platform.awaitReady();
        return platform;
    }

    /** False only where somebody tests what an IDE compiled. */
    private static boolean isPrepared() {
        return ChildPlatform.class.getResource("AheadOfTime__ApplicationContextInitializer.class")
                != null;
    }

    /** Tests are not part of the product. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    public void awaitReady() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        while (!READY.matcher(stdout()).find()) {
            if (!process.isAlive())
                throw new AssertionError("ended with " + process.exitValue() + ": " + stderr());
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new AssertionError("not ready in time: " + stderr());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        ready = true;
    }

    /** Until a round trip through database and ledger succeeds again. */
    void awaitUp() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try (var client = HttpClient.newHttpClient()) {
            var health =
                    HttpRequest.newBuilder(URI.create(url() + "/actuator/health/readiness"))
                            .build();
            while (client.send(health, HttpResponse.BodyHandlers.discarding()).statusCode()
                    != 200) {
                if (System.nanoTime() > deadline)
                    throw new AssertionError("not up again: " + stderr());
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    public String stdout() throws IOException {
        return Files.readString(out);
    }

    public String stderr() throws IOException {
        return Files.readString(err);
    }

    public String url() throws IOException {
        var ready = READY.matcher(stdout());
        if (!ready.find()) throw new AssertionError("not ready");
        return ready.group(1);
    }

    public int port() throws IOException {
        return URI.create(url()).getPort();
    }

    /** SIGTERM, and the code it ends with. */
    public int terminate() throws InterruptedException {
        process.destroy();
        return code();
    }

    int code() throws InterruptedException {
        if (!process.waitFor(START_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end");
        }
        return process.exitValue();
    }

    /** kill -9 of every process of the database. */
    void killDatabase() throws InterruptedException {
        while (!databaseProcesses().isEmpty()) {
            for (var process : databaseProcesses()) process.destroyForcibly();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** kill -9 of the JVM alone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** kill -9 of the database: its postmaster alone, or all of it. */
    public void killDatabase(boolean whole) throws IOException {
        var data = home.resolve("postgres").resolve("data");
        var postmaster =
                Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        var victims = databaseProcesses();
        for (var process : victims)
            if (whole || process.pid() == postmaster) process.destroyForcibly();
    }

    /** Every process that works in this home's database, whoever its parent is now. */
    public List<ProcessHandle> databaseProcesses() {
        return processesIn(home.resolve("postgres").resolve("data"));
    }

    /** Every process that works in this folder. */
    public static List<ProcessHandle> processesIn(Path data) {
        return ProcessHandle.allProcesses()
                .filter(other -> {
                    try {
                        return Files.readSymbolicLink(Path.of("/proc", "" + other.pid(), "cwd"))
                                .equals(data);
                    } catch (IOException | RuntimeException gone) {
                        return false;
                    }
                })
                .toList();
    }

    public String get(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(URI.create(url() + path)).build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200)
                throw new AssertionError(
                        path + ": " + answer.statusCode() + " " + answer.body() + stderr());
            return answer.body();
        }
    }

    /** Logs in by the form, as a person does; true when the platform lets in. */
    boolean login(String username, String password) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            var form =
                    client.send(
                                    HttpRequest.newBuilder(URI.create(url() + "/login")).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
            var token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(form);
            if (!token.find()) throw new AssertionError("no token in " + form);
            var fields =
                    Map.of("username", username, "password", password, "_csrf", token.group(1))
                            .entrySet()
                            .stream()
                            .map(field ->
                                    field.getKey()
                                            + "="
                                            + URLEncoder.encode(
                                                    field.getValue(), StandardCharsets.UTF_8))
                            .collect(Collectors.joining("&"));
            var answer =
                    client.send(
                            HttpRequest.newBuilder(URI.create(url() + "/login"))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofString(fields))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            var location = answer.headers().firstValue("Location").orElse("");
            return answer.statusCode() / 100 == 3 && !location.contains("/login");
        }
    }

    /** After a kill: the files of its words go, its database stays for who takes it over. */
    public void forget() throws IOException {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }

    @Override
    public void close() throws InterruptedException, IOException {
        if (process.isAlive()) {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly();
        }
        if (ready) killDatabase(); // else the home may be another's
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }
}
