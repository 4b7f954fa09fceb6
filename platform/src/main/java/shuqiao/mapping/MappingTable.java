package shuqiao.mapping;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.Into;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;
import shuqiao.mapping.Mapping.Place;

@Repository
class MappingTable {

    private final JdbcClient db;

    MappingTable(JdbcClient db) {
        this.db = db;
    }

    static Where into(long target, String schema, String table) {
        return Where.of("target = :target", "target", target)
                .and("target_schema = :schema", "schema", schema)
                .and("target_table = :table", "table", table);
    }

    static Where at(Place place) {
        return into(place.target(), place.schema(), place.table())
                .and("grant_id = :grant", "grant", place.grant());
    }

    /** Writes it in the place of an earlier one. */
    void put(Place place, String organization, Into into, String by, Instant at) {
        db.sql(
                        """
                        insert into mapping.mapping (grant_id, target, target_schema, target_table, organization, rule, made_by, made_at)
                        values (:grant, :target, :schema, :table, :organization, :rule, :by, :at)
                        on conflict (grant_id, target, target_schema, target_table)
                        do update set rule = excluded.rule, made_by = excluded.made_by, made_at = excluded.made_at
                        """)
                .params(at(place).parameters())
                .param("organization", organization)
                .param("rule", Mapping.written(into))
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    List<Mapping> where(Where where) {
        return first(where, Integer.MAX_VALUE);
    }

    private List<Mapping> first(Where where, int limit) {
        return db.sql(
                        "select * from mapping.mapping"
                                + where.sql()
                                + " order by id desc limit :limit")
                .params(where.with("limit", limit).parameters())
                .query(MappingTable::read)
                .list();
    }

    Page<Mapping> page(Where where, Page.Request page) {
        var total =
                db.sql("select count(*) from mapping.mapping" + where.sql())
                        .params(where.parameters())
                        .query(Long.class)
                        .single();
        where.and("id < :after", "after", page.after());
        return page.page(first(where, page.limit() + 1), total, Mapping::id);
    }

    void remove(long id) {
        db.sql("delete from mapping.mapping where id = :id").param("id", id).update();
    }

    private static Mapping read(ResultSet rs, int number) throws SQLException {
        return new Mapping(
                rs.getLong("id"),
                new Place(
                        rs.getLong("grant_id"),
                        rs.getLong("target"),
                        rs.getString("target_schema"),
                        rs.getString("target_table")),
                rs.getString("organization"),
                Mapping.read(rs.getString("rule")),
                rs.getString("made_by"),
                rs.getObject("made_at", OffsetDateTime.class).toInstant());
    }
}
