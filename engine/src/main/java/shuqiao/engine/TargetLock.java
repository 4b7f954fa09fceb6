package shuqiao.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;

/** The advisory lock that lets one session at a time write a target. It ends with its session. */
record TargetLock(String label, long key) {

    private static final Duration DYING = Duration.ofSeconds(15);

    static TargetLock of(String schema, String table) {
        try {
            var name = "shuqiao\0" + schema + "\0" + table;
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return new TargetLock(schema + "." + table, ByteBuffer.wrap(hash).getLong());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    boolean tryTake(WireConnection session) {
        return session.one("select pg_try_advisory_lock($1::bigint)", String.valueOf(key)).flag(0);
    }

    void free(WireConnection session) {
        session.query("select pg_advisory_unlock($1::bigint)", String.valueOf(key));
    }

    /**
     * Takes the lock, ending the session of an attempt that has lost its right to it.
     *
     * @throws EngineFailure target-busy when somebody holds it by right, or cannot be ended by us
     */
    void take(WireConnection session, Attempt self, Fence fence) {
        if (tryTake(session)) return;
        for (var row : holders(session)) {
            var other = Attempt.of(row.text(1)).orElseThrow(() -> busy(row));
            if (other.run().equals(self.run())) {
                if (other.number() > self.number())
                    throw new EngineFailure(Reason.FENCED, Map.of());
                if (other.number() == self.number()) throw busy(row);
            } else if (fence.isAlive(other)) {
                throw busy(row);
            }
            session.query("select pg_terminate_backend($1::int)", row.text(0));
        }
        var patience = session.lockTimeout();
        if (patience == 0 || patience > DYING.toMillis()) patience = DYING.toMillis();
        session.run("set lock_timeout = " + patience);
        try {
            session.query("select pg_advisory_lock($1::bigint)", String.valueOf(key));
        } catch (WireFailure.DatabaseError e) {
            if (!e.sqlState().equals("55P03")) throw e;
            throw busy(
                    holders(session).stream().findFirst().orElse(Row.of(session.side(), "0", "")));
        }
    }

    private java.util.List<Row> holders(WireConnection session) {
        return session.query(
                """
                select a.pid, a.application_name from pg_locks l join pg_stat_activity a on a.pid = l.pid
                where l.locktype = 'advisory' and l.granted and l.objsubid = 1
                  and l.database = (select oid from pg_database where datname = current_database())
                  and (l.classid::bigint << 32 | l.objid::bigint) = $1::bigint
                """,
                String.valueOf(key));
    }

    private EngineFailure busy(Row holder) {
        return new EngineFailure(
                Reason.TARGET_BUSY,
                Map.of(
                        "table",
                        label,
                        "pid",
                        holder.text(0),
                        "application",
                        holder.find(1).orElse("")));
    }
}
