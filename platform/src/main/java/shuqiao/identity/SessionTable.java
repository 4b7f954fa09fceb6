package shuqiao.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Where;

/** The sessions that Spring keeps; times in its table are milliseconds. */
@Repository
class SessionTable {

    /**
     * What Spring Session writes at the end of a request, in its order of values. When somebody was
     * last seen is kept to a quarter of a minute: else each page would wait for the disk once.
     */
    static final String SELDOM =
            """
            update %TABLE_NAME% s set session_id = n.session_id, last_access_time = n.seen,
                max_inactive_interval = n.idle, expiry_time = n.expiry, principal_name = n.principal
            from (values (?::char(36), ?::bigint, ?::int, ?::bigint, ?::varchar, ?::char(36)))
                n(session_id, seen, idle, expiry, principal, primary_id)
            where s.primary_id = n.primary_id
                and (n.seen >= s.last_access_time + 15000 or n.seen < s.last_access_time
                    or n.session_id <> s.session_id or n.idle <> s.max_inactive_interval
                    or n.principal is distinct from s.principal_name)
            """;

    /**
     * Two requests of one session may put in the same attribute, and a third may end the session:
     * neither is a fault. The values are in the order of Spring Session's own variant for
     * PostgreSQL.
     */
    static final String ATTRIBUTE =
            """
            insert into %TABLE_NAME%_attributes (session_primary_id, attribute_name, attribute_bytes)
            select s.primary_id, n.name, n.bytes
            from (values (?::char(36), ?::varchar, ?::bytea)) n(primary_id, name, bytes)
            join %TABLE_NAME% s on s.primary_id = n.primary_id
            for key share of s
            on conflict (session_primary_id, attribute_name) do update set attribute_bytes = excluded.attribute_bytes
            """;

    private final JdbcClient db;

    SessionTable(JdbcClient db) {
        this.db = db;
    }

    /** One session too many is marked when it gives way, and goes when it calls again. */
    private static final String ENDED =
            "org.springframework.session.security.SpringSessionBackedSessionInformation.EXPIRED";

    private static final String NOT_ENDED =
            """
            not exists (select from identity.spring_session_attributes a
                where a.session_primary_id = s.primary_id and a.attribute_name = :ended)
            """;

    /** Living sessions of people, the last seen first. */
    List<LiveSession> living(@Nullable String username, Instant now, int limit) {
        var where =
                new Where()
                        .and("s.expiry_time > :now", "now", now.toEpochMilli())
                        .and(NOT_ENDED, "ended", ENDED);
        if (username != null) where.and("s.principal_name = :username", "username", username);
        return db.sql(
                        """
                        select s.primary_id, s.principal_name, p.name, s.creation_time, s.last_access_time
                        from identity.spring_session s join identity.person p on p.username = s.principal_name
                        """
                                + where.sql()
                                + " order by s.last_access_time desc limit :limit")
                .params(where.parameters())
                .param("limit", limit)
                .query(SessionTable::row)
                .list();
    }

    Optional<LiveSession> find(String id) {
        return db.sql(
                        """
                        select s.primary_id, s.principal_name, p.name, s.creation_time, s.last_access_time
                        from identity.spring_session s join identity.person p on p.username = s.principal_name
                        where s.primary_id = :id
                        """)
                .param("id", id)
                .query(SessionTable::row)
                .optional();
    }

    SessionLimits limits() {
        return db.sql("select idle_minutes, most from identity.session_limits")
                .query((rs, _) -> new SessionLimits(rs.getInt("idle_minutes"), rs.getInt("most")))
                .single();
    }

    /** Living sessions are held to the new time as well, counted from their last request. */
    void change(SessionLimits limits) {
        db.sql("update identity.session_limits set idle_minutes = :idle, most = :most")
                .param("idle", limits.idleMinutes())
                .param("most", limits.most())
                .update();
        db.sql(
                        """
                        update identity.spring_session
                        set max_inactive_interval = :seconds, expiry_time = last_access_time + :seconds * 1000
                        where principal_name is not null
                        """)
                .param("seconds", limits.idle().toSeconds())
                .update();
    }

    int end(String id) {
        return db.sql("delete from identity.spring_session where primary_id = :id")
                .param("id", id)
                .update();
    }

    /** All of a person but the one with this id, as a cookie has it. */
    int endOthers(String username, @Nullable String sessionId) {
        return db.sql(
                        """
                        delete from identity.spring_session
                        where principal_name = :username and session_id is distinct from :sessionId::char(36)
                        """)
                .param("username", username)
                .param("sessionId", sessionId)
                .update();
    }

    int endAll(String username) {
        return db.sql("delete from identity.spring_session where principal_name = :username")
                .param("username", username)
                .update();
    }

    private static LiveSession row(ResultSet rs, int number) throws SQLException {
        return new LiveSession(
                rs.getString("primary_id").strip(),
                rs.getString("principal_name"),
                rs.getString("name"),
                Instant.ofEpochMilli(rs.getLong("creation_time")),
                Instant.ofEpochMilli(rs.getLong("last_access_time")));
    }
}
