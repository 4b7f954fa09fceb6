package shuqiao.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the staging table in the target's place, inside the copy's transaction. */
final class Swap {

    private final WireConnection target;
    private final CopyRequest request;
    private final CompiledScope compiled;
    private final Staging staging;
    private final TableLock lock;

    Swap(
            WireConnection target,
            CopyRequest request,
            CompiledScope compiled,
            Staging staging,
            TableLock lock) {
        this.target = target;
        this.request = request;
        this.compiled = compiled;
        this.staging = staging;
        this.lock = lock;
    }

    /** What was done, up to but without the commit. */
    record Done(SwapMethod method, long rows, List<String> notes) {}

    /**
     * The table is looked at again under the lock: somebody may have hung a view on it meanwhile.
     */
    Done run(long rows) {
        var before = look();
        if (before.isEmpty()) {
            staging.comment(target, compiled);
            takeName(List.of());
            requireWhole(rows);
            return new Done(SwapMethod.CREATED, rows, List.of());
        }
        return locked(before.get().hindrances().isEmpty() && !staging.unlogged(), rows);
    }

    private Done locked(boolean rename, long rows) {
        lock.take(rename ? "access exclusive" : "exclusive");
        var existing =
                look().orElseThrow(() ->
                        new EngineFailure(
                                Reason.TABLE_VANISHED,
                                Map.of("side", Side.TARGET.key(), "table", request.targetLabel())));
        if (rename && existing.hindrances().isEmpty()) return rename(existing, rows);
        return refill(existing, rows);
    }

    private Done rename(ExistingTarget existing, long rows) {
        staging.comment(target, compiled);
        var notes = Carried.over(target, existing, staging);
        var index = keyName(existing.oid());
        target.runTheirs("drop table " + name());
        takeName(index);
        requireWhole(rows);
        return new Done(SwapMethod.RENAMED, rows, notes);
    }

    private void requireWhole(long rows) {
        if (staging.counted().orElse(-1) != rows) FinalCheck.count(target, name(), rows);
    }

    private Done refill(ExistingTarget existing, long rows) {
        var standing = Standing.on(target, request);
        new Refill(target, request, compiled, staging, standing).run(existing.table());
        var columns =
                compiled.columns().stream().map(c -> PostgresDialect.quoted(c.name())).toList();
        FinalCheck.require(target, standing, staging, rows, columns, columns, "");
        var notes = new ArrayList<String>();
        for (var hindrance : existing.hindrances()) notes.add("refilled: " + hindrance);
        notes.addAll(
                Sequences.advance(
                        target,
                        standing,
                        compiled.columns().stream().map(TargetColumn::name).toList()));
        target.runTheirs("drop table " + staging.quoted());
        return new Done(SwapMethod.REFILLED, rows, notes);
    }

    private void takeName(List<String> keyName) {
        target.runTheirs(
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
        target.runTheirs(
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
}
