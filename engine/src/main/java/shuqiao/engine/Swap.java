package shuqiao.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import shuqiao.engine.WireFailure.DatabaseError;

/**
 * Puts the staging table in the target's place, inside the copy's transaction. A lock is tried for
 * briefly and again, so that readers never queue behind us for long.
 */
final class Swap {

    private static final Duration TRY_MAX = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

    private final WireConnection target;
    private final CopyRequest request;
    private final CompiledScope compiled;
    private final Staging staging;
    private final BooleanSupplier cancelled;

    Swap(
            WireConnection target,
            CopyRequest request,
            CompiledScope compiled,
            Staging staging,
            BooleanSupplier cancelled) {
        this.target = target;
        this.request = request;
        this.compiled = compiled;
        this.staging = staging;
        this.cancelled = cancelled;
    }

    /** What was done, up to but without the commit. */
    record Done(SwapMethod method, long rows, List<String> notes) {}

    /**
     * The table is looked at again under the lock: somebody may have hung a view on it meanwhile.
     */
    Done run(long rows) {
        if (look().isEmpty()) {
            staging.comment(target, compiled);
            takeName(List.of());
            return new Done(SwapMethod.CREATED, rows, List.of());
        }
        return locked(look().map(t -> t.hindrances().isEmpty()).orElse(true), rows);
    }

    private Done locked(boolean rename, long rows) {
        lock(rename ? "access exclusive" : "exclusive");
        var existing =
                look().orElseThrow(() ->
                        new EngineFailure(
                                Reason.TABLE_VANISHED,
                                Map.of("side", Side.TARGET.key(), "table", request.targetLabel())));
        if (rename && existing.hindrances().isEmpty()) return rename(existing, rows);
        return refill(existing);
    }

    private Done rename(ExistingTarget existing, long rows) {
        staging.comment(target, compiled);
        var notes = Carried.over(target, existing, staging);
        var index = keyName(existing.oid());
        target.run("drop table " + name());
        takeName(index);
        return new Done(SwapMethod.RENAMED, rows, notes);
    }

    private Done refill(ExistingTarget existing) {
        var columns =
                PostgresDialect.list(compiled.columns().stream().map(TargetColumn::name).toList());
        target.run("delete from " + name());
        var rows =
                target.run(
                        "insert into %s (%s) overriding system value select %s from %s"
                                .formatted(name(), columns, columns, staging.quoted()));
        target.run("drop table " + staging.quoted());
        target.run("analyze " + name());
        var notes = new ArrayList<String>();
        for (var hindrance : existing.hindrances()) notes.add("refilled: " + hindrance);
        return new Done(SwapMethod.REFILLED, rows, notes);
    }

    private void takeName(List<String> keyName) {
        target.run(
                "alter table %s rename to %s"
                        .formatted(
                                staging.quoted(), PostgresDialect.quoted(request.targetTable())));
        if (compiled.key().isEmpty()) return;
        var wanted =
                keyName.isEmpty() ? shortened(request.targetTable()) + "_pkey" : keyName.getFirst();
        var taken =
                !target.query(
                                "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2",
                                request.targetSchema(),
                                wanted)
                        .isEmpty();
        if (taken) return; // it keeps the unique name it got with the staging table
        target.run(
                "alter table %s rename constraint %s to %s"
                        .formatted(
                                name(),
                                PostgresDialect.quoted(staging.name() + "_pkey"),
                                PostgresDialect.quoted(wanted)));
    }

    private List<String> keyName(String oid) {
        return target
                .query(
                        "select conname from pg_constraint where conrelid = $1::oid and contype = 'p'",
                        oid)
                .stream()
                .map(row -> row.text(0))
                .toList();
    }

    private void lock(String mode) {
        var patience = request.target().limits().lockTimeout();
        var deadline = System.nanoTime() + patience.toNanos();
        var each = Math.max(1, Math.min(TRY_MAX.toMillis(), patience.toMillis()));
        var pause = Duration.ofMillis(50);
        target.run("set local lock_timeout = " + each);
        while (true) {
            target.run("savepoint swap");
            try {
                target.run("lock table %s in %s mode".formatted(name(), mode));
                return;
            } catch (DatabaseError e) {
                if (!e.sqlState().equals("55P03")) throw e;
                target.run("rollback to savepoint swap");
                if (cancelled.getAsBoolean())
                    throw new EngineFailure(Reason.CANCELLED, Map.of(), e);
                if (System.nanoTime() + pause.toNanos() > deadline) throw notObtained(e);
                rest(pause);
                pause =
                        pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0
                                ? PAUSE_MAX
                                : pause.multipliedBy(2);
            }
        }
    }

    private EngineFailure notObtained(DatabaseError cause) {
        var blocker =
                target
                        .query(
                                """
                                select a.pid, coalesce(a.application_name, '') from pg_locks l join pg_stat_activity a on a.pid = l.pid
                                where l.granted and l.pid <> pg_backend_pid() and l.relation = (
                                  select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2)
                                order by a.xact_start limit 1
                                """,
                                request.targetSchema(),
                                request.targetTable())
                        .stream()
                        .findFirst();
        return new EngineFailure(
                Reason.LOCK_NOT_OBTAINED,
                Map.of(
                        "side", Side.TARGET.key(),
                        "table", request.targetLabel(),
                        "pid", blocker.map(b -> b.text(0)).orElse(""),
                        "application", blocker.map(b -> b.text(1)).orElse("")),
                cause);
    }

    private Optional<ExistingTarget> look() {
        return ExistingTarget.find(target, request, compiled);
    }

    private String name() {
        return PostgresDialect.quoted(request.targetSchema(), request.targetTable());
    }

    /** As much of the name as leaves room for the ending, cut between characters. */
    private static String shortened(String name) {
        var text = name;
        while (text.getBytes(StandardCharsets.UTF_8).length
                > PostgresDialect.NAME_BYTES_MAX - "_pkey".length())
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        return text;
    }

    private static void rest(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineFailure(Reason.CANCELLED, Map.of(), e);
        }
    }
}
