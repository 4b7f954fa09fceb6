package shuqiao.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.catalog.Band;
import shuqiao.kernel.Where;
import tools.jackson.databind.json.JsonMapper;

/** Scores of valid versions. What depends on the day is added when it is read. */
@Repository
class QualityTable {

    /** Counts up when the formula changes: older rows are judged again at the next start. */
    static final int FORMULA = 1;

    /** A mount is taken for right for so many days after it was looked at. */
    static final int CHECKED_FOR_DAYS = 30;

    private static final String CHECKED =
            "(s.checked_on is not null and s.differs = 0 and s.checked_on >= :today::date - :days)";

    private static final String UPDATED =
            "(s.updated_until is null or s.updated_until >= :today::date)";

    private static final String VALUE =
            "s.kept + case when "
                    + CHECKED
                    + " then :checked else 0 end + case when "
                    + UPDATED
                    + " then :updated else 0 end";

    private static final String SCORED =
            "select s.*, "
                    + CHECKED
                    + " as is_checked, "
                    + UPDATED
                    + " as is_updated, "
                    + VALUE
                    + " as value from quality.score s";

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
    void put(
            long resource,
            String provider,
            String code,
            String name,
            int version,
            Score steady,
            LocalDate checkedOn,
            @Nullable LocalDate updatedUntil) {
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
                .param("resource", resource)
                .param("provider", provider)
                .param("code", code)
                .param("name", name)
                .param("version", version)
                .param("kept", steady.value() - Point.CHECKED.weight() - Point.UPDATED.weight())
                .param("lost", json.writeValueAsString(steady.lost()))
                .param(
                        "points",
                        String.join(
                                ",", steady.lost().stream().map(it -> it.point().name()).toList()))
                .param("checkedOn", checkedOn)
                .param("until", updatedUntil)
                .param("formula", FORMULA)
                .update();
    }

    /** Values that searches do not know yet. */
    Map<Long, Integer> untold(LocalDate today, int limit) {
        var values = new TreeMap<Long, Integer>();
        given(
                        db.sql(
                                "select s.resource, s.value from ("
                                        + SCORED
                                        + ") s where s.value is distinct from s.told order by s.resource limit :limit"),
                        today)
                .param("limit", limit)
                .query(rs -> {
                    values.put(rs.getLong("resource"), rs.getInt("value"));
                });
        return values;
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
        return rows(
                        db.sql(SCORED + " where s.resource = :resource")
                                .param("resource", resource),
                        today)
                .stream()
                .findFirst();
    }

    Map<Long, Integer> values(Collection<Long> resources, LocalDate today) {
        var values = new HashMap<Long, Integer>();
        if (resources.isEmpty()) return values;
        rows(db.sql(SCORED + " where s.resource in (:ids)").param("ids", resources), today)
                .forEach(row -> values.put(row.resource(), row.score().value()));
        return values;
    }

    /** The lowest first. */
    List<Row> list(QualityFilter filter, LocalDate today, int limit, long offset) {
        var where = where(filter);
        return rows(
                db.sql(
                                "select * from ("
                                        + SCORED
                                        + ") s"
                                        + where.sql()
                                        + " order by s.value, s.resource limit :limit offset :offset")
                        .params(where.parameters())
                        .param("limit", limit)
                        .param("offset", offset),
                today);
    }

    /** How many lie in each band, and the sum of their scores behind them. */
    long[] bands(QualityFilter filter, LocalDate today) {
        var where = where(filter.in(null));
        var counts = new long[Band.values().length + 1];
        given(
                        db.sql(
                                        "select s.value, count(*) as number from ("
                                                + SCORED
                                                + ") s"
                                                + where.sql()
                                                + " group by 1")
                                .params(where.parameters()),
                        today)
                .query(rs -> {
                    var value = rs.getInt("value");
                    var number = rs.getLong("number");
                    counts[Band.of(value).ordinal()] += number;
                    counts[Band.values().length] += value * number;
                });
        return counts;
    }

    /** How many lost each point. */
    Map<Point, Long> points(QualityFilter filter, LocalDate today) {
        var where = where(filter.lacking(null));
        var counts = new HashMap<Point, Long>();
        given(
                        db.sql(
                                        "select p.point, count(*) as number from ("
                                                + SCORED
                                                + ") s cross join lateral unnest(s.lost_points"
                                                + " || case when s.is_checked then '{}'::text[] else array['CHECKED'] end"
                                                + " || case when s.is_updated then '{}'::text[] else array['UPDATED'] end) p(point)"
                                                + where.sql()
                                                + " group by 1")
                                .params(where.parameters()),
                        today)
                .query(rs -> {
                    counts.put(Point.valueOf(rs.getString("point")), rs.getLong("number"));
                });
        return counts;
    }

    /** Of each department; the best first. */
    List<Department> departments(LocalDate today) {
        return given(
                        db.sql(
                                "select s.provider, count(*) as number, sum(s.value) as sum,"
                                        + " count(*) filter (where s.value < :low) as low from ("
                                        + SCORED
                                        + ") s group by 1 order by avg(s.value) desc, s.provider"),
                        today)
                .param("low", Band.LOW_BELOW)
                .query((rs, _) ->
                        new Department(
                                rs.getString("provider"),
                                rs.getLong("number"),
                                rs.getLong("sum"),
                                rs.getLong("low")))
                .list();
    }

    private static Where where(QualityFilter filter) {
        var where = new Where();
        var provider = filter.provider();
        if (provider != null) where.and("s.provider = :provider", "provider", provider);
        var band = filter.band();
        if (band != null)
            where.and("s.value between :from and :to", "from", band.from()).with("to", band.to());
        var point = filter.point();
        if (point != null)
            where.and(
                    """
                    case :point when 'CHECKED' then not s.is_checked when 'UPDATED' then not s.is_updated
                        else s.lost_points @> array[:point::text] end
                    """,
                    "point",
                    point.name());
        return where;
    }

    private JdbcClient.StatementSpec given(JdbcClient.StatementSpec query, LocalDate today) {
        return query.param("today", today)
                .param("days", CHECKED_FOR_DAYS)
                .param("checked", Point.CHECKED.weight())
                .param("updated", Point.UPDATED.weight());
    }

    private List<Row> rows(JdbcClient.StatementSpec query, LocalDate today) {
        return given(query, today).query(this::row).list();
    }

    private Row row(ResultSet rs, int number) throws SQLException {
        var lost =
                new ArrayList<>(
                        Arrays.asList(json.readValue(rs.getString("lost"), Score.Lost[].class)));
        if (!rs.getBoolean("is_checked")) lost.add(whole(Point.CHECKED));
        if (!rs.getBoolean("is_updated")) lost.add(whole(Point.UPDATED));
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

    private static Score.Lost whole(Point point) {
        return new Score.Lost(point, point.weight(), List.of(), -1);
    }
}
