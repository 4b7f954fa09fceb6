package shuqiao.exchange;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Actor;

/** Files of delivered runs, also those that are gone. */
@Repository
class FileTable {

    private final JdbcClient db;

    FileTable(JdbcClient db) {
        this.db = db;
    }

    void insert(RunFile file) {
        db.sql(
                        """
                        insert into exchange.file (run, name, title, media_type, bytes, sha256, place, made_at, expires_at)
                        values (:run, :name, :title, :mediaType, :bytes, :sha256, :place, :madeAt, :expiresAt)
                        """)
                .param("run", file.run())
                .param("name", file.name())
                .param("title", file.title())
                .param("mediaType", file.mediaType())
                .param("bytes", file.bytes())
                .param("sha256", file.sha256())
                .param("place", file.place().toString())
                .param("madeAt", RunTable.time(file.madeAt()))
                .param("expiresAt", RunTable.time(file.expiresAt()))
                .update();
    }

    /** Of one run, the rows first. */
    List<RunFile> of(String run) {
        return db.sql("select * from exchange.file where run = :run order by name")
                .param("run", run)
                .query(FileTable::row)
                .list();
    }

    /** Takes all files of a grant back. */
    int removeOfGrant(long grant, Instant now) {
        return db.sql(
                        """
                        update exchange.file f set removed_at = :now
                        from exchange.run r where r.id = f.run and r.grant_id = :grant and f.removed_at is null
                        """)
                .param("grant", grant)
                .param("now", RunTable.time(now))
                .update();
    }

    int removeExpired(Instant now) {
        return db.sql(
                        """
                        update exchange.file set removed_at = :now
                        where removed_at is null and expires_at <= :now
                        """)
                .param("now", RunTable.time(now))
                .update();
    }

    /** Grants under which files lie there. */
    List<Long> grants() {
        return db.sql(
                        """
                        select distinct r.grant_id from exchange.file f join exchange.run r on r.id = f.run
                        where f.removed_at is null
                        """)
                .query((rs, _) -> rs.getLong("grant_id"))
                .list();
    }

    /** Those of these runs that are under way or have a file that is still there. */
    Set<String> needed(Collection<String> runs) {
        if (runs.isEmpty()) return Set.of();
        return Set.copyOf(
                db.sql(
                                """
                                select r.id from exchange.run r
                                where r.id in (:runs)
                                  and (r.state = 'RUNNING'
                                       or exists (select from exchange.file f where f.run = r.id and f.removed_at is null))
                                """)
                        .param("runs", runs)
                        .query(String.class)
                        .list());
    }

    /** Bytes of all that lies there. */
    long bytes() {
        return db.sql("select coalesce(sum(bytes), 0) from exchange.file where removed_at is null")
                .query(Long.class)
                .single();
    }

    private static RunFile row(ResultSet rs, int number) throws SQLException {
        return new RunFile(
                rs.getString("run"),
                rs.getString("name"),
                rs.getString("title"),
                rs.getString("media_type"),
                rs.getLong("bytes"),
                rs.getString("sha256"),
                Path.of(rs.getString("place")),
                RunRow.at(rs, "made_at"),
                RunRow.at(rs, "expires_at"),
                Optional.ofNullable(rs.getObject("removed_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    /** True when the ledger has nothing of this person and file since then; noted at once. */
    boolean taken(String run, String name, Actor actor, Instant now, Instant since) {
        return db.sql(
                                """
                                insert into exchange.taken (run, name, actor_kind, subject, at)
                                values (:run, :name, :kind, :subject, :now)
                                on conflict (run, name, actor_kind, subject) do update set at = excluded.at
                                where exchange.taken.at <= :since or exchange.taken.at > excluded.at
                                """)
                        .param("run", run)
                        .param("name", name)
                        .param("kind", actor.kind().name())
                        .param("subject", actor.subject())
                        .param("now", RunTable.time(now))
                        .param("since", RunTable.time(since))
                        .update()
                == 1;
    }
}
