package shuqiao.engine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import shuqiao.engine.embedded.ScratchPostgres;

/** Two fresh databases and the short way to copy between them. */
final class Fixture {

    static final byte[] KEY_BYTES =
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    static final HashKey KEY = new HashKey(KEY_BYTES);

    final ScratchPostgres.Database source = ScratchPostgres.shared().newDatabase();
    final ScratchPostgres.Database target = ScratchPostgres.shared().newDatabase();

    Endpoint from() {
        return Endpoint.of(source.jdbcUrl(), source.user(), source.password());
    }

    Endpoint to() {
        return Endpoint.of(target.jdbcUrl(), target.user(), target.password());
    }

    Table table(String name) {
        return new Database(from()).table("public", name);
    }

    Scope scope(String table, List<String> fields, String filter, Map<String, Mask> masks) {
        var live = table(table);
        return Scope.of(
                live,
                fields,
                new FilterReader(live).read(filter),
                masks,
                "核验",
                LocalDate.of(2026, 1, 1),
                Optional.empty());
    }

    Scope all(String table) {
        return scope(table, List.of(), "[]", Map.of());
    }

    CopyRequest request(Scope scope, String table, String run, int attempt) {
        return new CopyRequest(from(), to(), scope, KEY, "public", table, run, attempt, true);
    }

    /** A file of a scope, without a guard. */
    FileRequest file(
            FileFormat format, Scope scope, Path file, String title, Map<String, String> names) {
        return new FileRequest(
                from(),
                scope,
                KEY,
                format,
                file,
                title,
                names,
                Optional.empty(),
                false,
                1L << 30,
                "f1",
                1,
                true);
    }

    FileRequest file(FileFormat format, Scope scope, Path file) {
        return file(format, scope, file, "表", Map.of());
    }

    /** Enough for two readers of a source on this machine. */
    static final int PROCESSORS = 8;

    CopyResult copy(Scope scope, String table) {
        return copy(request(scope, table, "r1", 1));
    }

    static CopyResult copy(CopyRequest request) {
        return new CopyRun(request, Fence.open(), CopyListener.silent(), InstantSource.system())
                .onProcessors(PROCESSORS)
                .run();
    }

    /** Makes a table big enough to be caught in the middle. */
    void numbers(String table, int rows) {
        source.run(
                "create table %s (id int primary key, word text)".formatted(table),
                "insert into %s select g, repeat('数', 20) || g from generate_series(1, %d) g"
                        .formatted(table, rows));
    }

    /**
     * Lets the source be asked through itself, as through the server of another.
     *
     * @param server its name there
     */
    void foreignServer(String server) {
        var quoted = PostgresDialect.quoted(server);
        ScratchPostgres.shared()
                .asSuperuser(
                        source.name(),
                        "create extension postgres_fdw",
                        "grant usage on foreign data wrapper postgres_fdw to " + source.user());
        source.run(
                "create server %s foreign data wrapper postgres_fdw options (host '127.0.0.1', port '%d', dbname '%s')"
                        .formatted(quoted, source.port(), source.name()),
                "create user mapping for current_user server %s options (user '%s', password '%s')"
                        .formatted(quoted, source.user(), source.password()));
    }

    String staging() {
        return target.one("select count(*) from pg_class where relname like 'shuqiao%'");
    }

    static void until(java.util.function.BooleanSupplier condition) {
        var deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline)
                throw new AssertionError("it did not happen within 30 s");
            Thread.onSpinWait();
        }
    }
}
