package shuqiao.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * From the command to the ready line, as an operator starts the platform: homes of three sizes that
 * have been started before, taking turns with a JVM and a fresh database that do nothing.
 */
final class StartBench implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofMinutes(5);
    private static final Pattern READY = Pattern.compile("Shuqiao is ready at ");

    /** A home of this size. */
    private record Size(String name, List<String> options, Path home, Outcome.Subject times) {}

    private final Path launcher;
    private final Path folder;
    private final List<String> remarks = new ArrayList<>();

    StartBench(Path launcher) throws IOException {
        this.launcher = launcher;
        this.folder = Files.createTempDirectory("shuqiao-bench-start");
        // the database runs as somebody else when we are root
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    Outcome run(int repetitions) throws Exception {
        var sizes = new ArrayList<Size>();
        var baseline = new Outcome.Subject("jvm-and-initdb");
        for (var name : List.of("empty", "small", "whole")) {
            var options = name.equals("empty") ? List.of("--empty") : List.of("--city", name);
            var size =
                    new Size(
                            name,
                            options,
                            folder.resolve(name),
                            new Outcome.Subject("shuqiao-" + name));
            System.err.printf("first start, %s%n", name);
            remarks.add("first start, %s: %.1f s".formatted(name, start(size).seconds()));
            sizes.add(size);
        }
        for (var round = 0; round < repetitions; round++) {
            System.err.printf("round %d of %d%n", round + 1, repetitions);
            for (var size : sizes) {
                var took = start(size);
                size.times().seconds().add(took.seconds());
                size.times().cpuSeconds().add(took.cpu());
                if (round == repetitions - 1)
                    remarks.add(
                            "%s: %d MB resident, %.2f s to stop"
                                    .formatted(size.name(), took.megabytes(), took.stop()));
            }
            nothing(baseline);
        }
        var subjects = new ArrayList<>(sizes.stream().map(Size::times).toList());
        subjects.add(baseline);
        return new Outcome(
                "start", 1, subjects, List.of(List.of("shuqiao-whole", "jvm-and-initdb")), remarks);
    }

    /**
     * One start and its stop.
     *
     * @param seconds from the command to the ready line
     * @param cpu of the JVM up to then, in seconds
     * @param megabytes resident, the JVM alone
     * @param stop from SIGTERM to the end, in seconds
     */
    private record Took(double seconds, double cpu, long megabytes, double stop) {}

    private Took start(Size size) throws Exception {
        var command = new ArrayList<>(List.of(launcher.toString(), "start", "--port", "0"));
        command.addAll(List.of("--home", size.home().toString()));
        command.addAll(size.options());
        var out = Files.createTempFile(folder, "out", ".txt");
        var builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SHUQIAO_"));
        var begun = System.nanoTime();
        var process = builder.start();
        try {
            while (!READY.matcher(Files.readString(out)).find()) {
                if (!process.isAlive() || System.nanoTime() - begun > START_MAX.toNanos())
                    throw new IllegalStateException(Files.readString(folder.resolve("err.txt")));
                TimeUnit.MILLISECONDS.sleep(5);
            }
            var seconds = since(begun);
            var cpu = Cpu.of(process.pid());
            var megabytes = Cpu.resident(process.pid());
            var stopping = System.nanoTime();
            process.destroy();
            process.waitFor();
            return new Took(seconds, cpu, megabytes, since(stopping));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void nothing(Outcome.Subject baseline) throws Exception {
        var begun = System.nanoTime();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        new ProcessBuilder(java, "-version").redirectErrorStream(true).start().waitFor();
        var database = ScratchPostgres.start(true);
        baseline.seconds().add(since(begun));
        baseline.cpuSeconds().add(0.0);
        database.stop();
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(file);
        }
    }
}
