package shuqiao.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import shuqiao.bench.Outcome.Subject;
import shuqiao.engine.CopyListener;
import shuqiao.engine.Database;
import shuqiao.engine.Endpoint;
import shuqiao.engine.Fence;
import shuqiao.engine.FileFormat;
import shuqiao.engine.FileRequest;
import shuqiao.engine.FileRun;
import shuqiao.engine.FilterReader;
import shuqiao.engine.HashKey;
import shuqiao.engine.Scope;
import shuqiao.engine.embedded.ScratchPostgres;

/** P7: one table into one file, forced to the disk. */
final class ExportBench implements AutoCloseable {

    private static final HashKey KEY =
            new HashKey("not used without masks".getBytes(StandardCharsets.US_ASCII));
    private static final long BATCH = 500_000;
    private static final int SHEET_ROWS_MAX = 1_048_576;
    private static final int FLUSH_EVERY = 1_000;

    private final long rows;
    private final ScratchPostgres server = ScratchPostgres.start(true);
    private final ScratchPostgres.Database source = server.newDatabase();
    private final Path folder;
    private final Map<String, Long> sizes = new LinkedHashMap<>();
    private int runs;

    ExportBench(long rows) throws IOException {
        this.rows = rows;
        folder = Files.createTempDirectory("shuqiao-export");
        System.err.printf("making %,d rows%n", rows);
        source.run(Person.TABLE);
        for (var from = 1L; from <= rows; from += BATCH)
            source.run(Person.rows(from, Math.min(rows, from + BATCH - 1)));
        source.run("alter table person add primary key (id)", "vacuum (analyze, freeze) person");
    }

    private interface Work {
        /** Writes the file once; returns the CPU seconds of helpers outside this JVM. */
        double run(Path file) throws Exception;
    }

    private record Entry(Subject subject, Work work) {}

    Outcome run(int repetitions) throws Exception {
        var all = scope("[]");
        var select = new Database(from()).select(all);
        var entries = new ArrayList<Entry>();
        for (var format : FileFormat.values())
            entries.add(
                    new Entry(
                            new Subject("shuqiao-" + format.word()),
                            file -> ours(format, all, file)));
        entries.add(1, new Entry(new Subject("psql-csv"), file -> psql(select, file)));
        entries.add(3, new Entry(new Subject("fastexcel"), file -> fastexcel(select, file)));
        entries.add(new Entry(new Subject("duckdb"), file -> duckdb(select, file)));
        var few = scope("[{\"field\":\"id\",\"op\":\"le\",\"value\":50000}]");
        for (var i = 0; i < 3; i++)
            for (var format : FileFormat.values())
                timed(new Entry(new Subject("warm-up"), file -> ours(format, few, file)));
        for (var repetition = 1; repetition <= repetitions; repetition++) {
            System.err.printf("repetition %d of %d%n", repetition, repetitions);
            for (var entry : entries) timed(entry);
        }
        return new Outcome(
                "export",
                rows,
                entries.stream().map(Entry::subject).toList(),
                List.of(
                        List.of("shuqiao-csv", "psql-csv"),
                        List.of("shuqiao-xlsx", "fastexcel"),
                        List.of("shuqiao-parquet", "duckdb")),
                remarks());
    }

    /** Bytes of each file; a tenth, a third and all of the rows once each, so that a bend shows. */
    private List<String> remarks() throws Exception {
        var remarks = new ArrayList<String>();
        sizes.forEach((name, bytes) -> remarks.add("bytes of %s: %,d".formatted(name, bytes)));
        for (var format : FileFormat.values())
            for (var size : new long[] {rows / 10, rows / 3, rows}) {
                var subject = new Subject("size");
                var part = scope("[{\"field\":\"id\",\"op\":\"le\",\"value\":%d}]".formatted(size));
                timed(new Entry(subject, file -> ours(format, part, file)));
                remarks.add(
                        "%s, %,d rows: %.2f s, %,d rows/s"
                                .formatted(
                                        format.word(),
                                        size,
                                        subject.seconds().getFirst(),
                                        Math.round(size / subject.seconds().getFirst())));
            }
        return remarks;
    }

    private void timed(Entry entry) throws Exception {
        var file = folder.resolve("export" + ++runs);
        var cpu = cpu();
        var start = System.nanoTime();
        var outside = entry.work().run(file);
        entry.subject().seconds().add((System.nanoTime() - start) / 1e9);
        entry.subject().cpuSeconds().add(cpu() - cpu + outside);
        if (!List.of("warm-up", "size").contains(entry.subject().name()))
            sizes.put(entry.subject().name(), Files.size(file));
        Files.delete(file);
    }

    private double ours(FileFormat format, Scope scope, Path file) {
        var request =
                new FileRequest(
                        from(),
                        scope,
                        KEY,
                        format,
                        file,
                        "person",
                        Map.of(),
                        Optional.empty(),
                        false,
                        Long.MAX_VALUE >> 1,
                        "bench" + runs,
                        1,
                        false);
        var result =
                new FileRun(request, Fence.open(), CopyListener.silent(), InstantSource.system())
                        .run();
        if (result.rowsRead() != result.rowsWritten())
            throw new IllegalStateException(result.toString());
        return 0;
    }

    private double psql(String select, Path file) throws IOException, InterruptedException {
        var script =
                """
                psql -qX -d "$1" -c "copy ($2) to stdout (format csv, header)" > "$3" && sync "$3" || exit 1
                times
                """;
        var builder =
                new ProcessBuilder("sh", "-c", script, "sh", conninfo(), select, file.toString());
        builder.environment().put("PGPASSFILE", passwords());
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        var process = builder.start();
        var lines = process.inputReader().readAllLines();
        if (process.waitFor() != 0) throw new IOException("psql failed");
        return ExchangeBench.seconds(lines.getLast());
    }

    /** Rows by a cursor, cells by the type of their value, flushed now and then. */
    private double fastexcel(String select, Path file) throws IOException, SQLException {
        try (var connection = source.connect();
                var statement = connection.createStatement();
                var out = Files.newOutputStream(file);
                var book = new Workbook(out, "bench", "1.0")) {
            book.setCompressionLevel(1);
            connection.setAutoCommit(false);
            statement.setFetchSize(10_000);
            var all = statement.executeQuery(select);
            var columns = all.getMetaData().getColumnCount();
            Worksheet sheet = null;
            var row = SHEET_ROWS_MAX;
            while (all.next()) {
                if (sheet == null || row == SHEET_ROWS_MAX) {
                    if (sheet != null) sheet.finish();
                    sheet = book.newWorksheet("person");
                    for (var i = 1; i <= columns; i++)
                        sheet.value(0, i - 1, all.getMetaData().getColumnName(i));
                    row = 1;
                }
                for (var i = 1; i <= columns; i++) {
                    switch (all.getObject(i)) {
                        case null -> {}
                        case Number number -> sheet.value(row, i - 1, number);
                        case java.sql.Date day -> sheet.value(row, i - 1, day.toLocalDate());
                        case java.sql.Timestamp at ->
                                sheet.value(row, i - 1, at.toLocalDateTime().toString());
                        case LocalDate day -> sheet.value(row, i - 1, day);
                        case LocalDateTime at -> sheet.value(row, i - 1, at.toString());
                        case Object text -> sheet.inlineString(row, i - 1, text.toString());
                    }
                }
                if (++row % FLUSH_EVERY == 0) sheet.flush();
            }
            if (sheet != null) sheet.finish();
        }
        return 0;
    }

    /** COPY into a CSV, which DuckDB reads with the types that it is told. */
    private double duckdb(String select, Path file)
            throws IOException, InterruptedException, SQLException {
        var csv = folder.resolve("export.csv");
        var outside = psql(select, csv);
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            statement.execute(
                    """
                    copy (select * from read_csv('%s', header = true, columns = {'id': 'bigint', 'id_card': 'varchar', 'name': 'varchar', 'gender': 'smallint',
                      'birth_date': 'date', 'address': 'varchar', 'phone': 'varchar', 'dept_code': 'varchar', 'update_time': 'timestamp', 'amount': 'decimal(14,2)'}))
                    to '%s' (format parquet, compression zstd)
                    """
                            .formatted(csv, file));
        }
        Files.delete(csv);
        return outside;
    }

    private Scope scope(String filter) {
        var live = new Database(from()).table("public", "person");
        return Scope.of(
                live,
                List.of(),
                new FilterReader(live).read(filter),
                Map.of(),
                "bench",
                LocalDate.EPOCH,
                Optional.empty());
    }

    private Endpoint from() {
        return Endpoint.of(source.jdbcUrl(), source.user(), source.password());
    }

    private String conninfo() {
        return "host=%s port=%d dbname=%s user=%s"
                .formatted(source.host(), source.port(), source.name(), source.user());
    }

    private String passwords() throws IOException {
        var file = folder.resolve("passwords");
        Files.writeString(file, "*:*:*:%s:%s\n".formatted(source.user(), source.password()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    private static double cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                / 1e9;
    }

    @Override
    public void close() throws IOException {
        server.stop();
        Files.deleteIfExists(folder.resolve("passwords"));
        Files.deleteIfExists(folder);
    }
}
