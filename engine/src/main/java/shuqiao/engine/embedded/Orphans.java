package shuqiao.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL processes of one data directory that an earlier life left behind. Called under the
 * home's lock.
 */
record Orphans(Path dataDirectory) {

    /**
     * The postmaster that still serves this directory. A number reused by another program is not
     * taken for it.
     */
    Optional<ProcessHandle> postmaster() {
        var file = dataDirectory.resolve("postmaster.pid");
        try {
            var lines = Files.readAllLines(file);
            if (lines.isEmpty()) return Optional.empty();
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(this::isOurs);
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /**
     * Every process that works in this directory; needs {@code /proc}, elsewhere only the
     * postmaster is seen.
     */
    List<ProcessHandle> all() {
        var found = new ArrayList<ProcessHandle>();
        if (Files.isDirectory(Path.of("/proc/self")))
            ProcessHandle.allProcesses().filter(this::isOurs).forEach(found::add);
        else postmaster().ifPresent(found::add);
        return found;
    }

    /**
     * Ends backends whose postmaster is dead, so that they do not hold the shared memory of the
     * directory. Most end by themselves at once; a busy one is killed after the given time, which
     * costs nothing, since recovery runs anyway.
     */
    void end(Duration patience) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!all().isEmpty() && System.nanoTime() < deadline) TimeUnit.MILLISECONDS.sleep(10);
        for (var process : all()) process.destroyForcibly();
        var last = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!all().isEmpty() && System.nanoTime() < last) TimeUnit.MILLISECONDS.sleep(10);
    }

    /**
     * Removes a pid file whose number now belongs to somebody else, after a restart of the machine
     * or in a copied home, or to a killed postmaster that its new parent has not buried yet:
     * PostgreSQL would take that process for its own and refuse. A number that belongs to nobody is
     * left to PostgreSQL, which then looks at the shared memory too.
     */
    void forgetForeignPostmaster() throws IOException {
        var file = dataDirectory.resolve("postmaster.pid");
        try (var lines = Files.lines(file)) {
            var number = lines.findFirst().map(String::strip).orElse("");
            var alive =
                    number.matches("[0-9]{1,18}")
                            && (ProcessHandle.of(Long.parseLong(number)).isPresent()
                                    || Files.exists(Path.of("/proc", number)));
            if (!alive || postmaster().isPresent() || !all().isEmpty()) return;
        } catch (NoSuchFileException _) {
            return;
        }
        Files.delete(file);
    }

    private boolean isOurs(ProcessHandle process) {
        if (process.pid() == ProcessHandle.current().pid() || !process.isAlive()) return false;
        var folder = Path.of("/proc", String.valueOf(process.pid()));
        try {
            if (!Files.isDirectory(folder))
                return process.info().command().filter(c -> c.endsWith("postgres")).isPresent();
            if (!Files.isSameFile(Files.readSymbolicLink(folder.resolve("cwd")), dataDirectory))
                return false;
            var command = Files.readString(folder.resolve("cmdline")).replace('\0', ' ');
            return command.contains("postgres");
        } catch (IOException | RuntimeException _) {
            return false; // it ended while we looked, or it is somebody else's
        }
    }
}
