package shuqiao.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A platform of one's own with the demo city, in a home that is removed afterwards. */
final class RunningPlatform implements AutoCloseable {

    private static final Pattern READY =
            Pattern.compile("Shuqiao is ready at (http://localhost:\\d+)");
    private static final long START_SECONDS_MAX = 300;
    private static final String DATABASE = "shuqiao";

    private final Process process;
    private final Path home;
    private final String url;
    private final JsonNode demo;

    private RunningPlatform(Process process, Path home, String url, JsonNode demo) {
        this.process = process;
        this.home = home;
        this.url = url;
        this.demo = demo;
    }

    /** As the launcher starts it; more options may follow. */
    static RunningPlatform start(Path jar, String... more) throws Exception {
        return start("-XX:MaxRAMPercentage=25", jar, more);
    }

    /** With a heap of its own. */
    static RunningPlatform start(String heap, Path jar, String... more) throws Exception {
        if (Files.notExists(jar)) throw new IllegalStateException("no platform at " + jar);
        var home = Files.createTempDirectory("shuqiao-bench");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        heap,
                        "-Dspring.aot.enabled=true",
                        "-jar",
                        jar.toString(),
                        "start",
                        "--port",
                        "0",
                        "--home",
                        home.toString()));
        command.addAll(List.of(more));
        var out = home.resolve("bench.out");
        var builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(home.resolve("bench.err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SHUQIAO_"));
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
        var ready = READY.matcher("");
        while (!(ready = READY.matcher(Files.readString(out))).find()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroy();
                throw new IllegalStateException(Files.readString(home.resolve("bench.err")));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        var demo = JsonMapper.shared().readTree(Files.readString(home.resolve("demo.json")));
        return new RunningPlatform(process, home, ready.group(1), demo);
    }

    String url() {
        return url;
    }

    /** The platform's own database; its server is the one of the departments' databases. */
    Connection database() throws IOException, SQLException {
        var sibling = demo.path("databases").path(0).path("jdbcUrl").asString();
        var address = sibling.substring(0, sibling.lastIndexOf('/') + 1) + DATABASE;
        var password = Files.readString(home.resolve("keys/database-" + DATABASE)).strip();
        return DriverManager.getConnection(address, DATABASE, password);
    }

    long pid() {
        return process.pid();
    }

    /** The server of all its databases and of the departments'. */
    long postmaster() throws IOException {
        var lines = Files.readAllLines(home.resolve("postgres/data/postmaster.pid"));
        return Long.parseLong(lines.getFirst().strip());
    }

    /** Users, programs and databases of the demo city. */
    JsonNode demo() {
        return demo;
    }

    Path home() {
        return home;
    }

    /** A user of the demo city with this role, of this organization or of any when it is empty. */
    JsonNode user(String role, String organization) {
        for (var user : demo.path("users")) {
            if (!organization.isEmpty()
                    && !user.path("organization").asString("").equals(organization)) continue;
            for (var one : user.path("roles")) if (one.asString().equals(role)) return user;
        }
        throw new IllegalStateException("nobody is " + role + " of " + organization);
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) process.destroyForcibly();
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(file);
        }
    }
}
