package shuqiao.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Where;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds resources by words. One's own are seen as they are worked on; those of others as they are
 * published; the data authority sees what waits for it as well. An index of character pairs leads
 * to what may hold the words, and each is looked at again.
 */
@Repository
class Search {

    private static final String VISIBLE =
            """
            case when e.provider = :me or (:authority and e.stage in ('DEPARTMENT_APPROVED', 'APPROVED'))
                then e.inside else not e.inside end
            """;

    private static final String PAIRS =
            """
            (e.resource, e.inside) in
                (select c.resource, c.inside from catalog.candidates(string_to_array(:pairs, chr(31))) c)
            """;

    private static final String SHOWN = "case when e.inside then e.stage else 'PUBLISHED' end";

    /** A code or a name in whole before a beginning, before words in the name, before the rest. */
    private static final String RANK =
            """
            case when lower(e.code) = :whole then 1000 when e.name_text = :whole then 500
                when :whole <> '' and starts_with(e.name_text, :whole) then 100 else 0 end
            + (strpos(e.name_text, :word0) > 0)::int + (strpos(e.name_text, :word1) > 0)::int
            + (strpos(e.name_text, :word2) > 0)::int + (strpos(e.name_text, :word3) > 0)::int
            + (strpos(e.name_text, :word4) > 0)::int + (strpos(e.name_text, :word5) > 0)::int
            + (strpos(e.name_text, :word6) > 0)::int + (strpos(e.name_text, :word7) > 0)::int
            """;

    private static final String BY_RELEVANCE = "rank desc, changed_at desc, resource desc";
    private static final String BY_TIME = "changed_at desc, resource desc";
    private static final String BY_NAME = "name, resource desc";

    /** A value of a facet, and whether each of the others is obeyed. */
    private static final String COUNTS =
            """
            select 'TOTAL' as facet, '' as value, count(*) as number from hit where c and p and s and u and m and f and t
            union all select 'CLASS', class, count(*) from hit where p and s and u and m and f and t group by class
            union all select 'PROVIDER', provider, count(*) from hit where c and s and u and m and f and t group by provider
            union all select 'SHARING', sharing, count(*) from hit where c and p and u and m and f and t group by sharing
            union all select 'CYCLE', cycle, count(*) from hit where c and p and s and m and f and t group by cycle
            union all select 'METHOD', method, count(*) from hit where c and p and s and u and f and t group by method
            union all select 'FORMAT', format, count(*) from hit where c and p and s and u and m and t group by format
            union all select 'STATE', shown, count(*) from hit where c and p and s and u and m and f group by shown
            """;

    private final JdbcClient db;
    private final JsonMapper json;

    Search(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    Page<FoundResource> find(Actor actor, ResourceQuery query, Page.Request request) {
        var where = where(actor, Words.of(query.words()));
        if (query.provider() != null)
            where.and("e.provider = :provider", "provider", query.provider().replace("\0", ""));
        if (query.state() != null)
            where.and("" + SHOWN + " = :stage", "stage", query.state().name());
        if (query.sharing() != null)
            where.and("e.sharing = :sharing", "sharing", query.sharing().name());
        long total =
                db.sql("select count(*) from catalog.entry e" + where.sql())
                        .params(where.parameters())
                        .query(Long.class)
                        .single();
        where.and("e.resource < :after", "after", request.after());
        var rows =
                db.sql(
                                "select e.resource, e.code, e.name, e.provider, e.version, e.changed_at, e.sharing,"
                                        + " e.open, e.cycle, "
                                        + SHOWN
                                        + " as shown from catalog.entry e"
                                        + where.sql()
                                        + " order by e.resource desc limit :limit")
                        .params(where.parameters())
                        .param("limit", request.limit() + 1)
                        .query(Search::found)
                        .list();
        return request.page(rows, total, FoundResource::id);
    }

    /**
     * One page, with the counts of all facets.
     *
     * @param classes codes at and under the chosen node; empty for all
     */
    Finding look(Actor actor, Filters filters, Collection<String> classes) {
        var counts =
                counts(actor, filters, classes, Finding.SIZE, (filters.page() - 1L) * Finding.SIZE);
        long total = counts.getOrDefault("TOTAL", Map.of()).getOrDefault("", 0L);
        var last = (int) Math.max(1, (total + Finding.SIZE - 1) / Finding.SIZE);
        if (filters.page() > last) return look(actor, filters.at(last), classes);
        var facets = new EnumMap<Facet, Map<String, Long>>(Facet.class);
        for (var facet : Facet.values())
            facets.put(facet, counts.getOrDefault(facet.name(), Map.of()));
        return new Finding(
                hits(actor, counts.getOrDefault("HIT", Map.of())),
                total,
                facets,
                counts.getOrDefault("CLASS", Map.of()),
                filters.page());
    }

    /** All that is found, on whichever page, in its order. */
    List<Finding.Hit> all(Actor actor, Filters filters, Collection<String> classes, int max) {
        return hits(actor, counts(actor, filters, classes, max, 0).getOrDefault("HIT", Map.of()));
    }

    /** One walk through all that is found: the counts, and which stand on the page. */
    private Map<String, Map<String, Long>> counts(
            Actor actor, Filters filters, Collection<String> classes, int limit, long offset) {
        var words = Words.of(filters.typed());
        var where = where(actor, words);
        if (filters.mine()) where.and("e.inside and e.provider = :me");
        var all = new HashMap<>(where.parameters());
        for (int i = 0; i < Words.MAX; i++) all.put("word" + i, words.at(i));
        all.put("whole", words.whole());
        all.put("anyClass", filters.node().isEmpty());
        all.put("classes", some(classes));
        for (var facet : Facet.values()) {
            all.put("any" + facet, filters.of(facet).isEmpty());
            all.put("of" + facet, some(filters.of(facet)));
        }
        all.put("limit", limit);
        all.put("offset", offset);
        var which =
                switch (filters.sort()) {
                    case RELEVANCE -> BY_RELEVANCE;
                    case NEWEST -> BY_TIME;
                    case NAME -> BY_NAME;
                };
        var counts = new TreeMap<String, Map<String, Long>>();
        db.sql(
                        "with hit as materialized (select e.resource, e.name, e.changed_at, e.class, e.provider,"
                                + " e.sharing, e.cycle, e.method, e.format, "
                                + SHOWN
                                + " as shown, "
                                + RANK
                                + """
                                 as rank,
                                    :anyClass or e.class in (:classes) as c,
                                    :anyPROVIDER or e.provider in (:ofPROVIDER) as p,
                                    :anySHARING or coalesce(e.sharing in (:ofSHARING), false) as s,
                                    :anyCYCLE or coalesce(e.cycle in (:ofCYCLE), false) as u,
                                    :anyMETHOD or coalesce(e.method in (:ofMETHOD), false) as m,
                                    :anyFORMAT or coalesce(e.format in (:ofFORMAT), false) as f,
                                    :anySTATE or case when e.inside then e.stage else 'PUBLISHED' end in (:ofSTATE) as t
                                from catalog.entry e
                                """
                                + where.sql()
                                + ") "
                                + COUNTS
                                + """
                                union all (select 'HIT', resource::text, row_number() over (order by
                                """
                                + which
                                + """
                                ) from hit where c and p and s and u and m and f and t
                                order by 3 limit :limit offset :offset)
                                """)
                .params(all)
                .query(rs -> {
                    if (rs.getString("value") != null)
                        counts.computeIfAbsent(rs.getString("facet"), _ -> new TreeMap<>())
                                .put(rs.getString("value"), rs.getLong("number"));
                });
        return counts;
    }

    /** Those of the page, in their order. */
    private List<Finding.Hit> hits(Actor actor, Map<String, Long> places) {
        if (places.isEmpty()) return List.of();
        var where = where(actor, Words.of(""));
        where.and(
                "e.resource in (:ids)",
                "ids",
                places.keySet().stream().map(Long::valueOf).toList());
        return db
                .sql(
                        "select e.resource, e.inside, e.code, e.name, e.provider, e.version, e.changed_at,"
                                + " e.sharing, e.method, e.cycle, e.summary, e.items, e.rows, "
                                + SHOWN
                                + " as shown from catalog.entry e"
                                + where.sql())
                .params(where.parameters())
                .query(this::hit)
                .list()
                .stream()
                .sorted(
                        Comparator.comparing(
                                it -> places.getOrDefault(String.valueOf(it.id()), 0L)))
                .toList();
    }

    /** What the actor may see, and of it what holds all words. */
    private static Where where(Actor actor, Words words) {
        var me = actor.organization();
        var where = new Where().and(VISIBLE, "authority", actor.has(Role.AUTHORITY));
        where.parameters().put("me", me == null ? "" : me);
        if (words.isEmpty()) return where;
        if (!words.pairs().isEmpty()) where.and(PAIRS, "pairs", words.pairs());
        for (int i = 0; i < words.size(); i++)
            where.and(
                    "strpos(e.search_text || ' ' || e.department, :word" + i + ") > 0",
                    "word" + i,
                    words.at(i));
        return where;
    }

    /** An empty list cannot stand in a query. */
    private static Collection<String> some(Collection<String> values) {
        return values.isEmpty() ? List.of("") : values;
    }

    private Finding.Hit hit(ResultSet rs, int number) throws SQLException {
        return new Finding.Hit(
                rs.getLong("resource"),
                rs.getBoolean("inside"),
                rs.getString("code"),
                rs.getString("name"),
                rs.getString("provider"),
                rs.getInt("version"),
                Stage.valueOf(rs.getString("shown")),
                value(SharingKind.values(), rs.getString("sharing")),
                value(SharingMethodType.values(), rs.getString("method")),
                value(UpdateCycle.values(), rs.getString("cycle")),
                rs.getString("summary"),
                List.of(json.readValue(rs.getString("items"), String[].class)),
                (Long) rs.getObject("rows"),
                rs.getObject("changed_at", OffsetDateTime.class).toInstant());
    }

    private static FoundResource found(ResultSet rs, int number) throws SQLException {
        return new FoundResource(
                rs.getLong("resource"),
                rs.getString("code"),
                rs.getString("name"),
                rs.getString("provider"),
                rs.getInt("version"),
                Stage.valueOf(rs.getString("shown")),
                value(SharingKind.values(), rs.getString("sharing")),
                rs.getBoolean("open"),
                value(UpdateCycle.values(), rs.getString("cycle")),
                rs.getObject("changed_at", OffsetDateTime.class).toInstant());
    }

    private static <E extends Enum<E>> @Nullable E value(E[] all, @Nullable String name) {
        return Arrays.stream(all).filter(it -> it.name().equals(name)).findFirst().orElse(null);
    }
}
