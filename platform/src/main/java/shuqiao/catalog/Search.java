package shuqiao.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
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

    private static final String TIMELY =
            "case when e.due < :today then 'OVERDUE' when e.due is not null then 'CURRENT' end";

    /** A code or a name in whole before a beginning, before words in the name, before the rest. */
    private static final String RANK =
            """
            case when lower(e.code) = :whole then 1000 when e.name_text = :whole then 500
                when starts_with(e.name_text, :whole) then 100 else 0 end
            """;

    private static final String BY_RELEVANCE = "rank desc, changed_at desc, resource desc";
    private static final String BY_TIME = "changed_at desc, resource desc";
    private static final String BY_NAME = "name, resource desc";

    /** All that a facet or the tree counts by, in the order of {@link #group}. */
    private static final String GROUPED =
            "class, shown, sharing, provider, method, format, cycle, timeliness";

    /** How long a pair is taken for as frequent as the statistics said. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private record Frequent(Set<String> pairs, Instant readAt) {}

    private final JdbcClient db;
    private final JsonMapper json;
    private final InstantSource clock;
    private volatile Frequent frequent = new Frequent(Set.of(), Instant.EPOCH);

    Search(JdbcClient db, JsonMapper json, InstantSource clock) {
        this.db = db;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Pairs that more than one in twenty has, by the statistics of the database: to look each of
     * those up in the index takes longer than to look at everything. A matter of speed alone.
     */
    private Set<String> frequent() {
        var known = frequent;
        var now = clock.instant();
        if (Duration.between(known.readAt(), now).abs().compareTo(REMEMBERED) < 0)
            return known.pairs();
        var pairs =
                Set.copyOf(
                        db.sql(
                                        """
                                        select m.pair from pg_stats s,
                                            unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) m(pair, frequency)
                                        where s.schemaname = 'catalog' and s.tablename = 'entry_pairs'
                                          and m.pair is not null and m.frequency > 0.05
                                        """)
                                .query(String.class)
                                .list());
        frequent = new Frequent(pairs, now);
        return pairs;
    }

    /** By cursor, newest first. */
    Page<FoundResource> find(
            Actor actor, ResourceQuery query, Collection<String> classes, Page.Request request) {
        var where = where(actor, Words.of(query.words()));
        narrow(where, query.chosen(), query.node().isEmpty() ? List.of() : classes, SHOWN, TIMELY);
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

    /** How many there are by each value of each facet, as {@link #look} counts them. */
    Tally count(Actor actor, ResourceQuery query, Collection<String> classes) {
        var where = where(actor, Words.of(query.words()));
        var tally = new Tally(query.chosen(), query.node().isEmpty() ? null : classes);
        db.sql(
                        "select "
                                + GROUPED
                                + ", count(*) as number from (select e.*, "
                                + SHOWN
                                + " as shown, "
                                + TIMELY
                                + " as timeliness from catalog.entry e"
                                + where.sql()
                                + ") hit group by "
                                + GROUPED)
                .params(where.parameters())
                .query(rs -> {
                    tally.add(group(rs), rs.getLong("number"));
                });
        return tally;
    }

    /** How many of one's own department stand in each stage; as the list of them counts. */
    Map<String, Long> ofStages(Actor actor) {
        return numbers(
                "select e.stage as value, count(*) as number from catalog.entry e",
                where(actor, Words.of("")).and("e.inside and e.provider = :me"));
    }

    /** How many the actor sees of each department; as the list of them counts. */
    Map<String, Long> ofProviders(Actor actor) {
        return numbers(
                "select e.provider as value, count(*) as number from catalog.entry e",
                where(actor, Words.of("")));
    }

    private Map<String, Long> numbers(String which, Where where) {
        var numbers = new TreeMap<String, Long>();
        db.sql(which + where.sql() + " group by 1")
                .params(where.parameters())
                .query(rs -> {
                    numbers.put(rs.getString("value"), rs.getLong("number"));
                });
        return numbers;
    }

    /**
     * One page, with the counts of all facets.
     *
     * @param classes codes at and under the chosen node; empty for all
     */
    Finding look(Actor actor, Filters filters, Collection<String> classes) {
        var under = filters.node().isEmpty() ? null : classes;
        var tally = new Tally(filters.chosen(), under);
        var places = new HashMap<Long, Integer>();
        walk(
                actor,
                filters,
                classes,
                tally,
                places,
                Finding.SIZE,
                (filters.page() - 1L) * Finding.SIZE);
        var last = (int) Math.max(1, (tally.total() + Finding.SIZE - 1) / Finding.SIZE);
        if (filters.page() > last) return look(actor, filters.at(last), classes);
        return new Finding(
                hits(actor, places),
                tally.total(),
                tally.counts(),
                tally.classes(),
                filters.page());
    }

    /** All that is found, on whichever page, in its order. */
    List<Finding.Hit> all(Actor actor, Filters filters, Collection<String> classes, int max) {
        var tally = new Tally(filters.chosen(), filters.node().isEmpty() ? null : classes);
        var places = new HashMap<Long, Integer>();
        walk(actor, filters, classes, tally, places, max, 0);
        return hits(actor, places);
    }

    /**
     * Two things of one statement, hence of one instant: how many there are of each kind, and which
     * stand on the page. What holds words is looked for once and kept; without words both are read
     * from indexes.
     */
    private void walk(
            Actor actor,
            Filters filters,
            Collection<String> classes,
            Tally tally,
            Map<Long, Integer> places,
            int limit,
            long offset) {
        var words = Words.of(filters.typed());
        var where = where(actor, words);
        if (filters.mine()) where.and("e.inside and e.provider = :me");
        var page = new Where();
        narrow(
                page,
                filters.chosen(),
                filters.node().isEmpty() ? List.of() : classes,
                "e.shown",
                "e.timeliness");
        // of constants and of the parts of a Where alone
        var which =
                "with hit as "
                        + (words.isEmpty() ? "not materialized" : "materialized")
                        + " (select e.resource, e.name, e.changed_at, e.class, e.provider,"
                        + " e.sharing, e.cycle, e.method, e.format, "
                        + SHOWN
                        + " as shown, "
                        + TIMELY
                        + " as timeliness, "
                        + rank(words)
                        + " as rank from catalog.entry e"
                        + where.sql()
                        + ") select null::bigint as resource, "
                        + GROUPED
                        + ", count(*) as number from hit group by "
                        + GROUPED
                        + " union all (select resource, "
                        + GROUPED
                        + ", 0 from hit e"
                        + page.sql()
                        + " order by "
                        + order(filters.sort())
                        + " limit :limit offset :offset)";
        db.sql(which)
                .params(where.parameters())
                .params(page.parameters())
                .param("limit", limit)
                .param("offset", offset)
                .query(rs -> {
                    long resource = rs.getLong("resource");
                    if (rs.wasNull()) tally.add(group(rs), rs.getLong("number"));
                    else places.put(resource, places.size());
                });
    }

    private static String order(Filters.Sort sort) {
        return switch (sort) {
            case RELEVANCE -> BY_RELEVANCE;
            case NEWEST -> BY_TIME;
            case NAME -> BY_NAME;
        };
    }

    private static String rank(Words words) {
        if (words.isEmpty()) return "0";
        var rank = new StringBuilder(RANK);
        for (int i = 0; i < words.size(); i++)
            rank.append(" + (strpos(e.name_text, :word").append(i).append(") > 0)::int");
        return rank.toString();
    }

    private static Tally.Group group(ResultSet rs) throws SQLException {
        var values = new EnumMap<Facet, String>(Facet.class);
        for (var facet : Facet.values()) {
            var value = rs.getString(column(facet));
            if (value != null) values.put(facet, value);
        }
        return new Tally.Group(rs.getString("class"), values);
    }

    private static String column(Facet facet) {
        return facet == Facet.STATE ? "shown" : facet.name();
    }

    /** Keeps what has one of the chosen values of each facet, and one of the classes. */
    private static void narrow(
            Where where,
            Map<Facet, Set<String>> chosen,
            Collection<String> classes,
            String shown,
            String timely) {
        chosen.forEach((facet, values) ->
                where.and(
                        switch (facet) {
                                    case STATE -> shown;
                                    case TIMELINESS -> timely;
                                    case SHARING, PROVIDER, METHOD, FORMAT, CYCLE ->
                                            "e." + facet.name();
                                }
                                + " in (:of"
                                + facet
                                + ")",
                        "of" + facet,
                        values));
        if (!classes.isEmpty()) where.and("e.class in (:classes)", "classes", classes);
    }

    /** Those of the page, in their order. */
    private List<Finding.Hit> hits(Actor actor, Map<Long, Integer> places) {
        if (places.isEmpty()) return List.of();
        var where = where(actor, Words.of(""));
        where.and("e.resource in (:ids)", "ids", places.keySet());
        return db
                .sql(
                        "select e.resource, e.inside, e.code, e.name, e.provider, e.version, e.changed_at,"
                                + " e.sharing, e.method, e.cycle, e.summary, e.items, e.rows, e.due, "
                                + SHOWN
                                + " as shown from catalog.entry e"
                                + where.sql())
                .params(where.parameters())
                .query(this::hit)
                .list()
                .stream()
                .sorted(Comparator.comparing(it -> places.getOrDefault(it.id(), 0)))
                .toList();
    }

    /** What the actor may see, and of it what holds all words. */
    private Where where(Actor actor, Words words) {
        var me = actor.organization();
        var where = new Where().and(VISIBLE, "authority", actor.has(Role.AUTHORITY));
        where.parameters().put("me", me == null ? "" : me);
        where.with("today", LocalDate.ofInstant(clock.instant(), Clock.ZONE));
        if (words.isEmpty()) return where;
        where.with("whole", words.whole());
        var rare = words.pairs();
        rare.removeAll(frequent());
        if (!rare.isEmpty()) where.and(PAIRS, "pairs", String.join(Words.SEPARATOR, rare));
        for (int i = 0; i < words.size(); i++)
            where.and(
                    "(strpos(e.search_text, :word@) > 0 or strpos(e.department, :word@) > 0)"
                            .replace("@", String.valueOf(i)),
                    "word" + i,
                    words.at(i));
        return where;
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
                rs.getObject("due", LocalDate.class),
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
