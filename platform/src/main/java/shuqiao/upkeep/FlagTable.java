package shuqiao.upkeep;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;
import shuqiao.sharing.Grant;
import tools.jackson.databind.json.JsonMapper;

@Repository
class FlagTable {

    private final JdbcClient db;
    private final JsonMapper json;

    FlagTable(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** Takes the place of what was open for the grant. */
    void raise(Grant grant, int version, List<GrantChange.Reason> reasons, Instant at) {
        close(grant.id(), at);
        db.sql(
                        """
                        insert into upkeep.flag (grant_id, number, resource, title, version, provider, consumer,
                            reasons, raised_at)
                        values (:grant, :number, :resource, :title, :version, :provider, :consumer,
                            :reasons::jsonb, :at)
                        """)
                .param("grant", grant.id())
                .param("number", grant.number())
                .param("resource", grant.resource())
                .param("title", grant.title())
                .param("version", version)
                .param("provider", grant.provider())
                .param("consumer", grant.consumer())
                .param("reasons", json.writeValueAsString(reasons))
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The grant is over, or touched no more. */
    void close(long grant, Instant at) {
        db.sql(
                        "update upkeep.flag set closed_at = :at where grant_id = :grant and closed_at is null")
                .param("grant", grant)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** False when it was answered before, or is open no more. */
    boolean answer(long id, String by, Instant at) {
        return db.sql(
                                """
                                update upkeep.flag set answered_at = :at, answered_by = :by
                                where id = :id and answered_at is null and closed_at is null
                                """)
                        .param("id", id)
                        .param("by", by)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Optional<Flag> open(long grant) {
        return open(List.of(grant)).stream().findFirst();
    }

    List<Flag> open(Collection<Long> grants) {
        if (grants.isEmpty()) return List.of();
        return db.sql("select * from upkeep.flag where grant_id in (:grants) and closed_at is null")
                .param("grants", grants)
                .query(this::row)
                .list();
    }

    Page<Flag> search(Where where, Page.Request page) {
        where.and("closed_at is null");
        var all = where.copy();
        where.and("id < :after", "after", page.after());
        var rows =
                db.sql("select * from upkeep.flag" + where.sql() + " order by id desc limit :limit")
                        .params(where.parameters())
                        .param("limit", page.limit() + 1)
                        .query(this::row)
                        .list();
        return page.page(rows, () -> count(all), Flag::id);
    }

    private long count(Where where) {
        return db.sql("select count(*) from upkeep.flag" + where.sql())
                .params(where.parameters())
                .query(Long.class)
                .single();
    }

    private Flag row(ResultSet rs, int number) throws SQLException {
        var answered = rs.getObject("answered_at", OffsetDateTime.class);
        return new Flag(
                rs.getLong("id"),
                rs.getLong("grant_id"),
                rs.getString("number"),
                rs.getLong("resource"),
                rs.getString("title"),
                rs.getInt("version"),
                rs.getString("provider"),
                rs.getString("consumer"),
                List.of(json.readValue(rs.getString("reasons"), GrantChange.Reason[].class)),
                rs.getObject("raised_at", OffsetDateTime.class).toInstant(),
                answered == null ? null : answered.toInstant(),
                rs.getString("answered_by"));
    }
}
