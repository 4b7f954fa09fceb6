package shuqiao.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;
import shuqiao.ledger.Ledger;

/** 编目, 审核 and 发布 in a browser without script, and what is refused on the way. */
class DraftPagesTests extends CatalogGround {

    private static final String PASSWORD = "Reader-2026-x!";
    private static final Pattern REVISION = Pattern.compile("name=\"revision\" value=\"(\\d+)\"");

    @Autowired List<ToDos> toDos;
    @Autowired Ledger ledger;

    Visitor keeper;
    Visitor head;
    Visitor other;
    Visitor bureau;

    @BeforeEach
    void people() {
        city.person("draft.keeper", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("draft.head", PASSWORD, City.CIVIL_AFFAIRS, Role.REVIEWER);
        city.person("draft.other", PASSWORD, City.POLICE, Role.STEWARD, Role.REVIEWER);
        city.person("draft.bureau", PASSWORD, City.BUREAU, Role.AUTHORITY);
        keeper = visitor("draft.keeper");
        head = visitor("draft.head");
        other = visitor("draft.other");
        bureau = visitor("draft.bureau");
    }

    private Visitor visitor(String name) {
        return city.visitor(name, PASSWORD);
    }

    @Test
    void a_resource_goes_from_a_table_to_publication_by_pages_alone() {
        var choose = "/resources/new?source=" + source + "&schema=public";
        assertThat(keeper.get(choose).body()).contains(table, "村委会名录" + table);
        var drafted =
                keeper.submit(
                        choose,
                        "/resources/new",
                        Map.of("source", "" + source, "schema", "public", "table", table));
        assertThat(drafted.statusCode()).isEqualTo(200);
        var path = drafted.uri().getPath().replace("/edit", "");
        assertThat(drafted.body()).contains("已由库表生成草稿");

        var basic = keeper.submit(path + "/edit", path + "/edit/basic", basic(path, "全市村委会名录"));
        assertThat(basic.uri().getPath()).isEqualTo(path + "/edit/items");
        assertThat(basic.body()).contains("联系人身份证号", "items[4].name");
        var check = keeper.get(path + "/check").body();
        assertThat(check).contains(path + "/edit/sharing#sharingKind").doesNotContain("??");
        var refused = keeper.submit(path + "/edit", path + "/submission", Map.of());
        assertThat(refused.statusCode()).isEqualTo(422);
        var sharing = new LinkedHashMap<String, String>();
        sharing.put("sharingKind", "CONDITIONAL");
        sharing.put("sharingCondition", "因履职需要");
        sharing.put("sharingRange", City.POLICE);
        sharing.put("sharingMethodKind", "PLATFORM");
        sharing.put("sharingMethodType", "DATABASE");
        sharing.put("open", "false");
        assertThat(keeper.get(path + "/edit/sharing").body())
                .as("the range promises what the profile in force lets it")
                .contains("有条件共享一律申请")
                .doesNotContain("直接取得授权");
        var shared = keeper.submit(path + "/edit/sharing", path + "/edit/sharing", sharing);
        assertThat(shared.uri().getPath())
                .as("what is mounted already is not asked for again")
                .isEqualTo(path + "/check");
        assertThat(shared.body()).contains("可以提交");
        var sent = keeper.submit(path + "/check", path + "/submission", Map.of());
        assertThat(sent.body()).contains("已提交部门审核", "待部门审核");

        decide(head, path, "SUBMITTED", "approve", "");
        assertThat(bureau.get(path + "/review").body()).contains("审核通过并发布", "只审核通过");
        var published = decide(bureau, path, "DEPARTMENT_APPROVED", "publish", "同意");

        assertThat(published.body()).contains("已发布", "3070210103/");
        assertThat(keeper.get(path).body())
                .as("both acts of the authority are kept, each for itself")
                .containsSubsequence("<b>发布<", "<b>主管部门审核同意<", "部门审核同意", "提交部门审核");
        assertThat(other.get(path).body()).contains("因履职需要", "申请使用");
    }

    private java.net.http.HttpResponse<String> decide(
            Visitor who, String path, String stage, String approve, String opinion) {
        var answer =
                who.submit(
                        path + "/review",
                        path + "/review",
                        Map.of("stage", stage, "approve", approve, "opinion", opinion));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private Map<String, String> basic(String path, String summary) {
        var page = keeper.get(path + "/edit").body();
        var revision = REVISION.matcher(page);
        assertThat(revision.find()).isTrue();
        var typed = new LinkedHashMap<String, String>();
        typed.put("revision", revision.group(1));
        typed.put("name", "村委会名录" + table);
        typed.put("classification", "3070210103");
        typed.put("summary", summary);
        typed.put("innerDepartment", "基层政权科");
        typed.put("formatKind", "DATABASE");
        typed.put("formatType", "PostgreSQL");
        typed.put("updateCycle", "MONTHLY");
        return typed;
    }

    @Test
    void a_table_that_only_shows_what_others_let_it_says_so_at_the_mount() {
        CIVIL.run("create materialized view filled_%1$s as select * from %1$s".formatted(table));
        var path = "/resources/" + drafted();

        var mount = keeper.get(path + "/edit/mount?schema=public&table=filled_" + table).body();

        assertThat(mount).contains("物化视图 public.filled_" + table, "上次刷新时");
        assertThat(keeper.get(path + "/edit/mount").body()).doesNotContain("物化视图");
    }

    @Test
    void numbers_of_large_objects_are_no_item_to_share() {
        CIVIL.run(
                "alter table %s add scan oid".formatted(table),
                "insert into %s (code, name, scan) values ('1', '东', lo_from_bytea(0, 'x'))"
                        .formatted(table));
        var id = drafted();
        var described = city.get(steward, "/api/v1/sources/" + source + "/tables/public/" + table);
        assertThat(described.<Boolean>at("$.columns[5].largeObject")).isTrue();

        var items = items(description(id));
        assertThat(items.getLast())
                .containsEntry("column", "scan")
                .containsEntry("shareable", false);
        items.getLast().put("shareable", true);
        var words = description(id);
        words.put("items", items);
        city.put(steward, PATH + "/" + id, words);
        var refused =
                city.put(
                        steward,
                        PATH + "/" + id + "/mount",
                        Map.of("source", source, "schema", "public", "table", table));

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("大对象的编号", "lo_get");
    }

    @Test
    void every_step_opens_in_both_languages_and_shows_all_fields_without_script() {
        var path = "/resources/" + drafted();
        for (var language : List.of("zh", "en"))
            for (var step :
                    List.of(
                            "/edit",
                            "/edit/items",
                            "/edit/items?more=true",
                            "/edit/sharing",
                            "/edit/mount",
                            "/check")) {
                var page =
                        keeper.get(
                                path
                                        + step
                                        + (step.contains("?") ? "&" : "?")
                                        + "lang="
                                        + language);
                assertThat(page.statusCode()).as(step).isEqualTo(200);
                assertThat(page.body()).as(step).doesNotContain("??");
            }
        assertThat(keeper.get(path + "/edit/sharing").body())
                .contains(
                        "name=\"sharingCondition\"",
                        "name=\"sharingBasis\"",
                        "name=\"openCondition\"");
        assertThat(keeper.get("/resources/new?lang=zh").body()).contains("自己填写");
        assertThat(keeper.get(path + "/edit/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void what_was_typed_stays_when_it_is_refused() {
        var path = "/resources/" + drafted();
        var typed = basic(path, "打了很多字的摘要");
        typed.put("name", "");
        typed.put("relatedCode", "3070210103/999999");

        var answer = keeper.submit(path + "/edit", path + "/edit/basic", typed);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "打了很多字的摘要", "3070210103/999999", "href=\"#name\"", "href=\"#relatedCode\"");
        var items =
                keeper.submit(
                        path + "/edit/items",
                        path + "/edit/items",
                        Map.of(
                                "items[0].name",
                                "甲",
                                "items[1].name",
                                "甲",
                                "items[1].description",
                                "写了含义"));
        assertThat(items.statusCode()).isEqualTo(422);
        assertThat(items.body()).contains("写了含义", "重复");
    }

    @Test
    void an_autosave_keeps_the_draft_and_says_when_or_why_not() {
        var id = drafted();
        var path = "/resources/" + id;
        var typed = basic(path, "自动保存的摘要");
        typed.put("auto", "true");

        var saved = keeper.submit(path + "/edit", path + "/edit/basic", typed);

        assertThat(saved.statusCode()).isEqualTo(200);
        assertThat(saved.body()).containsPattern("^<span>已自动保存 \\d\\d:\\d\\d</span>");
        assertThat(keeper.get(path + "/edit").body()).contains("自动保存的摘要");
        var others = complete(id);
        others.put("name", "别人改了名" + table);
        city.put(steward, PATH + "/" + id, others);
        assertThat(keeper.get(path + "/edit").body()).contains("别人改了名").doesNotContain("自动保存的摘要");
        var stale = keeper.submit(path + "/edit", path + "/edit/basic", typed);
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("还没有保存").doesNotContain("<html");
    }

    @Test
    void what_is_typed_over_many_pauses_and_steps_becomes_one_change() {
        var id = drafted();
        var path = "/resources/" + id;
        for (var pause : List.of("一", "一二", "一二三")) {
            var typed = basic(path, "摘要" + pause);
            typed.put("auto", "true");
            keeper.submit(path + "/edit", path + "/edit/basic", typed);
        }
        assertThat(changes(id)).isZero();
        assertThat(keeper.get(path).body()).doesNotContain("摘要一二三");
        assertThat(visitor("draft.keeper").get(path + "/edit").body()).contains("摘要一二三", "放弃这些修改");
        city.person("draft.second", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        assertThat(visitor("draft.second").get(path + "/edit").body()).doesNotContain("摘要一二三");

        keeper.submit(
                path + "/edit/items",
                path + "/edit/items",
                Map.of("items[0].name", "唯一的一项", "items[0].column", "code"));

        assertThat(changes(id)).isEqualTo(1);
        assertThat(keeper.get(path).body()).contains("摘要一二三");
        assertThat(keeper.get(path + "/items").body()).contains("唯一的一项");
        assertThat(keeper.get(path + "/edit").body()).doesNotContain("放弃这些修改");
    }

    @Test
    void what_is_typed_and_not_saved_goes_along_to_the_check_or_is_discarded() {
        var id = drafted();
        var path = "/resources/" + id;
        var typed = basic(path, "写了一半的摘要");
        typed.put("auto", "true");
        keeper.submit(path + "/edit", path + "/edit/basic", typed);

        var discarded =
                keeper.submit(path + "/edit", path + "/edit/basic", Map.of("then", "discard"));

        assertThat(discarded.body()).contains("已放弃").doesNotContain("写了一半的摘要");
        assertThat(changes(id)).isZero();
        keeper.submit(path + "/edit", path + "/edit/basic", typed);
        keeper.get(path + "/check");
        keeper.get(path + "/check");
        assertThat(changes(id)).isEqualTo(1);
        assertThat(keeper.get(path).body()).contains("写了一半的摘要");
    }

    private long changes(long id) {
        return ledger.about("resource=" + id, 50).stream()
                .filter(it -> it.kind().equals("ResourceChanged"))
                .count();
    }

    @Test
    void items_are_added_changed_and_removed() {
        var path = "/resources/" + drafted();
        var typed = new LinkedHashMap<String, String>();
        typed.put("items[0].name", "区划代码");
        typed.put("items[0].column", "code");
        typed.put("items[0].dataType", "C");
        typed.put("items[0].length", "12");
        typed.put("items[0].shareable", "true");
        typed.put("items[0].sensitivity", "NONE");
        typed.put("items[1].name", "名称");
        typed.put("items[1].column", "name");
        typed.put("items[1].gone", "true");
        typed.put("items[2].name", "新的一项");
        typed.put("items[2].dataType", "C");
        typed.put("items[3].name", "");

        var answer = keeper.submit(path + "/edit/items", path + "/edit/items", typed);

        assertThat(answer.uri().getPath()).isEqualTo(path + "/edit/sharing");
        var items = keeper.get(path + "/items").body();
        assertThat(items).contains("区划代码", "新的一项").doesNotContain("联系人身份证号");
        var mount = keeper.get(path + "/edit/mount").body();
        assertThat(mount).contains("items[1].column", "people");
        var mounted =
                keeper.submit(
                        path + "/edit/mount",
                        path + "/edit/mount",
                        Map.of(
                                "source", "" + source,
                                "schema", "public",
                                "table", table,
                                "items[0].column", "code",
                                "items[1].column", ""));
        assertThat(mounted.statusCode()).isEqualTo(422);
        assertThat(mounted.body()).contains("items[1].column");
    }

    @Test
    void pages_of_a_draft_open_to_its_stewards_alone() {
        var path = "/resources/" + drafted();

        for (var step : List.of("/edit", "/edit/items", "/check")) {
            assertThat(other.get(path + step).statusCode()).isEqualTo(404);
            assertThat(head.get(path + step).statusCode()).isEqualTo(403);
            assertThat(bureau.get(path + step).statusCode()).isEqualTo(403);
        }
        assertThat(other.submit("/", path + "/edit/basic", Map.of("name", "x")).statusCode())
                .isEqualTo(404);
        assertThat(head.submit("/", path + "/submission", Map.of()).statusCode()).isEqualTo(403);
        assertThat(bureau.get("/resources/new").statusCode()).isEqualTo(403);
    }

    @Test
    void a_published_resource_is_edited_as_a_new_version_only() {
        var id = published();
        var path = "/resources/" + id;
        assertThat(keeper.get(path + "/edit").uri().getPath()).isEqualTo(path);
        assertThat(other.submit("/", path + "/new-version", Map.of()).statusCode()).isEqualTo(403);

        var next = keeper.submit(path, path + "/new-version", Map.of());

        assertThat(next.uri().getPath()).isEqualTo(path + "/edit");
        assertThat(next.body())
                .contains("第 2 版", "分类不能再改")
                .doesNotContain("name=\"classification\"");
    }

    @Test
    void a_return_needs_an_opinion_and_shows_what_changed() {
        var id = published();
        var path = "/resources/" + id;
        does(steward, id, "new-version", Map.of());
        var next = complete(id);
        next.put("summary", "全市村委会与居委会名录");
        city.put(steward, PATH + "/" + id, next);
        does(steward, id, "submission", Map.of());
        for (var language : List.of("en", "zh"))
            assertThat(head.get(path + "/review?lang=" + language).body()).doesNotContain("??");
        assertThat(head.get(path + "/review").body()).contains("<ins>", "居委会", "name=\"approve\"");
        assertThat(
                        toDos.stream()
                                .flatMap(room ->
                                        room
                                                .of(city.actor(City.CIVIL_AFFAIRS, Role.REVIEWER))
                                                .stream()))
                .anySatisfy(it -> assertThat(it.path()).isEqualTo(path + "/review"));

        var typed = Map.of("stage", "SUBMITTED", "approve", "return", "opinion", " ");
        var empty = head.submit(path + "/review", path + "/review", typed);
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("href=\"#opinion\"");
        assertThat(
                        head.submit(
                                        path + "/review",
                                        path + "/review",
                                        Map.of("stage", "SUBMITTED"))
                                .body())
                .contains("href=\"#approve\"");
        assertThat(other.submit("/", path + "/review", typed).statusCode()).isIn(403, 404);
        assertThat(keeper.submit("/", path + "/review", typed).statusCode()).isEqualTo(403);

        var returned =
                head.submit(
                        path + "/review",
                        path + "/review",
                        Map.of("stage", "SUBMITTED", "approve", "return", "opinion", "摘要再写清楚"));
        assertThat(returned.body()).contains("摘要再写清楚", "退回修改");
        assertThat(keeper.get(path + "/edit").body()).contains("摘要再写清楚");
    }

    @Test
    void who_decides_late_is_told_and_nobody_reviews_his_own() {
        city.person("draft.both", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD, Role.REVIEWER);
        var both = visitor("draft.both");
        var id = completed();
        var path = "/resources/" + id;
        both.submit(path + "/check", path + "/submission", Map.of());

        var own =
                both.submit(
                        path + "/review",
                        path + "/review",
                        Map.of("stage", "SUBMITTED", "approve", "approve"));
        assertThat(own.statusCode()).isEqualTo(403);
        assertThat(own.body()).contains("不能审核自己提交的目录");
        does(reviewer, id, "department-review", Map.of("approve", true));
        var late =
                head.submit(
                        "/", path + "/review", Map.of("stage", "SUBMITTED", "approve", "approve"));
        assertThat(late.statusCode()).isEqualTo(409);
    }
}
