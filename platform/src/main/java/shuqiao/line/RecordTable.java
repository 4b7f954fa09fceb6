package shuqiao.line;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.Side;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Page;

/** What people read of sessions and sources. */
@Repository
class RecordTable {

    private static final String STATES =
            """
            select p.*,
                count(s.id) filter (where not s.copies) as questions, count(s.id) filter (where s.copies) as copying
            from line.place p left join (select s.* from line.session s join line.platform a on a.id = s.platform
                    where s.closed_at is null and s.occasion <> 'WATCH' and a.seen > clock_timestamp() - make_interval(secs => :life)) s
                on s.source = p.source
            """;

    private final JdbcClient db;

    RecordTable(JdbcClient db) {
        this.db = db;
    }

    /** The newest first; of one source, or of all. */
    Page<SessionRecord> sessions(@Nullable Long source, Page.Request page) {
        var rows =
                db.sql(
                                """
                                select * from line.session
                                where (:source::bigint is null or source = :source) and id < :after
                                order by id desc limit :limit
                                """)
                        .param("source", source)
                        .param("after", page.after())
                        .param("limit", page.limit() + 1)
                        .query(RecordTable::row)
                        .list();
        return page.page(rows, () -> count(source), SessionRecord::id);
    }

    private long count(@Nullable Long source) {
        return db.sql(
                        "select count(*) from line.session where :source::bigint is null or source = :source")
                .param("source", source)
                .query(Long.class)
                .single();
    }

    /** Those that are left alone first, then those in use. */
    List<PlaceState> states(Duration life, Instant now, int most) {
        return db.sql(
                        STATES
                                + """
                                 group by p.source
                                order by p.open_until is null, p.failures = 0, count(s.id) desc, p.organization, p.name, p.source limit :most
                                """)
                .param("life", life.toSeconds())
                .param("most", most)
                .query((rs, _) -> state(rs, now))
                .list();
    }

    Optional<PlaceState> state(long source, Duration life, Instant now) {
        return db.sql(STATES + " where p.source = :source group by p.source")
                .param("life", life.toSeconds())
                .param("source", source)
                .query((rs, _) -> state(rs, now))
                .optional();
    }

    /** How many are not dialled now; each decides as {@link Circuit#leftAlone} does. */
    long alone(Instant now) {
        return db
                .sql("select * from line.place where open_until is not null")
                .query((rs, _) -> LineTable.circuit(rs).leftAlone(now).isPresent())
                .list()
                .stream()
                .filter(it -> it)
                .count();
    }

    private static PlaceState state(ResultSet rs, Instant now) throws SQLException {
        var circuit = LineTable.circuit(rs);
        return new PlaceState(
                rs.getLong("source"),
                rs.getString("organization"),
                rs.getString("name"),
                rs.getInt("most"),
                rs.getInt("questions"),
                rs.getInt("copying"),
                circuit.failures(),
                Optional.ofNullable(circuit.last()),
                Optional.ofNullable(circuit.reason()),
                circuit.leftAlone(now));
    }

    private static SessionRecord row(ResultSet rs, int number) throws SQLException {
        return new SessionRecord(
                rs.getLong("id"),
                rs.getLong("source"),
                rs.getString("organization"),
                rs.getString("name"),
                Side.valueOf(rs.getString("side")),
                Occasion.valueOf(rs.getString("occasion")),
                Actor.Kind.valueOf(rs.getString("by_kind")),
                rs.getString("by_whom"),
                rs.getString("about"),
                Optional.ofNullable(rs.getString("address")),
                rs.getTimestamp("asked_at").toInstant(),
                Optional.ofNullable(LineTable.at(rs, "opened_at")),
                Optional.ofNullable(LineTable.at(rs, "closed_at")),
                new SessionRecord.Told(
                        rs.getObject("questions", Integer.class),
                        rs.getObject("rows", Long.class),
                        rs.getObject("received", Long.class),
                        rs.getObject("sent", Long.class),
                        rs.getString("outcome")));
    }
}
