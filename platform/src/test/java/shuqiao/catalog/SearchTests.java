package shuqiao.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedMultiValueMap;
import shuqiao.City;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.organization.Organization;
import shuqiao.organization.Organizations;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the search page counts is what is there: compared with looking at every resource by hand.
 */
class SearchTests extends CatalogGround {

    private static final String PASSWORD = "Reader-2026-x!";
    private static final String[] THINGS = {"低保", "企业", "学籍", "婚姻", "100%_人口"};
    private static final String[] ITEMS = {"姓名", "统一社会信用代码", "O'Neil \\ \"名\"", "ＩＤ号", "a_b%c"};

    record Made(long id, String provider, Description words, boolean published, boolean withdrawn) {

        String text() {
            return Words.folded(
                    words.name()
                            + " "
                            + words.items().stream()
                                    .map(it -> it.name() + " " + it.column())
                                    .collect(Collectors.joining(" "))
                            + (provider.equals(City.CIVIL_AFFAIRS) ? " 市民政局" : " 市公安局"));
        }
    }

    private static final List<Made> ALL = new ArrayList<>();

    @Autowired Organizations organizations;
    @Autowired JsonMapper json;
    @Autowired ColumnTable columns;
    @Autowired TransactionTemplate transaction;

    @BeforeEach
    void make() {
        city.person("civil.reader", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("bureau.finder", PASSWORD, City.BUREAU, Role.STEWARD);
        if (!ALL.isEmpty()) return;
        for (int i = 0; i < 260; i++)
            ALL.add(one(i, i % 3 == 0 ? City.POLICE : City.CIVIL_AFFAIRS));
        for (int i = 0; i < 40; i++) ALL.add(publishedOne(i));
    }

    private Made one(int i, String provider) {
        var words = words(i, "检索样本" + THINGS[i % 5] + "信息" + i);
        var made =
                catalog.draft(
                        city.actor(provider, Role.STEWARD),
                        new Catalog.NewResource(null, null, null, words));
        return new Made(made.id(), provider, made.description(), false, false);
    }

    private Made publishedOne(int i) {
        var keeper = city.actor(City.CIVIL_AFFAIRS, Role.STEWARD);
        var words = words(i, "检索样本已发布" + THINGS[i % 5] + i).withItems(List.of());
        var id =
                catalog.draft(keeper, new Catalog.NewResource(source, "public", table, words)).id();
        reviews.submit(keeper, id);
        var yes = new Reviews.Decision(true, "");
        var authority = city.actor(City.BUREAU, Role.AUTHORITY);
        reviews.departmentReview(city.actor(City.CIVIL_AFFAIRS, Role.REVIEWER), id, yes);
        reviews.authorityReview(authority, id, yes);
        var published = reviews.publish(authority, id);
        if (i % 10 == 9) reviews.withdraw(authority, id, "停用");
        return new Made(id, City.CIVIL_AFFAIRS, published.description(), i % 10 != 9, i % 10 == 9);
    }

    private static Description words(int i, String name) {
        var items = new ArrayList<Item>();
        for (int k = 0; k <= i % 3; k++)
            items.add(
                    new Item(
                            ITEMS[(i + k) % 5] + (k == 0 ? "" : k),
                            "",
                            DataType.C,
                            null,
                            "",
                            "",
                            null,
                            null,
                            null,
                            null));
        return new Description(
                name,
                i % 2 == 0 ? "3070210103" : "307021",
                "摘要",
                "",
                FormatKind.DATABASE,
                "PostgreSQL",
                "",
                SharingKind.values()[i % 2],
                i % 2 == 1 ? "因履职需要" : "",
                "",
                SharingMethodKind.PLATFORM,
                SharingMethodType.DATABASE,
                List.of(),
                false,
                "",
                UpdateCycle.values()[i % 4],
                "",
                items);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "检索样本",
                "检索样本 企业",
                "检索样本 社会信用",
                "检索样本 名",
                "检索样本 %",
                "检索样本 _",
                "检索样本 100%_人",
                "检索样本 o'neil",
                "检索样本 \\",
                "检索样本 \"名\"",
                "检索样本 id号",
                "检索样本 ＩＤ",
                "检索样本 A_B%C 企业",
                "检索样本 民政",
                "检索样本 没有这个词"
            })
    void the_counts_are_those_of_looking_at_everything(String words) {
        for (var reader : List.of(City.CIVIL_AFFAIRS, City.BUREAU)) {
            var actor = city.actor(reader, Role.STEWARD);
            var visible = visible(reader);
            var found = look(actor, Map.of("q", List.of(words)));
            var naive = visible.stream().filter(holds(words)).toList();

            assertThat(found.total()).as(words).isEqualTo(naive.size());
            assertThat(found.counts().get(Facet.SHARING))
                    .isEqualTo(count(naive, it -> String.valueOf(it.words().sharingKind())));
            assertThat(found.counts().get(Facet.PROVIDER)).isEqualTo(count(naive, Made::provider));
            assertThat(found.classes()).isEqualTo(count(naive, it -> it.words().classification()));
        }
    }

    @Test
    void a_facet_ignores_its_own_choice_and_obeys_the_others() {
        var actor = city.actor(City.CIVIL_AFFAIRS, Role.STEWARD);
        var naive = visible(City.CIVIL_AFFAIRS).stream().filter(holds("检索样本")).toList();

        var found =
                look(
                        actor,
                        Map.of(
                                "q", List.of("检索样本"),
                                "sharing", List.of("CONDITIONAL"),
                                "cycle", List.of("DAILY", "REALTIME")));

        Predicate<Made> sharing = it -> it.words().sharingKind() == SharingKind.CONDITIONAL;
        Predicate<Made> cycle =
                it ->
                        it.words().updateCycle() == UpdateCycle.DAILY
                                || it.words().updateCycle() == UpdateCycle.REALTIME;
        assertThat(found.total()).isEqualTo(naive.stream().filter(sharing.and(cycle)).count());
        assertThat(found.counts().get(Facet.SHARING))
                .isEqualTo(
                        count(
                                naive.stream().filter(cycle).toList(),
                                it -> String.valueOf(it.words().sharingKind())));
        assertThat(found.counts().get(Facet.CYCLE))
                .isEqualTo(
                        count(
                                naive.stream().filter(sharing).toList(),
                                it -> String.valueOf(it.words().updateCycle())));
        assertThat(found.counts().get(Facet.PROVIDER))
                .isEqualTo(
                        count(naive.stream().filter(sharing.and(cycle)).toList(), Made::provider));
    }

    /** Any search there may be, compared with as many plain queries as it has figures. */
    @Test
    void whatever_is_chosen_the_figures_and_the_page_are_those_of_plain_queries() {
        var random = new Random(4);
        db.sql("update catalog.entry set score = 50 + resource % 51 where resource % 4 > 0")
                .update();
        db.sql("analyze catalog.entry").update(); // from now on it knows which words are frequent
        var search = new Search(db, columns, json, InstantSource.system());
        var tooLarge =
                new Search(
                        db, new ColumnTable(db, transaction, 1_000), json, InstantSource.system());
        for (int i = 0; i < 60; i++) {
            var reader = i % 2 == 0 ? City.CIVIL_AFFAIRS : City.BUREAU;
            var authority = i % 3 == 0;
            var actor =
                    authority
                            ? city.actor(reader, Role.STEWARD, Role.AUTHORITY)
                            : city.actor(reader, Role.STEWARD);
            var address = address(random);
            var filters = Filters.of(new LinkedMultiValueMap<>(address), true);
            var said = address + (authority ? " authority" : "");
            while (true) {
                var before = written();
                try {
                    same(search, tooLarge, reader, actor, filters, said);
                    break;
                } catch (AssertionError wrong) {
                    // what a class before this one left at work may write in between
                    if (before.equals(written())) throw wrong;
                }
            }
        }
    }

    /** What changes with every entry that is written or removed. */
    private String written() {
        return db.sql(
                        """
                        select concat_ws(' ', count(*), max(written_in::text::bigint),
                            (select max(written_in::text::bigint) from catalog.entry_gone))
                        from catalog.entry
                        """)
                .query(String.class)
                .single();
    }

    private void same(
            Search search,
            Search tooLarge,
            String reader,
            Actor actor,
            Filters filters,
            String said) {
        var authority = actor.roles().contains(Role.AUTHORITY);
        var under = new Tree(classification.all(actor)).under(filters.node());
        var found = search.look(actor, filters, under);

        var visible =
                filters.mine()
                        ? "inside and provider = '" + reader + "'"
                        : "inside = (provider = '"
                                + reader
                                + "' or "
                                + authority
                                + " and stage in ('DEPARTMENT_APPROVED', 'APPROVED'))";
        for (var word : filters.typed().split(" "))
            visible +=
                    " and strpos(search_text || ' ' || department, '"
                            + Words.folded(word)
                            + "') > 0";
        assertThat(found.total())
                .as(said)
                .isEqualTo(
                        db.sql(
                                        "select count(*) from catalog.entry where "
                                                + chosen(visible, filters, under, null))
                                .query(Long.class)
                                .single());
        for (var facet : Facet.values())
            assertThat(found.counts().get(facet))
                    .as(said + " " + facet)
                    .isEqualTo(plain(column(facet), chosen(visible, filters, under, facet)));
        assertThat(found.classes())
                .as(said)
                .isEqualTo(plain("class", chosen(visible, filters, Set.of(), null)));
        assertThat(tooLarge.look(actor, filters, under))
                .as(said + ", texts not in memory")
                .isEqualTo(found);
        if (filters.typed().isEmpty())
            assertThat(found.hits())
                    .as(said)
                    .extracting(Finding.Hit::id)
                    .isEqualTo(
                            db.sql(
                                            "select resource from catalog.entry where "
                                                    + chosen(visible, filters, under, null)
                                                    + order(filters.sort())
                                                    + ", resource desc limit 20 offset "
                                                    + 20 * (found.page() - 1))
                                    .query(Long.class)
                                    .list());
    }

    private static String order(Filters.Sort sort) {
        return switch (sort) {
            case NAME -> " order by name";
            case SCORE -> " order by score desc nulls last, changed_at desc";
            case NEWEST, RELEVANCE -> " order by changed_at desc";
        };
    }

    private static Map<String, List<String>> address(Random random) {
        var address = new TreeMap<String, List<String>>();
        var words = List.of("", "", "检索样本", "企业", "名", "检索样本 姓名", "市公安局 信用");
        address.put("q", List.of(words.get(random.nextInt(words.size()))));
        if (random.nextInt(4) == 0) address.put("mine", List.of("true"));
        if (random.nextInt(3) == 0)
            address.put("class", List.of(random.nextBoolean() ? "307021" : "3"));
        for (var facet : Facet.values()) {
            if (random.nextInt(3) > 0) continue;
            var values =
                    facet.known().isEmpty()
                            ? List.of(City.CIVIL_AFFAIRS, City.POLICE)
                            : facet.known();
            address.put(
                    facet.parameter(), values.stream().filter(_ -> random.nextInt(3) > 0).toList());
        }
        var sorts = Filters.Sort.values();
        address.put("sort", List.of(sorts[random.nextInt(sorts.length)].parameter()));
        address.put("page", List.of("" + (1 + random.nextInt(3))));
        return address;
    }

    private static String column(Facet facet) {
        return switch (facet) {
            case STATE -> "case when inside then stage else 'PUBLISHED' end";
            case TIMELINESS ->
                    "case when due < (now() at time zone 'Asia/Shanghai')::date then 'OVERDUE'"
                            + " when due is not null then 'CURRENT' end";
            case QUALITY ->
                    "case when score < 60 then 'LOW' when score < 75 then 'FAIR' when score < 90 then 'GOOD'"
                            + " when score is not null then 'EXCELLENT' end";
            case SHARING, PROVIDER, METHOD, FORMAT, CYCLE -> facet.parameter();
        };
    }

    private static String chosen(String visible, Filters filters, Set<String> under, Facet except) {
        var where = new StringBuilder(visible);
        filters.chosen()
                .forEach((facet, values) -> {
                    if (facet != except) where.append(in(column(facet), values));
                });
        if (!filters.node().isEmpty() && !under.isEmpty()) where.append(in("class", under));
        return where.toString();
    }

    private static String in(String column, Set<String> values) {
        return " and " + column + " in ('" + String.join("','", values) + "')";
    }

    private Map<String, Long> plain(String column, String where) {
        var counts = new TreeMap<String, Long>();
        db.sql(
                        "select %s as value, count(*) as number from catalog.entry where %s group by 1"
                                .formatted(column, where))
                .query(rs -> {
                    if (rs.getString("value") != null)
                        counts.put(rs.getString("value"), rs.getLong("number"));
                });
        return counts;
    }

    @Test
    void programs_get_the_same_counts_by_the_facets_they_name() {
        var token = city.token(City.CIVIL_AFFAIRS, Role.STEWARD);
        var question =
                PATH
                        + "?q="
                        + encoded("检索样本")
                        + "&sharing=CONDITIONAL&class=307021&cycle=DAILY&cycle=REALTIME";
        var found =
                look(
                        city.actor(City.CIVIL_AFFAIRS, Role.STEWARD),
                        Map.of(
                                "q", List.of("检索样本"),
                                "sharing", List.of("CONDITIONAL"),
                                "class", List.of("307021"),
                                "cycle", List.of("DAILY", "REALTIME")));

        var answer = city.get(token, question + "&facets=sharing,cycle&facets=class&limit=1");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.<Number>at("$.total").longValue()).isEqualTo(found.total());
        assertThat(answer.<Map<String, Integer>>at("$.facets").keySet())
                .containsExactly("class", "cycle", "sharing");
        for (var facet : List.of(Facet.SHARING, Facet.CYCLE))
            assertThat(answer.<Map<String, Integer>>at("$.facets." + facet.parameter()))
                    .isEqualTo(numbers(found.counts().get(facet)));
        assertThat(answer.<Map<String, Integer>>at("$.facets.class"))
                .isEqualTo(
                        numbers(
                                new Tree(classification.all(Actor.PLATFORM))
                                        .summed(found.classes())));
        assertThat(city.get(token, question).body()).doesNotContain("facets");
        var wrong = city.get(token, PATH + "?facets=colour");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.<String>at("$.errors[0].field")).isEqualTo("facets");
        assertThat(wrong.<String>at("$.errors[0].detail")).contains("provider");
        var document = city.get(null, "/api/v1/openapi.json").body();
        assertThat(document).contains("\"facets\"", "按哪些参数计数");
    }

    private static Map<String, Integer> numbers(Map<String, Long> counts) {
        var numbers = new TreeMap<String, Integer>();
        counts.forEach((value, number) -> numbers.put(value, number.intValue()));
        return numbers;
    }

    @Test
    void every_page_together_shows_each_resource_once_in_each_order() {
        var actor = city.actor(City.CIVIL_AFFAIRS, Role.STEWARD);
        for (var sort : List.of("relevance", "newest", "name")) {
            var seen = new ArrayList<Long>();
            var pages = 1;
            for (int page = 1; page <= pages; page++) {
                var found =
                        look(
                                actor,
                                Map.of(
                                        "q", List.of("检索样本 企业"),
                                        "sort", List.of(sort),
                                        "page", List.of("" + page)));
                pages = found.pages();
                found.hits().forEach(hit -> seen.add(hit.id()));
            }
            assertThat(seen)
                    .doesNotHaveDuplicates()
                    .hasSize(
                            (int)
                                    visible(City.CIVIL_AFFAIRS).stream()
                                            .filter(holds("检索样本 企业"))
                                            .count());
        }
    }

    @Test
    void a_name_comes_before_an_item_and_a_page_too_far_is_the_last_one() {
        var actor = city.actor(City.CIVIL_AFFAIRS, Role.STEWARD);
        var first = ALL.stream().filter(it -> it.provider().equals(City.CIVIL_AFFAIRS)).findFirst();
        var name = first.orElseThrow().words().name();

        assertThat(look(actor, Map.of("q", List.of(name))).hits().getFirst().name())
                .isEqualTo(name);
        assertThat(look(actor, Map.of("q", List.of("检索样本"), "page", List.of("999"))).hits())
                .isNotEmpty();
        assertThat(
                        look(
                                        actor,
                                        Map.of(
                                                "sharing", List.of("' or 1=1", "?"),
                                                "sort", List.of("x"),
                                                "class", List.of("9"),
                                                "page", List.of("-1")))
                                .page())
                .isEqualTo(1);
    }

    @Test
    void words_of_two_characters_are_served_by_the_index() {
        db.sql("set enable_seqscan = off").update();
        var plan =
                db.sql(
                                "explain select from catalog.entry e where catalog.pairs(e.search_text || ' ' || e.department) @> string_to_array('企业', chr(31))")
                        .query(String.class)
                        .list();
        db.sql("reset enable_seqscan").update();

        assertThat(String.join("\n", plan)).contains("entry_pairs");
    }

    @Test
    void a_department_is_found_by_its_new_name() {
        var code = City.POLICE;
        var before = organizations.find(code).orElseThrow();
        rename(before, before.name() + "特警改名");
        try {
            assertThat(
                            look(
                                            city.actor(City.POLICE, Role.STEWARD),
                                            Map.of("q", List.of("特警改名 检索样本")))
                                    .total())
                    .isPositive();
        } finally {
            rename(before, before.name());
        }
    }

    private void rename(Organization it, String name) {
        organizations.change(
                Actor.PLATFORM,
                it.code().value(),
                new Organizations.Entry(
                        it.code().value(),
                        name,
                        it.shortName(),
                        it.nameEn(),
                        it.division().value(),
                        it.level(),
                        null,
                        it.authority(),
                        it.closed(),
                        null));
    }

    @Test
    void the_page_marks_what_was_found_says_how_many_and_keeps_all_in_its_address() {
        var visitor = city.visitor("civil.reader", PASSWORD);
        for (var language : List.of("zh", "en")) {
            var page =
                    visitor.get(
                                    "/resources?q="
                                            + encoded("检索样本 姓名")
                                            + "&sharing=CONDITIONAL&cycle=DAILY&lang="
                                            + language)
                            .body();
            assertThat(page)
                    .contains("<mark>检索样本</mark>", "<mark>姓名</mark>", "aria-current=\"page\"")
                    .contains("sharing=CONDITIONAL")
                    .doesNotContain("??");
        }
        var page = visitor.get("/resources?lang=zh&q=" + encoded("检索样本")).body();
        assertThat(page).contains("第 1—20 个，共 ", "page=2", "name=\"provider\"");
        assertThat(visitor.get("/resources?q=" + encoded("没有这样的东西啊")).body())
                .contains("没有找到符合条件的目录");
        assertThat(visitor.get("/resources?q=" + encoded("<script>alert(1)</script>")).body())
                .contains("&lt;script&gt;")
                .doesNotContain("<script>alert");
        assertThat(visitor.get("/resources?mine=true&state=DRAFT&q=" + encoded("检索样本")).body())
                .contains("name=\"state\"", "/resources/new", "/edit");
        assertThat(visitor.get("/catalog/tree?root=3").body()).contains("class=307");
        assertThat(visitor.get("/resources?class=307").statusCode()).isEqualTo(200);
    }

    @Test
    void drafts_and_what_was_withdrawn_are_not_found_by_others() {
        var visitor = city.visitor("bureau.finder", PASSWORD);
        var hidden = ALL.stream().filter(it -> !it.published()).toList();

        var page = visitor.get("/resources?q=" + encoded("检索样本")).body();

        assertThat(page).contains("共 36 个目录", "/requests/new?resource=");
        for (var it : hidden)
            assertThat(page).doesNotContain("href=\"/resources/" + it.id() + "\"");
    }

    private Finding look(Actor actor, Map<String, List<String>> address) {
        var tree = new Tree(classification.all(actor));
        var filters = Filters.of(new LinkedMultiValueMap<>(address), true);
        return catalog.look(actor, filters, tree.under(filters.node()));
    }

    private static List<Made> visible(String reader) {
        return ALL.stream().filter(it -> it.published() || it.provider().equals(reader)).toList();
    }

    private static Predicate<Made> holds(String words) {
        return it -> {
            for (var word : words.split(" "))
                if (!it.text().contains(Words.folded(word))) return false;
            return true;
        };
    }

    private static Map<String, Long> count(
            List<Made> all, java.util.function.Function<Made, String> value) {
        return all.stream()
                .collect(Collectors.groupingBy(value, TreeMap::new, Collectors.counting()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
