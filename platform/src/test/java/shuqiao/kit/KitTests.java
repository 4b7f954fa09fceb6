package shuqiao.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** A toy package of two entities, read from YAML and shown by the classes that the rooms use. */
@PlatformTest
class KitTests {

    private static final String PASSWORD = "Qiao2026-kit-test";
    private static final String API = "/api/v1/toy/assets";

    @Autowired Registers registers;
    @Autowired City city;

    private final Toy assets = Toy.of("asset");
    private final Toy rooms = Toy.of("room");
    private Visitor steward;

    @BeforeEach
    void a_package_is_opened() {
        registers.open(assets.register(), assets);
        registers.open(rooms.register(), rooms);
        steward = visitor("kit-steward", Role.STEWARD);
    }

    @AfterEach
    void and_closed() {
        registers.close("asset");
        registers.close("machineRoom");
    }

    private Visitor visitor(String name, Role role) {
        city.person(name, PASSWORD, City.POLICE, role);
        var visitor = new Visitor(city);
        visitor.login(name, PASSWORD);
        return visitor;
    }

    private Map<String, String> asset(String name) {
        return new HashMap<>(
                Map.of(
                        "name",
                        name,
                        "kind",
                        "SERVER",
                        "room",
                        "1",
                        "cost",
                        "86000",
                        "bought",
                        "2026-05-04"));
    }

    private void register(String name) {
        var answer = steward.submit("/toy/assets/new", "/toy/assets/new", asset(name));
        assertThat(answer.uri().getPath()).as(answer.body()).isEqualTo("/toy/assets");
    }

    @Test
    void an_empty_list_says_when_there_will_be_something() {
        assertThat(steward.get("/toy/assets").body())
                .contains("还没有登记设备", "登记后列在这里")
                .doesNotContain("??", "<table");
        assertThat(steward.get("/toy/rooms?lang=en").body()).contains("No machine room");
    }

    @Test
    void a_form_tells_all_faults_at_once_and_keeps_what_was_typed() {
        var typed = asset("");
        typed.putAll(
                Map.of("kind", "SHIP", "cost", "2000000", "bought", "2026-02-30", "remark", "主板"));

        var refused = steward.submit("/toy/assets/new", "/toy/assets/new", typed);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("有 4 处需要修改", "请填写「名称」", "href=\"#kind\"", "0 到 1000000", "不是日期", ">主板<")
                .doesNotContain("??");
        assertThat(assets.items).isEmpty();
    }

    @Test
    void what_the_keeper_knows_is_told_beside_what_the_declaration_knows() {
        var typed = asset("?");
        typed.put("bought", "gestern");

        assertThat(steward.submit("/toy/assets/new", "/toy/assets/new", typed).body())
                .contains("有 2 处需要修改");
    }

    @Test
    void a_field_that_does_not_apply_is_neither_needed_nor_kept() {
        var desk = asset("办公桌一");
        desk.put("kind", "DESK");
        steward.submit("/toy/assets/new", "/toy/assets/new", desk);

        assertThat(assets.items.values())
                .singleElement()
                .satisfies(it -> assertThat(it.values()).doesNotContainKey("room"));
        var server = asset("服务器");
        server.remove("room");
        assertThat(steward.submit("/toy/assets/new", "/toy/assets/new", server).body())
                .contains("请选择「所在机房」");
    }

    @Test
    void a_list_is_narrowed_sorted_paged_and_exported() {
        for (int n = 10; n < 33; n++) register("服务器" + n);

        var first = steward.get("/toy/assets").body();
        assertThat(first.split("id=\"kind\"", -1)).as("one field for one filter").hasSize(2);
        assertThat(first.split("id=\"name\"", -1)).hasSize(2);
        assertThat(first).contains(">服务器<").doesNotContain(">SERVER<");
        assertThat(first).contains("共 23 个", "服务器32").doesNotContain("服务器12<", "aria-sort");
        assertThat(steward.get("/toy/assets?page=2").body())
                .contains("服务器12<", "aria-current=\"page\"");
        assertThat(steward.get("/toy/assets?page=99").body()).contains("服务器12<");
        assertThat(steward.get("/toy/assets?sort=name").body())
                .contains("aria-sort=\"ascending\"", "服务器10<")
                .doesNotContain("服务器32<");
        assertThat(steward.get("/toy/assets?name=%E5%99%A832").body()).contains("共 1 个");
        assertThat(steward.get("/toy/assets?kind=DESK").body()).contains("没有符合条件的结果");
        assertThat(steward.get("/toy/assets/export.csv?sort=cost").body())
                .contains("\"名称\",\"类别\",\"原值\",\"状态\"", "\"服务器10\"", "\"在用\"");
        assertThat(steward.download("/toy/assets/export.xlsx")).startsWith('P', 'K');
    }

    @Test
    void one_step_is_made_for_all_that_are_ticked() {
        register("甲");
        register("乙");
        register("丙");
        assets.move(actor(), "propose", assets.get(3), "");

        var page = steward.get("/toy/assets").body();
        assertThat(page).contains("提出处置（所选）", "选择「甲」");
        var answer =
                steward.submit(
                        "/toy/assets", "/toy/assets/steps", Map.of("step", "propose", "id", "1"));
        assertThat(answer.body()).contains("办理了 1 项");
        var refused =
                steward.submit(
                        "/toy/assets", "/toy/assets/steps", Map.of("step", "propose", "id", "3"));
        assertThat(refused.body()).contains("办理了 0 项", "现在的状态不能这样办理");
        assertThat(
                        steward.submit(
                                        "/toy/assets",
                                        "/toy/assets/steps",
                                        Map.of("step", "writeOff", "id", "1"))
                                .statusCode())
                .isEqualTo(404);
    }

    private static shuqiao.kernel.Actor actor() {
        return new shuqiao.kernel.Actor(
                shuqiao.kernel.Actor.Kind.PERSON,
                "kit-steward",
                "件",
                City.POLICE,
                java.util.EnumSet.of(Role.STEWARD));
    }

    @Test
    void a_step_asks_why_and_needs_another_pair_of_eyes() {
        register("甲");
        steward.submit("/toy/assets", "/toy/assets/1/proposal", Map.of());

        var asked = steward.get("/toy/assets/1/writing-off").body();
        assertThat(asked).contains("之后不能恢复", "理由").doesNotContain("??");
        assertThat(
                        steward.submit(
                                        "/toy/assets/1/writing-off",
                                        "/toy/assets/1/writing-off",
                                        Map.of("reason", "坏了"))
                                .body())
                .contains("上一步是你办的，请由另一人办理");
        var reviewer = visitor("kit-reviewer", Role.REVIEWER);
        var without =
                reviewer.submit(
                        "/toy/assets/1/writing-off",
                        "/toy/assets/1/writing-off",
                        Map.of("reason", " "));
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body()).contains("请填写");
        reviewer.submit(
                "/toy/assets/1/writing-off", "/toy/assets/1/writing-off", Map.of("reason", "坏了"));
        assertThat(assets.get(1).state()).isEqualTo("WRITTEN_OFF");
        assertThat(reviewer.submit("/toy/assets", "/toy/assets/1/return", Map.of()).statusCode())
                .isEqualTo(409);
    }

    @Test
    void the_page_of_one_thing_has_its_facts_its_steps_and_what_was_done() {
        register("甲");
        steward.submit("/toy/assets/1", "/toy/assets/1/proposal", Map.of());

        var page = steward.get("/toy/assets/1").body();
        assertThat(page)
                .contains("设备</span>「<span lang=\"zh-CN\">甲<", "86000", "在用 → 拟处置")
                .contains("提出处置：「拟处置」时不能办理", "报废：上一步是你办的", "退回：由部门审核办理")
                .doesNotContain("??", "href=\"/toy/assets/1/writing-off\"");
        var reviewer = visitor("kit-reviewer", Role.REVIEWER);
        assertThat(reviewer.get("/toy/assets/1?lang=en").body())
                .contains("href=\"/toy/assets/1/writing-off\"", "In use → Proposed")
                .doesNotContain("??");
        var told = city.get(city.token(City.POLICE, Role.REVIEWER), API + "/1");
        assertThat(told.<String>at("$.name")).isEqualTo("甲");
        assertThat(told.<String>at("$.history[0].from")).isEqualTo("IN_USE");
        assertThat(told.<String>at("$.history[0].to")).isEqualTo("PROPOSED");
        assertThat(steward.get("/toy/assets/99").statusCode()).isEqualTo(404);
    }

    @Test
    void what_was_typed_and_not_sent_is_found_again_by_its_writer_until_it_is_sent() {
        var typed = new HashMap<>(Map.of("name", "半截", "kind", "DESK", "cost", "viel"));
        typed.put("draft", "save");
        var saved = steward.submit("/toy/assets/new", "/toy/assets/new", typed);
        assertThat(saved.uri().getPath()).isEqualTo("/toy/assets/new");
        assertThat(saved.body()).contains("已暂存", "value=\"半截\"", "暂存的内容").doesNotContain("??");
        assertThat(assets.items).isEmpty();
        var other = visitor("kit-other", Role.STEWARD);
        assertThat(other.get("/toy/assets/new").body()).doesNotContain("半截");

        typed.put("draft", "drop");
        assertThat(steward.submit("/toy/assets/new", "/toy/assets/new", typed).body())
                .contains("已清除")
                .doesNotContain("半截");
        typed.put("draft", "save");
        steward.submit("/toy/assets/new", "/toy/assets/new", typed);
        register("整件");
        assertThat(steward.get("/toy/assets/new").body()).doesNotContain("半截");

        typed.put("remark", "长".repeat(Drafts.CHARACTERS_MAX));
        var refused = steward.submit("/toy/assets/new", "/toy/assets/new", typed);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("不能暂存", "半截");
    }

    @Autowired Drafts drafts;
    @Autowired JdbcClient db;

    @Test
    void a_draft_is_swept_after_thirty_days() {
        steward.submit("/toy/assets/new", "/toy/assets/new", Map.of("name", "很久", "draft", "save"));
        db.sql(
                        "update kit.draft set saved_at = saved_at - interval '29 days' where person = 'kit-steward'")
                .update();
        drafts.turn();
        assertThat(steward.get("/toy/assets/new").body()).contains("很久");

        db.sql("update kit.draft set saved_at = saved_at - interval '2 days'").update();
        drafts.turn();
        assertThat(steward.get("/toy/assets/new").body()).doesNotContain("很久");
    }

    @Autowired java.time.InstantSource clock;

    @Test
    void a_clock_runs_in_working_days_from_the_time_that_the_state_began() {
        register("新的");
        register("旧的");
        assertThat(steward.get("/toy/assets").body()).doesNotContain("class=\"clock");
        assets.since = clock.instant();
        assets.move(actor(), "propose", assets.get(1), "");
        assets.since = java.time.Instant.parse("2026-01-05T02:00:00Z");
        assets.move(actor(), "propose", assets.get(2), "");

        assertThat(steward.get("/toy/assets").body())
                .contains("10</b> 个工作日", "已超期")
                .doesNotContain("??");
        assertThat(steward.get("/toy/assets/2").body()).contains("已超期");
        var token = city.token(City.POLICE, Role.STEWARD);
        var late = city.get(token, API + "/2");
        assertThat(late.<String>at("$.due")).isEqualTo("2026-01-19");
        assertThat(late.<Integer>at("$.workingDaysLeft")).isNegative();
        assertThat(city.get(token, API).<Integer>at("$.items[1].workingDaysLeft")).isEqualTo(10);
    }

    @Test
    void what_must_be_confirmed_is_told_first_and_can_be_changed() {
        var room = new HashMap<>(Map.of("name", "一号机房", "area", "0"));
        assertThat(steward.submit("/toy/rooms/new", "/toy/rooms", room).statusCode())
                .isEqualTo(422);
        room.put("area", "20");

        var asked = steward.submit("/toy/rooms/new", "/toy/rooms", room).body();
        assertThat(asked).contains("请核对登记的机房", "将登记一间机房", "一号机房", "返回修改");
        assertThat(rooms.items).isEmpty();
        room.put("change", "yes");
        assertThat(steward.submit("/toy/rooms/new", "/toy/rooms", room).body())
                .contains("<form", "value=\"一号机房\"")
                .doesNotContain("返回修改");
        room.remove("change");
        room.put("confirmed", "yes");
        steward.submit("/toy/rooms/new", "/toy/rooms", room);
        assertThat(rooms.items).hasSize(1);
    }

    @Test
    void programs_have_the_same_list_form_and_steps() {
        var token = city.token(City.POLICE, Role.STEWARD);
        var reviewer = city.token(City.POLICE, Role.REVIEWER);

        var made =
                city.post(
                        token,
                        API,
                        Map.of("name", "甲", "kind", "DESK", "cost", 5, "uses", List.of("OFFICE")));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(city.post(token, API, Map.of("name", 7, "kind", "DESK", "nothing", 1)).status())
                .isEqualTo(400);
        assertThat(
                        city.post(token, API, Map.of("kind", "DESK", "cost", "viel"))
                                .<String>at("$.type"))
                .isEqualTo("urn:shuqiao:wrong-type");
        assertThat(
                        city.post(token, API, Map.of("kind", "SHIP"))
                                .<List<String>>at("$.errors[*].field"))
                .containsExactlyInAnyOrder("name", "kind");
        assertThat(city.post(reviewer, API, Map.of("name", "乙", "kind", "DESK")).status())
                .isEqualTo(403);
        var list = city.get(reviewer, API + "?limit=1");
        assertThat(list.<Integer>at("$.total")).isOne();
        assertThat(list.<List<String>>at("$.items[0].uses")).containsExactly("OFFICE");
        assertThat(list.<String>at("$.items[0].state")).isEqualTo("IN_USE");
        assertThat(city.get(token, API + "?after=x").status()).isEqualTo(422);
        assertThat(city.get(token, API + "?kind=SHIP").status()).isEqualTo(422);
        var proposed = city.post(token, API + "/1/proposal", Map.of());
        assertThat(proposed.<String>at("$.state")).isEqualTo("PROPOSED");
        assertThat(city.post(token, API + "/1/proposal", Map.of()).<String>at("$.type"))
                .isEqualTo("urn:shuqiao:kit:not-now");
        assertThat(city.post(reviewer, API + "/1/writing-off", Map.of()).status()).isEqualTo(422);
        assertThat(city.get(null, API).status()).isEqualTo(401);
    }

    @Test
    void the_document_of_the_api_is_written_from_the_declaration() {
        var document = new OpenAPI().paths(new Paths()).components(new Components());
        KitDocument.write(document, assets.register());

        assertThat(document.getPaths())
                .containsOnlyKeys(
                        API, API + "/{id}", API + "/{id}/proposal", API + "/{id}/writing-off");
        assertThat(document.getPaths().get(API).getPost().getOperationId()).isEqualTo("addAsset");
        assertThat(document.getComponents().getSchemas().get("AddAssetEntry").getRequired())
                .containsExactlyInAnyOrder("name", "kind");
    }

    @Test
    void the_pages_are_the_same_byte_for_byte_from_the_declaration_written_and_read_back() {
        register("甲");
        var before =
                List.of(plain("/toy/assets"), plain("/toy/assets/new"), plain("/toy/rooms/new"));

        for (var toy : List.of(assets, rooms))
            registers.open(Declarations.read(Declarations.write(toy.register())), toy);

        assertThat(List.of(plain("/toy/assets"), plain("/toy/assets/new"), plain("/toy/rooms/new")))
                .isEqualTo(before);
    }

    /** Each answer has another token against forgery. */
    private String plain(String path) {
        var page = steward.get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body().replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "");
    }

    @Test
    void many_are_handed_in_by_a_workbook_all_or_none() throws Exception {
        var template = steward.download("/toy/assets/new/template.xlsx");
        try (var book =
                new org.dhatim.fastexcel.reader.ReadableWorkbook(
                        new java.io.ByteArrayInputStream(template))) {
            assertThat(book.getSheets().map(org.dhatim.fastexcel.reader.Sheet::getName))
                    .contains("设备登记表");
        }
        var head = "名称*,类别*,所在机房△,购置日期,原值,用途,备用,说明\r\n";
        var wrong = hand(head + "甲,服务器,一号机房,2026-05-04,5,,,\r\n,船,,,x,,,\r\n");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("有 3 处不对", "请填写数字（整数）").doesNotContain("??");
        assertThat(assets.items).isEmpty();

        var right = hand(head + "甲,服务器,一号机房,2026-05-04,5,,是,\r\n乙,DESK,,,,,,\r\n");
        assertThat(right.uri().getPath()).as(right.body()).isEqualTo("/toy/assets");
        assertThat(assets.items.values())
                .extracting(it -> it.values().get("name") + " " + it.values().get("room"))
                .containsExactly("乙 null", "甲 1");
    }

    @Test
    void a_row_that_is_refused_at_the_last_moment_leaves_none_of_the_workbook() {
        assets.refused = "乙";
        try {
            var page = hand("名称*,类别*,所在机房△,购置日期,原值,用途,备用,说明\r\n甲,DESK,,,,,,\r\n乙,DESK,,,,,,\r\n");

            assertThat(page.statusCode()).isEqualTo(409);
            assertThat(assets.items).isEmpty();
        } finally {
            assets.refused = "";
        }
    }

    private java.net.http.HttpResponse<String> hand(String csv) {
        return steward.upload(
                "/toy/assets/new/import",
                "/toy/assets/new/import",
                "file",
                "assets.csv",
                csv.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
