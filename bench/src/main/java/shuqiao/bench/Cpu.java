package shuqiao.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What processes have used so far; of a server of PostgreSQL on Linux alone. */
final class Cpu {

    private static final double TICKS_PER_SECOND = 100;

    private Cpu() {}

    /** Seconds of one process. */
    static double of(long pid) {
        return ProcessHandle.of(pid)
                        .flatMap(it -> it.info().totalCpuDuration())
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    /** Seconds of a postmaster with all its sessions, those that have ended included. */
    static double ofServer(long postmaster) {
        var sum = ticks(postmaster, 4);
        for (var child :
                ProcessHandle.of(postmaster).stream().flatMap(it -> it.children()).toList())
            sum += ticks(child.pid(), 2);
        return sum / TICKS_PER_SECOND;
    }

    /**
     * From {@code /proc/PID/stat}: user and system, then those of children that have ended.
     *
     * @param fields 2 or 4
     */
    private static double ticks(long pid, int fields) {
        try {
            var line = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            var words = line.substring(line.lastIndexOf(')') + 2).split(" ");
            var sum = 0.0;
            for (var i = 0; i < fields; i++) sum += Long.parseLong(words[11 + i]);
            return sum;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Megabytes that a process holds in memory now. */
    static long resident(long pid) {
        return status(pid, "VmRSS:");
    }

    /** The most that it ever held. */
    static long residentMost(long pid) {
        return status(pid, "VmHWM:");
    }

    private static long status(long pid, String name) {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(0L);
        } catch (IOException elsewhere) {
            return 0;
        }
    }
}
