package shuqiao.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.Fate;
import shuqiao.engine.Mark;

/** What attempts were about to commit at their targets. */
@Repository
class IntentTable {

    private final JdbcClient db;

    IntentTable(JdbcClient db) {
        this.db = db;
    }

    /**
     * Notes it and renews the lease in one statement; false where the lease is gone or the run was
     * cancelled, and then nothing is noted.
     */
    boolean note(Lease lease, Duration life, Instant now, Mark mark, Outcome ready) {
        return db.sql(
                                """
                                with held as (
                                    update exchange.run set lease_until = clock_timestamp() + make_interval(secs => :life)
                                    where id = :run and owner = :owner and attempt = :attempt and cancel_by is null returning id)
                                insert into exchange.intent (run, attempt, started_at, noted_at, server, server_position, transaction, writers,
                                    durable, server_lifetime, rows_read, rows_written, bytes, sha256, content_of, swap_method, notes, words)
                                select id, :attempt, :started, :now, :server, :position, :transaction, :writers,
                                    :durable, :lifetime, :read, :written, :bytes, :sha256, :of, :method, :notes, :words from held
                                on conflict (run, attempt) do update set noted_at = excluded.noted_at, writers = excluded.writers,
                                    durable = excluded.durable, rows_written = excluded.rows_written,
                                    swap_method = excluded.swap_method, notes = excluded.notes
                                """)
                        .param("life", life.toMillis() / 1e3)
                        .param("run", lease.run().id())
                        .param("owner", lease.owner())
                        .param("attempt", lease.run().attempt())
                        .param("started", RunTable.time(lease.since()))
                        .param("now", RunTable.time(now))
                        .param("server", mark.server())
                        .param("position", mark.position())
                        .param("transaction", mark.transaction())
                        .param("writers", mark.writers())
                        .param("durable", mark.durable())
                        .param("lifetime", mark.lifetime())
                        .param("read", ready.rowsRead())
                        .param("written", ready.rowsWritten())
                        .param("bytes", ready.bytes())
                        .param("sha256", ready.sha256())
                        .param("of", ready.of())
                        .param("method", ready.swapMethod())
                        .param("notes", ready.notes().toArray(String[]::new))
                        .param("words", ready.words().toArray(String[]::new))
                        .update()
                == 1;
    }

    /** The one whose end nobody knows yet; the newest, should there be more. */
    Optional<Intent> open(String run) {
        return db.sql(
                        "select * from exchange.intent where run = :run and fate = 'OPEN' order by attempt desc limit 1")
                .param("run", run)
                .query(IntentTable::read)
                .optional();
    }

    /** Once for each. */
    void settle(String run, int attempt, Fate fate, Instant now) {
        db.sql(
                        """
                        update exchange.intent set fate = :fate, settled_at = :now
                        where run = :run and attempt = :attempt and fate = 'OPEN'
                        """)
                .param("fate", fate.name())
                .param("now", RunTable.time(now))
                .param("run", run)
                .param("attempt", attempt)
                .update();
    }

    private static Intent read(ResultSet rs, int number) throws SQLException {
        return new Intent(
                rs.getString("run"),
                rs.getInt("attempt"),
                RunRow.at(rs, "started_at"),
                RunRow.at(rs, "noted_at"),
                new Mark(
                        rs.getString("server"),
                        rs.getString("server_position"),
                        rs.getString("transaction"),
                        rs.getString("writers"),
                        rs.getBoolean("durable"),
                        rs.getString("server_lifetime")),
                rs.getLong("rows_read"),
                rs.getLong("rows_written"),
                rs.getLong("bytes"),
                rs.getString("sha256"),
                rs.getString("content_of"),
                rs.getString("swap_method"),
                List.of((String[]) rs.getArray("notes").getArray()),
                List.of((String[]) rs.getArray("words").getArray()));
    }
}
