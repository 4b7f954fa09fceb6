package shuqiao.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import shuqiao.engine.Endpoint;
import shuqiao.engine.embedded.ScratchPostgres;

/** Where the databases of a bench are: on a server of its own, or on one that runs here already. */
interface BenchServer {

    ScratchPostgres.Database newDatabase();

    void checkpoint();

    /** Of the postmaster. */
    long pid();

    /** For files of the bench. */
    Path folder();

    void stop();

    /**
     * @param url address, user and password of a superuser; a server of its own where it is absent
     */
    static BenchServer of(Optional<String> url) throws IOException {
        return url.isPresent() ? new Foreign(url.get()) : new Own(ScratchPostgres.start(true));
    }

    /** The one that the platform brings along. */
    record Own(ScratchPostgres server) implements BenchServer {

        @Override
        public ScratchPostgres.Database newDatabase() {
            return server.newDatabase();
        }

        @Override
        public void checkpoint() {
            server.asSuperuser("postgres", "checkpoint");
        }

        @Override
        public long pid() {
            return server.server().pid();
        }

        @Override
        public Path folder() {
            return server.folder();
        }

        @Override
        public void stop() {
            server.stop();
        }
    }

    /**
     * One of another release on this machine; its databases and roles stay until it is asked anew.
     */
    final class Foreign implements BenchServer {

        private static final AtomicInteger NEXT = new AtomicInteger();

        private final String url;
        private final Endpoint address;
        private final Path folder;

        Foreign(String url) throws IOException {
            this.url = url;
            this.address = Endpoint.of(url.replaceFirst("\\?.*", ""), "bench", "bench");
            this.folder = Files.createTempDirectory("shuqiao-bench-");
        }

        private void run(String... statements) {
            try (var connection = DriverManager.getConnection(url);
                    var statement = connection.createStatement()) {
                for (var sql : statements) statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }

        @Override
        public ScratchPostgres.Database newDatabase() {
            var name = "shuqiao_bench_" + NEXT.incrementAndGet();
            run(
                    "drop database if exists " + name,
                    "drop role if exists " + name,
                    "create role %s login password '%s'".formatted(name, name),
                    "create database %s owner %s".formatted(name, name));
            var host = address.address().host();
            var port = address.address().port();
            return new ScratchPostgres.Database(
                    "jdbc:postgresql://%s:%d/%s".formatted(host, port, name),
                    host,
                    port,
                    name,
                    name,
                    name);
        }

        @Override
        public void checkpoint() {
            run("checkpoint");
        }

        @Override
        public long pid() {
            try (var connection = DriverManager.getConnection(url);
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("select pg_backend_pid()")) {
                row.next();
                return ProcessHandle.of(row.getLong(1))
                        .flatMap(ProcessHandle::parent)
                        .map(ProcessHandle::pid)
                        .orElseThrow(() -> new IllegalStateException("not on this machine"));
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public void stop() {
            try {
                Files.deleteIfExists(folder.resolve("passwords"));
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
