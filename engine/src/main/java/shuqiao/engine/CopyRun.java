package shuqiao.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.CopyListener.Phase;

/**
 * One attempt to make a table hold exactly what a scope grants at one instant. Everything at the
 * target happens in one transaction of one session that holds the target's lock: whatever dies, the
 * target is old or new, and nothing is left.
 */
public final class CopyRun {

    private static final Duration LAST_WORD = Duration.ofSeconds(10);

    private final CopyRequest request;
    private final Fence fence;
    private final CopyListener listener;
    private final InstantSource clock;
    private int processors = Runtime.getRuntime().availableProcessors();
    private String targetEncoding = "";
    private volatile boolean cancelled;
    private volatile @Nullable WireConnection source;
    private volatile @Nullable WireConnection beside;
    private volatile @Nullable WireConnection target;

    public CopyRun(CopyRequest request, Fence fence, CopyListener listener, InstantSource clock) {
        this.request = request;
        this.fence = fence;
        this.listener = listener;
        this.clock = clock;
    }

    /** As on a machine with that many processors. */
    CopyRun onProcessors(int count) {
        processors = count;
        return this;
    }

    /**
     * Copies; returns after the new content is committed.
     *
     * @throws EngineFailure for every other end; the target is as it was
     */
    public CopyResult run() {
        var startedAt = clock.instant();
        try {
            listener.phase(Phase.CONNECTING);
            requireNotCancelled();
            try (var from = WireConnection.open(Side.SOURCE, request.source().named(name()))) {
                source = from;
                requireNotCancelled();
                try (var to = WireConnection.open(Side.TARGET, request.target().named(name()))) {
                    target = to;
                    targetEncoding = to.serverEncoding();
                    requireNotCancelled();
                    return run(from, to, startedAt);
                } finally {
                    target = null;
                }
            } finally {
                source = null;
            }
        } catch (WireFailure e) {
            throw cancelled ? cancelled(e) : meaning(e);
        } catch (EngineFailure e) {
            throw cancelled && e.reason() != Reason.CANCELLED ? cancelled(e) : e;
        }
    }

    /**
     * Looks whether a copy could begin: both sides answer, the source still is what was granted,
     * the target may be written and has the right columns. Changes nothing.
     *
     * @throws EngineFailure as {@link #run} would
     */
    public void check() {
        try (var from = WireConnection.open(Side.SOURCE, request.source().named(name()));
                var to = WireConnection.open(Side.TARGET, request.target().named(name()))) {
            requireWritable(to);
            Snapshot.begin(from);
            var compiled = compiled(from);
            compiled.explain(from);
            requireFit(to, compiled);
        } catch (WireFailure e) {
            throw Failures.of(e);
        }
    }

    private EngineFailure meaning(WireFailure failure) {
        return failure instanceof WireFailure.DatabaseError error
                ? Encodings.meaning(
                        error, request.source(), request.scope(), request.key(), targetEncoding)
                : Failures.of(failure);
    }

    private CompiledScope compiled(WireConnection from) {
        return compiled(from, request.scope(), request.key());
    }

    static CompiledScope compiled(WireConnection from, Scope scope, HashKey key) {
        var live =
                new Catalogue(from)
                        .table(scope.schema(), scope.table())
                        .orElseThrow(() -> SourceChanged.vanished(scope.label()));
        var compiled = CompiledScope.of(scope, live, key, from.serverEncoding());
        Granted.require(from, scope);
        return compiled;
    }

    /**
     * Stops the copy from any thread: both servers are asked to stop at once, and a session that
     * does not is cut. A copy that has already committed is not undone. Safe to call at any time
     * and more than once. On threads of their own: no load of virtual ones holds a revocation up.
     */
    public void cancel() {
        cancelled = true;
        var sessions = Stream.of(source, beside, target).filter(Objects::nonNull).toList();
        sessions.forEach(session -> Thread.ofPlatform().daemon().start(session::cancel));
        Thread.ofPlatform().daemon().start(() -> cut(sessions));
    }

    private CopyResult run(WireConnection from, WireConnection to, Instant startedAt) {
        listener.phase(Phase.CHECKING);
        endEarlierAttempts(from, request.asAttempt());
        TargetLock.of(request.targetSchema(), request.targetTable())
                .take(to, request.asAttempt(), fence);
        if (!fence.holds()) throw new EngineFailure(Reason.FENCED, Map.of());
        // a receipt speaks of what outlasts a crash, whatever the server does for its other users
        to.query(
                "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'");
        var marker = new Marker(to);
        Snapshot.begin(from);
        to.run(
                "set lock_timeout = %d; begin isolation level read committed"
                        .formatted(to.lockTimeout()));
        try {
            return inTransactions(from, to, marker, startedAt);
        } catch (RuntimeException e) {
            rollBack(to);
            throw e;
        }
    }

    private CopyResult inTransactions(
            WireConnection from, WireConnection to, Marker marker, Instant startedAt) {
        var compiled = compiled(from);
        try {
            return inTransactions(from, to, compiled, marker, startedAt);
        } catch (WireFailure.DatabaseError e) {
            throw Staged.meaning(e, compiled);
        }
    }

    private CopyResult inTransactions(
            WireConnection from,
            WireConnection to,
            CompiledScope compiled,
            Marker marker,
            Instant startedAt) {
        var staging = prepare(to, compiled);
        marker.begun();
        compiled.select().bind(from);
        LargeObjects.requireNone(from, compiled);
        var unseen = notes(from, request.source(), request.scope());

        Splice.Passed passed;
        Reading reading;
        try (var readers =
                Readers.of(from, request, compiled, listener, processors, this::second)) {
            reading = readers.reading();
            listener.phase(Phase.COPYING);
            to.run("set local xmloption = content");
            passed =
                    new Splice(listener, () -> cancelled, slowest())
                            .run(
                                    readers.sources(),
                                    to,
                                    "copy %s from stdin (format binary, freeze)"
                                            .formatted(staging.quoted()));
            to.run("set local xmloption to default");
            readers.end();
        } finally {
            beside = null;
        }

        listener.phase(Phase.VERIFYING);
        verify(passed, to, staging);
        requireNotCancelled();
        listener.phase(Phase.INDEXING);
        if (request.into().isEmpty()) staging = staging.keyed(to, compiled.key());
        requireNotCancelled();

        listener.phase(Phase.SWAPPING);
        var ready = swapped(to, compiled, staging, marker, passed, reading, startedAt, unseen);
        requireNotCancelled();
        // what was deferred to the end runs as for every other client
        to.run("set local search_path to default; commit");
        listener.phase(Phase.FINISHED);
        var finished = ready.finishedAt(clock.instant());
        Statistics.renew(to, PostgresDialect.quoted(request.targetSchema(), request.targetTable()));
        return finished;
    }

    /** Everything but the commit, with the last word for it. */
    private CopyResult swapped(
            WireConnection to,
            CompiledScope compiled,
            Staging staging,
            Marker marker,
            Splice.Passed passed,
            Reading reading,
            Instant startedAt,
            List<String> unseen) {
        while (true) {
            if (!fence.holds()) throw new EngineFailure(Reason.FENCED, Map.of());
            requireNotCancelled();
            to.run("savepoint last_word");
            var done = replace(to, compiled, staging, passed.rowsTarget());
            if (done.rows() != passed.rowsTarget()) throw mismatch(passed, done.rows());
            var ready =
                    new CopyResult(
                            passed.rowsSource(),
                            done.rows(),
                            passed.bytes(),
                            passed.sha256(),
                            1,
                            reading,
                            startedAt,
                            clock.instant(),
                            done.method(),
                            Stream.concat(done.notes().stream(), unseen.stream()).toList());
            switch (fence.lastWord(marker.mark(), ready)) {
                case YES -> {
                    return ready;
                }
                case NO -> throw new EngineFailure(Reason.FENCED, Map.of());
                case NOT_HEARD -> to.run("rollback to savepoint last_word");
            }
        }
    }

    /** What a result has to say of rows that we cannot see. */
    static List<String> notes(WireConnection from, Endpoint source, Scope scope) {
        var notes = new ArrayList<String>();
        if (source.rowSecurity()) notes.add(CopyResult.ROW_SECURITY);
        notes.addAll(Hearsay.notes(Hearsay.under(from, scope.schema(), scope.table())));
        new Catalogue(from)
                .keyOfOneTable(scope.schema(), scope.table())
                .ifPresent(key -> notes.add(CopyResult.noKey(key)));
        return notes;
    }

    private void second(WireConnection session) {
        beside = session;
        requireNotCancelled();
    }

    private void requireWritable(WireConnection to) {
        if (to.one("select current_setting('transaction_read_only')").text(0).equals("on"))
            throw new EngineFailure(
                    Reason.TARGET_READ_ONLY,
                    Map.of("detail", "transactions of this database are read-only"));
        if (!new Catalogue(to).hasSchema(request.targetSchema()))
            throw new EngineFailure(
                    Reason.TARGET_SCHEMA_MISSING, Map.of("schema", request.targetSchema()));
    }

    /** Where the new content is to be made, and whether it takes the target's name at the end. */
    private record Place(String tablespace, boolean stays) {}

    /** Whether the target can take the rows. */
    private Place requireFit(WireConnection to, CompiledScope compiled) {
        var into = request.into();
        if (into.isEmpty()) NewTable.requireNames(to, compiled);
        if (into.isPresent()) {
            Merge.prepare(to, request, into.get(), compiled);
            Standing.on(to, request).require();
            return new Place("", false);
        }
        var existing = ExistingTarget.find(to, request, compiled);
        if (existing.isEmpty()) {
            NewTable.requirePlace(to, request);
            Published.requireNot(to, request);
            return new Place("", true);
        }
        if (existing.get().hindrances().isEmpty())
            return new Place(existing.get().tablespace(), true);
        Standing.on(to, request).require();
        return new Place(existing.get().tablespace(), false);
    }

    private Swap.Done replace(
            WireConnection to, CompiledScope compiled, Staging staging, long rows) {
        var lock = new TableLock(to, request, () -> cancelled);
        var into = request.into();
        if (into.isEmpty()) return new Swap(to, request, compiled, staging, lock).run(rows);
        // others may write it up to here; readers never wait
        lock.take("share row exclusive");
        var merged = Merge.prepare(to, request, into.get(), compiled).run(staging);
        return new Swap.Done(SwapMethod.MERGED, rows, merged.notes(rows));
    }

    private Staging prepare(WireConnection to, CompiledScope compiled) {
        requireWritable(to);
        var place = requireFit(to, compiled);
        var staging = Staging.in(request.targetSchema(), !place.stays());
        staging.create(to, compiled, request.targetTable(), place.tablespace());
        return staging;
    }

    private void verify(Splice.Passed passed, WireConnection to, Staging staging) {
        if (passed.rowsSource() != passed.rowsTarget()
                || passed.rowsCounted() != passed.rowsSource())
            throw mismatch(passed, passed.rowsTarget());
        if (!request.verifyFull()) return;
        var stored =
                Splice.hashOf(to, "copy %s to stdout (format binary)".formatted(staging.quoted()));
        if (!stored.equals(passed.sha256()))
            throw new EngineFailure(
                    Reason.CONTENT_MISMATCH, Map.of("sent", passed.sha256(), "stored", stored));
    }

    /** Sessions of this run's earlier attempts at the source; at the target the lock finds them. */
    static void endEarlierAttempts(WireConnection from, Attempt attempt) {
        if (attempt.number() == 1) return;
        var sessions =
                from.query(
                        "select pid, application_name from pg_stat_activity where usename = current_user and starts_with(application_name, $1)",
                        "shuqiao:" + attempt.run() + "#");
        for (var row : sessions)
            if (Attempt.of(row.text(1)).filter(a -> a.number() < attempt.number()).isPresent())
                from.query("select pg_terminate_backend($1::int)", row.text(0));
    }

    private java.util.OptionalDouble slowest() {
        var one = request.source().limits().megabytesPerSecond();
        var other = request.target().limits().megabytesPerSecond();
        if (one.isEmpty()) return other;
        return other.isEmpty() || one.getAsDouble() < other.getAsDouble() ? one : other;
    }

    static void rollBack(WireConnection to) {
        try {
            to.patience(LAST_WORD);
            to.run("rollback");
        } catch (WireFailure _) {
            // the session is gone, and its transaction with it
        }
    }

    static void cut(List<WireConnection> sessions) {
        try {
            TimeUnit.NANOSECONDS.sleep(LAST_WORD.toNanos());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        sessions.forEach(WireConnection::abort);
    }

    private static EngineFailure mismatch(Splice.Passed passed, long stored) {
        return new EngineFailure(
                Reason.ROW_COUNT_MISMATCH,
                Map.of(
                        "sent", String.valueOf(passed.rowsCounted()),
                        "source", String.valueOf(passed.rowsSource()),
                        "target", String.valueOf(stored)));
    }

    private void requireNotCancelled() {
        if (cancelled) throw new EngineFailure(Reason.CANCELLED, Map.of());
    }

    private static EngineFailure cancelled(RuntimeException cause) {
        return new EngineFailure(Reason.CANCELLED, Map.of(), cause);
    }

    private String name() {
        return request.asAttempt().applicationName();
    }
}
