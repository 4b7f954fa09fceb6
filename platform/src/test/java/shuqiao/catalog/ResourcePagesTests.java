package shuqiao.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** What people see of one resource, by who they are. */
class ResourcePagesTests extends CatalogGround {

    private static final String PASSWORD = "Reader-2026-x!";

    Visitor keeper;
    Visitor head;
    Visitor other;
    Visitor bureau;

    @BeforeEach
    void people() {
        city.person("page.keeper", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("page.head", PASSWORD, City.CIVIL_AFFAIRS, Role.REVIEWER);
        city.person("page.other", PASSWORD, City.POLICE, Role.STEWARD);
        city.person("page.bureau", PASSWORD, City.BUREAU, Role.AUTHORITY);
        keeper = visitor("page.keeper");
        head = visitor("page.head");
        other = visitor("page.other");
        bureau = visitor("page.bureau");
    }

    private Visitor visitor(String name) {
        return city.visitor(name, PASSWORD);
    }

    @Test
    void each_part_has_an_address_and_both_languages() {
        var id = published();
        for (var language : List.of("zh", "en"))
            for (var part : List.of("", "/items", "/mount", "/users", "/versions")) {
                var page = keeper.get("/resources/" + id + part + "?lang=" + language);
                assertThat(page.statusCode()).as(part).isEqualTo(200);
                assertThat(page.body()).doesNotContain("??").contains("aria-current=\"page\"");
            }
        keeper.get("/?lang=zh");
        assertThat(keeper.get("/resources/" + id).body())
                .contains("因履行职责需要", "307", "/new-version", "市公安局");
    }

    @Test
    void what_the_reader_may_do_is_offered_and_nothing_else() {
        var id = published();
        var path = "/resources/" + id;

        assertThat(other.get(path).body())
                .contains("/requests/new?resource=" + id)
                .doesNotContain("/new-version", "/withdrawal", path + "/mount", "办理过程");
        assertThat(keeper.get(path).body())
                .contains("/new-version", path + "/mount")
                .doesNotContain("/requests/new", path + "/withdrawal");
        assertThat(head.get(path).body())
                .contains(path + "/withdrawal")
                .doesNotContain("/new-version", "/requests/new");
    }

    @Test
    void a_reader_of_another_department_sees_examples_and_never_a_real_value() {
        CIVIL.run(
                "insert into %s values ('990102003005', '欧阳真名', '110105199003071234', 3, now())"
                        .formatted(table));
        var id = published();

        var items = other.get("/resources/" + id + "/items").body();

        assertThat(items).contains("联系人身份证号", "990102********002X");
        for (var part : List.of("", "/items", "/mount", "/users", "/versions"))
            assertThat(other.get("/resources/" + id + part).body())
                    .doesNotContain("欧阳真名", "110105199003071234", "public." + table);
    }

    @Test
    void the_live_table_is_checked_for_its_provider() {
        var id = published();
        assertThat(keeper.get("/resources/" + id + "/mount").body()).contains("一致");
        CIVIL.run(
                "alter table %s drop column seen".formatted(table),
                "alter table %s alter column people type bigint".formatted(table),
                "alter table %s add column extra_one int".formatted(table));

        assertThat(keeper.get("/resources/" + id + "/mount").body())
                .contains("不一致", "seen", "bigint", "extra_one");
        CIVIL.run("drop table " + table);
        assertThat(keeper.get("/resources/" + id + "/mount").statusCode()).isEqualTo(200);
    }

    @Test
    void two_versions_are_compared_in_words() {
        var id = published();
        does(steward, id, "new-version", Map.of());
        var next = complete(id);
        next.put("sharingCondition", "因履行法定职责需要");
        var items = items(next);
        items.get(1).put("name", "村名");
        items.removeLast();
        next.put("items", items);
        assertThat(city.put(steward, PATH + "/" + id, next).status()).isEqualTo(200);
        assertThat(keeper.get("/resources/" + id).body()).contains("第 2 版", "第 1 版");
        approve(id);
        does(authority, id, "publication", Map.of());

        var page = other.get("/resources/" + id + "/versions").body();

        assertThat(page).contains("<ins>法定</ins>", "<del>", "村名", "seen", "删除 1 处", "修改 2 处");
        assertThat(other.get("/resources/" + id + "/versions?from=2&to=1").statusCode())
                .isEqualTo(200);
        assertThat(other.get("/resources/" + id + "/versions?from=7&to=1").statusCode())
                .isEqualTo(404);
    }

    @Test
    void who_sent_it_takes_it_back_on_its_page_and_on_that_of_the_review() {
        var id = completed();
        does(steward, id, "submission", Map.of());
        var path = "/resources/" + id;
        assertThat(keeper.get(path).body()).contains(path + "/recall", "取回提交");
        assertThat(keeper.get(path + "/review").body())
                .contains(path + "/recall")
                .doesNotContain("name=\"approve\"");
        assertThat(head.get(path + "/review").body())
                .contains("name=\"approve\"")
                .doesNotContain("/recall");
        assertThat(head.submit("/", path + "/recall", Map.of()).statusCode()).isEqualTo(403);

        var back = keeper.submit(path + "/review", path + "/recall", Map.of());

        assertThat(back.body()).contains("已取回", "草稿", path + "/check");
        assertThat(keeper.submit("/", path + "/recall", Map.of()).statusCode()).isEqualTo(409);
    }

    @Test
    void a_resource_is_withdrawn_with_a_reason_by_whom_the_door_allows() {
        var id = published();
        var path = "/resources/" + id + "/withdrawal";
        assertThat(head.submit(path, path, Map.of("reason", " ")).statusCode()).isEqualTo(422);
        assertThat(keeper.submit("/", path, Map.of("reason", "x")).statusCode()).isEqualTo(403);
        assertThat(other.submit("/", path, Map.of("reason", "x")).statusCode()).isEqualTo(403);

        var page = head.submit(path, path, Map.of("reason", "职能划转"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("职能划转", "已撤回");
        assertThat(other.get("/resources/" + id).body()).doesNotContain("/requests/new");
    }

    @Test
    void a_draft_is_unknown_to_others_on_every_page() {
        var id = drafted();
        for (var part :
                List.of(
                        "",
                        "/items",
                        "/mount",
                        "/users",
                        "/versions",
                        "/edit",
                        "/check",
                        "/review"))
            assertThat(other.get("/resources/" + id + part).statusCode()).as(part).isIn(403, 404);
    }
}
