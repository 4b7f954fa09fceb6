package shuqiao.upkeep;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;

@Repository
class DifferenceTable {

    /** A resource with open differences. */
    record Sum(long resource, String provider, String title, int number, Instant since) {}

    private final JdbcClient db;

    DifferenceTable(JdbcClient db) {
        this.db = db;
    }

    List<Difference> open(long resource) {
        return db.sql(
                        """
                        select * from upkeep.difference where resource = :resource and closed_at is null
                        order by id
                        """)
                .param("resource", resource)
                .query(DifferenceTable::row)
                .list();
    }

    /** Those that are settled, newest first. */
    List<Difference> closed(long resource, int limit) {
        return db.sql(
                        """
                        select * from upkeep.difference where resource = :resource and closed_at is not null
                        order by closed_at desc, id desc limit :limit
                        """)
                .param("resource", resource)
                .param("limit", limit)
                .query(DifferenceTable::row)
                .list();
    }

    /** One that is open already keeps its time; false when it is as it was. */
    boolean put(WatchTable.Watched of, Comparison.Found found, Instant at) {
        return db.sql(
                                """
                                insert into upkeep.difference
                                    (resource, provider, title, version, kind, item, col, was, is_now, found_at)
                                values (:resource, :provider, :title, :version, :kind, :item, :column, :was, :now, :at)
                                on conflict (resource, kind, col) where closed_at is null do update
                                set is_now = excluded.is_now, was = excluded.was, item = excluded.item,
                                    version = excluded.version
                                where upkeep.difference.is_now <> excluded.is_now
                                """)
                        .param("resource", of.resource())
                        .param("provider", of.provider())
                        .param("title", of.title())
                        .param("version", of.version())
                        .param("kind", found.kind().name())
                        .param("item", found.item())
                        .param("column", found.column())
                        .param("was", found.was())
                        .param("now", found.now())
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    void close(Collection<Long> ids, Instant at) {
        if (ids.isEmpty()) return;
        db.sql("update upkeep.difference set closed_at = :at where id in (:ids)")
                .param("ids", ids)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    void closeAll(long resource, Instant at) {
        close(open(resource).stream().map(Difference::id).toList(), at);
    }

    /** Resources that differ, those that have for longest first. */
    Page<Sum> sums(String provider, Page.Request page) {
        var where = new Where().and("closed_at is null");
        if (!provider.isEmpty()) where.and("provider = :provider", "provider", provider);
        var all = where.copy();
        where.and("resource < :after", "after", page.after());
        var rows =
                db.sql(
                                "select resource, provider, max(title) as title, count(*)::int as number,"
                                        + " min(found_at) as since from upkeep.difference"
                                        + where.sql()
                                        + " group by resource, provider order by resource desc limit :limit")
                        .params(where.parameters())
                        .param("limit", page.limit() + 1)
                        .query((rs, _) ->
                                new Sum(
                                        rs.getLong("resource"),
                                        rs.getString("provider"),
                                        rs.getString("title"),
                                        rs.getInt("number"),
                                        rs.getObject("since", OffsetDateTime.class).toInstant()))
                        .list();
        return page.page(rows, () -> resources(all), Sum::resource);
    }

    private long resources(Where where) {
        return db.sql("select count(distinct resource) from upkeep.difference" + where.sql())
                .params(where.parameters())
                .query(Long.class)
                .single();
    }

    private static Difference row(ResultSet rs, int number) throws SQLException {
        var closed = rs.getObject("closed_at", OffsetDateTime.class);
        return new Difference(
                rs.getLong("id"),
                rs.getLong("resource"),
                rs.getInt("version"),
                DifferenceKind.valueOf(rs.getString("kind")),
                rs.getString("item"),
                rs.getString("col"),
                rs.getString("was"),
                rs.getString("is_now"),
                rs.getObject("found_at", OffsetDateTime.class).toInstant(),
                closed == null ? null : closed.toInstant());
    }
}
