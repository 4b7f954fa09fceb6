package shuqiao.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.WireFailure.DatabaseError;

/** Takes the {@link Mark} of a copy's transaction, and asks later what became of it. */
final class Marker {

    /** How long a session that still holds the transaction may take to end. */
    private static final Duration DYING = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** The number lies beyond all that the server has given out. */
    private static final String IN_THE_FUTURE = "22023";

    private final WireConnection session;
    private final Server server;
    private String transaction = "";
    private String position = "";

    /** Before the transaction begins, since a question that is refused would end it. */
    Marker(WireConnection session) {
        this.session = session;
        this.server = server(session).orElse(Server.UNKNOWN);
    }

    /** After the first thing was written in it. */
    void begun() {
        if (server.place().isEmpty()) return;
        var row =
                session.one(
                        "select pg_catalog.txid_current(), pg_catalog.pg_current_wal_insert_lsn()");
        transaction = row.text(0);
        position = row.text(1);
    }

    Mark mark() {
        if (server.place().isEmpty()) return new Mark("", "", "", "", false, "");
        var row =
                session.one(
                        """
                        select pg_catalog.pg_current_wal_flush_lsn() >= $1::pg_lsn,
                          (select coalesce(string_agg(transactionid::text, ','), '') from pg_catalog.pg_locks
                           where pid = pg_catalog.pg_backend_pid() and locktype = 'transactionid' and granted)
                        """,
                        position);
        return new Mark(
                server.place(), position, transaction, row.text(1), row.flag(0), server.lifetime());
    }

    /**
     * @param place system identifier, timeline and database
     */
    private record Server(String place, String lifetime) {
        static final Server UNKNOWN = new Server("", "");
    }

    /** Empty where the server has no such questions. */
    private static Optional<Server> server(WireConnection session) {
        try {
            var row =
                    session.one(
                            """
                            select (select system_identifier from pg_catalog.pg_control_system()),
                              substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_insert_lsn()), 1, 8),
                              (select oid from pg_catalog.pg_database where datname = current_database()),
                              (select coalesce(extract(epoch from stats_reset)::text, '') from pg_catalog.pg_stat_bgwriter)
                            """);
            return Optional.of(
                    new Server(row.text(0) + "/" + row.text(1) + "/" + row.text(2), row.text(3)));
        } catch (DatabaseError unasked) {
            return Optional.empty();
        }
    }

    /**
     * Asks what became of the transaction. Sessions of that attempt and of earlier ones that are
     * still there are ended first.
     *
     * @throws EngineFailure when the server does not say now, but may later
     */
    static Fate fate(
            WireConnection session, Mark mark, Attempt attempt, String schema, String table) {
        if (mark.server().isEmpty()) return Fate.UNKNOWN;
        if (session.one("select pg_catalog.pg_is_in_recovery()").flag(0))
            throw new EngineFailure(
                    Reason.TARGET_READ_ONLY, Map.of("detail", "the server follows another one"));
        var server = server(session).orElse(Server.UNKNOWN);
        if (!server.place().equals(mark.server()) || isBehind(session, mark)) return Fate.UNKNOWN;
        var uncrashed = !mark.lifetime().isEmpty() && server.lifetime().equals(mark.lifetime());
        CopyRun.endEarlierAttempts(session, new Attempt(attempt.run(), attempt.number() + 1));
        return switch (settled(session, mark)) {
            case "committed" ->
                    mark.durable() || uncrashed || isSeen(session, mark, schema, table)
                            ? Fate.COMMITTED
                            : Fate.UNKNOWN;
            case "aborted" -> Fate.ROLLED_BACK;
            default -> Fate.UNKNOWN;
        };
    }

    private static boolean isBehind(WireConnection session, Mark mark) {
        return session.one(
                        "select pg_catalog.pg_current_wal_insert_lsn() < $1::pg_lsn",
                        mark.position())
                .flag(0);
    }

    private static String settled(WireConnection session, Mark mark) {
        var deadline = System.nanoTime() + DYING.toNanos();
        while (true) {
            var status = status(session, mark);
            if (!"in progress".equals(status)) return status == null ? "" : status;
            if (System.nanoTime() - deadline > 0)
                throw new EngineFailure(
                        Reason.TRY_AGAIN,
                        Map.of(
                                "side",
                                Side.TARGET.key(),
                                "sqlstate",
                                "",
                                "detail",
                                "transaction " + mark.transaction() + " is in progress"));
            try {
                TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new EngineFailure(Reason.CANCELLED, Map.of(), stopped);
            }
        }
    }

    private static @Nullable String status(WireConnection session, Mark mark) {
        try {
            return session.one("select pg_catalog.txid_status($1::bigint)", mark.transaction())
                    .find(0)
                    .orElse(null);
        } catch (DatabaseError failed) {
            // it crashed before the number was on disk, so nothing was committed under it
            if (failed.sqlState().equals(IN_THE_FUTURE)) return "aborted";
            throw failed;
        }
    }

    /**
     * Whether the table, a column or a row of it was last written by that transaction. A server
     * that crashed before the number was on disk may have given it to somebody else, who wrote
     * elsewhere.
     */
    private static boolean isSeen(WireConnection session, Mark mark, String schema, String table) {
        if (!session.query(
                        """
                        select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = $1 and c.relname = $2 and (c.xmin::text = any(string_to_array($3, ','))
                          or exists (select 1 from pg_catalog.pg_attribute a
                            where a.attrelid = c.oid and a.xmin::text = any(string_to_array($3, ','))))
                        """,
                        schema,
                        table,
                        mark.writers())
                .isEmpty()) return true;
        try {
            return !session.query(
                            "select 1 from %s where xmin::text = any(string_to_array($1, ',')) limit 1"
                                    .formatted(PostgresDialect.quoted(schema, table)),
                            mark.writers())
                    .isEmpty();
        } catch (DatabaseError goneOrForbidden) {
            return false;
        }
    }
}
