package shuqiao.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** By which day each published resource must have newer data; kept beside what a search reads. */
@Repository
class DueTable {

    /**
     * @param cycle of the valid version
     * @param asOf what the provider said last, else the day of the first publication
     * @param due as it was counted last
     */
    record Row(
            long resource, @Nullable UpdateCycle cycle, LocalDate asOf, @Nullable LocalDate due) {}

    private static final String SELECT =
            """
            select e.resource, e.cycle, e.due,
                coalesce(
                    (select u.as_of from catalog.data_update u
                     where u.resource = e.resource order by u.id desc limit 1),
                    (select (v.published_at at time zone 'Asia/Shanghai')::date from catalog.version v
                     where v.resource = e.resource order by v.number limit 1)) as as_of
            from catalog.entry e
            """;

    private final JdbcClient db;

    DueTable(JdbcClient db) {
        this.db = db;
    }

    /** Those of these that are published and valid. */
    List<Row> of(Collection<Long> resources) {
        if (resources.isEmpty()) return List.of();
        return db.sql(SELECT + "where not e.inside and e.resource in (:ids)")
                .param("ids", resources)
                .query(DueTable::row)
                .list();
    }

    /** A piece of all, in the order of their ids. */
    List<Row> after(long resource, int limit) {
        return db.sql(
                        SELECT
                                + """
                                where not e.inside and e.resource > :after and e.cycle is not null
                                order by e.resource limit :limit
                                """)
                .param("after", resource)
                .param("limit", limit)
                .query(DueTable::row)
                .list();
    }

    void put(long resource, @Nullable LocalDate due) {
        db.sql("update catalog.entry set due = :due where resource = :resource")
                .param("resource", resource)
                .param("due", due)
                .update();
    }

    /** All at once, since a new calendar moves thousands. */
    void put(Map<Long, @Nullable LocalDate> dues) {
        if (dues.isEmpty()) return;
        var resources = new StringJoiner(",");
        var days = new StringJoiner(",");
        dues.forEach((resource, due) -> {
            resources.add(resource.toString());
            days.add(due == null ? "" : due.toString());
        });
        db.sql(
                        """
                        update catalog.entry e set due = d.due
                        from unnest(string_to_array(:resources, ',')::bigint[], string_to_array(:days, ',', '')::date[])
                            d(resource, due)
                        where e.resource = d.resource
                        """)
                .param("resources", resources.toString())
                .param("days", days.toString())
                .update();
    }

    /** Those that are due on this day or were before it, the longest overdue first. */
    List<DataUpdates.Due> until(LocalDate day, @Nullable String provider, int limit) {
        return db.sql(
                        """
                        select resource, provider, name, cycle, due from catalog.entry
                        where not inside and due is not null and due <= :day
                            and (:provider = '' or provider = :provider)
                        order by due, resource limit :limit
                        """)
                .param("day", day)
                .param("provider", provider == null ? "" : provider)
                .param("limit", limit)
                .query((rs, _) ->
                        new DataUpdates.Due(
                                rs.getLong("resource"),
                                rs.getString("provider"),
                                rs.getString("name"),
                                UpdateCycle.valueOf(rs.getString("cycle")),
                                rs.getObject("due", LocalDate.class)))
                .list();
    }

    List<DataUpdates.Share> shares(LocalDate today) {
        return db.sql(
                        """
                        select provider, count(*) as watched, count(*) filter (where due < :today) as overdue
                        from catalog.entry where not inside and due is not null
                        group by provider order by provider
                        """)
                .param("today", today)
                .query((rs, _) ->
                        new DataUpdates.Share(
                                rs.getString("provider"),
                                rs.getLong("watched"),
                                rs.getLong("overdue")))
                .list();
    }

    private static Row row(ResultSet rs, int number) throws SQLException {
        var cycle = rs.getString("cycle");
        return new Row(
                rs.getLong("resource"),
                cycle == null ? null : UpdateCycle.valueOf(cycle),
                rs.getObject("as_of", LocalDate.class),
                rs.getObject("due", LocalDate.class));
    }
}
