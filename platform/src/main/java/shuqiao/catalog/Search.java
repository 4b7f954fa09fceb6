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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
 * published; the data authority sees what waits for it as well. Texts are looked through in memory;
 * in a catalog too large for that, an index of character pairs leads to what may hold the words,
 * and each is looked at again. What is found is counted by the columns in memory.
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

    private static final String BAND =
            "case when e.score >= 90 then 'EXCELLENT' when e.score >= 75 then 'GOOD'"
                    + " when e.score >= 60 then 'FAIR' when e.score >= 0 then 'LOW' end";

    private static final String MINE = "e.inside and e.provider = :me";

    /** As {@link Words#rank}, for texts that are not kept in memory. */
    private static final String RANK =
            """
            case when lower(e.code) = :whole then 1000 when e.name_text = :whole then 500
                when starts_with(e.name_text, :whole) then 100 else 0 end
            """;

    /** How long a pair is taken for as frequent as the statistics said. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private record Frequent(Set<String> pairs, Instant readAt) {}

    private final JdbcClient db;
    private final ColumnTable columns;
    private final JsonMapper json;
    private final InstantSource clock;
    private volatile Frequent frequent = new Frequent(Set.of(), Instant.EPOCH);

    Search(JdbcClient db, ColumnTable columns, JsonMapper json, InstantSource clock) {
        this.db = db;
        this.columns = columns;
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
        narrow(where, query.chosen(), query.node().isEmpty() ? List.of() : classes);
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
        return find(
                        actor,
                        new Filters(
                                query.words(),
                                query.node(),
                                false,
                                query.chosen(),
                                Filters.Sort.NEWEST,
                                1),
                        classes)
                .tally();
    }

    /**
     * How many there are by each value of each facet, as the list of them counts.
     *
     * @param mine of one's own department alone, as it works on them
     */
    Map<Facet, Map<String, Long>> figures(Actor actor, boolean mine) {
        var all = new Filters("", "", mine, Map.of(), Filters.Sort.NEWEST, 1);
        return find(actor, all, List.of()).tally().counts();
    }

    /**
     * One page, with the counts of all facets.
     *
     * @param classes codes at and under the chosen node; empty for all
     */
    Finding look(Actor actor, Filters filters, Collection<String> classes) {
        var found = find(actor, filters, classes);
        var tally = found.tally();
        var last = (int) Math.max(1, (tally.total() + Finding.SIZE - 1) / Finding.SIZE);
        var page = Math.min(filters.page(), last);
        return new Finding(
                hits(actor, page(actor, filters, found, Finding.SIZE, (page - 1) * Finding.SIZE)),
                tally.total(),
                tally.counts(),
                tally.classes(),
                page);
    }

    /** All that is found, on whichever page, in its order. */
    List<Finding.Hit> all(Actor actor, Filters filters, Collection<String> classes, int max) {
        return hits(actor, page(actor, filters, find(actor, filters, classes), max, 0));
    }

    /**
     * What a search came to, all of one instant.
     *
     * @param rows of the columns that meet all that is chosen, newest first
     */
    private record Found(Columns columns, Tally tally, int[] rows, Columns.Matches matches) {}

    private Found find(Actor actor, Filters filters, Collection<String> classes) {
        var words = Words.of(filters.typed());
        var now = columns.now();
        var view =
                new Columns.View(
                        actor.organization(),
                        actor.has(Role.AUTHORITY),
                        filters.mine(),
                        LocalDate.ofInstant(clock.instant(), Clock.ZONE));
        var tally = now.tally(filters.chosen(), filters.node().isEmpty() ? null : classes);
        var matches =
                words.isEmpty()
                        ? Columns.EVERYTHING
                        : now.room() > 0
                                ? now.matches(words)
                                : now.matches(ranks(actor, words, filters.mine()));
        return new Found(now, tally, now.count(view, tally, matches), matches);
    }

    /** What holds the words, and how well. */
    private Map<Long, Integer> ranks(Actor actor, Words words, boolean mine) {
        var where = where(actor, words);
        if (mine) where.and(MINE);
        var which =
                "select e.resource, "
                        + rank(words)
                        + " as rank from catalog.entry e"
                        + where.sql(); // of constants and of the parts of a Where alone
        var ranks = new HashMap<Long, Integer>();
        db.sql(which)
                .params(where.parameters())
                .query(rs -> {
                    ranks.put(rs.getLong("resource"), rs.getInt("rank"));
                });
        return ranks;
    }

    /** Resources of a page in their order, with the place of each. */
    private Map<Long, Integer> page(
            Actor actor, Filters filters, Found found, int limit, int offset) {
        var all = found.rows();
        var ordered =
                switch (filters.sort()) {
                    case RELEVANCE -> found.columns().byRank(all, found.matches());
                    case SCORE -> found.columns().byScore(all);
                    case NEWEST, NAME -> all;
                };
        var ids =
                filters.sort() == Filters.Sort.NAME
                        ? byName(actor, filters, found, limit, offset)
                        : found.columns().resources(piece(ordered, limit, offset));
        var places = new HashMap<Long, Integer>();
        for (var id : ids) places.put(id, places.size());
        return places;
    }

    private static int[] piece(int[] rows, int limit, int offset) {
        var from = Math.min(offset, rows.length);
        return Arrays.copyOfRange(rows, from, Math.min(rows.length - from, limit) + from);
    }

    /** The order of names is known to the database alone. */
    private long[] byName(Actor actor, Filters filters, Found found, int limit, int offset) {
        var where = where(actor, Words.of(""));
        if (filters.mine()) where.and(MINE);
        if (filters.narrowed() || !filters.typed().isEmpty())
            where.and(
                    "e.resource = any(string_to_array(:found, ',')::bigint[])",
                    "found",
                    Arrays.stream(found.columns().resources(found.rows()))
                            .mapToObj(Long::toString)
                            .collect(Collectors.joining(",")));
        return db
                .sql(
                        "select e.resource from catalog.entry e"
                                + where.sql()
                                + " order by e.name, e.resource desc limit :limit offset :offset")
                .params(where.parameters())
                .param("limit", limit)
                .param("offset", offset)
                .query(Long.class)
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static String rank(Words words) {
        var rank = new StringBuilder(RANK);
        for (int i = 0; i < words.size(); i++)
            rank.append(" + (strpos(e.name_text, :word").append(i).append(") > 0)::int");
        return rank.toString();
    }

    /** Keeps what has one of the chosen values of each facet, and one of the classes. */
    private static void narrow(
            Where where, Map<Facet, Set<String>> chosen, Collection<String> classes) {
        chosen.forEach((facet, values) ->
                where.and(
                        switch (facet) {
                                    case STATE -> SHOWN;
                                    case TIMELINESS -> TIMELY;
                                    case QUALITY -> BAND;
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
                                + " e.sharing, e.method, e.cycle, e.summary, e.items, e.rows, e.due, e.score, "
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
                (@Nullable Integer) rs.getObject("score"),
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
