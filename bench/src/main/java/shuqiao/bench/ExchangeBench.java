package shuqiao.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import shuqiao.bench.Outcome.Subject;
import shuqiao.engine.CopyListener;
import shuqiao.engine.CopyListener.Phase;
import shuqiao.engine.CopyRequest;
import shuqiao.engine.CopyRun;
import shuqiao.engine.Database;
import shuqiao.engine.Endpoint;
import shuqiao.engine.Fence;
import shuqiao.engine.FilterReader;
import shuqiao.engine.HashKey;
import shuqiao.engine.Mask;
import shuqiao.engine.Reading;
import shuqiao.engine.Scope;
import shuqiao.engine.embedded.ScratchPostgres;

/** P1: one table from one database to another, durable, on one server. */
final class ExchangeBench implements AutoCloseable {

    private static final Map<String, Mask> MASKS =
            Map.of("id_card", Mask.ID_CARD, "phone", Mask.PHONE, "name", Mask.NAME);
    private static final HashKey KEY =
            new HashKey("not used by these masks".getBytes(StandardCharsets.US_ASCII));
    private static final long BATCH = 500_000;

    /** What a department's administrator would write for the same three masks. */
    private static final String BY_HAND =
            """
            select id, overlay(id_card placing '********' from 7 for 8), left(name, 1) || repeat('*', length(name) - 1), gender, birth_date, address,
              overlay(phone placing '****' from 4 for 4), dept_code, update_time, amount from person
            """;

    /** Something stands on the table: so what it holds is compared before the commit. */
    private static final List<String> HEARS =
            List.of(
                    "create or replace function hears() returns trigger language plpgsql as 'begin return null; end'",
                    "create trigger hears after delete on delivered for each statement execute function hears()");

    private final long rows;
    private final BenchServer postgres;
    private final ScratchPostgres.Database source;
    private final ScratchPostgres.Database target;
    private final Map<String, List<Double>> server = new HashMap<>();
    private final Map<String, Map<Phase, List<Double>>> parts = new HashMap<>();
    private final String columns;
    private final Map<String, List<Double>> measuring = new HashMap<>();
    private OptionalLong committed = OptionalLong.empty();
    private int runs;
    private String running = "";

    ExchangeBench(long rows, BenchServer postgres) {
        this.rows = rows;
        this.postgres = postgres;
        this.source = postgres.newDatabase();
        this.target = postgres.newDatabase();
        System.err.printf("making %,d rows%n", rows);
        source.run(Person.TABLE);
        for (var from = 1L; from <= rows; from += BATCH)
            source.run(Person.rows(from, Math.min(rows, from + BATCH - 1)));
        source.run(
                "alter table person add primary key (id)",
                "vacuum (analyze, freeze) person",
                "create view person_bare as select * from person");
        columns = Person.TABLE.replace("create table person ", "");
    }

    private interface Work {
        /** Runs once; returns the CPU seconds of helpers outside this JVM. */
        double run() throws Exception;
    }

    /**
     * @param before what is there before the time runs
     */
    private record Entry(Subject subject, Work before, Work work) {

        Entry(Subject subject, Work work) {
            this(subject, () -> 0, work);
        }
    }

    /**
     * @param only names of the subjects that take part; all where it is empty
     */
    Outcome run(int repetitions, Set<String> only) throws Exception {
        var masked = scope("person", List.of(), MASKS, "[]");
        var six = scope("person_bare", Person.SIX, Map.of(), "[]"); // without key, as the pipe
        var bare = scope("person_bare", List.of(), Map.of(), "[]");
        var all =
                List.of(
                        new Entry(new Subject("shuqiao"), () -> ours(masked)),
                        new Entry(
                                new Subject("shuqiao-one-reader"),
                                () -> ours(masked, new Parts(false))),
                        new Entry(
                                new Subject("copy-pipe"),
                                () -> pipe(new Database(from()).select(masked), true)),
                        new Entry(new Subject("copy-pipe-by-hand"), () -> pipe(BY_HAND, true)),
                        new Entry(
                                new Subject("shuqiao-replaced"),
                                () -> ours(masked),
                                () -> ours(masked)),
                        new Entry(
                                new Subject("copy-pipe-by-hand-replaced"),
                                () -> ours(masked),
                                this::pipeThatReplaces),
                        new Entry(new Subject("shuqiao-6of10"), () -> ours(six)),
                        new Entry(
                                new Subject("copy-pipe-bare"),
                                () -> pipe("select * from person", false)),
                        new Entry(new Subject("copy-pipe-6of10"), this::pipeOfSix),
                        new Entry(new Subject("shuqiao-bare"), () -> ours(bare)),
                        new Entry(
                                new Subject("shuqiao-refilled"), () -> refilled(masked, List.of())),
                        new Entry(
                                new Subject("shuqiao-refilled-compared"),
                                () -> refilled(masked, HEARS)),
                        new Entry(
                                new Subject("jdbc-batch"),
                                () -> batches(new Database(from()).select(masked))));
        var entries =
                all.stream()
                        .filter(it -> only.isEmpty() || only.contains(it.subject().name()))
                        .toList();
        var few =
                scope(
                        "person",
                        List.of(),
                        MASKS,
                        "[{\"field\":\"id\",\"op\":\"le\",\"value\":50000}]");
        for (var i = 0; i < 3; i++) timed(new Entry(new Subject("warm-up"), () -> ours(few)));
        for (var repetition = 1; repetition <= repetitions; repetition++) {
            System.err.printf("repetition %d of %d%n", repetition, repetitions);
            // turned, so that nobody always comes after the same one
            for (var i = 0; i < entries.size(); i++)
                timed(entries.get((i + repetition) % entries.size()));
        }
        return new Outcome(
                "exchange",
                rows,
                entries.stream().map(Entry::subject).toList(),
                Stream.of(
                                List.of("shuqiao", "copy-pipe"),
                                List.of("shuqiao", "copy-pipe-by-hand"),
                                List.of("shuqiao-replaced", "copy-pipe-by-hand-replaced"),
                                List.of("shuqiao", "shuqiao-one-reader"),
                                List.of("shuqiao", "copy-pipe-bare"),
                                List.of("shuqiao-bare", "copy-pipe-bare"),
                                List.of("shuqiao-6of10", "copy-pipe-bare"),
                                List.of("shuqiao-6of10", "copy-pipe-6of10"),
                                List.of("copy-pipe-6of10", "copy-pipe-bare"),
                                List.of("shuqiao", "jdbc-batch"),
                                List.of("shuqiao-refilled-compared", "shuqiao-refilled"))
                        .filter(pair -> only.isEmpty() || only.containsAll(pair))
                        .toList(),
                Stream.concat(
                                Stream.concat(
                                        whereTimeGoes(entries).stream(), Stream.of(counted())),
                                only.isEmpty() ? growth().stream() : Stream.of())
                        .toList());
    }

    /** Medians of what the server used, and of what each part of our copies took. */
    private List<String> whereTimeGoes(List<Entry> entries) {
        var remarks = new ArrayList<String>();
        for (var entry : entries) {
            var name = entry.subject().name();
            var line = new StringBuilder();
            parts.getOrDefault(name, new TreeMap<>())
                    .forEach((part, seconds) ->
                            line.append(
                                    ", %s %.2f s"
                                            .formatted(
                                                    part.name().toLowerCase(Locale.ROOT),
                                                    Outcome.median(seconds))));
            if (measuring.containsKey(name))
                line.append(
                        ", then measured and closed in %.2f s"
                                .formatted(Outcome.median(measuring.get(name))));
            remarks.add(
                    "%s: server %.1f s of CPU%s"
                            .formatted(
                                    name,
                                    Outcome.median(server.getOrDefault(name, List.of(0.0))),
                                    line));
        }
        return remarks;
    }

    /** A third and a tenth of the rows once each, so that a bend shows. */
    private List<String> growth() throws Exception {
        var remarks = new ArrayList<String>();
        for (var size : new long[] {rows / 10, rows / 3, rows}) {
            var subject = new Subject("size");
            var part =
                    scope(
                            "person",
                            List.of(),
                            MASKS,
                            "[{\"field\":\"id\",\"op\":\"le\",\"value\":%d}]".formatted(size));
            timed(new Entry(subject, () -> ours(part)));
            remarks.add(
                    "size %,d: %.2f s, %,d rows/s"
                            .formatted(
                                    size,
                                    subject.seconds().getFirst(),
                                    Math.round(size / subject.seconds().getFirst())));
        }
        return remarks;
    }

    /** What the count before each commit costs, of the table that was delivered last. */
    private String counted() {
        var seconds = new ArrayList<Double>();
        for (var i = 0; i < 3; i++) {
            var start = System.nanoTime();
            target.one("select count(*) from delivered");
            seconds.add((System.nanoTime() - start) / 1e9);
        }
        return "count before the commit: %.3f s".formatted(Outcome.median(seconds));
    }

    /**
     * Up to the moment when the new content stands for every reader. What the server needs later to
     * measure the table (ANALYZE) is told apart: after a pipe by hand it comes in its own time.
     */
    private void timed(Entry entry) throws Exception {
        target.run("drop table if exists delivered cascade");
        running = "before";
        entry.before().run();
        postgres.checkpoint();
        var used = Cpu.ofServer(postgres.pid());
        running = entry.subject().name();
        var cpu = cpu();
        committed = OptionalLong.empty();
        var start = System.nanoTime();
        var outside = entry.work().run();
        var end = System.nanoTime();
        entry.subject().seconds().add((committed.orElse(end) - start) / 1e9);
        committed.ifPresent(at ->
                measuring.computeIfAbsent(running, _ -> new ArrayList<>()).add((end - at) / 1e9));
        entry.subject().cpuSeconds().add(cpu() - cpu + outside);
        server.computeIfAbsent(running, _ -> new ArrayList<>())
                .add(Cpu.ofServer(postgres.pid()) - used);
    }

    /** When each part of a copy began. */
    private final class Parts implements CopyListener {
        private final boolean two;
        private Phase phase = Phase.CONNECTING;
        private long since = System.nanoTime();

        Parts(boolean two) {
            this.two = two;
        }

        @Override
        public boolean reading(Reading reading) {
            return two;
        }

        @Override
        public void phase(Phase next) {
            var now = System.nanoTime();
            parts.computeIfAbsent(running, _ -> new TreeMap<>())
                    .computeIfAbsent(phase, _ -> new ArrayList<>())
                    .add((now - since) / 1e9);
            phase = next;
            since = now;
            if (next == Phase.FINISHED) committed = OptionalLong.of(now);
        }
    }

    private double ours(Scope scope) {
        return ours(scope, new Parts(true));
    }

    private double ours(Scope scope, Parts parts) {
        var request =
                new CopyRequest(
                        from(),
                        to(),
                        scope,
                        KEY,
                        "public",
                        "delivered",
                        "bench" + ++runs,
                        1,
                        false);
        var result = new CopyRun(request, Fence.open(), parts, InstantSource.system()).run();
        if (result.rowsRead() != result.rowsWritten())
            throw new IllegalStateException(result.toString());
        return 0;
    }

    /** Into a table that stays, because a view hangs on it. */
    private double refilled(Scope scope, List<String> more) {
        target.run(
                "create table delivered " + columns,
                "alter table delivered add primary key (id)",
                "create view seen as select * from delivered");
        more.forEach(target::run);
        return ours(scope);
    }

    private double pipe(String select, boolean key) throws IOException, InterruptedException {
        target.run("create table delivered " + columns);
        var seconds =
                pipe(
                        """
                        psql -qX -d "$1" -c "copy ($3) to stdout (format binary)" | psql -qX -d "$2" -c "copy delivered from stdin (format binary)" || exit 1
                        times
                        """,
                        select);
        if (key) target.run("alter table delivered add primary key (id)");
        return seconds;
    }

    /** The same six columns as ours, frozen as ours: what the databases alone need for it. */
    private double pipeOfSix() throws IOException, InterruptedException {
        return pipe(
                """
                psql -qX -d "$1" -c "copy ($3) to stdout (format binary)" | psql -qX -d "$2" -c begin -c "create table delivered ($4)" -c "copy delivered from stdin (format binary, freeze)" -c commit || exit 1
                times
                """,
                "select %s from person".formatted(String.join(", ", Person.SIX)),
                Person.SIX_DEFINED);
    }

    /** Beside the old table, which gives its name away at the end: readers never wait for rows. */
    private double pipeThatReplaces() throws IOException, InterruptedException {
        target.run("create table fresh " + columns);
        var seconds =
                pipe(
                        """
                        psql -qX -d "$1" -c "copy ($3) to stdout (format binary)" | psql -qX -d "$2" -c "copy fresh from stdin (format binary)" || exit 1
                        times
                        """,
                        BY_HAND);
        target.run(
                "alter table fresh add primary key (id)",
                "begin; drop table delivered; alter table fresh rename to delivered; commit");
        return seconds;
    }

    private double pipe(String script, String... words) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of("sh", "-c", script, "sh", conninfo(source), conninfo(target)));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command);
        builder.environment().put("PGPASSFILE", passwords());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        var process = builder.start();
        var lines = process.inputReader().readAllLines();
        if (process.waitFor() != 0) throw new IOException("the pipe failed");
        return seconds(lines.getLast());
    }

    private double batches(String select) throws SQLException {
        target.run("create table delivered " + columns);
        try (var out = source.connect();
                var in =
                        DriverManager.getConnection(
                                target.jdbcUrl() + "?reWriteBatchedInserts=true",
                                target.user(),
                                target.password());
                var statement = out.createStatement();
                var insert =
                        in.prepareStatement(
                                "insert into delivered values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            out.setAutoCommit(false);
            in.setAutoCommit(false);
            statement.setFetchSize(10_000);
            var rows = statement.executeQuery(select);
            var waiting = 0;
            while (rows.next()) {
                for (var i = 1; i <= 10; i++) insert.setObject(i, rows.getObject(i));
                insert.addBatch();
                if (++waiting == 1_000) {
                    insert.executeBatch();
                    waiting = 0;
                }
            }
            insert.executeBatch();
            in.commit();
        }
        target.run("alter table delivered add primary key (id)");
        return 0;
    }

    private Scope scope(String table, List<String> fields, Map<String, Mask> masks, String filter) {
        var live = new Database(from()).table("public", table);
        return Scope.of(
                live,
                fields,
                new FilterReader(live).read(filter),
                masks,
                "bench",
                LocalDate.EPOCH,
                Optional.empty());
    }

    private Endpoint from() {
        return Endpoint.of(source.jdbcUrl(), source.user(), source.password());
    }

    private Endpoint to() {
        return Endpoint.of(target.jdbcUrl(), target.user(), target.password());
    }

    private static String conninfo(ScratchPostgres.Database database) {
        return "host=%s port=%d dbname=%s user=%s"
                .formatted(database.host(), database.port(), database.name(), database.user());
    }

    private String passwords() throws IOException {
        var file = postgres.folder().resolve("passwords");
        Files.writeString(
                file,
                "*:*:*:%s:%s\n*:*:*:%s:%s\n"
                        .formatted(
                                source.user(),
                                source.password(),
                                target.user(),
                                target.password()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    /** The children's line of {@code times}: user and system. */
    static double seconds(String line) {
        var sum = 0.0;
        for (var word : line.strip().split("\\s+")) {
            var minutes = word.indexOf('m');
            sum +=
                    60 * Double.parseDouble(word.substring(0, minutes))
                            + Double.parseDouble(word.substring(minutes + 1, word.length() - 1));
        }
        return sum;
    }

    private static double cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                / 1e9;
    }

    @Override
    public void close() {
        postgres.stop();
    }
}
