package shuqiao.mapping;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.Into;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;
import shuqiao.mapping.Mapping.Place;

@Repository
class MappingTable {

    private static final String AT =
            " where grant_id = :grant and target = :target and target_schema = :schema and target_table = :table";

    private final JdbcClient db;

    MappingTable(JdbcClient db) {
        this.db = db;
    }

    /** Writes it in the place of an earlier one. */
    void put(Place place, String organization, Into into, String by, Instant at) {
        at(
                        db.sql(
                                """
                                insert into mapping.mapping (grant_id, target, target_schema, target_table, organization, rule, made_by, made_at)
                                values (:grant, :target, :schema, :table, :organization, :rule, :by, :at)
                                on conflict (grant_id, target, target_schema, target_table)
                                do update set rule = excluded.rule, made_by = excluded.made_by, made_at = excluded.made_at
                                """),
                        place)
                .param("organization", organization)
                .param("rule", IntoJson.write(into))
                .param("by", by)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Mapping> find(Place place) {
        return at(db.sql("select * from mapping.mapping" + AT), place)
                .query(MappingTable::read)
                .optional();
    }

    Optional<Mapping> find(long id) {
        return db.sql("select * from mapping.mapping where id = :id")
                .param("id", id)
                .query(MappingTable::read)
                .optional();
    }

    /** All of a grant. */
    List<Mapping> of(long grant) {
        return db.sql("select * from mapping.mapping where grant_id = :grant order by id")
                .param("grant", grant)
                .query(MappingTable::read)
                .list();
    }

    Set<Long> grantsInto(long target) {
        return db.sql("select distinct grant_id from mapping.mapping where target = :target")
                .param("target", target)
                .query((rs, _) -> rs.getLong("grant_id"))
                .set();
    }

    boolean isKept(long target, String schema, String table) {
        return db.sql(
                        """
                        select exists (select from mapping.mapping
                            where target = :target and target_schema = :schema and target_table = :table)
                        """)
                .param("target", target)
                .param("schema", schema)
                .param("table", table)
                .query(Boolean.class)
                .single();
    }

    void remove(long id) {
        db.sql("delete from mapping.mapping where id = :id").param("id", id).update();
    }

    Page<Mapping> list(String organization, @Nullable Long grant, Page.Request page) {
        var where = new Where().and("organization = :organization", "organization", organization);
        if (grant != null) where.and("grant_id = :grant", "grant", grant);
        var total =
                db.sql("select count(*) from mapping.mapping" + where.sql())
                        .params(where.parameters())
                        .query(Long.class)
                        .single();
        where.and("id < :after", "after", page.after()).with("limit", page.limit() + 1);
        var rows =
                db.sql(
                                "select * from mapping.mapping"
                                        + where.sql()
                                        + " order by id desc limit :limit")
                        .params(where.parameters())
                        .query(MappingTable::read)
                        .list();
        return page.page(rows, total, Mapping::id);
    }

    private static JdbcClient.StatementSpec at(JdbcClient.StatementSpec statement, Place place) {
        return statement
                .param("grant", place.grant())
                .param("target", place.target())
                .param("schema", place.schema())
                .param("table", place.table());
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
                IntoJson.read(rs.getString("rule")),
                rs.getString("made_by"),
                rs.getObject("made_at", OffsetDateTime.class).toInstant());
    }
}
