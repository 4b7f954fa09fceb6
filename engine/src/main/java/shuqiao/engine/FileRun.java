package shuqiao.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.CopyListener.Phase;

/**
 * One attempt to write into a file exactly what a scope grants at one instant: the same SELECT as a
 * copy into a table, in one snapshot. Memory is constant; a failed attempt leaves no file.
 */
public final class FileRun {

    private static final long PROGRESS_EVERY = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int LOOK_EVERY_ROWS = 256;

    private final FileRequest request;
    private final Fence fence;
    private final CopyListener listener;
    private final InstantSource clock;
    private final int sheetRowsMax;
    private volatile boolean cancelled;
    private volatile @Nullable WireConnection source;

    public FileRun(FileRequest request, Fence fence, CopyListener listener, InstantSource clock) {
        this(request, fence, listener, clock, XlsxFile.SHEET_ROWS_MAX);
    }

    FileRun(
            FileRequest request,
            Fence fence,
            CopyListener listener,
            InstantSource clock,
            int sheetRowsMax) {
        this.request = request;
        this.fence = fence;
        this.listener = listener;
        this.clock = clock;
        this.sheetRowsMax = sheetRowsMax;
    }

    /**
     * Writes; returns when the file is whole and on the disk.
     *
     * @throws EngineFailure for every other end
     */
    public FileResult run() {
        var startedAt = clock.instant();
        var whole = false;
        try {
            listener.phase(Phase.CONNECTING);
            requireNotCancelled();
            try (var from = WireConnection.open(Side.SOURCE, named())) {
                source = from;
                requireNotCancelled();
                var result = run(from, startedAt);
                whole = true;
                return result;
            } finally {
                source = null;
            }
        } catch (WireFailure e) {
            throw cancelled ? cancelled(e) : meaning(e);
        } catch (EngineFailure e) {
            throw cancelled && e.reason() != Reason.CANCELLED ? cancelled(e) : e;
        } finally {
            if (!whole) remove();
        }
    }

    private EngineFailure meaning(WireFailure failure) {
        return failure instanceof WireFailure.DatabaseError error
                ? Encodings.meaning(error, request.source(), request.scope(), request.key(), "")
                : Failures.of(failure);
    }

    /**
     * Looks whether rows could be had: the source answers and still is what was granted. Writes
     * nothing.
     *
     * @throws EngineFailure as {@link #run} would
     */
    public void check() {
        try (var from = WireConnection.open(Side.SOURCE, named())) {
            Snapshot.begin(from);
            CopyRun.compiled(from, request.scope(), request.key()).explain(from);
        } catch (WireFailure e) {
            throw Failures.of(e);
        }
    }

    /** Stops it from any thread, as a copy is stopped. */
    public void cancel() {
        cancelled = true;
        var from = source;
        if (from != null) Thread.ofPlatform().daemon().start(from::cancel);
        Thread.ofPlatform()
                .daemon()
                .start(() -> CopyRun.cut(from == null ? List.of() : List.of(from)));
    }

    private FileResult run(WireConnection from, Instant startedAt) {
        listener.phase(Phase.CHECKING);
        CopyRun.endEarlierAttempts(from, new Attempt(request.run(), request.attempt()));
        Snapshot.begin(from);
        var compiled = CopyRun.compiled(from, request.scope(), request.key());
        compiled.select().bind(from);
        LargeObjects.requireNone(from, compiled);
        var notes = new ArrayList<>(CopyRun.notes(from, request.source(), request.scope()));
        var texts =
                request.format() == FileFormat.XLSX
                        ? LongNumbers.among(from, compiled)
                        : Set.<String>of();
        notes.addAll(FileNotes.of(request.format(), compiled.columns(), texts));

        listener.phase(Phase.COPYING);
        try (var sink = new FileSink(request.file(), request.bytesMax())) {
            var writer = writer(sink, compiled, texts);
            var passed = pass(from, writer, compiled);
            notes.addAll(FileNotes.ofSome(compiled.columns(), writer.mixed()));
            Snapshot.end(from, request.scope().label());

            listener.phase(Phase.VERIFYING);
            if (passed.counted() != passed.sent())
                throw new EngineFailure(
                        Reason.ROW_COUNT_MISMATCH,
                        Map.of(
                                "sent", String.valueOf(passed.counted()),
                                "source", String.valueOf(passed.sent()),
                                "target", String.valueOf(passed.counted())));
            var sha256 = sink.finish();
            verify(sink.bytes(), sha256);
            requireNotCancelled();
            if (!fence.holds()) throw new EngineFailure(Reason.FENCED, Map.of());
            requireNotCancelled();
            listener.phase(Phase.FINISHED);
            return new FileResult(
                    passed.sent(),
                    passed.counted(),
                    sink.bytes(),
                    sha256,
                    compiled.columns(),
                    texts,
                    writer.sheets(),
                    startedAt,
                    clock.instant(),
                    notes);
        } catch (IOException failed) {
            throw FileSink.failure(failed);
        }
    }

    private FileWriter writer(FileSink sink, CompiledScope compiled, Set<String> texts) {
        return switch (request.format()) {
            case CSV ->
                    new CsvFile(
                            new Handover(sink),
                            compiled.columns(),
                            request.watermark(),
                            request.guarded());
            case XLSX -> new XlsxFile(sink, compiled.columns(), texts, request, sheetRowsMax);
            case PARQUET -> new ParquetFile(sink, compiled.columns(), request.watermark());
        };
    }

    private record Passed(long counted, long sent) {}

    private Passed pass(WireConnection from, FileWriter writer, CompiledScope compiled) {
        var over = false;
        try {
            writer.begin();
            if (compiled.isPlain()) from.run(TextForm.SETTINGS);
            from.run("set local search_path to default");
            var rows = from.copyRows(statement(writer, compiled));
            pass(writer, rows);
            var sent = from.endCopyOut();
            writer.end();
            over = true;
            return new Passed(rows.rows(), sent);
        } catch (InterruptedIOException stopped) {
            throw new EngineFailure(Reason.CANCELLED, Map.of(), stopped);
        } catch (IOException failed) {
            throw from.cut(failed); // what fails at the file says so by itself
        } finally {
            if (!over) {
                writer.abandon();
                from.abort();
            }
        }
    }

    /** The rows of the scope, each column in the form that the format takes. */
    private static String statement(FileWriter writer, CompiledScope compiled) {
        var columns = compiled.columns();
        var names = IntStream.rangeClosed(1, columns.size()).mapToObj(i -> "c" + i).toList();
        var expressions =
                IntStream.range(0, columns.size())
                        .mapToObj(i -> expression(writer, compiled, columns.get(i), names.get(i)))
                        .collect(Collectors.joining(", "));
        return "copy (select %s from (%s%s) as r (%s)) to stdout (format %s)"
                .formatted(
                        expressions,
                        compiled.select().text(),
                        compiled.isPlain() ? "" : " offset 0",
                        String.join(", ", names),
                        writer.copyFormat());
    }

    /**
     * Where code of the department computes the rows, the session keeps its settings, and what goes
     * over as text is put into its form one by one.
     */
    private static String expression(
            FileWriter writer, CompiledScope compiled, TargetColumn column, String name) {
        if (compiled.isPlain() || !writer.asText(column)) return writer.expression(column, name);
        return TextForm.isSettled(column.type())
                ? writer.expression(column, name)
                : TextForm.of(column.type(), name);
    }

    private void pass(FileWriter writer, CopyRows rows) throws IOException {
        var start = System.nanoTime();
        var told = start;
        var bytesPerSecond = request.source().limits().megabytesPerSecond().orElse(0) * 1e6;
        while (writer.row(rows)) {
            if (rows.rows() % LOOK_EVERY_ROWS != 0) continue;
            requireNotCancelled();
            var now = System.nanoTime();
            if (now - told > PROGRESS_EVERY) {
                told = now;
                listener.progress(rows.rows(), rows.bytes());
            }
            if (bytesPerSecond > 0)
                rest((long) (rows.bytes() / bytesPerSecond * 1e9) - (now - start));
        }
        requireNotCancelled();
        listener.progress(rows.rows(), rows.bytes());
    }

    private void rest(long nanos) throws InterruptedIOException {
        var end = System.nanoTime() + nanos;
        while (!cancelled && System.nanoTime() < end) {
            try {
                TimeUnit.NANOSECONDS.sleep(
                        Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(100)));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    private void verify(long bytes, String sha256) throws IOException {
        if (Files.size(request.file()) != bytes) throw mismatch(sha256, "");
        if (!request.verifyFull()) return;
        var stored = hashOf(request.file());
        if (!stored.equals(sha256)) throw mismatch(sha256, stored);
    }

    private static String hashOf(java.nio.file.Path file) throws IOException {
        var hash = Splice.sha256();
        var part = new byte[256 << 10];
        try (InputStream in = Files.newInputStream(file)) {
            for (var count = in.read(part); count >= 0; count = in.read(part))
                hash.update(part, 0, count);
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    private static EngineFailure mismatch(String sent, String stored) {
        return new EngineFailure(Reason.CONTENT_MISMATCH, Map.of("sent", sent, "stored", stored));
    }

    private void remove() {
        try {
            Files.deleteIfExists(request.file());
        } catch (IOException left) {
            // swept with all that nobody answers for
        }
    }

    private Endpoint named() {
        return request.source()
                .named(new Attempt(request.run(), request.attempt()).applicationName());
    }

    private void requireNotCancelled() {
        if (cancelled) throw cancelled(null);
    }

    private static EngineFailure cancelled(@Nullable RuntimeException cause) {
        return new EngineFailure(Reason.CANCELLED, Map.of(), cause);
    }
}
