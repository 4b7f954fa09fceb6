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
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;
import shuqiao.quality.DescribedGround;

/** The same item in several departments: who has it, whose it is, and what the others say. */
class OneSourceTests extends DescribedGround {

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final String API = "/api/v1/one-source";

    @Autowired OneSource room;
    @Autowired List<ToDos> toDos;

    private Department one;
    private Department two;
    private String item;

    @BeforeEach
    void prepare() {
        one = department("YUA000031", "云泽市一源测试局");
        two = department("YUB000032", "云泽市二源测试局");
        city.person("one-steward", PASSWORD, one.code(), Role.STEWARD);
        city.person("two-steward", PASSWORD, two.code(), Role.STEWARD);
        city.person("one-authority", PASSWORD, City.BUREAU, Role.AUTHORITY);
        item = "测试源项" + Character.toString('甲' + NEXT.incrementAndGet());
    }

    private long entry(Department of, String column, String name) {
        var table = table(of, columns("k", "本地主键" + NEXT.incrementAndGet(), column, name));
        return published(of, table, "一数一源样例" + table + "信息", Map.of());
    }

    private City.Answer shared(String token, String name) {
        return city.get(
                token,
                API
                        + "/item?name="
                        + java.net.URLEncoder.encode(
                                name, java.nio.charset.StandardCharsets.UTF_8));
    }

    private City.Answer decide(String token, long resource, String reason) {
        return city.put(
                token,
                API + "/decision",
                Map.of("item", item, "resource", resource, "reason", reason));
    }

    private Visitor visitor(String name) {
        return city.visitor(name, PASSWORD);
    }

    @Test
    void an_item_of_two_departments_is_found_whatever_its_punctuation() {
        var a = entry(one, "x", item);
        var b = entry(two, "y", "（" + item + "）".strip().replace("）", "") + " ");

        var answer = shared(one.steward(), item);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.<List<Integer>>at("$.entries[*].resource"))
                .containsExactlyInAnyOrder((int) a, (int) b);
        var page = visitor("one-steward").get("/resources/" + a + "/parts/one-source").body();
        assertThat(page).contains("云泽市二源测试局".replace("云泽", ""), "名称相同", "类型相容");
    }

    @Test
    void one_department_alone_is_no_matter() {
        entry(one, "x", item);
        entry(one, "y", item);

        var list = city.get(authority(), API + "?limit=200");

        assertThat(list.<List<String>>at("$.items[*].name")).doesNotContain(item);
        assertThat(shared(authority(), "没有人编目的" + item).status()).isEqualTo(404);
    }

    @Test
    void the_authority_names_the_source_and_the_others_are_told() {
        var a = entry(one, "x", item);
        var b = entry(two, "y", item);

        var decided = decide(authority(), a, "户籍登记由一源测试局负责");

        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        assertThat(decided.<Integer>at("$.source")).isEqualTo((int) a);
        assertThat(decided.<List<Boolean>>at("$.entries[?(@.resource == " + b + ")].duplicate"))
                .containsExactly(true);
        var page = visitor("two-steward");
        assertThat(page.get("/resources/" + b).body()).contains("重复采集");
        assertThat(page.get("/resources/" + a).body()).contains("权威来源");
        assertThat(page.get("/resources?mine=true").body()).contains("重复采集");
        assertThat(waiting(two))
                .anySatisfy(it -> {
                    assertThat(it.kind()).isEqualTo("onesource");
                    assertThat(it.path()).isEqualTo("/resources/" + b + "/parts/one-source");
                });
        assertThat(waiting(one)).noneMatch(it -> it.path().contains("/" + a + "/"));
        assertThat(
                        db.sql("select count(*) from ledger.entry where kind = 'SourceDecided'")
                                .query(Long.class)
                                .single())
                .isPositive();
    }

    private List<ToDos.ToDo> waiting(Department of) {
        return toDos.stream()
                .flatMap(it -> it.of(city.actor(of.code(), Role.STEWARD)).stream())
                .toList();
    }

    @Test
    void only_the_authority_decides_with_a_reason_and_for_an_entry_that_has_the_item() {
        var a = entry(one, "x", item);
        entry(two, "y", item);
        var stranger = entry(two, "z", item + "别的");

        assertThat(decide(one.steward(), a, "我们的").status()).isEqualTo(403);
        assertThat(decide(authority(), a, " ").status()).isEqualTo(422);
        assertThat(decide(authority(), stranger, "理由").status()).isEqualTo(422);
        assertThat(city.put(authority(), API + "/decision", Map.of("reason", "无")).status())
                .isEqualTo(422);
    }

    @Test
    void a_department_takes_from_the_source_or_says_why_not() {
        var a = entry(one, "x", item);
        var b = entry(two, "y", item);
        done(200, decide(authority(), a, "职责依据"));
        var path = "/resources/" + b + "/duplicate";
        var form = path + "?item=" + shared(authority(), item).<String>at("$.item");
        var visitor = visitor("two-steward");

        var empty = visitor.submit(form, path, Map.of("item", item, "keeps", "true", "reason", ""));
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("id=\"reason-fault\"");
        var kept =
                visitor.submit(
                        form, path, Map.of("item", item, "keeps", "true", "reason", "窗口须当场核对原件"));
        assertThat(kept.body()).contains("重复采集，已说明", "窗口须当场核对原件");
        var taken = visitor.submit(form, path, Map.of("item", item, "keeps", "false"));

        assertThat(taken.body()).contains("改由权威来源取得", "/requests/new?resource=" + a);
        assertThat(waiting(two)).noneMatch(it -> it.path().contains("/" + b + "/"));
        var strange =
                city.post(
                        one.steward(),
                        "/api/v1/resources/" + b + "/duplicates",
                        Map.of("item", item, "keeps", false));
        assertThat(strange.status()).isEqualTo(403);
        var none =
                city.post(
                        one.steward(),
                        "/api/v1/resources/" + a + "/duplicates",
                        Map.of("item", item, "keeps", false));
        assertThat(none.status()).isEqualTo(409);
    }

    @Test
    void another_source_asks_anew() {
        var a = entry(one, "x", item);
        var b = entry(two, "y", item);
        done(200, decide(authority(), a, "职责依据"));
        done(
                200,
                city.post(
                        two.steward(),
                        "/api/v1/resources/" + b + "/duplicates",
                        Map.of("item", item, "keeps", true, "reason", "现场核对")));

        var changed = done(200, decide(authority(), b, "职责调整"));

        assertThat(changed.<List<Boolean>>at("$.entries[?(@.resource == " + a + ")].duplicate"))
                .containsExactly(true);
        assertThat(changed.<List<Object>>at("$.entries[*].keeps")).isEmpty();
        assertThat(waiting(one)).anyMatch(it -> it.path().contains("/" + a + "/"));
    }

    @Test
    void the_page_of_the_authority_keeps_what_was_typed_and_decides() {
        var a = entry(one, "x", item);
        entry(two, "y", item);
        var visitor = visitor("one-authority");
        var page = OneSourceParts.itemPath(item);

        var refused =
                visitor.submit(page, "/one-source/item", Map.of("name", item, "reason", "依据职责"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("依据职责", "id=\"resource\"");
        var decided =
                visitor.submit(
                        page,
                        "/one-source/item",
                        Map.of("name", item, "reason", "依据职责", "resource", "" + a));

        assertThat(decided.body()).contains("已认定权威来源，其他部门会收到待办", "重复采集，未答复");
        assertThat(visitor.get("/one-source").body()).contains("一数一源");
        assertThat(visitor.get("/one-source?state=decided&page=99").statusCode()).isEqualTo(200);
        assertThat(visitor("one-steward").get(page).body()).doesNotContain("name=\"resource\"");
    }

    @Test
    void every_number_of_the_list_is_the_length_of_what_it_opens() {
        entry(one, "x", item);
        entry(two, "y", item);
        var actor = city.actor(City.BUREAU, Role.AUTHORITY);

        var all = room.list(actor, null, 1_000, 0);

        assertThat(all).hasSize((int) room.counted(actor).of(null));
        assertThat(room.list(actor, true, 1_000, 0)).hasSize((int) room.counted(actor).of(true));
        assertThat(room.list(actor, false, 1_000, 0)).hasSize((int) room.counted(actor).of(false));
        for (var group : all)
            assertThat(room.find(actor, group.key()).items()).hasSize((int) group.items());
    }

    @Test
    void a_draft_hears_of_others_before_it_is_sent() {
        entry(two, "y", item);
        var table = table(one, columns("k", "本地主键" + NEXT.incrementAndGet(), "x", item));
        var draft = draft(one, table, "编制中的" + table + "信息", Map.of());
        var visitor = visitor("one-steward");

        for (var part : List.of("/edit/items", "/check"))
            assertThat(visitor.get("/resources/" + draft + part).body())
                    .contains("个信息项其他部门已有目录", item);
        assertThat(shared(authority(), item).<List<Integer>>at("$.entries[*].resource"))
                .doesNotContain((int) draft);
    }

    @Test
    void items_of_one_data_element_are_one_whatever_their_names() {
        var element = "YZ" + NEXT.incrementAndGet();
        var a = of(one, "x", "救助编号" + element, element);
        var b = of(two, "y", "对象序号" + element, element.toLowerCase(java.util.Locale.ROOT));

        assertThat(shared(one.steward(), element).<List<Integer>>at("$.entries[*].resource"))
                .containsExactlyInAnyOrder((int) a, (int) b);
        var reader = visitor("one-steward");
        assertThat(reader.get("/resources/" + a + "/items").body()).contains("数据元 " + element);
        assertThat(reader.get("/resources/" + a + "/parts/one-source").body()).contains("同一数据元");
    }

    /** Published, with the element chosen in the form. */
    private long of(Department department, String column, String name, String element) {
        var table = table(department, columns("k", "本地主键" + NEXT.incrementAndGet(), column, name));
        var id = draft(department, table, "数据元样例" + table + "信息", Map.of());
        var steward = visitor(department.equals(one) ? "one-steward" : "two-steward");
        var page = "/resources/" + id + "/edit/items";
        assertThat(steward.get(page).body()).contains("<option value=\"E00001\">公民身份号码");
        steward.submit(
                page,
                page,
                Map.of(
                        "items[0].name", "本地主键" + table,
                        "items[0].column", "k",
                        "items[0].dataType", "C",
                        "items[0].length", "64",
                        "items[1].name", name,
                        "items[1].column", column,
                        "items[1].dataType", "C",
                        "items[1].element", element,
                        "items[1].shareable", "true",
                        "items[1].length", "64"));
        publish(department, id);
        return id;
    }

    @Test
    void the_day_by_which_departments_answer_reminds_them_and_is_late_when_it_passed() {
        var a = entry(one, "x", item);
        var b = entry(two, "y", item);
        var today = java.time.LocalDate.now(shuqiao.kernel.Clock.ZONE);
        var day = today.plusDays(7);
        var naming = new java.util.HashMap<String, Object>(Map.of("item", item, "resource", a));
        naming.put("reason", "职责依据");
        for (var wrong : List.of(today.toString(), "下周五", today.plusYears(2).toString())) {
            naming.put("answerBy", wrong);
            assertThat(city.put(authority(), API + "/decision", naming).body())
                    .contains("answerBy");
        }

        naming.put("answerBy", day.toString());
        var decided = done(200, city.put(authority(), API + "/decision", naming));

        assertThat(decided.<String>at("$.answerBy")).isEqualTo(day.toString());
        assertThat(due(day.minusDays(1), b)).isEmpty();
        assertThat(due(day, b))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.organization()).isEqualTo(two.code());
                    assertThat(it.duty()).isTrue();
                });
        assertThat(visitor("two-steward").get("/notices").body()).contains("请在 " + day + " 前答复");
        assertThat(visitor("one-steward").get("/notices").body()).doesNotContain("请在 " + day);
        assertThat(
                        toDos.stream()
                                .flatMap(it -> it.of(city.actor(two.code(), Role.STEWARD)).stream())
                                .filter(it -> it.path().contains("/" + b + "/")))
                .anyMatch(it -> day.equals(it.due()));
        done(
                200,
                city.post(
                        two.steward(),
                        "/api/v1/resources/" + b + "/duplicates",
                        Map.of("item", item, "keeps", false)));
        assertThat(due(day, b)).isEmpty();
    }

    private List<shuqiao.kernel.DueWork.Due> due(java.time.LocalDate last, long resource) {
        return work.dueBy(last).stream()
                .filter(it -> it.path().contains("/resources/" + resource + "/"))
                .toList();
    }

    @Autowired OneSourceDueWork work;

    @Test
    void a_withdrawn_entry_is_no_source_and_no_duplicate_any_more() {
        var a = entry(one, "x", item);
        var b = entry(two, "y", item);
        done(200, decide(authority(), a, "职责依据"));

        step(authority(), a, "withdrawal", Map.of("reason", "并入"));

        var left = shared(authority(), item);
        assertThat(left.<List<Integer>>at("$.entries[*].resource")).containsExactly((int) b);
        assertThat(left.body()).doesNotContain("\"source\":" + a);
        assertThat(waiting(two)).noneMatch(it -> it.path().contains("/" + b + "/"));
        assertThat(visitor("two-steward").get("/resources/" + b + "/parts/one-source").body())
                .contains("这些信息项没有其他部门编目");
    }

    @Test
    void what_was_published_before_this_room_was_there_is_read_at_the_start() {
        var a = entry(one, "x", item);
        db.sql("delete from onesource.item where resource = :id").param("id", a).update();

        room.readAll();

        assertThat(shared(authority(), item).<List<Integer>>at("$.entries[*].resource"))
                .containsExactly((int) a);
    }
}
