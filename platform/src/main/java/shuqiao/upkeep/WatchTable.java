package shuqiao.upkeep;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.catalog.PublishedResource;
import tools.jackson.databind.json.JsonMapper;

@Repository
class WatchTable {

    /** How a look ended. */
    enum Outcome {
        SAME,
        DIFFERENT,
        /** Says nothing of the table. */
        UNREACHABLE
    }

    /**
     * @param saidZh why the table could not be looked at; empty otherwise
     */
    record Watched(
            long resource,
            String provider,
            long source,
            String title,
            int version,
            @Nullable Shape baseline,
            @Nullable Instant checkedAt,
            @Nullable Outcome outcome,
            String saidZh,
            String saidEn) {}

    private final JdbcClient db;
    private final JsonMapper json;

    WatchTable(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** From now on this version is watched; what was remembered of an older one is forgotten. */
    void follow(PublishedResource it, Instant next) {
        db.sql(
                        """
                        insert into upkeep.watch (resource, provider, source, title, version, next_at)
                        values (:resource, :provider, :source, :title, :version, :next)
                        on conflict (resource) do update set
                            source = excluded.source, title = excluded.title, version = excluded.version,
                            baseline = null, next_at = excluded.next_at
                        where upkeep.watch.version <> excluded.version
                        """)
                .param("resource", it.id())
                .param("provider", it.provider())
                .param("source", it.source())
                .param("title", it.name())
                .param("version", it.version())
                .param("next", time(next))
                .update();
    }

    /** Which version of these is watched. */
    Map<Long, Integer> versions(Collection<Long> resources) {
        var versions = new HashMap<Long, Integer>();
        db.sql("select resource, version from upkeep.watch where resource in (:resources)")
                .param("resources", resources)
                .query(rs -> {
                    versions.put(rs.getLong("resource"), rs.getInt("version"));
                });
        return versions;
    }

    void forget(long resource) {
        db.sql("delete from upkeep.watch where resource = :resource")
                .param("resource", resource)
                .update();
    }

    Optional<Watched> find(long resource) {
        return db.sql("select * from upkeep.watch where resource = :resource")
                .param("resource", resource)
                .query(this::row)
                .optional();
    }

    /** Held until the transaction ends. */
    Optional<Watched> lock(long resource) {
        return db.sql("select * from upkeep.watch where resource = :resource for update")
                .param("resource", resource)
                .query(this::row)
                .optional();
    }

    /**
     * Takes the turn that has waited longest; nobody else takes it while the lease lasts.
     *
     * @param but sources of which none is taken
     * @param except resources that are not taken
     */
    Optional<Watched> take(
            Instant now, Duration lease, Collection<Long> but, Collection<Long> except) {
        return db.sql(
                        """
                        update upkeep.watch set next_at = :until
                        where resource = (
                            select resource from upkeep.watch where next_at <= :now and source not in (:but)
                                and resource <> all(:except::bigint[])
                            order by next_at limit 1 for update skip locked)
                        returning *
                        """)
                .param("now", time(now))
                .param("but", but.isEmpty() ? List.of(-1L) : but)
                .param("except", except.toArray(Long[]::new))
                .param("until", time(now.plus(lease)))
                .query(this::row)
                .optional();
    }

    /** All mounts on a source are looked at as soon as possible. */
    int hurry(long source, Instant now) {
        return db.sql("update upkeep.watch set next_at = :now where source = :source")
                .param("source", source)
                .param("now", time(now))
                .update();
    }

    /** What is due on a source that does not answer has the answer of the one that was asked. */
    void unreachableToo(long source, String saidZh, String saidEn, Instant at, Instant next) {
        db.sql(
                        """
                        update upkeep.watch set outcome = 'UNREACHABLE', checked_at = :at, next_at = :next,
                            said_zh = :zh, said_en = :en
                        where source = :source and next_at <= :at
                        """)
                .param("source", source)
                .param("zh", saidZh)
                .param("en", saidEn)
                .param("at", time(at))
                .param("next", time(next))
                .update();
    }

    void later(long resource, Instant next) {
        db.sql("update upkeep.watch set next_at = :next where resource = :resource")
                .param("resource", resource)
                .param("next", time(next))
                .update();
    }

    void looked(
            long resource, Outcome outcome, @Nullable Shape baseline, Instant at, Instant next) {
        db.sql(
                        """
                        update upkeep.watch set outcome = :outcome, checked_at = :at, next_at = :next,
                            baseline = coalesce(baseline, :baseline::jsonb), said_zh = '', said_en = ''
                        where resource = :resource
                        """)
                .param("resource", resource)
                .param("outcome", outcome.name())
                .param("baseline", baseline == null ? null : json.writeValueAsString(baseline))
                .param("at", time(at))
                .param("next", time(next))
                .update();
    }

    void unreachable(long resource, String zh, String en, Instant at, Instant next) {
        db.sql(
                        """
                        update upkeep.watch set outcome = 'UNREACHABLE', checked_at = :at, next_at = :next,
                            said_zh = :zh, said_en = :en
                        where resource = :resource
                        """)
                .param("resource", resource)
                .param("zh", zh)
                .param("en", en)
                .param("at", time(at))
                .param("next", time(next))
                .update();
    }

    private Watched row(ResultSet rs, int number) throws SQLException {
        var checked = rs.getObject("checked_at", OffsetDateTime.class);
        var outcome = rs.getString("outcome");
        var baseline = rs.getString("baseline");
        return new Watched(
                rs.getLong("resource"),
                rs.getString("provider"),
                rs.getLong("source"),
                rs.getString("title"),
                rs.getInt("version"),
                baseline == null ? null : json.readValue(baseline, Shape.class),
                checked == null ? null : checked.toInstant(),
                outcome == null ? null : Outcome.valueOf(outcome),
                rs.getString("said_zh"),
                rs.getString("said_en"));
    }

    private static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
