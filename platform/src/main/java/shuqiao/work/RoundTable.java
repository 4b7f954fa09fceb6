package shuqiao.work;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The recurring kinds: db-scheduler takes and puts back their rows, we note why they failed. */
@Repository
class RoundTable {

    /** What db-scheduler is given for its table. */
    static final String NAME = "work.round";

    /** The key of a recurring kind, as db-scheduler calls it. */
    static final String KEY = "recurring";

    private final JdbcClient db;

    RoundTable(JdbcClient db) {
        this.db = db;
    }

    /** Those that failed most often first. */
    List<Round> list(Collection<String> kinds) {
        return db.sql(
                        """
                        select kind, due, picked, done_at, attempt, cause from work.task
                        where key = 'recurring' and kind in (:kinds) order by attempt desc, kind
                        """)
                .param("kinds", kinds)
                .query((rs, _) -> round(rs))
                .list();
    }

    private static Round round(ResultSet rs) throws SQLException {
        return new Round(
                rs.getString("kind"),
                rs.getObject("due", OffsetDateTime.class).toInstant(),
                rs.getBoolean("picked"),
                instant(rs.getObject("done_at", OffsetDateTime.class)),
                rs.getInt("attempt"),
                rs.getString("cause"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime it) {
        return it == null ? null : it.toInstant();
    }

    /** The cause of a failure that is over is forgotten. */
    void went(String kind) {
        db.sql("update work.task set cause = '' where kind = :kind and key = 'recurring'")
                .param("kind", kind)
                .update();
    }

    /**
     * Puts a turn that failed back with its cause.
     *
     * @param version of the row as it was taken: a platform that was held for dead changes nothing
     */
    void broke(String kind, long version, String cause, Instant at, Instant due) {
        db.sql(
                        """
                        update work.task set picked = false, picked_by = null, alive_at = null, attempt = attempt + 1,
                            failed_at = :at, due = :due, cause = :cause, version = version + 1
                        where kind = :kind and key = 'recurring' and version = :version
                        """)
                .param("kind", kind)
                .param("version", version)
                .param("cause", cause)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("due", due.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Due at once; false where it is being done or not known. */
    boolean now(String kind, Instant now) {
        return db.sql(
                                """
                                update work.task set due = :now, version = version + 1
                                where kind = :kind and key = 'recurring' and not picked
                                """)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("kind", kind)
                        .update()
                > 0;
    }
}
