package shuqiao.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Where;

/**
 * Finds resources by words. One's own are seen as they are worked on; those of others as they are
 * published; the data authority sees what waits for it as well.
 */
@Repository
class Search {

    private static final int WORDS_MAX = 8;

    private static final String FROM =
            """
             from catalog.resource r
            left join catalog.version v on v.resource = r.id and v.number = r.published_version
            cross join lateral (select r.provider = :me
                or (:authority and r.stage in ('DEPARTMENT_APPROVED', 'APPROVED')) as inside) i
            cross join lateral (select
                case when i.inside then r.name else v.name end as name,
                case when i.inside then r.version else v.number end as version,
                case when i.inside then r.stage else 'PUBLISHED' end as stage,
                case when i.inside then r.description else v.snapshot -> 'description' end as description,
                case when i.inside then r.search_text else v.search_text end as search_text,
                case when i.inside then r.changed_at else v.published_at end as changed_at) s
            """;

    private final JdbcClient db;

    Search(JdbcClient db) {
        this.db = db;
    }

    Page<FoundResource> find(Actor actor, ResourceQuery query, Page.Request request) {
        var where =
                new Where()
                        .and(
                                "(i.inside or (v.number is not null and r.stage <> 'WITHDRAWN'))",
                                "authority",
                                actor.has(Role.AUTHORITY));
        var me = actor.organization();
        where.parameters().put("me", me == null ? "" : me);
        var words = query.words().strip();
        if (!words.isEmpty()) {
            var parts = words.split("\\s+");
            for (int i = 0; i < Math.min(parts.length, WORDS_MAX); i++)
                where.and(
                        "strpos(lower(s.search_text), lower(:word" + i + ")) > 0",
                        "word" + i,
                        parts[i].replace("\0", ""));
        }
        if (query.provider() != null)
            where.and("r.provider = :provider", "provider", query.provider().replace("\0", ""));
        if (query.state() != null) where.and("s.stage = :stage", "stage", query.state().name());
        if (query.sharing() != null)
            where.and(
                    "s.description ->> 'sharingKind' = :sharing",
                    "sharing",
                    query.sharing().name());
        long total =
                db.sql("select count(*)" + FROM + where.sql())
                        .params(where.parameters())
                        .query(Long.class)
                        .single();
        where.and("r.id < :after", "after", request.after());
        var rows =
                db.sql(
                                """
                                select r.id, r.code, s.name, r.provider, s.version, s.stage, s.changed_at,
                                       s.description ->> 'sharingKind' as sharing_kind,
                                       (s.description ->> 'open')::boolean as open,
                                       s.description ->> 'updateCycle' as update_cycle
                                """
                                        + FROM
                                        + where.sql()
                                        + " order by r.id desc limit :limit")
                        .params(where.parameters())
                        .param("limit", request.limit() + 1)
                        .query(Search::row)
                        .list();
        return request.page(rows, total, FoundResource::id);
    }

    private static FoundResource row(ResultSet rs, int number) throws SQLException {
        var sharing = rs.getString("sharing_kind");
        var cycle = rs.getString("update_cycle");
        return new FoundResource(
                rs.getLong("id"),
                rs.getString("code"),
                rs.getString("name"),
                rs.getString("provider"),
                rs.getInt("version"),
                Stage.valueOf(rs.getString("stage")),
                sharing == null ? null : SharingKind.valueOf(sharing),
                rs.getBoolean("open"),
                cycle == null ? null : UpdateCycle.valueOf(cycle),
                rs.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
