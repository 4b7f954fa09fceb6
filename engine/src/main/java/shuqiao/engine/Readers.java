package shuqiao.engine;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that read a source for one copy, all of one instant. Where masks keep a processor of
 * the source busy, there are two: the first takes the lower half of the table's pages, the second
 * the rest, under the first one's snapshot.
 */
final class Readers implements AutoCloseable {

    /** A second session costs some milliseconds; it is worth it from here on. */
    static final long BYTES_MIN = 64L << 20;

    /** A source on this machine takes its processors: two that read, one that writes, and we. */
    private static final int PROCESSORS_LOCAL = 4;

    /** From which on a scan can begin at a page. */
    private static final int VERSION_MIN = 14;

    private static final Pattern SNAPSHOT = Pattern.compile("[0-9A-F-]{1,64}");

    private static final String MIDDLE =
            """
            select pg_relation_size(c.oid) / current_setting('block_size')::int / 2
            from pg_class c join pg_am a on a.oid = c.relam
            where c.oid = $1::regclass and a.amname = 'heap' and not c.relhassubclass
              and has_function_privilege('pg_export_snapshot()', 'execute')
            """;

    private final WireConnection first;
    private final @Nullable WireConnection second;
    private final Reading reading;
    private final CompiledScope compiled;
    private final long middle;

    private Readers(
            WireConnection first,
            @Nullable WireConnection second,
            Reading reading,
            CompiledScope compiled,
            long middle) {
        this.first = first;
        this.second = second;
        this.reading = reading;
        this.compiled = compiled;
        this.middle = middle;
    }

    /**
     * Decides, and opens a second session where that is worth it and allowed.
     *
     * @param first in the transaction that reads, with the scope's values bound
     * @param processors of this machine
     * @param opened hears of the second session before it is used
     */
    static Readers of(
            WireConnection first,
            CopyRequest request,
            CompiledScope compiled,
            CopyListener listener,
            int processors,
            Consumer<WireConnection> opened) {
        var reading = worth(first, request, compiled, processors);
        if (reading != Reading.TWO) return one(first, reading, compiled, listener);
        var middle = middle(first, compiled);
        if (middle.isEmpty()) return one(first, Reading.ONE_NOT_A_HEAP, compiled, listener);
        if (!listener.reading(Reading.TWO))
            return one(first, Reading.ONE_CONNECTION, compiled, listener);
        var snapshot = first.one("select pg_export_snapshot()").text(0);
        var second = join(first, request, compiled, snapshot, opened);
        if (second == null) return one(first, Reading.ONE_REFUSED, compiled, listener);
        return new Readers(first, second, Reading.TWO, compiled, middle.getAsLong());
    }

    private static Readers one(
            WireConnection first, Reading why, CompiledScope compiled, CopyListener listener) {
        listener.reading(why);
        return new Readers(first, null, why, compiled, 0);
    }

    /** What is cheap to know comes first. */
    private static Reading worth(
            WireConnection first, CopyRequest request, CompiledScope compiled, int processors) {
        var limits = request.source().limits();
        if (request.scope().masks().isEmpty()) return Reading.ONE_UNMASKED;
        if (compiled.source().kind() != Table.Kind.TABLE) return Reading.ONE_NOT_A_HEAP;
        if (compiled.source().bytes() < BYTES_MIN) return Reading.ONE_SMALL;
        if (processors < (first.isLocal() ? PROCESSORS_LOCAL : 2)) return Reading.ONE_PROCESSOR;
        if (limits.maxConnections() == 1) return Reading.ONE_CONNECTION;
        if (limits.megabytesPerSecond().isPresent()
                || request.target().limits().megabytesPerSecond().isPresent())
            return Reading.ONE_RATE;
        if (first.serverMajor() < VERSION_MIN) return Reading.ONE_OLD_SERVER;
        if (!request.scope().filter().isEmpty() && !scans(first, compiled))
            return Reading.ONE_BY_INDEX;
        return Reading.TWO;
    }

    private static boolean scans(WireConnection first, CompiledScope compiled) {
        return first
                .theirs(() -> first.query("explain (costs off) " + compiled.select().text()))
                .stream()
                .anyMatch(line -> line.text(0).contains("Seq Scan on "));
    }

    private static OptionalLong middle(WireConnection first, CompiledScope compiled) {
        var table = compiled.source();
        return first.query(MIDDLE, PostgresDialect.quoted(table.schema(), table.name())).stream()
                .mapToLong(row -> row.number(0))
                .filter(page -> page > 0)
                .findFirst();
    }

    /** Null when it cannot be had: the copy goes on with one. */
    private static @Nullable WireConnection join(
            WireConnection first,
            CopyRequest request,
            CompiledScope compiled,
            String snapshot,
            Consumer<WireConnection> opened) {
        if (!SNAPSHOT.matcher(snapshot).matches()) return null;
        WireConnection second = null;
        try {
            var name = request.asAttempt().applicationName();
            second = WireConnection.open(Side.SOURCE, first.here().named(name));
            opened.accept(second);
            Snapshot.begin(second);
            second.run("set transaction snapshot '" + snapshot + "'");
            compiled.select().bind(second);
            return second;
        } catch (WireFailure | EngineFailure refused) {
            if (second != null) second.close();
            if (refused instanceof EngineFailure e && e.reason() == Reason.CANCELLED) throw e;
            return null;
        }
    }

    Reading reading() {
        return reading;
    }

    /** What each session has to be asked for. */
    List<Splice.Source> sources() {
        var beside = second;
        if (beside == null) return List.of(source(first, compiled.select().text()));
        return List.of(
                source(first, compiled.where("ctid < '(%d,0)'::tid".formatted(middle))),
                source(beside, compiled.where("ctid >= '(%d,0)'::tid".formatted(middle))));
    }

    /** From here on under the role's own path, until the snapshot ends. */
    private static Splice.Source source(WireConnection session, String select) {
        session.run("set local search_path to default");
        return new Splice.Source(session, "copy (%s) to stdout (format binary)".formatted(select));
    }

    /**
     * After all rows were read.
     *
     * @throws SourceChanged when something was rewritten between the snapshot and the reading
     */
    void end() {
        var label = compiled.source().schema() + "." + compiled.source().name();
        Snapshot.end(first, label);
        if (second != null) Snapshot.end(second, label);
    }

    @Override
    public void close() {
        if (second != null) second.close();
    }
}
