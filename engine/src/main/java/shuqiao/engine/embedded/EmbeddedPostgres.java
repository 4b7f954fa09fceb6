package shuqiao.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL server of a home: one per home, durable, on loopback only, with passwords.
 *
 * <p>It runs in a session of its own, so it outlives a killed JVM; the next start ends it in order
 * and starts it again.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration RECOVERY_MAX = Duration.ofMinutes(10);
    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final Duration ORPHANS_PATIENCE = Duration.ofSeconds(2);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);
    private static final Duration RESTART_PAUSE_MAX = Duration.ofSeconds(30);
    private static final long LOG_BYTES_MAX = 16L << 20;

    private final Binaries binaries;
    private final Unprivileged unprivileged;
    private final Cluster cluster;
    private final Path log;
    private final Port port;
    private volatile ProcessHandle process;
    private volatile boolean stopping;

    private EmbeddedPostgres(
            Binaries binaries,
            Unprivileged unprivileged,
            Cluster cluster,
            Path log,
            ProcessHandle process,
            Port port) {
        this.binaries = binaries;
        this.unprivileged = unprivileged;
        this.cluster = cluster;
        this.log = log;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the server of a home, making the database at the first start and recovering after any
     * kind of death.
     *
     * @throws HomeFailure one of its kinds, saying what to do
     */
    public static EmbeddedPostgres start(Home home, PostgresOptions options) {
        return start(home.postgres(), home.postgres(), home.keys(), home.logs(), options);
    }

    static EmbeddedPostgres start(
            Path binariesParent, Path parent, Path keys, Path logs, PostgresOptions options) {
        try {
            var unprivileged = Unprivileged.choose();
            var binaries = Binaries.unpackedIn(binariesParent);
            var cluster = Cluster.in(parent, keys, binaries, unprivileged);
            takeOver(binaries, unprivileged, cluster.data());
            var log = logs.resolve("postgres.log");
            rotate(log);
            var portFile = parent.resolve("port");
            var port = Port.of(portFile, options.preferredPort());
            for (var attempt = 1; ; attempt++) {
                cluster.configure(options, port.number());
                unprivileged.own(cluster.data());
                var process = launch(binaries, unprivileged, cluster.data(), log);
                if (Readiness.await(process, port.number(), RECOVERY_MAX))
                    return new EmbeddedPostgres(
                            binaries, unprivileged, cluster, log, process, port);
                if (attempt == 3 || process.isAlive() || Port.free(port.number())) {
                    process.destroyForcibly();
                    throw new NotStarted(
                            "PostgreSQL did not start. End of %s:\n%s".formatted(log, tail(log)));
                }
                port = Port.another(portFile); // somebody took it between our look and the server's
            }
        } catch (IOException e) {
            throw new HomeNotWritable(parent, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotStarted("Interrupted while PostgreSQL was starting.", e);
        }
    }

    /**
     * From now on a server that dies by itself is started again on the same port, so that who uses
     * it goes on where the last commit was. Ends with {@link #stop}.
     */
    public void keepAlive() {
        Thread.ofPlatform().name("postgres-guard").daemon().start(this::guard);
    }

    private void guard() {
        var pause = RESTART_PAUSE;
        try {
            while (!stopping) {
                var watched = process;
                watched.onExit().join();
                if (stopping) return;
                var died = System.nanoTime();
                LOG.warn(
                        "PostgreSQL, process {}, died; starting it again on port {}",
                        watched.pid(),
                        port());
                if (restart()) {
                    var took = Duration.ofNanos(System.nanoTime() - died);
                    LOG.info(
                            "PostgreSQL is back as process {} after {} ms", pid(), took.toMillis());
                    pause = RESTART_PAUSE;
                } else if (!stopping) {
                    LOG.error(
                            "PostgreSQL did not start again, next try in {} s. End of {}:\n{}",
                            pause.toSeconds(),
                            log,
                            tail(log));
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                    pause = pause.multipliedBy(2);
                    if (pause.compareTo(RESTART_PAUSE_MAX) > 0) pause = RESTART_PAUSE_MAX;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean restart() throws InterruptedException {
        try {
            takeOver(binaries, unprivileged, cluster.data());
            ProcessHandle fresh;
            synchronized (this) {
                if (stopping) return false;
                fresh = launch(binaries, unprivileged, cluster.data(), log);
                process = fresh;
            }
            return Readiness.await(fresh, port(), RECOVERY_MAX);
        } catch (IOException e) {
            LOG.error("PostgreSQL cannot be started again", e);
            return false;
        }
    }

    /** Port on 127.0.0.1. */
    public int port() {
        return port.number();
    }

    /**
     * True when the port kept in the home was taken by somebody else, so that this start uses a new
     * one.
     */
    public boolean portChanged() {
        return port.changed();
    }

    /** Name of the superuser. */
    public String user() {
        return Cluster.SUPERUSER;
    }

    /** Password of the superuser. */
    public String password() {
        return cluster.password();
    }

    /** Address of a database of this server, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), database);
    }

    /** Process number of the postmaster. */
    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /**
     * Ends the server in order: open transactions are rolled back, everything committed is on disk.
     * Bounded to about a minute, after which it is ended by force (and recovers at the next start).
     * Ending it twice is fine.
     */
    public void stop() {
        stop("fast");
    }

    /** Ends the server at once, without a checkpoint: for scratch data. */
    void stopAtOnce() {
        stop("immediate");
    }

    @Override
    public void close() {
        stop();
    }

    private synchronized void stop(String mode) {
        stopping = true;
        try {
            if (process.isAlive()) end(binaries, unprivileged, cluster.data(), process, mode);
        } catch (IOException e) {
            LOG.warn("PostgreSQL could not be stopped by pg_ctl, ending it", e);
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private static void takeOver(Binaries binaries, Unprivileged unprivileged, Path data)
            throws IOException, InterruptedException {
        var orphans = new Orphans(data);
        var old = orphans.postmaster();
        if (old.isPresent()) {
            LOG.info("Taking over from an orphaned PostgreSQL, process {}", old.get().pid());
            end(binaries, unprivileged, data, old.get(), "fast");
        }
        orphans.end(ORPHANS_PATIENCE);
        orphans.forgetForeignPostmaster();
    }

    private static ProcessHandle launch(
            Binaries binaries, Unprivileged unprivileged, Path data, Path log) throws IOException {
        var builder =
                new ProcessBuilder(
                                unprivileged.detached(
                                        binaries.program("postgres"), "-D", data.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        var process = builder.start();
        process.getOutputStream().close();
        return process.toHandle();
    }

    private static void end(
            Binaries binaries,
            Unprivileged unprivileged,
            Path data,
            ProcessHandle process,
            String mode)
            throws IOException, InterruptedException {
        for (var how = mode; process.isAlive(); how = "immediate") {
            var control =
                    new ProcessBuilder(
                                    unprivileged.command(
                                            binaries.program("pg_ctl"),
                                            "stop",
                                            "-D",
                                            data.toString(),
                                            "-m",
                                            how,
                                            "-W",
                                            "-s"))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!control.waitFor(10, TimeUnit.SECONDS)) control.destroyForcibly();
            var deadline = System.nanoTime() + STOP_MAX.toNanos();
            while (process.isAlive() && System.nanoTime() < deadline)
                TimeUnit.MILLISECONDS.sleep(5);
            if (how.equals("immediate")) break;
        }
        if (process.isAlive()) process.destroyForcibly();
    }

    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX)
            Files.move(
                    log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String tail(Path log) {
        if (Files.notExists(log)) return "";
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
