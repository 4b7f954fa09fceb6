package shuqiao.onesource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.catalog.Catalog;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.quality.DescribedGround;

/** Values of two departments are compared only where both have said that they may be. */
class ComparisonTests extends DescribedGround {

    private static final AtomicInteger NEXT = new AtomicInteger();

    @Autowired OneSource room;
    @Autowired Comparisons comparisons;
    @Autowired Catalog catalog;

    private Department one;
    private Department two;
    private String item;

    @BeforeEach
    void prepare() {
        one = department("YUC000033", "云泽市一比测试局");
        two = department("YUD000034", "云泽市二比测试局");
        city.person("onec-steward", PASSWORD, one.code(), Role.STEWARD);
        city.person("twoc-steward", PASSWORD, two.code(), Role.STEWARD);
        city.person("onec-authority", PASSWORD, City.BUREAU, Role.AUTHORITY);
        item = "测试比项" + Character.toString('甲' + NEXT.incrementAndGet());
        db.sql("delete from onesource.asked").update();
        db.sql("delete from onesource.agreement").update();
    }

    /** Published, with a column x of the values from to until, as the expression writes them. */
    private long filled(Department of, String name, String value, int from, int until) {
        var table = table(of, columns("k", "比对主键" + NEXT.incrementAndGet(), "x", name));
        of.db()
                .run(
                        "insert into %s select g, %s from generate_series(%d, %d) g"
                                .formatted(table, value, from, until));
        return published(of, table, "取值比对样例" + table + "信息", Map.of());
    }

    private City.Answer agree(String token, long resource, List<String> columns) {
        return city.put(
                token, "/api/v1/resources/" + resource + "/comparison", Map.of("columns", columns));
    }

    private City.Answer compare(Department of, long resource) {
        return city.post(of.steward(), "/api/v1/resources/" + resource + "/sketch", Map.of());
    }

    private List<Likeness> compared(Department of, long resource) {
        return comparisons.compared(city.actor(of.code(), Role.STEWARD), resource);
    }

    private long count(String from) {
        return db.sql("select count(*) from " + from).query(Long.class).single();
    }

    private Visitor visitor(String name) {
        return city.visitor(name, PASSWORD);
    }

    @Test
    void nothing_is_compared_unless_both_sides_have_said_yes() {
        var a = filled(one, item, "'V' || g", 1, 3_000);
        var b = filled(two, "另名" + item, "'v' || g || ' '", 1, 3_000);

        assertThat(compare(one, a).<String>at("$.type")).contains("not-agreed");
        done(200, agree(one.steward(), a, List.of("x")));
        done(200, compare(one, a));
        assertThat(compared(one, a)).isEmpty();

        done(200, agree(two.reviewer(), b, List.of("x")));
        done(200, compare(two, b));

        assertThat(compared(one, a))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.other()).isEqualTo(b);
                    assertThat(it.band()).isEqualTo(Likeness.Band.MOST);
                });
        assertThat(compared(two, b)).singleElement().matches(it -> it.other() == a);
        assertThat(agree(two.steward(), a, List.of("x")).status()).isEqualTo(403);
    }

    @Test
    void what_one_side_takes_back_is_gone_on_both() {
        var a = filled(one, item, "g", 1, 2_000);
        var b = filled(two, item, "g", 1, 2_000);
        both(a, b);
        assertThat(compared(one, a)).isNotEmpty();

        done(200, agree(two.steward(), b, List.of()));

        assertThat(compared(one, a)).isEmpty();
        assertThat(count("onesource.sketch where resource = " + b)).isZero();
        assertThat(compare(two, b).status()).isEqualTo(409);
    }

    private void both(long a, long b) {
        done(200, agree(one.steward(), a, List.of("x")));
        done(200, agree(two.steward(), b, List.of("x")));
        done(200, compare(one, a));
        done(200, compare(two, b));
    }

    @Test
    void values_make_candidates_and_only_the_two_departments_and_the_authority_are_told() {
        // 2,000 of 3,000 values are the same; the names are not
        var a = filled(one, item, "'V' || g", 1, 3_000);
        var b = filled(two, "另名" + item, "'v' || g || ' '", 1_001, 4_000);
        both(a, b);
        var actor = city.actor(one.code(), Role.STEWARD);

        var found =
                room.matched(actor, a, one.code(), words(actor, a)).stream()
                        .filter(it -> it.name().equals(item))
                        .findFirst()
                        .orElseThrow();

        var candidate = found.candidates().getFirst();
        assertThat(candidate.reasons())
                .containsExactlyInAnyOrder(OneSource.Reason.TYPE_SUITS, OneSource.Reason.VALUES);
        assertThat(visitor("twoc-steward").get("/resources/" + b + "/parts/one-source").body())
                .contains("取值约 50%～75% 相同", "一比测试局");
        assertThat(visitor("onec-authority").get("/resources/" + b + "/parts/one-source").body())
                .contains("取值约 50%～75% 相同");
        var stranger = city.actor(City.POLICE, Role.STEWARD);
        assertThat(room.matched(stranger, a, one.code(), words(stranger, a)))
                .noneMatch(it -> it.name().equals(item));
    }

    private shuqiao.catalog.Description words(Actor actor, long id) {
        return catalog.find(actor, id).description();
    }

    /** The steward of the red team: 1,000 strangers, one known to be in the list, and the one. */
    @Test
    void a_list_of_one_known_and_one_asked_about_says_nothing() {
        var list = filled(two, item, "'P' || g", 1, 1_500);
        var probe = filled(one, item, "case when g <= 2 then 'P' else 'Q' end || g", 1, 1_500);
        both(probe, list);

        assertThat(compared(one, probe))
                .singleElement()
                .matches(it -> it.band() == Likeness.Band.LITTLE);
        assertThat(visitor("onec-steward").get("/resources/" + probe + "/parts/one-source").body())
                .contains("取值相同的不到 25%");
    }

    @Test
    void a_column_of_few_values_is_never_sketched() {
        var a = filled(one, item, "g", 1, 999);
        done(200, agree(one.steward(), a, List.of("x")));

        assertThat(done(200, compare(one, a)).<Integer>at("$.columns")).isZero();
        assertThat(count("onesource.sketch where resource = " + a)).isZero();
    }

    @Test
    void columns_of_very_different_sizes_are_not_compared() {
        var a = filled(one, item, "g", 1, 1_000);
        var b = filled(two, item, "g", 1, 40_000);
        both(a, b);

        assertThat(compared(one, a)).isEmpty();
    }

    @Test
    void what_is_about_persons_is_never_compared_even_if_nobody_flagged_it() {
        var table =
                table(
                        one,
                        columns(
                                "k",
                                "比对主键" + NEXT.incrementAndGet(),
                                "p",
                                "公民身份证号码",
                                "m",
                                "婚姻状况",
                                "s",
                                "秘密项" + NEXT.get(),
                                "x",
                                item));
        var id = draft(one, table, "涉及个人的" + table + "信息", Map.of());
        var words = words(one, id);
        @SuppressWarnings("unchecked")
        var items = (List<Map<String, Object>>) words.get("items");
        items.forEach(
                it -> it.put("sensitivity", it.get("column").equals("s") ? "PERSONAL" : "NONE"));
        done(200, city.put(one.steward(), "/api/v1/resources/" + id, words));
        publish(one, id);

        var shown = city.get(one.steward(), "/api/v1/resources/" + id + "/comparison");
        var refused = agree(one.steward(), id, List.of("p", "m", "s", "nothing"));

        assertThat(shown.<List<String>>at("$.columns[*].column")).containsExactly("k", "x");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.<List<String>>at("$.errors[*].field")).hasSize(4);
    }

    @Test
    void what_is_not_shared_is_never_compared() {
        var table = table(one, columns("k", "比对主键" + NEXT.incrementAndGet(), "x", item));
        var id =
                published(
                        one,
                        table,
                        "不予共享的" + table + "信息",
                        Map.of("sharingKind", "NOT_SHARED", "sharingBasis", "《保密法》第九条"));

        assertThat(agree(one.steward(), id, List.of("x")).status()).isEqualTo(422);
    }

    @Test
    void a_department_compares_twenty_times_a_day_and_no_more() {
        var a = filled(one, item, "g", 1, 10);
        done(200, agree(one.steward(), a, List.of("x")));
        for (int time = 0; time < Comparisons.DAILY_MAX; time++) done(200, compare(one, a));

        var refused = compare(one, a);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.<String>at("$.type")).contains("compared-enough");
        assertThat(refused.body()).contains("20");
    }

    @Test
    void it_is_done_unasked_when_the_turn_comes_and_not_once_the_word_was_taken_back() {
        var a = filled(one, item, "g", 1, 1_200);
        done(200, agree(one.steward(), a, List.of("x")));
        assertThat(comparisons.takenAt(a)).isEmpty();

        itsTurn(a);
        assertThat(comparisons.takenAt(a)).isPresent();
        done(200, agree(one.steward(), a, List.of()));
        itsTurn(a);
        assertThat(comparisons.takenAt(a)).isEmpty();
    }

    /** Before all others. */
    private void itsTurn(long resource) {
        db.sql(
                        "update onesource.turn set next_at = now() - interval '9 years' where resource = :resource")
                .param("resource", resource)
                .update();
        comparisons.turn();
    }

    @Test
    void a_version_that_makes_an_item_sensitive_takes_the_word_back() {
        var a = filled(one, item, "g", 1, 1_200);
        done(200, agree(one.steward(), a, List.of("x")));
        done(200, compare(one, a));
        step(one.steward(), a, "new-version", Map.of());
        var words = words(one, a);
        @SuppressWarnings("unchecked")
        var items = (List<Map<String, Object>>) words.get("items");
        items.forEach(it -> it.put("sensitivity", "SENSITIVE"));
        done(200, city.put(one.steward(), "/api/v1/resources/" + a, words));

        publish(one, a);

        assertThat(count("onesource.sketch where resource = " + a)).isZero();
        assertThat(count("onesource.agreement where resource = " + a)).isZero();
    }

    @Test
    void a_column_with_a_comma_in_its_name_is_one_column() {
        var a = filled(one, item, "g", 1, 1_200);
        var visitor = visitor("onec-steward");

        var said =
                visitor.submit(
                        "/resources/" + a + "/parts/one-source",
                        "/resources/" + a + "/comparison",
                        Map.of("column", "x,x"));

        assertThat(said.body()).doesNotContain("已保存：这些信息项");
    }

    @Test
    void the_page_takes_the_word_and_takes_it_back() {
        var a = filled(one, item, "g", 1, 1_200);
        var visitor = visitor("onec-steward");
        var page = "/resources/" + a + "/parts/one-source";

        var agreed = visitor.submit(page, "/resources/" + a + "/comparison", Map.of("column", "x"));
        assertThat(agreed.body()).contains("已保存：这些信息项与其他同意的部门比对", "还没有比对");
        assertThat(visitor.submit(page, "/resources/" + a + "/sketch", Map.of()).body())
                .contains("已比对取值");
        assertThat(visitor.submit(page, "/resources/" + a + "/sketch/removal", Map.of()).body())
                .contains("已收回同意，所生成的已全部删除");

        assertThat(comparisons.takenAt(a)).isEmpty();
        assertThat(
                        db.sql("select count(*) from ledger.entry where kind = 'ComparisonAgreed'")
                                .query(Long.class)
                                .single())
                .isPositive();
    }

    @Test
    void it_is_compared_in_the_hours_of_the_source_alone() {
        var a = filled(one, item, "g", 1, 1_200);
        done(200, agree(one.steward(), a, List.of("x")));
        db.sql(
                        "update source.source set allowed_from = :from, allowed_until = :until where id = :id")
                .param("id", one.source())
                .param("from", hour(2))
                .param("until", hour(3))
                .update();
        var closed = compare(one, a);
        db.sql("update source.source set allowed_from = null, allowed_until = null where id = :id")
                .param("id", one.source())
                .update();

        assertThat(closed.status()).as(closed.body()).isEqualTo(409);
        assertThat(closed.<String>at("$.type")).contains("not-in-hours");
    }

    /** A time of the day so many hours from now, in the zone of all clocks. */
    private static java.time.LocalTime hour(int later) {
        return java.time.LocalTime.now(shuqiao.kernel.Clock.ZONE).plusHours(later).withNano(0);
    }
}
