package shuqiao.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.catalog.Band;
import shuqiao.catalog.PublishedResource;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Where;
import shuqiao.kit.Entry;
import tools.jackson.databind.json.JsonMapper;

/** Scores of valid versions. What depends on the day is added when it is read. */
@Repository
class QualityTable {

    /** Counts up when the formula changes: older rows are judged again at the next start. */
    static final int FORMULA = 1;

    /** A mount is taken for right for so many days after it was looked at. */
    static final int CHECKED_FOR_DAYS = 30;

    private static final String SCORED =
            """
             from (select *,
                kept + case when is_checked then :checked else 0 end
                     + case when is_updated then :updated else 0 end as value,
                lost_points || case when is_checked then '{}'::text[] else array['CHECKED'] end
                            || case when is_updated then '{}'::text[] else array['UPDATED'] end as points
                from (select *,
                    coalesce(differs = 0 and checked_on >= :today::date - :days, false) as is_checked,
                    coalesce(updated_until >= :today::date, true) as is_updated
                    from quality.score) of_today) s
            """;

    /** How one resource stands. */
    record Row(
            long resource,
            String provider,
            String code,
            String name,
            int version,
            Score score,
            @Nullable LocalDate checkedOn,
            int differs) {}

    /** A department's resources together. */
    record Department(String provider, long resources, long sum, long low) {}

    private final JdbcClient db;
    private final JsonMapper json;

    QualityTable(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /**
     * @param steady what does not depend on the day
     */
    void put(PublishedResource it, Score steady, @Nullable LocalDate updatedUntil) {
        var points = steady.lost().stream().map(lost -> lost.point().name()).toList();
        db.sql(
                        """
                        insert into quality.score (resource, provider, code, name, version, kept, lost, lost_points,
                            checked_on, updated_until, formula)
                        values (:resource, :provider, :code, :name, :version, :kept, :lost::jsonb,
                            string_to_array(:points, ','), :checkedOn, :until, :formula)
                        on conflict (resource) do update set code = excluded.code, name = excluded.name,
                            checked_on = case when quality.score.version = excluded.version
                                then quality.score.checked_on else excluded.checked_on end,
                            differs = case when quality.score.version = excluded.version
                                then quality.score.differs else 0 end,
                            version = excluded.version, kept = excluded.kept, lost = excluded.lost,
                            lost_points = excluded.lost_points, updated_until = excluded.updated_until,
                            formula = excluded.formula
                        """)
                .param("resource", it.id())
                .param("provider", it.provider())
                .param("code", it.code())
                .param("name", it.name())
                .param("version", it.version())
                .param("kept", steady.value() - Point.CHECKED.weight() - Point.UPDATED.weight())
                .param("lost", json.writeValueAsString(steady.lost()))
                .param("points", String.join(",", points))
                .param("checkedOn", it.publishedAt().atZone(Clock.ZONE).toLocalDate())
                .param("until", updatedUntil)
                .param("formula", FORMULA)
                .update();
    }

    void told(long resource, int value) {
        db.sql("update quality.score set told = :value where resource = :resource")
                .param("resource", resource)
                .param("value", value)
                .update();
    }

    void remove(long resource) {
        db.sql("delete from quality.score where resource = :resource")
                .param("resource", resource)
                .update();
    }

    void updatedUntil(long resource, @Nullable LocalDate until) {
        db.sql("update quality.score set updated_until = :until where resource = :resource")
                .param("resource", resource)
                .param("until", until)
                .update();
    }

    void checked(long resource, int version, LocalDate on, int differs) {
        db.sql(
                        """
                        update quality.score set checked_on = :on, differs = :differs
                        where resource = :resource and version = :version
                        """)
                .param("resource", resource)
                .param("version", version)
                .param("on", on)
                .param("differs", differs)
                .update();
    }

    /** How many there are by the present formula. */
    long judged() {
        return db.sql("select count(*) from quality.score where formula = :formula")
                .param("formula", FORMULA)
                .query(Long.class)
                .single();
    }

    List<Long> all() {
        return db.sql("select resource from quality.score order by resource")
                .query((rs, _) -> rs.getLong(1))
                .list();
    }

    Optional<Row> find(long resource, LocalDate today) {
        var one = Where.of("resource = :resource", "resource", resource);
        return list(one, today, 1, 0).stream().findFirst();
    }

    /** The lowest first. */
    List<Row> list(Where where, LocalDate today, int limit, long offset) {
        return given(
                        db.sql(
                                "select *"
                                        + SCORED
                                        + where.sql()
                                        + " order by value, resource limit :limit offset :offset"),
                        where,
                        today)
                .param("limit", limit)
                .param("offset", offset)
                .query(this::row)
                .list();
    }

    /** How many came to each value. */
    Map<Integer, Long> values(Where where, LocalDate today) {
        var counts = new TreeMap<Integer, Long>();
        given(
                        db.sql("select value, count(*)" + SCORED + where.sql() + " group by value"),
                        where,
                        today)
                .query(rs -> {
                    counts.put(rs.getInt(1), rs.getLong(2));
                });
        return counts;
    }

    /** How many lost each point. */
    Map<Point, Long> points(Where where, LocalDate today) {
        var counts = new TreeMap<Point, Long>();
        given(
                        db.sql(
                                "select point, count(*)"
                                        + SCORED
                                        + " cross join lateral unnest(points) lost_one(point)"
                                        + where.sql()
                                        + " group by point"),
                        where,
                        today)
                .query(rs -> {
                    counts.put(Point.valueOf(rs.getString(1)), rs.getLong(2));
                });
        return counts;
    }

    /** Of each department; the best first. */
    List<Department> departments(LocalDate today) {
        return given(
                        db.sql(
                                "select provider, count(*) as resources, sum(value) as sum,"
                                        + " count(*) filter (where value < :low) as low"
                                        + SCORED
                                        + " group by provider order by avg(value) desc, provider"),
                        new Where(),
                        today)
                .param("low", Band.LOW_BELOW)
                .query((rs, _) ->
                        new Department(
                                rs.getString("provider"),
                                rs.getLong("resources"),
                                rs.getLong("sum"),
                                rs.getLong("low")))
                .list();
    }

    /** What the list is narrowed to. */
    static Where narrowed(Entry by) {
        var where = new Where();
        if (by.has("provider")) where.and("provider = :provider", "provider", by.text("provider"));
        if (by.has("point")) where.and("points @> array[:point::text]", "point", by.text("point"));
        if (by.has("band")) {
            var band = Band.valueOf(by.text("band"));
            where.and("value between :from and :to", "from", band.from()).with("to", band.to());
        }
        return where;
    }

    private static JdbcClient.StatementSpec given(
            JdbcClient.StatementSpec query, Where where, LocalDate today) {
        return query.params(where.parameters())
                .param("today", today)
                .param("days", CHECKED_FOR_DAYS)
                .param("checked", Point.CHECKED.weight())
                .param("updated", Point.UPDATED.weight());
    }

    private Row row(ResultSet rs, int number) throws SQLException {
        var lost =
                new ArrayList<>(List.of(json.readValue(rs.getString("lost"), Score.Lost[].class)));
        if (!rs.getBoolean("is_checked")) lost.add(Score.Lost.whole(Point.CHECKED));
        if (!rs.getBoolean("is_updated")) lost.add(Score.Lost.whole(Point.UPDATED));
        lost.sort((one, other) -> one.point().compareTo(other.point()));
        return new Row(
                rs.getLong("resource"),
                rs.getString("provider"),
                rs.getString("code"),
                rs.getString("name"),
                rs.getInt("version"),
                new Score(lost),
                rs.getObject("checked_on", LocalDate.class),
                rs.getInt("differs"));
    }
}
