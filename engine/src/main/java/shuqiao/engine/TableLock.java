package shuqiao.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import shuqiao.engine.WireFailure.DatabaseError;

/**
 * The lock of PostgreSQL on the target's table, inside the copy's transaction. It is tried for
 * briefly and again, so that readers never queue behind us for long.
 */
record TableLock(WireConnection target, CopyRequest request, BooleanSupplier cancelled) {

    private static final Duration TRY_MAX = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

    void take(String mode) {
        var patience = request.target().limits().lockTimeout();
        var deadline = System.nanoTime() + patience.toNanos();
        var each = Math.max(1, Math.min(TRY_MAX.toMillis(), patience.toMillis()));
        if (target.lockTimeout() > 0) each = Math.min(each, target.lockTimeout());
        var pause = Duration.ofMillis(50);
        target.run("set local lock_timeout = " + each);
        while (true) {
            target.run("savepoint swap");
            try {
                target.run(
                        "lock table %s in %s mode"
                                .formatted(
                                        PostgresDialect.quoted(
                                                request.targetSchema(), request.targetTable()),
                                        mode));
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

    private static void rest(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineFailure(Reason.CANCELLED, Map.of(), e);
        }
    }
}
