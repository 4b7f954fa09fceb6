package shuqiao.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class PendingTable {

    private static final String SELECT =
            """
            select id, kind, subject, entry::text as entry, seen, asked_by, asked_at, expires_at,
                state, ended_by, ended_at
            from identity.pending_change
            """;

    private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS =
            new TypeReference<>() {};

    /** A pending change with what it will do: the entry as it was typed, the account as seen. */
    record Row(PendingChange change, String entry, String seen) {}

    private final JdbcClient db;

    PendingTable(JdbcClient db) {
        this.db = db;
    }

    Row insert(
            PendingChange.Kind kind,
            String subject,
            String entry,
            String seen,
            String by,
            Instant now,
            Instant expires) {
        var id =
                db.sql(
                                """
                                insert into identity.pending_change
                                    (kind, subject, entry, seen, asked_by, asked_at, expires_at)
                                values (:kind, :subject, :entry::jsonb, :seen, :by, :now, :expires)
                                returning id
                                """)
                        .param("kind", kind.name())
                        .param("subject", subject)
                        .param("entry", entry)
                        .param("seen", seen)
                        .param("by", by)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("expires", expires.atOffset(ZoneOffset.UTC))
                        .query(Long.class)
                        .single();
        return find(id, now).orElseThrow();
    }

    /** The living one about an account, of which there is one at most. */
    Optional<Row> waitingFor(String subject, Instant now) {
        return db.sql(
                        SELECT
                                + " where subject = :subject and state = 'WAITING' and expires_at > :now"
                                + " order by id desc limit 1")
                .param("subject", subject)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((rs, _) -> row(rs, now))
                .optional();
    }

    Optional<Row> find(long id, Instant now) {
        return db.sql(SELECT + " where id = :id")
                .param("id", id)
                .query((rs, _) -> row(rs, now))
                .optional();
    }

    /** The row, which stays as it is until the transaction ends. */
    Optional<Row> lock(long id, Instant now) {
        return db.sql(SELECT + " where id = :id for update")
                .param("id", id)
                .query((rs, _) -> row(rs, now))
                .optional();
    }

    /** Two who ask for the same account at once come one after the other. */
    void lockSubject(String subject) {
        db.sql("select pg_advisory_xact_lock(hashtextextended(:subject, 4))")
                .param("subject", subject)
                .query(rs -> {});
    }

    List<Row> newest(int limit, Instant now) {
        return db.sql(SELECT + " order by (state = 'WAITING') desc, id desc limit :limit")
                .param("limit", limit)
                .query((rs, _) -> row(rs, now))
                .list();
    }

    void end(long id, PendingChange.State state, String by, Instant now) {
        db.sql(
                        """
                        update identity.pending_change set state = :state, ended_by = :by, ended_at = :now
                        where id = :id
                        """)
                .param("state", state.name())
                .param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    private static Row row(ResultSet rs, Instant now) throws SQLException {
        var expires = rs.getObject("expires_at", OffsetDateTime.class).toInstant();
        var ended = rs.getObject("ended_at", OffsetDateTime.class);
        var state = PendingChange.State.valueOf(rs.getString("state"));
        if (state == PendingChange.State.WAITING && !now.isBefore(expires))
            state = PendingChange.State.EXPIRED;
        var entry = rs.getString("entry");
        return new Row(
                new PendingChange(
                        rs.getLong("id"),
                        PendingChange.Kind.valueOf(rs.getString("kind")),
                        rs.getString("subject"),
                        JsonMapper.shared().readValue(entry, MEMBERS),
                        rs.getString("asked_by"),
                        rs.getObject("asked_at", OffsetDateTime.class).toInstant(),
                        expires,
                        state,
                        rs.getString("ended_by"),
                        ended == null ? null : ended.toInstant()),
                entry,
                rs.getString("seen"));
    }
}
