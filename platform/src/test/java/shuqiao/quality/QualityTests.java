package shuqiao.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.catalog.Band;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;
import shuqiao.kit.Entry;
import shuqiao.kit.Keeper;
import shuqiao.kit.Listing;

/** The score of a published resource, its lost points, and the list of all. */
class QualityTests extends DescribedGround {

    @Autowired Quality quality;
    @Autowired QualityList list;

    @Autowired
    @Qualifier("qualityToDos")
    ToDos toDos;

    private Department own;

    @BeforeEach
    void prepare() {
        own = department("QLT000021", "云泽市质量测试局");
        city.person("quality-steward", PASSWORD, own.code(), Role.STEWARD);
    }

    private long resource(Map<String, Object> more) {
        var table = table(own, columns("id_card", "证件号", "c2", "c2"));
        return published(own, table, "质量样例" + table + "信息", more);
    }

    private City.Answer score(String token, long id) {
        return done(200, city.get(token, "/api/v1/resources/" + id + "/quality"));
    }

    private static int sum(City.Answer answer) {
        return answer.<List<Integer>>at("$.criteria[*].points").stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    @Test
    void a_published_resource_has_a_score_that_its_lost_points_explain() {
        var id = resource(Map.of());

        var answer = score(own.steward(), id);

        assertThat(answer.<Boolean>at("$.published")).isTrue();
        assertThat(answer.<Integer>at("$.score")).isEqualTo(sum(answer));
        var lost = answer.<List<Integer>>at("$.criteria[*].lost[*].points");
        assertThat(answer.<Integer>at("$.score"))
                .isEqualTo(100 - lost.stream().mapToInt(Integer::intValue).sum());
        assertThat(answer.<List<String>>at("$.criteria[*].lost[*].point"))
                .contains("CONTACT", "ITEM_MEANING", "ITEM_NAME");
        assertThat(
                        answer.<List<String>>at(
                                "$.criteria[*].lost[?(@.point == 'ITEM_NAME')].items[0]"))
                .containsExactly("c2");
    }

    @Test
    void others_read_the_score_without_the_way_to_mend_it() {
        var id = resource(Map.of());

        var answer = score(city.token(City.POLICE, Role.STEWARD), id);

        assertThat(answer.<List<String>>at("$.criteria[*].lost[*].path")).isEmpty();
        assertThat(city.get(null, "/api/v1/resources/" + id + "/quality").status()).isEqualTo(401);
    }

    @Test
    void what_is_mended_in_a_new_version_raises_the_score_when_it_is_published() {
        var id = resource(Map.of());
        var before = score(own.steward(), id).<Integer>at("$.score");
        step(own.steward(), id, "new-version", Map.of());
        var words = words(own, id);
        words.put("innerDepartment", "数据资源科");
        done(200, city.put(own.steward(), "/api/v1/resources/" + id, words));

        var draft = score(own.steward(), id);
        assertThat(draft.<Boolean>at("$.published")).isFalse();
        assertThat(draft.<Integer>at("$.score")).isEqualTo(before + Point.CONTACT.weight());
        assertThat(score(authority(), id).<Integer>at("$.score")).isEqualTo(before);

        publish(own, id);

        assertThat(score(authority(), id).<Integer>at("$.score"))
                .isEqualTo(before + Point.CONTACT.weight());
    }

    @Test
    void data_that_is_overdue_costs_points_until_the_update_is_registered() {
        var id = resource(Map.of("updateCycle", "DAILY"));
        var fresh = score(own.steward(), id).<Integer>at("$.score");
        db.sql("update quality.score set updated_until = date '2026-01-01' where resource = :id")
                .param("id", id)
                .update();

        var late = score(own.steward(), id);
        assertThat(late.<Integer>at("$.score")).isEqualTo(fresh - Point.UPDATED.weight());
        assertThat(late.<List<String>>at("$.criteria[*].lost[?(@.point == 'UPDATED')].path"))
                .containsExactly("/resources/" + id + "#asOf");

        done(201, city.post(own.steward(), "/api/v1/resources/" + id + "/updates", Map.of()));

        assertThat(score(own.steward(), id).<Integer>at("$.score")).isEqualTo(fresh);
    }

    @Test
    void a_search_is_narrowed_and_ordered_by_the_score_and_follows_it() {
        var id = resource(Map.of());
        var value = score(own.steward(), id).<Integer>at("$.score");
        var band = Band.of(value);
        var name = words(own, id).get("name");
        var asked =
                "/api/v1/resources?facets=quality&q="
                        + java.net.URLEncoder.encode(
                                name.toString(), java.nio.charset.StandardCharsets.UTF_8);

        var all = done(200, city.get(own.steward(), asked));
        assertThat(all.<Map<String, Integer>>at("$.facets.quality"))
                .containsExactly(Map.entry(band.name(), 1));
        for (var other : Band.values())
            assertThat(
                            done(200, city.get(authority(), asked + "&quality=" + other))
                                    .<Integer>at("$.total"))
                    .isEqualTo(other == band ? 1 : 0);
        var visitor = new Visitor(city);
        visitor.login("quality-steward", PASSWORD);
        assertThat(visitor.get("/resources?mine=true&sort=score").body())
                .contains("质量 " + value + " 分", "name=\"quality\"", "质量得分从高到低");

        db.sql("update quality.score set updated_until = date '2026-01-01' where resource = :id")
                .param("id", id)
                .update();
        while (quality.tell())
            ; // until all is told

        assertThat(
                        db.sql("select distinct score from catalog.entry where resource = :id")
                                .param("id", id)
                                .query(Integer.class)
                                .list())
                .containsExactly(value - Point.UPDATED.weight());
    }

    @Test
    void a_mount_that_was_not_checked_for_long_costs_points_until_it_is() {
        var id = resource(Map.of());
        var checked = score(own.steward(), id).<Integer>at("$.score");
        db.sql("update quality.score set checked_on = date '2026-01-01' where resource = :id")
                .param("id", id)
                .update();
        assertThat(score(own.steward(), id).<Integer>at("$.score"))
                .isEqualTo(checked - Point.CHECKED.weight());
        var visitor = new Visitor(city);
        visitor.login("quality-steward", PASSWORD);
        var tab = "/resources/" + id + "/parts/quality";

        var page = visitor.submit(tab, "/resources/" + id + "/mount-check", Map.of());

        assertThat(page.body()).contains("已核对，挂接与库表一致");
        assertThat(score(own.steward(), id).<Integer>at("$.score")).isEqualTo(checked);
    }

    @Test
    void a_table_that_differs_costs_points() {
        var table = table(own, columns("a", "甲", "b", "乙"));
        var id = published(own, table, "差异样例" + table + "信息", Map.of());
        own.db().run("alter table " + table + " drop column b");
        var visitor = new Visitor(city);
        visitor.login("quality-steward", PASSWORD);

        visitor.submit("/resources/" + id, "/resources/" + id + "/mount-check", Map.of());

        assertThat(
                        score(own.steward(), id)
                                .<List<String>>at(
                                        "$.criteria[*].lost[?(@.point == 'CHECKED')].what"))
                .singleElement()
                .asString()
                .contains("1 处与目录不同");
    }

    @Test
    void a_lost_point_leads_to_the_field_that_mends_it() {
        var id = resource(Map.of());
        var visitor = new Visitor(city);
        visitor.login("quality-steward", PASSWORD);
        var tab = visitor.get("/resources/" + id + "/parts/quality").body();
        assertThat(tab).contains("/resources/" + id + "/mending?point=ITEM_MEANING");

        var asked = visitor.get("/resources/" + id + "/mending?point=ITEM_MEANING");
        assertThat(asked.body()).contains("编制新版本并补充");
        var begun =
                visitor.submit(
                        "/resources/" + id + "/mending?point=ITEM_MEANING",
                        "/resources/" + id + "/mending",
                        Map.of("point", "ITEM_MEANING"));

        assertThat(begun.uri().getPath()).isEqualTo("/resources/" + id + "/edit/items");
        assertThat(begun.body()).contains("id=\"items[0].description\"");
        var again = visitor.get("/resources/" + id + "/mending?point=CONTACT");
        assertThat(again.uri().getPath()).endsWith("/edit/basic");
        assertThat(visitor.get("/resources/" + id + "/check").body()).contains("分，还有");
    }

    @Test
    void nobody_else_begins_to_mend() {
        var id = resource(Map.of());
        city.person("quality-police", PASSWORD, City.POLICE, Role.STEWARD);
        var visitor = new Visitor(city);
        visitor.login("quality-police", PASSWORD);

        assertThat(visitor.get("/resources/" + id + "/mending?point=CONTACT").statusCode())
                .isEqualTo(403);
        assertThat(visitor.get("/resources/" + id + "/parts/quality").body())
                .doesNotContain("/mending?point");
        assertThat(
                        visitor.submit(
                                        "/resources/" + id,
                                        "/resources/" + id + "/mount-check",
                                        Map.of())
                                .statusCode())
                .isEqualTo(403);
    }

    @Test
    void every_number_of_the_list_is_the_length_of_the_list_it_opens() {
        resource(Map.of());
        resource(Map.of("innerDepartment", "数据资源科"));
        var actor = city.actor(own.code(), Role.STEWARD);
        var by = Entry.of("provider", own.code());

        var found = (QualityList.Averages) list.show(actor, "", by).above().content();

        for (var chart : found.charts()) {
            assertThat(number(actor, chart.group().path())).isEqualTo(chart.group().total());
            for (var figure : chart.group().figures())
                assertThat(number(actor, figure.path()))
                        .as(figure.word())
                        .isEqualTo(figure.number());
        }
        var ranked =
                found.ranking().stream()
                        .filter(it -> it.path().equals("/quality?provider=" + own.code()))
                        .findFirst()
                        .orElseThrow();
        var rows = page(actor, Map.of("provider", own.code())).items();
        assertThat(rows).hasSize((int) ranked.resources());
        assertThat(ranked.average())
                .isEqualTo(
                        "%.1f"
                                .formatted(
                                        rows.stream()
                                                .mapToInt(it -> (int) it.values().get("score"))
                                                .average()
                                                .orElseThrow()));
        assertThat(number(actor, ranked.lowPath())).isEqualTo(ranked.low());
    }

    private long number(Actor actor, String path) {
        var filters = new HashMap<String, String>();
        UriComponentsBuilder.fromUriString(path)
                .build()
                .getQueryParams()
                .forEach((name, values) -> filters.put(name, values.getFirst()));
        var page = page(actor, filters);
        assertThat(page.items()).hasSize((int) page.total());
        return page.total();
    }

    private Page<Keeper.Item> page(Actor actor, Map<String, String> filters) {
        var all = new Page.Request(1_000, Long.MAX_VALUE);
        return list.page(actor, new Listing.Query(filters, "", all, 0));
    }

    @Test
    void the_list_shows_chart_table_and_filters() {
        var id = resource(Map.of());
        var visitor = new Visitor(city);
        visitor.login("quality-steward", PASSWORD);

        var page = visitor.get("/quality?provider=" + own.code()).body();

        assertThat(page)
                .contains("得分分布", "各部门平均分", "/resources/" + id + "/parts/quality")
                .as("one band alone is no chart")
                .doesNotContain("class=\"pieces\"");
        var other = department("QLT000023", "云泽市质量比较局");
        var table = table(other, columns("c1", "c1", "c2", "c2"));
        published(
                other,
                table,
                "t_low_" + table + "_9",
                Map.of("summary", "无", "sharingKind", "CONDITIONAL", "sharingCondition", "可"));
        assertThat(visitor.get("/quality").body())
                .contains("class=\"pieces\"", "class=\"dots\"", "圆点标在", "竖线是全部目录的平均");
        assertThat(
                        visitor.get("/quality?provider=" + own.code() + "&band=LOW&point=MOUNTED")
                                .body())
                .contains("没有符合条件的目录");
        assertThat(visitor.get("/quality?band=nonsense&page=x").statusCode()).isEqualTo(200);
        var program = city.get(own.steward(), "/api/v1/quality?limit=1&provider=" + own.code());
        assertThat(program.<Integer>at("$.items.length()")).isEqualTo(1);
        assertThat(city.get(city.token(own.code(), Role.SYSTEM_ADMIN), "/api/v1/quality").status())
                .isEqualTo(403);
    }

    @Test
    void the_worst_are_to_dos_of_the_steward_one_for_each() {
        var other = department("QLT000022", "云泽市质量待办局");
        var names = new HashMap<Long, String>();
        for (int i = 0; i < 4; i++) {
            var table = table(other, columns("c1", "c1", "c2", "c2"));
            var id =
                    published(
                            other,
                            table,
                            "t_low_" + table + "_9",
                            Map.of(
                                    "summary",
                                    "无",
                                    "sharingKind",
                                    "CONDITIONAL",
                                    "sharingCondition",
                                    "可"));
            names.put(id, table);
            assertThat(score(other.steward(), id).<Integer>at("$.score")).isLessThan(60);
        }

        assertThat(toDos.of(city.actor(other.code(), Role.STEWARD)))
                .hasSize(3)
                .allSatisfy(it -> assertThat(it.path()).endsWith("/parts/quality"));
        assertThat(toDos.of(city.actor(other.code(), Role.REVIEWER))).isEmpty();
        assertThat(toDos.of(city.actor(own.code(), Role.STEWARD))).isEmpty();
    }

    @Test
    void what_was_published_before_this_room_was_there_is_judged_at_the_start() {
        var id = resource(Map.of());
        var before = score(own.steward(), id).<Integer>at("$.score");
        db.sql("delete from quality.score where resource = :id").param("id", id).update();

        quality.judgeAll();

        assertThat(score(own.steward(), id).<Integer>at("$.score")).isEqualTo(before);
        assertThat(score(own.steward(), id).<Boolean>at("$.published")).isTrue();
    }

    @Test
    void a_withdrawn_resource_leaves_the_list() {
        var id = resource(Map.of());

        step(authority(), id, "withdrawal", Map.of("reason", "并入其他目录"));

        assertThat(page(city.actor(own.code(), Role.STEWARD), Map.of("provider", own.code())))
                .extracting(Page::items)
                .asInstanceOf(InstanceOfAssertFactories.list(Keeper.Item.class))
                .extracting(Keeper.Item::id)
                .doesNotContain(id);
    }
}
