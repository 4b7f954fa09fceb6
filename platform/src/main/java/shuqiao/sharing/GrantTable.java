package shuqiao.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.engine.ScopeJson;
import shuqiao.kernel.FactNames;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.Page;
import shuqiao.kernel.Where;

@Repository
class GrantTable {

    private static final String SELECT =
            """
            select g.id, g.number, g.request, g.rule, g.resource, g.code, g.version, g.title, g.provider, g.consumer,
                   g.source, g.mode, g.scope, g.digest, g.from_day, g.until_day, g.issued_at, g.watermark,
                   e.organization as ended_for, e.by_name, e.reason, e.at as ended_at
            from sharing."grant" g left join sharing.grant_end e on e."grant" = g.id
            """;

    /** What was delivered under a grant so far. */
    record Delivered(long runs, long rows, Optional<Instant> last) {}

    /** One run that delivered. */
    record Delivery(String run, long rows, Instant at) {}

    private final JdbcClient db;

    GrantTable(JdbcClient db) {
        this.db = db;
    }

    /** The grant's own id is not read. */
    Grant insert(Grant grant) {
        long id =
                db.sql(
                                """
                                insert into sharing."grant" (number, request, rule, resource, code, version, title,
                                    provider, consumer, source, mode, scope, digest, from_day, until_day, issued_at, watermark)
                                values (:number, :request, :rule, :resource, :code, :version, :title,
                                    :provider, :consumer, :source, :mode, :scope, :digest, :from, :until, :issuedAt, :watermark)
                                returning id
                                """)
                        .params(parameters(grant))
                        .query(Long.class)
                        .single();
        return find(id).orElseThrow();
    }

    Optional<Grant> find(long id) {
        return db.sql(SELECT + " where g.id = :id")
                .param("id", id)
                .query(GrantTable::row)
                .optional();
    }

    /** Those of a request that nobody ended. */
    List<Grant> standing(long request) {
        return db.sql(SELECT + " where g.request = :request and e.at is null order by g.id")
                .param("request", request)
                .query(GrantTable::row)
                .list();
    }

    /** Id to number, for those there are. */
    Map<String, String> numbers(Set<String> ids) {
        return db.sql("select id, number from sharing.\"grant\" where id = any (:ids)")
                .param("ids", FactNames.ids(ids))
                .query(FactNames.PAIRS);
    }

    /** Request to its newest grant, for those of a page that have one. */
    Map<Long, Long> ofRequests(Collection<Long> requests) {
        var found = new HashMap<Long, Long>();
        if (requests.isEmpty()) return found;
        db.sql("select request, id from sharing.\"grant\" where request in (:requests) order by id")
                .param("requests", requests)
                .query(rs -> {
                    found.put(rs.getLong("request"), rs.getLong("id"));
                });
        return found;
    }

    /** Those of these requests whose grant has delivered. */
    Set<Long> deliveredOf(Collection<Long> requests) {
        if (requests.isEmpty()) return Set.of();
        return Set.copyOf(
                db.sql(
                                """
                                select distinct g.request from sharing."grant" g
                                join sharing.grant_delivery d on d."grant" = g.id
                                where g.request in (:requests)
                                """)
                        .param("requests", requests)
                        .query(Long.class)
                        .list());
    }

    /** The deliveries of a grant, newest first; at most 50. */
    List<Delivery> deliveries(long grant) {
        return db.sql(
                        """
                        select run, rows, at from sharing.grant_delivery
                        where "grant" = :grant order by at desc, run desc limit 50
                        """)
                .param("grant", grant)
                .query((rs, _) ->
                        new Delivery(
                                rs.getString("run"),
                                rs.getLong("rows"),
                                rs.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Those of a resource that nobody ended and whose last day is not over. */
    List<Grant> live(long resource, LocalDate today) {
        return db.sql(
                        SELECT
                                + """
                                 where g.resource = :resource and g.until_day >= :today and e.at is null
                                 order by g.id
                                """)
                .param("resource", resource)
                .param("today", today)
                .query(GrantTable::row)
                .list();
    }

    /** Those of one consumer that nobody ended and whose last day is not over. */
    List<Grant> held(String consumer, Collection<Long> resources, LocalDate today) {
        if (resources.isEmpty()) return List.of();
        return db.sql(
                        SELECT
                                + """
                                 where g.consumer = :consumer and g.resource in (:resources)
                                   and g.until_day >= :today and e.at is null
                                 order by g.until_day desc, g.id desc
                                """)
                .param("consumer", consumer)
                .param("resources", resources)
                .param("today", today)
                .query(GrantTable::row)
                .list();
    }

    /**
     * Those of one consumer that are effective and under which nothing was delivered yet, neither
     * under the grant that they renew; newest first.
     */
    List<Grant> untouched(String consumer, LocalDate today, int most) {
        return db.sql(
                        SELECT
                                + """
                                 where g.consumer = :consumer and g.from_day <= :today and g.until_day >= :today
                                   and e.at is null
                                   and not exists (select from sharing.grant_delivery d where d."grant" = g.id)
                                   and not exists (
                                     select from sharing.origin o
                                     join sharing.grant_delivery d on d."grant" = o."grant"
                                     where o.request = g.request)
                                 order by g.id desc limit :most
                                """)
                .param("consumer", consumer)
                .param("today", today)
                .param("most", most)
                .query(GrantTable::row)
                .list();
    }

    /** Those that read from a source, that nobody ended and whose last day is not over. */
    List<Grant> liveOf(long source, LocalDate today) {
        return db.sql(
                        SELECT
                                + """
                                 where g.source = :source and g.until_day >= :today and e.at is null
                                 order by g.id
                                """)
                .param("source", source)
                .param("today", today)
                .query(GrantTable::row)
                .list();
    }

    /** The most rows that one delivery of this resource had; 0 before the first. */
    long rowsMax(long resource) {
        return db.sql(
                        """
                        select coalesce(max(d.rows), 0) from sharing.grant_delivery d
                        join sharing."grant" g on g.id = d."grant" where g.resource = :resource
                        """)
                .param("resource", resource)
                .query(Long.class)
                .single();
    }

    /** An effective grant that takes rows from this source. */
    Optional<String> usingSource(long source, LocalDate today) {
        return db.sql(
                        SELECT
                                + """
                                 where g.source = :source and g.until_day >= :today and e.at is null
                                 order by g.id limit 1
                                """)
                .param("source", source)
                .param("today", today)
                .query(GrantTable::row)
                .optional()
                .map(Grant::number);
    }

    /** Resource to the number of departments with an effective grant, for those that have any. */
    Map<Long, Integer> users(Collection<Long> resources, LocalDate today) {
        var found = new HashMap<Long, Integer>();
        if (resources.isEmpty()) return found;
        db.sql(
                        """
                        select g.resource, count(distinct g.consumer)::int as users
                        from sharing."grant" g left join sharing.grant_end e on e."grant" = g.id
                        where g.resource in (:resources) and g.from_day <= :today and g.until_day >= :today
                          and e.at is null
                        group by g.resource
                        """)
                .param("resources", resources)
                .param("today", today)
                .query(rs -> {
                    found.put(rs.getLong("resource"), rs.getInt("users"));
                });
        return found;
    }

    /** How many departments have a grant of it that is not over, begun or not. */
    int holders(long resource, LocalDate today) {
        return db.sql(
                        """
                        select count(distinct g.consumer)::int
                        from sharing."grant" g left join sharing.grant_end e on e."grant" = g.id
                        where g.resource = :resource and g.until_day >= :today and e.at is null
                        """)
                .param("resource", resource)
                .param("today", today)
                .query(Integer.class)
                .single();
    }

    /** The grant it renews, else the one before it of the same request. */
    Optional<Grant> predecessor(long id) {
        return db.sql(
                        SELECT
                                + """
                                 where g.id = (
                                    select coalesce(
                                        (select max(o.id) from sharing."grant" o
                                         where o.request = n.request and o.id < n.id),
                                        (select r."grant" from sharing.origin r where r.request = n.request))
                                    from sharing."grant" n where n.id = :id)
                                """)
                .param("id", id)
                .query(GrantTable::row)
                .optional();
    }

    /** Nobody ends it until the caller's transaction does. */
    Optional<Grant> hold(long id) {
        return db.sql("select id from sharing.\"grant\" where id = :id for share")
                .param("id", id)
                .query(Long.class)
                .optional()
                .flatMap(this::find);
    }

    /** The grant that lasts longest of each department, in the order of their last days. */
    List<Grant> effectiveOf(long resource, LocalDate today) {
        return db.sql(
                        SELECT
                                + """
                                 where g.resource = :resource and g.from_day <= :today and g.until_day >= :today
                                   and e.at is null
                                   and not exists (
                                     select from sharing."grant" o left join sharing.grant_end oe on oe."grant" = o.id
                                     where o.resource = g.resource and o.consumer = g.consumer and oe.at is null
                                       and o.from_day <= :today and (o.until_day, o.id) > (g.until_day, g.id))
                                 order by g.until_day, g.id
                                """)
                .param("resource", resource)
                .param("today", today)
                .query(GrantTable::row)
                .list();
    }

    long count(Where where) {
        return db.sql(
                        "select count(*) from sharing.\"grant\" g left join sharing.grant_end e on e.\"grant\" = g.id"
                                + where.sql())
                .params(where.parameters())
                .query(Long.class)
                .single();
    }

    /** A numbered page of a list. */
    ListQuery.Numbered<Grant> listed(Where where, ListQuery query) {
        var total = count(query.narrow(where));
        var cut = query.cut(total);
        return new ListQuery.Numbered<>(
                listed(where, query, ListQuery.SIZE, cut.offset()), total, cut.number());
    }

    /** All of a narrowed list; refused where a file does not hold them. */
    List<Grant> exported(Where where, ListQuery query) {
        return ListQuery.whole(listed(query.narrow(where), query, ListQuery.EXPORT_LOOK, 0));
    }

    private List<Grant> listed(Where where, ListQuery query, int limit, long offset) {
        var which =
                switch (query.order()) {
                    case NEWEST -> " order by g.id desc";
                    case OLDEST -> " order by g.id";
                    case NAME -> " order by g.title, g.id desc";
                    case DUE -> " order by g.until_day, g.id desc";
                };
        return db.sql(SELECT + where.sql() + which + " limit :limit offset :offset")
                .params(where.parameters())
                .param("limit", limit)
                .param("offset", offset)
                .query(GrantTable::row)
                .list();
    }

    /** Departments on either side of what a list has. */
    List<String> departments(Where where) {
        return db.sql(
                        "select provider from sharing.\"grant\" g left join sharing.grant_end e on e.\"grant\" = g.id"
                                + where.sql()
                                + " union select consumer from sharing.\"grant\" g left join sharing.grant_end e on e.\"grant\" = g.id"
                                + where.sql())
                .params(where.parameters())
                .query((rs, _) -> rs.getString("provider"))
                .list();
    }

    Page<Grant> search(Where where, Page.Request page) {
        var total = count(where);
        where.and("g.id < :after", "after", page.after());
        var rows =
                db.sql(SELECT + where.sql() + " order by g.id desc limit :limit")
                        .params(where.parameters())
                        .param("limit", page.limit() + 1)
                        .query(GrantTable::row)
                        .list();
        return page.page(rows, total, Grant::id);
    }

    /**
     * Ends it, and tells every platform on this database when the transaction commits; false if
     * over.
     */
    boolean end(long id, Grant.End end) {
        // whoever holds it is done first
        db.sql("select id from sharing.\"grant\" where id = :id for no key update")
                .param("id", id)
                .query(Long.class)
                .optional();
        var ended =
                db.sql(
                                        """
                                        insert into sharing.grant_end ("grant", organization, by_name, reason, at)
                                        values (:id, :organization, :by, :reason, :at)
                                        on conflict ("grant") do nothing
                                        """)
                                .param("id", id)
                                .param("organization", end.organization().orElse(null))
                                .param("by", end.by())
                                .param("reason", end.reason())
                                .param("at", end.at().atOffset(ZoneOffset.UTC))
                                .update()
                        == 1;
        if (ended)
            db.sql("select pg_notify('" + Grants.CHANNEL + "', :id)")
                    .param("id", String.valueOf(id))
                    .query((_, _) -> id)
                    .single();
        return ended;
    }

    /** False when this run was counted before. */
    boolean deliver(long grant, String run, long rows, Instant at) {
        return db.sql(
                                """
                                insert into sharing.grant_delivery ("grant", run, rows, at)
                                values (:grant, :run, :rows, :at)
                                on conflict ("grant", run) do nothing
                                """)
                        .param("grant", grant)
                        .param("run", run)
                        .param("rows", rows)
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Delivered delivered(long grant) {
        return db.sql(
                        """
                        select count(*) as runs, coalesce(sum(rows), 0) as rows, max(at) as last
                        from sharing.grant_delivery where "grant" = :grant
                        """)
                .param("grant", grant)
                .query((rs, _) ->
                        new Delivered(
                                rs.getLong("runs"),
                                rs.getLong("rows"),
                                Optional.ofNullable(rs.getObject("last", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant)))
                .single();
    }

    private static Grant row(ResultSet rs, int number) throws SQLException {
        var endedAt = rs.getObject("ended_at", OffsetDateTime.class);
        return new Grant(
                rs.getLong("id"),
                rs.getString("number"),
                rs.getLong("request"),
                Grant.Rule.valueOf(rs.getString("rule")),
                rs.getLong("resource"),
                rs.getString("code"),
                rs.getInt("version"),
                rs.getString("title"),
                rs.getString("provider"),
                rs.getString("consumer"),
                rs.getLong("source"),
                Ask.Mode.valueOf(rs.getString("mode")),
                ScopeJson.parse(rs.getString("scope")),
                rs.getString("digest"),
                rs.getObject("from_day", LocalDate.class),
                rs.getObject("until_day", LocalDate.class),
                rs.getObject("issued_at", OffsetDateTime.class).toInstant(),
                rs.getBoolean("watermark"),
                endedAt == null
                        ? Optional.empty()
                        : Optional.of(
                                new Grant.End(
                                        Optional.ofNullable(rs.getString("ended_for")),
                                        rs.getString("by_name"),
                                        rs.getString("reason"),
                                        endedAt.toInstant())));
    }

    private static Map<String, Object> parameters(Grant it) {
        var all = new HashMap<String, Object>();
        all.put("number", it.number());
        all.put("request", it.request());
        all.put("rule", it.rule().name());
        all.put("resource", it.resource());
        all.put("code", it.code());
        all.put("version", it.version());
        all.put("title", it.title());
        all.put("provider", it.provider());
        all.put("consumer", it.consumer());
        all.put("source", it.source());
        all.put("mode", it.mode().name());
        all.put("scope", it.scope().toJson());
        all.put("digest", it.digest());
        all.put("from", it.from());
        all.put("until", it.until());
        all.put("watermark", it.watermark());
        all.put("issuedAt", it.issuedAt().atOffset(ZoneOffset.UTC));
        return all;
    }
}
