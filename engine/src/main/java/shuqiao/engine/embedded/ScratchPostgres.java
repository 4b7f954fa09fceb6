package shuqiao.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away server for tests: one per JVM, fast and not durable, gone with the JVM however that
 * ends. Every caller takes a database of its own.
 */
public final class ScratchPostgres {

    private static final AtomicInteger NEXT = new AtomicInteger();

    @SuppressWarnings("NonFinalStaticField")
    private static @Nullable ScratchPostgres shared;

    private final EmbeddedPostgres server;
    private final Path folder;
    private @Nullable Process guard;

    private ScratchPostgres(EmbeddedPostgres server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /**
     * A database with a role of its own that owns it and is no superuser.
     *
     * @param jdbcUrl address without user and password
     */
    public record Database(
            String jdbcUrl, String host, int port, String name, String user, String password) {

        public Connection connect() {
            return ScratchPostgres.connect(jdbcUrl, user, password);
        }

        /** Runs statements as the owner. */
        public void run(String... statements) {
            try (var connection = connect();
                    var statement = connection.createStatement()) {
                for (var sql : statements) statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }

        /** The first column of the first row as text; empty text for null. */
        public String one(String query) {
            try (var connection = connect();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(query)) {
                if (!rows.next()) throw new IllegalStateException("no row: " + query);
                var text = rows.getString(1);
                return text == null ? "" : text;
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    /** The server of this JVM, started at the first call. */
    public static synchronized ScratchPostgres shared() {
        var running = shared;
        if (running == null) {
            running = start(false);
            shared = running;
        }
        return running;
    }

    /**
     * A server of its own, for who needs fsync or wants to kill it. It ends with the JVM at the
     * latest.
     */
    public static ScratchPostgres start(boolean durable) {
        try {
            var folder = Files.createTempDirectory("shuqiao-scratch-");
            Files.setPosixFilePermissions(
                    folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
            for (var name : new String[] {"keys", "logs", "postgres"})
                Files.createDirectory(folder.resolve(name));
            var options =
                    new PostgresOptions(
                            OptionalInt.empty(), durable, Map.of("max_wal_size", "8GB"));
            var server =
                    EmbeddedPostgres.start(
                            binariesFolder(),
                            folder.resolve("postgres"),
                            folder.resolve("keys"),
                            folder.resolve("logs"),
                            options);
            var scratch = new ScratchPostgres(server, folder);
            scratch.guard();
            return scratch;
        } catch (IOException e) {
            throw new NotStarted("A scratch server needs a temporary folder: " + e.getMessage(), e);
        }
    }

    /** A fresh database. Names are unique in the server. */
    public Database newDatabase() {
        var name = "scratch_" + NEXT.incrementAndGet();
        var password = "p-" + name;
        asSuperuser(
                "postgres",
                "create role %s login password '%s'".formatted(name, password),
                "create database %s owner %s".formatted(name, name));
        return new Database(server.jdbcUrl(name), "127.0.0.1", server.port(), name, name, password);
    }

    /**
     * A copy of a database that nobody is connected to now, for the same user: quicker than to fill
     * another one.
     */
    public Database copy(Database template) {
        var name = "scratch_" + NEXT.incrementAndGet();
        asSuperuser(
                "postgres",
                "create database %s template %s owner %s"
                        .formatted(name, template.name(), template.user()));
        return new Database(
                server.jdbcUrl(name),
                "127.0.0.1",
                server.port(),
                name,
                template.user(),
                template.password());
    }

    /** Runs statements as superuser in one of the server's databases. */
    public void asSuperuser(String database, String... statements) {
        try (var connection = superuser(database);
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    public Connection superuser(String database) {
        return connect(server.jdbcUrl(database), server.user(), server.password());
    }

    public EmbeddedPostgres server() {
        return server;
    }

    /** Where its files are. */
    public Path folder() {
        return folder;
    }

    /** Ends the server and removes its files. */
    public synchronized void stop() {
        server.stopAtOnce();
        try {
            Folders.remove(folder);
            var watching = guard;
            guard = null;
            if (watching == null) return;
            try (var words = watching.outputWriter()) {
                words.write("done\n");
            }
        } catch (IOException _) {
            // the guard removes what is left when this JVM ends
        }
    }

    /**
     * A shell that waits for the end of our output: it comes with the end of the JVM, also by kill
     * -9.
     */
    private void guard() throws IOException {
        var script =
                "read _ && exit; kill -QUIT $1; sleep 1; kill -KILL $1; sleep 0.1; rm -rf \"$2\"";
        var words =
                new String[] {
                    "sh", "-c", script, "guard", String.valueOf(server.pid()), folder.toString()
                };
        var builder = new ProcessBuilder(words);
        if (Unprivileged.onPath("setsid")) builder.command().addFirst("setsid");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "scratch-postgres-stop"));
    }

    static Path binariesFolder() throws IOException {
        var user = System.getProperty("user.name");
        var shared = Path.of(System.getProperty("java.io.tmpdir"), "shuqiao-" + user);
        if (!Unprivileged.choose().owner().equals(user)) {
            // nobody cannot look into root's own folder
            return Files.createDirectories(shared);
        }
        try {
            return Files.createDirectories(
                    Path.of(System.getProperty("user.home"), ".cache", "shuqiao"));
        } catch (IOException _) {
            return Files.createDirectories(shared);
        }
    }

    private static Connection connect(String url, String user, String password) {
        try {
            return DriverManager.getConnection(url, user, password);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
