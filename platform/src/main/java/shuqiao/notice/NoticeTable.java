package shuqiao.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Notices.Notice;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class NoticeTable {

    private static final String SELECT =
            "select id, receiver, key, facts::text as facts, path, told_at, read_at from notice.notice";

    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

    private final JdbcClient db;
    private final JsonMapper json;

    NoticeTable(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** One row for each receiver; their ids in the order of the receivers. */
    List<Long> insert(Collection<String> receivers, Notice notice, Instant at) {
        if (receivers.isEmpty()) return List.of();
        return db.sql(
                        """
                        insert into notice.notice (receiver, key, facts, path, told_at)
                        select receiver, :key, :facts::jsonb, :path, :at
                        from unnest(:receivers::text[]) with ordinality as r (receiver, place)
                        order by place returning id
                        """)
                .param("receivers", receivers.toArray(String[]::new))
                .param("key", notice.key())
                .param("facts", json.writeValueAsString(notice.facts()))
                .param("path", notice.path())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query((rs, _) -> rs.getLong("id"))
                .list();
    }

    /** Those not read yet before the others, each newest first. */
    Page<Told> search(Where where, int limit, long skip) {
        var all = where.copy();
        var rows =
                db.sql(
                                SELECT
                                        + where.sql()
                                        + " order by (read_at is null) desc, id desc limit :limit offset :skip")
                        .params(where.parameters())
                        .param("limit", limit)
                        .param("skip", skip)
                        .query(this::row)
                        .list();
        var shown = skip + rows.size();
        var total = skip == 0 && shown < limit ? shown : count(all);
        return new Page<>(rows, total, shown < total ? String.valueOf(shown) : null);
    }

    long count(Where where) {
        return db.sql("select count(*) from notice.notice" + where.sql())
                .params(where.parameters())
                .query(Long.class)
                .single();
    }

    long unread(String receiver) {
        return db.sql(
                        "select count(*) from notice.notice where receiver = :receiver and read_at is null")
                .param("receiver", receiver)
                .query(Long.class)
                .single();
    }

    /** How many of each room somebody was told, by the room's name. */
    Map<String, Long> rooms(Where where) {
        var rooms = new LinkedHashMap<String, Long>();
        db.sql(
                        "select split_part(key, '.', 1) as room, count(*) as n from notice.notice"
                                + where.sql()
                                + " group by 1 order by 1")
                .params(where.parameters())
                .query(rs -> {
                    rooms.put(rs.getString("room"), rs.getLong("n"));
                });
        return rooms;
    }

    Optional<Told> find(String receiver, long id) {
        return db.sql(SELECT + " where id = :id and receiver = :receiver")
                .param("id", id)
                .param("receiver", receiver)
                .query(this::row)
                .optional();
    }

    /** Marks one as read; one that was read keeps its time. */
    void read(String receiver, long id, Instant at) {
        db.sql(
                        """
                        update notice.notice set read_at = :at
                        where id = :id and receiver = :receiver and read_at is null
                        """)
                .param("id", id)
                .param("receiver", receiver)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    int readAll(String receiver, Instant at) {
        return db.sql(
                        "update notice.notice set read_at = :at where receiver = :receiver and read_at is null")
                .param("receiver", receiver)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** As if everybody had read what was told before. */
    int readBefore(Instant before) {
        return db.sql(
                        "update notice.notice set read_at = told_at where told_at < :before and read_at is null")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }

    private Told row(ResultSet rs, int number) throws SQLException {
        return new Told(
                rs.getLong("id"),
                rs.getString("receiver"),
                rs.getString("key"),
                json.readValue(rs.getString("facts"), FACTS),
                rs.getString("path"),
                rs.getObject("told_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(rs.getObject("read_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
