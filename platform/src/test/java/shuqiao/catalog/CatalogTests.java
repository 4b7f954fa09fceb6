package shuqiao.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers;
import org.springframework.web.context.WebApplicationContext;
import shuqiao.City;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Role;

class CatalogTests extends CatalogGround {

    @Autowired WebApplicationContext web;

    @ParameterizedTest(name = "{0} = {1} is wrong in {2}")
    @CsvSource({
        "name, '', name",
        "sharingKind, NOT_SHARED, sharingRange",
        "classification, 307, classification",
        "classification, 399999, classification",
        "openCondition, 实名, openCondition",
        "relatedCode, 3070210103-1, relatedCode",
        "relatedCode, 3070210103/999999, relatedCode",
        "formatType, 明文, formatType",
        "formatKind, SPREADSHEET, sharingMethodType",
        "sharingMethodType, FILE, sharingMethodType",
        "sharingMethodKind, MAIL, sharingMethodType",
    })
    void what_is_never_right_is_refused_naming_the_field(String field, String value, String wrong) {
        var id = completed();
        var description = complete(id);
        description.put(field, value);

        var answer = city.put(steward, PATH + "/" + id, description);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.<List<String>>at("$.errors[*].field")).contains(wrong);
        assertThat(answer.<List<String>>at("$.errors[*].detail"))
                .allSatisfy(sentence ->
                        assertThat(sentence).doesNotContain("fault.").doesNotContain("{"));
    }

    @Test
    void sharing_rules_hold() {
        var id = completed();
        var refused = complete(id);
        refused.put("sharingKind", "NOT_SHARED");
        refused.put("sharingRange", List.of());
        refused.put("open", true);
        assertThat(fields(city.put(steward, PATH + "/" + id, refused))).containsExactly("open");
        refused.put("open", false);
        assertThat(city.put(steward, PATH + "/" + id, refused).status()).isEqualTo(200);
        assertThat(fields(step(steward, id, "submission", Map.of())))
                .containsExactly("sharingBasis");

        var conditional = complete(id);
        conditional.put("sharingCondition", " ");
        city.put(steward, PATH + "/" + id, conditional);
        assertThat(fields(step(steward, id, "submission", Map.of())))
                .containsExactly("sharingCondition");

        conditional.put("sharingRange", List.of("nobody", City.POLICE));
        assertThat(fields(city.put(steward, PATH + "/" + id, conditional)))
                .containsExactly("sharingRange[0]");
    }

    @Test
    void a_shared_column_that_may_no_longer_be_read_is_named_before_it_is_published() {
        var id = approved();
        CIVIL.run(
                "revoke all on " + table + " from current_user",
                "grant select (code, name, people, seen) on " + table + " to current_user");

        var refused = step(authority, id, "publication", Map.of());

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.<List<String>>at("$.errors[*].detail"))
                .singleElement()
                .asString()
                .contains("id_card")
                .doesNotContain("{");
    }

    @Test
    void a_shared_resource_of_which_no_item_is_shared_goes_no_further() {
        var id = completed();
        var description = complete(id);
        var items = items(description);
        items.forEach(item -> item.put("shareable", false));
        description.put("items", items);
        assertThat(city.put(steward, PATH + "/" + id, description).status()).isEqualTo(200);

        var refused = step(steward, id, "submission", Map.of());

        assertThat(refused.status()).isEqualTo(422);
        assertThat(fields(refused)).containsExactly("items");
        assertThat(refused.body()).contains("不予共享");
        description.put("sharingKind", "NOT_SHARED");
        description.put("sharingRange", List.of());
        description.put("sharingBasis", "依法不予共享");
        description.remove("sharingCondition");
        city.put(steward, PATH + "/" + id, description);
        does(steward, id, "submission", Map.of());
    }

    @Test
    void base_information_is_shared_without_condition() {
        classification.add(
                shuqiao.kernel.Actor.PLATFORM,
                new Classification.NewClassNode("101", code3(), "人口" + table, null));
        var id = completed();
        var description = complete(id);
        description.put("classification", "101" + "%03d".formatted(NEXT.get()));

        assertThat(fields(city.put(steward, PATH + "/" + id, description)))
                .containsExactly("sharingKind");
    }

    @Test
    void names_differing_in_width_and_blanks_are_the_same() {
        city.post(steward, PATH, Map.of("description", Map.of("name", "名录（甲）" + table)));

        var answer =
                city.post(
                        steward,
                        PATH,
                        Map.of(
                                "description",
                                Map.of(
                                        "name",
                                        "名录 (甲) " + table.toUpperCase(java.util.Locale.ROOT))));

        assertThat(fields(answer)).containsExactly("name");
        var other =
                city.post(
                        city.token(City.POLICE, Role.STEWARD),
                        PATH,
                        Map.of("description", Map.of("name", "名录（甲）" + table)));
        assertThat(other.status()).isEqualTo(201);
    }

    @Test
    void a_mount_is_checked_against_the_live_table() {
        var id =
                city.post(
                                steward,
                                PATH,
                                Map.of(
                                        "description",
                                        Map.of(
                                                "name",
                                                "手工" + table,
                                                "items",
                                                List.of(
                                                        Map.of("name", "代码", "dataType", "C"),
                                                        Map.of("name", "人数", "dataType", "D"),
                                                        Map.of("name", "无此项", "dataType", "C")))))
                        .<Number>at("$.id")
                        .longValue();
        var mount = new HashMap<String, Object>();
        mount.put("source", source);
        mount.put("schema", "public");
        mount.put("table", table);
        mount.put("mapping", Map.of("代码", "code", "人数", "people", "不存在", "x"));

        var answer = city.put(steward, PATH + "/" + id + "/mount", mount);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(fields(answer))
                .containsExactlyInAnyOrder("mapping", "items[1].column", "items[2].column");
        mount.put("table", "nothing");
        assertThat(city.put(steward, PATH + "/" + id + "/mount", mount).<String>at("$.type"))
                .isEqualTo("urn:shuqiao:engine:table-vanished");
        var description = description(id);
        var items = items(description);
        items.get(1).put("dataType", "I");
        items.removeLast();
        description.put("items", items);
        city.put(steward, PATH + "/" + id, description);
        mount.put("table", table);
        mount.put("mapping", Map.of("代码", "code", "人数", "people"));
        var mounted = city.put(steward, PATH + "/" + id + "/mount", mount);
        assertThat(mounted.status()).as(mounted.body()).isEqualTo(200);
        assertThat(mounted.<List<String>>at("$.description.items[*].columnType"))
                .containsExactly("character varying(12)", "integer");
    }

    @Test
    void a_column_changed_by_hand_must_be_mounted_again() {
        var id = completed();
        var description = complete(id);
        var items = items(description);
        items.get(0).put("column", "name2");
        items.get(0).put("columnType", "text");
        description.put("items", items);
        city.put(steward, PATH + "/" + id, description);

        assertThat(fields(step(steward, id, "submission", Map.of())))
                .containsExactly("items[0].column");
    }

    @Test
    void a_source_of_another_department_cannot_be_mounted() {
        var foreign = source(police, ScratchPostgres.shared().newDatabase());
        var answer =
                city.post(
                        steward,
                        PATH,
                        Map.of("source", foreign, "schema", "public", "table", table));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:unknown:source");
    }

    @Test
    void a_source_in_use_is_not_removed() {
        var id = drafted();

        var answer = city.call("DELETE", steward, "/api/v1/sources/" + source, null, Map.of());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.detail")).contains("村委会名录" + table);
        does(steward, id, "withdrawal", Map.of("reason", "不要了"));
        assertThat(
                        city.call("DELETE", steward, "/api/v1/sources/" + source, null, Map.of())
                                .status())
                .isEqualTo(204);
    }

    @Test
    void who_changed_what_another_changed_meanwhile_is_told() {
        var id = drafted();
        int revision = city.get(steward, PATH + "/" + id).at("$.revision");

        assertThat(
                        city.put(steward, PATH + "/" + id + "?revision=" + revision, complete(id))
                                .status())
                .isEqualTo(200);
        assertThat(
                        city.put(steward, PATH + "/" + id + "?revision=" + revision, complete(id))
                                .status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; drop table catalog.resource; --",
                "<script>alert(1)</script>",
                "${7*7}",
                "[[${7*7}]] #{T(java.lang.Runtime)}",
                "\" or 1=1",
                "\\'); --",
                "%00 {name} {0}"
            })
    void text_is_kept_and_shown_as_it_was_typed(String text) {
        var id = completed();
        var description = complete(id);
        description.put("name", text + table);
        description.put("summary", text);
        description.put("sharingCondition", text);
        var items = items(description);
        items.get(1).put("name", text);
        items.get(1).put("description", text);
        description.put("items", items);

        var answer = city.put(steward, PATH + "/" + id, description);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.<String>at("$.description.summary")).isEqualTo(text);
        assertThat(answer.<String>at("$.description.items[1].name")).isEqualTo(text);
        var found =
                catalog.search(
                        city.actor(City.CIVIL_AFFAIRS, Role.STEWARD),
                        ResourceQuery.of(text, null),
                        shuqiao.kernel.Page.Request.of(null, null));
        assertThat(found.items()).anySatisfy(it -> assertThat(it.id()).isEqualTo(id));
    }

    @Test
    void a_null_character_is_refused_wherever_it_stands() {
        var id = completed();
        for (var field :
                List.of("name", "classification", "summary", "formatType", "relatedCode")) {
            var description = complete(id);
            description.put(field, "a\0b");
            assertThat(fields(city.put(steward, PATH + "/" + id, description))).contains(field);
        }
        var description = complete(id);
        description.put("sharingRange", List.of("a\0b"));
        assertThat(fields(city.put(steward, PATH + "/" + id, description)))
                .containsExactly("sharingRange[0]");
        assertThat(
                        fields(
                                city.post(
                                        steward,
                                        PATH,
                                        Map.of("source", source, "schema", "a\0", "table", "b"))))
                .containsExactly("schema");
        assertThat(city.get(steward, PATH + "?q=a%00b&provider=x%00").status()).isBetween(200, 422);
        var mount = new HashMap<String, Object>();
        mount.put("source", source);
        mount.put("schema", "public");
        mount.put("table", table);
        var mapping = new HashMap<String, Object>();
        mapping.put("名称", null);
        mount.put("mapping", mapping);
        assertThat(city.put(steward, PATH + "/" + id + "/mount", mount).status()).isEqualTo(400);
    }

    @Test
    void a_table_with_a_wicked_name_is_only_a_name() {
        var wicked = "x\"; drop table " + table + "; --";
        CIVIL.run(
                "create table if not exists \"x\"\"; drop table %s; --\" (\"a\"\"b\" int)"
                        .formatted(table));

        var answer =
                city.post(
                        steward,
                        PATH,
                        Map.of("source", source, "schema", "public", "table", wicked));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.<String>at("$.description.items[0].column")).isEqualTo("a\"b");
        assertThat(CIVIL.one("select count(*) from " + table)).isEqualTo("0");
    }

    @Test
    void a_search_finds_by_name_item_code_and_department_what_one_may_see() {
        var id = published();
        var code = city.get(steward, PATH + "/" + id).<String>at("$.code");
        prepare();
        var hidden = drafted();

        assertThat(found(police, "统计用区划代码")).contains(id).doesNotContain(hidden);
        assertThat(found(police, code)).containsExactly(id);
        assertThat(found(police, "市民政局")).contains(id);
        assertThat(found(steward, table)).containsExactly(hidden);
        assertThat(found(police, table)).isEmpty();
        assertThat(
                        city.get(police, PATH + "?sharing=UNCONDITIONAL")
                                .<List<Integer>>at("$.items[*].id"))
                .doesNotContain((int) id);
        assertThat(city.get(steward, PATH + "?state=DRAFT").<List<String>>at("$.items[*].state"))
                .isNotEmpty()
                .containsOnly("DRAFT");
        var first = city.get(steward, PATH + "?limit=1");
        assertThat(first.<List<Object>>at("$.items")).hasSize(1);
        var second = city.get(steward, PATH + "?limit=1&after=" + first.<String>at("$.next"));
        assertThat(second.<Integer>at("$.items[0].id"))
                .isLessThan(first.<Integer>at("$.items[0].id"));
    }

    @Test
    void what_is_marked_open_is_given_to_the_open_portal() {
        var id = completed();
        var description = complete(id);
        description.put("open", true);
        description.put("openCondition", "注明来源");
        city.put(steward, PATH + "/" + id, description);
        assertThat(catalog.openResources()).noneMatch(it -> it.id() == id);
        approve(id);
        does(authority, id, "publication", Map.of());

        assertThat(catalog.openResources()).anyMatch(it -> it.id() == id);
    }

    @Test
    void the_authority_adds_local_classes_and_nobody_else() {
        var path = "/api/v1/classification";
        assertThat(city.get(police, path + "?limit=200").<List<String>>at("$.items[*].fullCode"))
                .contains("1", "105", "212", "308");
        assertThat(city.post(steward, path, Map.of()).status()).isEqualTo(403);
        assertThat(
                        fields(
                                city.post(
                                        authority,
                                        path,
                                        Map.of(
                                                "parentFullCode",
                                                "1",
                                                "nodeCode",
                                                "06",
                                                "name",
                                                "宏观经济"))))
                .containsExactly("nodeCode");
        var added =
                city.post(
                        authority,
                        path,
                        Map.of("parentFullCode", "1", "nodeCode", "50", "name", "宏观经济"));
        assertThat(added.status()).isIn(201, 409);
        assertThat(
                        city.post(
                                        authority,
                                        path,
                                        Map.of(
                                                "parentFullCode",
                                                "1",
                                                "nodeCode",
                                                "50",
                                                "name",
                                                "又一个"))
                                .status())
                .isEqualTo(409);
        assertThat(
                        fields(
                                city.post(
                                        authority,
                                        path,
                                        Map.of(
                                                "parentFullCode",
                                                "150",
                                                "nodeCode",
                                                "1a",
                                                "name",
                                                "x"))))
                .containsExactly("nodeCode");
    }

    @Test
    void pages_show_the_list_and_one_resource() throws Exception {
        city.person("catalog.civil", "Lesen-und-schauen-1", City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person("catalog.police", "Lesen-und-schauen-1", City.POLICE, Role.STEWARD);
        var id = published();
        var hidden = drafted(steward);
        var browser =
                org.springframework.test.web.servlet.setup.MockMvcBuilders.webAppContextSetup(web)
                        .apply(SecurityMockMvcConfigurers.springSecurity())
                        .build();

        browser.perform(get("/resources").param("q", table).with(user("catalog.civil")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("/resources/" + id)));
        for (var language : List.of("zh", "en"))
            for (var reader : List.of("catalog.civil", "catalog.police"))
                browser.perform(
                                get("/resources/" + id + "/items")
                                        .param("lang", language)
                                        .with(user(reader)))
                        .andExpect(status().isOk())
                        .andExpect(content().string(containsString("统计用区划代码")))
                        .andExpect(content().string(not(containsString("??"))));
        browser.perform(get("/resources").with(user("catalog.police")))
                .andExpect(content().string(not(containsString("/resources/" + hidden + "\""))));
    }

    private long drafted(String token) {
        return city.post(token, PATH, Map.of("description", Map.of("name", "隐" + table)))
                .<Number>at("$.id")
                .longValue();
    }

    private String code3() {
        return "%03d".formatted(NEXT.incrementAndGet());
    }

    private List<Long> found(String token, String words) {
        return city
                .get(
                        token,
                        PATH
                                + "?limit=200&q="
                                + java.net.URLEncoder.encode(
                                        words, java.nio.charset.StandardCharsets.UTF_8))
                .<List<Number>>at("$.items[*].id")
                .stream()
                .map(Number::longValue)
                .toList();
    }

    private static List<String> fields(City.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        return answer.at("$.errors[*].field");
    }
}
