package shuqiao.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The {@link Columns} of all entries, as they are now. They are kept in memory; each time they are
 * asked for, the database tells what the snapshot of the time before did not see. So they are right
 * with any number of platforms, and when a transaction ends late.
 */
@Repository
class ColumnTable {

    /** A snapshot that has seen nothing. */
    private static final String NOTHING = "1:1:";

    private static final int PIECE = 5_000;

    private static final String FROM_NOW =
            """
            select s.at, c.*
            from (select pg_current_snapshot()::text as at) s
            left join (
                select e.resource, e.inside, false as gone, (extract(epoch from e.changed_at) * 1000000)::bigint as changed,
                    e.stage as state, e.sharing, e.provider, e.method, e.format, e.cycle, e.class, e.due, e.score,
                    lower(e.code) as code, e.name_text, e.department, case when :texts then e.search_text end as search_text
                from (select * from catalog.entry where
            """;

    /** Whatever number its transaction has: after a restore from a dump it may be yet to come. */
    private static final String ALL = FROM_NOW + " true) e) c on true";

    private static final String UNSEEN =
            """
            written_in >= pg_snapshot_xmin(:seen::pg_snapshot)
                and written_in < pg_snapshot_xmax(pg_current_snapshot())
                and not pg_visible_in_snapshot(written_in, :seen::pg_snapshot)
            """;

    private static final String CHANGES =
            FROM_NOW
                    + UNSEEN
                    + """
                    ) e
                    union all
                    select g.resource, g.inside, true, null, null, null, null, null, null, null, null, null, null, null, null, null, null
                    from (select * from catalog.entry_gone where
                    """
                    + UNSEEN
                    + """
                                ) g
                            where not exists (select from catalog.entry e where (e.resource, e.inside) = (g.resource, g.inside))
                        ) c on true
                    """;

    /** What is kept, and the snapshot that saw it. */
    private record Kept(Columns columns, String seen) {}

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Kept kept;

    @Autowired
    ColumnTable(JdbcClient db, TransactionTemplate transaction) {
        this(db, transaction, Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * @param room bytes that texts may take in memory
     */
    ColumnTable(JdbcClient db, TransactionTemplate transaction, long room) {
        this.db = db;
        this.transaction = transaction;
        kept = new Kept(Columns.empty(room), NOTHING);
    }

    Columns now() {
        // what a transaction has not committed is for itself alone
        if (TransactionSynchronizationManager.isActualTransactionActive())
            return next(new Kept(Columns.empty(0), NOTHING)).columns();
        if (!mine()) return kept.columns();
        try {
            var before = kept;
            kept =
                    before.seen().equals(NOTHING)
                            ? transaction.execute(_ -> next(before)) // read piece by piece
                            : next(before);
            return kept.columns();
        } finally {
            lock.unlock();
        }
    }

    /**
     * One reads the changes for all. Who has waited its patience behind another takes what that one
     * read last, seconds old, rather than hang on a slow database; before the first read all wait.
     */
    private boolean mine() {
        try {
            if (lock.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        if (!kept.seen().equals(NOTHING)) return false;
        lock.lock();
        return true;
    }

    private Kept next(Kept before) {
        var columns = before.columns();
        var gone = new HashSet<Long>();
        var written = new ArrayList<Columns.Row>();
        var seen = new String[] {before.seen()};
        var departments = new HashMap<String, String>();
        var room = new long[] {columns.room()};
        var rows =
                before.seen().equals(NOTHING)
                        ? db.sql(ALL)
                        : db.sql(CHANGES).param("seen", before.seen());
        rows.param("texts", columns.room() > 0)
                .withFetchSize(PIECE)
                .query(rs -> {
                    seen[0] = rs.getString("at");
                    long resource = rs.getLong("resource");
                    if (rs.wasNull()) return;
                    var inside = rs.getBoolean("inside");
                    if (rs.getBoolean("gone")) gone.add(Columns.key(resource, inside));
                    else {
                        var text = room[0] > 0 ? text(rs, departments) : null;
                        if (text != null) room[0] -= text.size();
                        written.add(row(columns, resource, inside, text, rs));
                    }
                });
        return new Kept(changed(columns, gone, written), seen[0]);
    }

    private static Columns changed(Columns columns, Set<Long> gone, List<Columns.Row> written) {
        return gone.isEmpty() && written.isEmpty() ? columns : columns.with(gone, written);
    }

    /** A department has one text for all of its rows. */
    private static Columns.Text text(ResultSet rs, Map<String, String> departments)
            throws SQLException {
        return new Columns.Text(
                rs.getString("code"),
                rs.getString("name_text"),
                rs.getString("search_text"),
                departments.computeIfAbsent(rs.getString("department"), it -> it));
    }

    private static Columns.Row row(
            Columns columns,
            long resource,
            boolean inside,
            Columns.@Nullable Text text,
            ResultSet rs)
            throws SQLException {
        var values = new ArrayList<Character>(Columns.STORED.size());
        for (var facet : Columns.STORED)
            values.add(columns.codes(facet).number(rs.getString(facet.name())));
        return new Columns.Row(
                resource,
                inside,
                rs.getLong("changed"),
                values,
                columns.classCodes().number(rs.getString("class")),
                rs.getObject("due", LocalDate.class),
                (@Nullable Integer) rs.getObject("score"),
                text);
    }
}
