package shuqiao.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import shuqiao.engine.CopyListener;
import shuqiao.engine.CopyRequest;
import shuqiao.engine.CopyRun;
import shuqiao.engine.Database;
import shuqiao.engine.Fence;
import shuqiao.engine.HashKey;
import shuqiao.engine.Mask;
import shuqiao.engine.Scope;

/**
 * Small scheduled runs through a platform of its own, by the whole path: turn, run, lease, copy
 * with masks and key, swap, receipt, ledger. Each size first all at once, which shows how many an
 * hour it can do; the middle one then at 10,000 an hour, which shows how long one waits. Beside
 * them the engine without a platform, and {@code psql | psql}.
 */
final class JobsBench implements AutoCloseable {

    private static final int SCHEDULES_MAX = 250;
    private static final int ALONE = 50;
    private static final Duration TEN_THOUSAND_AN_HOUR = Duration.ofMillis(360);
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Map<String, Mask> MASKS =
            Map.of("id_card", Mask.ID_CARD, "phone", Mask.PHONE, "name", Mask.NAME);
    private static final HashKey KEY =
            new HashKey("not used by these masks".getBytes(StandardCharsets.US_ASCII));

    /** The schedules of one size. */
    private record Size(int rows, List<Long> schedules) {}

    /**
     * What a number of jobs took.
     *
     * @param seconds from the first turn to the last delivery
     * @param cpu of our process
     * @param server CPU of PostgreSQL, all its databases
     * @param waits seconds from each turn to its delivery; for the others how long each took
     */
    private record Measured(
            String name,
            int rows,
            int jobs,
            double seconds,
            double cpu,
            double server,
            List<Double> waits) {
        long anHour() {
            return Math.round(jobs / seconds * 3600);
        }

        double cpuMillis() {
            return cpu * 1000 / jobs;
        }

        double serverMillis() {
            return server * 1000 / jobs;
        }

        double wait(int percent) {
            var sorted = waits.stream().sorted().toList();
            return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
        }
    }

    private final int runs;
    private final List<Integer> sizes;
    private final RunningPlatform platform;
    private final TwoDepartments city;
    private final Connection database;
    private final List<Measured> measured = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private int copies;

    JobsBench(int runs, int rows, Path jar) throws Exception {
        this.runs = runs;
        this.sizes = List.of(Math.max(1, rows / 10), rows, rows * 10);
        System.err.println("starting a platform of its own");
        platform = RunningPlatform.start(jar, "--city", "small");
        city = new TwoDepartments(platform);
        database = platform.database();
    }

    String run() throws Exception {
        var ready = new ArrayList<Size>();
        for (var rows : sizes) ready.add(ordered(rows));
        var middle = ready.get(1);
        System.err.println("warming up");
        for (var size : ready) burst("warm-up", size, size.schedules().size());
        burst("warm-up", middle, runs / 2);
        for (var size : ready) {
            System.err.printf("runs of %,d rows, all at once%n", size.rows());
            measured.add(burst("shuqiao", size, size == middle ? runs : runs / 2));
        }
        System.err.printf("runs of %,d rows, 10,000 an hour%n", middle.rows());
        measured.add(steadily(middle));
        remarks.add(
                "platform: %d MB resident, %d MB at most"
                        .formatted(Cpu.resident(platform.pid()), Cpu.residentMost(platform.pid())));
        for (var size : ready) {
            System.err.printf("baselines of %,d rows%n", size.rows());
            alone(size.rows(), Math.min(ALONE, runs));
        }
        return table();
    }

    // ---- what is delivered, to whom ----

    private Size ordered(int rows) throws Exception {
        System.err.printf("making %,d rows and their schedules%n", rows);
        var table = table(rows);
        city.provider()
                .run(
                        Person.TABLE.replace("person", table),
                        Person.rows(1, rows).replace("insert into person", "insert into " + table),
                        "alter table " + table + " add primary key (id)",
                        "analyze " + table);
        city.consumer().run();
        var grant = city.grant(table, MASKS);
        var schedules = new ArrayList<Long>();
        var most = rows > 5_000 ? SCHEDULES_MAX / 2 : SCHEDULES_MAX;
        for (var i = 1; i <= Math.min(runs, most); i++)
            schedules.add(
                    city.programs()
                            .post(
                                    city.consumer().steward(),
                                    "/schedules",
                                    Map.of(
                                            "grant",
                                            grant,
                                            "target",
                                            city.target(),
                                            "schema",
                                            TwoDepartments.SCHEMA,
                                            "table",
                                            "into_%d_%d".formatted(rows, i),
                                            "rhythm",
                                            "AFTER_UPDATE"))
                            .path("id")
                            .asLong());
        return new Size(rows, schedules);
    }

    private static String table(int rows) {
        return "small_job_" + rows;
    }

    // ---- ours ----

    /** So many runs, all due in the same moment as often as there are schedules. */
    private Measured burst(String name, Size size, int most) throws Exception {
        var done = new ArrayList<Measured>();
        for (var left = most; left > 0; left -= size.schedules().size()) {
            var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            var due = new LinkedHashMap<Long, Instant>();
            for (var id : size.schedules().subList(0, Math.min(left, size.schedules().size())))
                due.put(id, now);
            done.add(turns(name, size.rows(), due));
        }
        var waits = new ArrayList<Double>();
        done.forEach(it -> waits.addAll(it.waits()));
        return new Measured(
                name,
                size.rows(),
                done.stream().mapToInt(Measured::jobs).sum(),
                done.stream().mapToDouble(Measured::seconds).sum(),
                done.stream().mapToDouble(Measured::cpu).sum(),
                done.stream().mapToDouble(Measured::server).sum(),
                waits);
    }

    private Measured steadily(Size size) throws Exception {
        var at = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MICROS);
        var due = new LinkedHashMap<Long, Instant>();
        for (var id : size.schedules()) {
            due.put(id, at);
            at = at.plus(TEN_THOUSAND_AN_HOUR);
        }
        return turns("shuqiao-paced", size.rows(), due);
    }

    private Measured turns(String name, int rows, Map<Long, Instant> due) throws Exception {
        var cpu = Cpu.of(platform.pid());
        var server = Cpu.ofServer(platform.postmaster());
        try (var statement =
                database.prepareStatement(
                        "update schedule.schedule set next_at = ?::timestamptz where id = ?")) {
            for (var turn : due.entrySet()) {
                statement.setString(1, turn.getValue().toString());
                statement.setLong(2, turn.getKey());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        var first = due.values().stream().min(Instant::compareTo).orElseThrow();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!over(due, first)) {
            if (System.nanoTime() > deadline) throw new IllegalStateException("not delivered");
            TimeUnit.MILLISECONDS.sleep(500);
        }
        TimeUnit.SECONDS.sleep(1); // until the ledger has sealed them, too
        cpu = Cpu.of(platform.pid()) - cpu;
        server = Cpu.ofServer(platform.postmaster()) - server;
        var waits = new ArrayList<Double>();
        var last = first;
        try (var statement =
                        database.prepareStatement(
                                """
                                select s.id, (extract(epoch from r.finished_at) * 1000000)::bigint
                                from schedule.schedule s join exchange.run r on r.id = s.last_run where s.id = any(?)
                                """);
                var found = bound(statement, due).executeQuery()) {
            while (found.next()) {
                var turn = due.get(found.getLong(1));
                var end = Instant.EPOCH.plus(found.getLong(2), ChronoUnit.MICROS);
                waits.add(Duration.between(turn, end).toNanos() / 1e9);
                if (end.isAfter(last)) last = end;
            }
        }
        return new Measured(
                name,
                rows,
                waits.size(),
                Duration.between(first, last).toNanos() / 1e9,
                cpu,
                server,
                waits);
    }

    private boolean over(Map<Long, Instant> due, Instant first) throws SQLException {
        try (var statement =
                        database.prepareStatement(
                                """
                                select count(*) filter (where r.state = 'DELIVERED'),
                                  count(*) filter (where r.state in ('FAILED', 'CANCELLED', 'SUPERSEDED') or r.failures > 0)
                                from schedule.schedule s join exchange.run r on r.id = s.last_run
                                where s.id = any(?) and r.asked_at >= ?::timestamptz
                                """);
                var found = bound(bound(statement, due), first).executeQuery()) {
            found.next();
            if (found.getInt(2) > 0) throw new IllegalStateException("a run has failed");
            return found.getInt(1) == due.size();
        }
    }

    private PreparedStatement bound(PreparedStatement statement, Map<Long, Instant> due)
            throws SQLException {
        statement.setArray(1, database.createArrayOf("bigint", due.keySet().toArray()));
        return statement;
    }

    private static PreparedStatement bound(PreparedStatement statement, Instant at)
            throws SQLException {
        statement.setString(2, at.toString());
        return statement;
    }

    // ---- beside them ----

    private interface Job {
        /** Does it once; returns the CPU seconds that it took outside of the server. */
        double run() throws Exception;
    }

    /** The engine and the pipe take turns, one after the other, into tables that are there. */
    private void alone(int rows, int repetitions) throws Exception {
        var provider = city.provider();
        var consumer = city.consumer();
        var source = new Database(provider.endpoint());
        var live = source.table(TwoDepartments.SCHEMA, table(rows));
        var scope =
                Scope.of(
                        live,
                        List.of(),
                        List.of(),
                        MASKS,
                        "bench",
                        LocalDate.EPOCH,
                        Optional.empty());
        var select = source.select(scope);
        var into = TwoDepartments.SCHEMA + ".piped_" + rows;
        consumer.run(
                Person.TABLE.replace("table person", "table " + into),
                "alter table " + into + " add primary key (id)");
        Job engine =
                () -> {
                    var cpu = Cpu.of(ProcessHandle.current().pid());
                    new CopyRun(
                                    new CopyRequest(
                                            provider.endpoint(),
                                            consumer.endpoint(),
                                            scope,
                                            KEY,
                                            TwoDepartments.SCHEMA,
                                            "alone_" + rows,
                                            "bench" + ++copies,
                                            1,
                                            false),
                                    Fence.open(),
                                    CopyListener.silent(),
                                    InstantSource.system())
                            .run();
                    return Cpu.of(ProcessHandle.current().pid()) - cpu;
                };
        Job pipe = () -> pipe(select, into);
        for (var i = 0; i < ALONE; i++) engine.run(); // warm, as the platform is
        pipe.run();
        var ours = new ArrayList<double[]>();
        var theirs = new ArrayList<double[]>();
        for (var i = 0; i < repetitions; i++) {
            ours.add(timed(engine));
            theirs.add(timed(pipe));
        }
        measured.add(alone("engine-alone", rows, ours));
        measured.add(alone("copy-pipe", rows, theirs));
    }

    /** Seconds, CPU seconds, CPU seconds of the server. */
    private double[] timed(Job job) throws Exception {
        var server = Cpu.ofServer(platform.postmaster());
        var start = System.nanoTime();
        var cpu = job.run();
        var seconds = (System.nanoTime() - start) / 1e9;
        TimeUnit.MILLISECONDS.sleep(5); // until the sessions are gone, and counted
        return new double[] {seconds, cpu, Cpu.ofServer(platform.postmaster()) - server};
    }

    private static Measured alone(String name, int rows, List<double[]> jobs) {
        return new Measured(
                name,
                rows,
                jobs.size(),
                jobs.stream().mapToDouble(it -> it[0]).sum(),
                jobs.stream().mapToDouble(it -> it[1]).sum(),
                jobs.stream().mapToDouble(it -> it[2]).sum(),
                jobs.stream().map(it -> it[0]).toList());
    }

    private double pipe(String select, String into) throws IOException, InterruptedException {
        var script =
                """
                psql -qX -d "$1" -c "copy ($3) to stdout (format binary)" | psql -1qX -d "$2" -c "truncate $4" -c "copy $4 from stdin (format binary)" || exit 1
                times
                """;
        var builder =
                new ProcessBuilder(
                        "sh",
                        "-c",
                        script,
                        "sh",
                        city.provider().conninfo(),
                        city.consumer().conninfo(),
                        select,
                        into);
        builder.environment().put("PGPASSFILE", passwords());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        var process = builder.start();
        var lines = process.inputReader().readAllLines();
        if (process.waitFor() != 0) throw new IOException("the pipe failed");
        return ExchangeBench.seconds(lines.getLast());
    }

    private String passwords() throws IOException {
        var file = platform.home().resolve("bench.passwords");
        if (Files.notExists(file)) {
            Files.writeString(
                    file,
                    "*:*:*:%s:%s\n*:*:*:%s:%s\n"
                            .formatted(
                                    city.provider().user(),
                                    city.provider().password(),
                                    city.consumer().user(),
                                    city.consumer().password()));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return file.toString();
    }

    // ---- said ----

    private String table() {
        var text = new StringBuilder();
        text.append(
                "%-16s %8s %6s %12s %10s %12s %8s %8s%n"
                        .formatted(
                                "subject",
                                "rows",
                                "jobs",
                                "jobs/hour",
                                "cpu, ms",
                                "server, ms",
                                "p50, s",
                                "p99, s"));
        for (var it : measured)
            text.append(
                    "%-16s %,8d %,6d %,12d %10.1f %12.1f %8.3f %8.3f%n"
                            .formatted(
                                    it.name(),
                                    it.rows(),
                                    it.jobs(),
                                    it.anHour(),
                                    it.cpuMillis(),
                                    it.serverMillis(),
                                    it.wait(50),
                                    it.wait(99)));
        ratio().forEach((name, value) -> text.append("%-40s %.2f%n".formatted(name, value)));
        for (var remark : remarks) text.append(remark).append('\n');
        return text.toString();
    }

    /** CPU of a pipe, its server's included, by that of ours: how much of the cores is left. */
    private Map<String, Double> ratio() {
        var ratio = new LinkedHashMap<String, Double>();
        for (var ours : measured) {
            if (!ours.name().equals("shuqiao")) continue;
            for (var it : measured)
                if (it.rows() == ours.rows() && !it.name().startsWith("shuqiao"))
                    ratio.put(
                            "%s/shuqiao, CPU, %,d rows".formatted(it.name(), it.rows()),
                            Math.round(
                                            (it.cpu() + it.server())
                                                    / it.jobs()
                                                    / ((ours.cpu() + ours.server()) / ours.jobs())
                                                    * 1000)
                                    / 1000.0);
        }
        return ratio;
    }

    String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("bench", "jobs");
        all.put("machine", Outcome.machine());
        all.put("rows", sizes.get(1));
        all.put("repetitions", runs);
        all.put("subjects", measured.stream().map(JobsBench::json).toList());
        all.put("ratio", ratio());
        all.put("remarks", remarks);
        return Outcome.print(all);
    }

    private static Map<String, Object> json(Measured it) {
        var subject = new LinkedHashMap<String, Object>();
        subject.put("name", it.name() + "-" + it.rows());
        subject.put("rows", it.rows());
        subject.put("jobs", it.jobs());
        subject.put("jobsAnHour", it.anHour());
        subject.put("cpuMillis", it.cpuMillis());
        subject.put("serverCpuMillis", it.serverMillis());
        subject.put("p50", it.wait(50));
        subject.put("p99", it.wait(99));
        subject.put("seconds", it.waits());
        return subject;
    }

    @Override
    public void close() throws Exception {
        try (platform) {
            database.close();
        }
    }
}
