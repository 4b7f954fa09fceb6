package shuqiao.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/** A new version carries a grant over, or flags it with the reason. */
class FlagTests extends UpkeepGround {

    @Test
    void a_version_that_leaves_the_granted_items_alone_carries_the_grant_over() {
        var id = published();
        var grant = granted(id);
        var words = words(id);
        items(words).removeLast();

        next(id, words);

        assertThat(told("up.user").getFirst()).isEqualTo("upkeep.carried");
        assertThat(visitor("up.user").get("/grants/" + grant).body()).doesNotContain("影响这项授权");
    }

    @Test
    void a_removed_item_flags_the_grant_for_both_sides_until_the_consumer_answers() {
        var id = published();
        var grant = granted(id);
        var words = words(id);
        items(words).remove(2);
        next(id, words);

        assertThat(told("up.user").getFirst()).isEqualTo("upkeep.flagged");
        var asker = visitor("up.user");
        assertThat(asker.get("/?all").body()).contains("/grants/" + grant + "/changes");
        for (Visitor side : new Visitor[] {asker, visitor("up.reviewer")}) {
            assertThat(side.get("/grants/" + grant).body())
                    .contains("第 2 版影响这项授权", "信息项「people」在新版本中删除");
            assertThat(side.get("/upkeep/grants").body()).contains(title, "people");
            assertThat(side.get("/grants").body()).contains("第 2 版影响这项授权");
        }
        var page = "/grants/" + grant + "/changes";
        assertThat(visitor("up.steward").submit("/", page, Map.of()).statusCode()).isEqualTo(403);

        assertThat(asker.submit(page, page, Map.of()).body()).contains("已知悉");
        assertThat(asker.get("/?all").body()).doesNotContain(page);
        assertThat(asker.submit("/", page, Map.of()).statusCode()).isEqualTo(409);
        assertThat(grants.effective(grant, java.time.Instant.now())).isTrue();
    }

    @Test
    void the_publisher_sees_before_whom_it_touches() {
        var id = published();
        granted(id);
        does(steward, id, "new-version", Map.of());
        var words = words(id);
        items(words).get(1).put("shareable", false);
        words.put("sharingKind", "CONDITIONAL");
        words.put("sharingCondition", "因履行职责需要");
        done(200, city.put(steward, RESOURCES + "/" + id, words));
        does(steward, id, "submission", Map.of());
        does(reviewer, id, "department-review", Map.of("approve", true));
        does(authority, id, "authority-review", Map.of("approve", true));

        var impact = city.get(steward, RESOURCES + "/" + id + "/impact");
        assertThat(impact.<Integer>at("$.live")).isEqualTo(1);
        assertThat(impact.<java.util.List<String>>at("$.touched[0].reasons[*].kind"))
                .containsExactly("STRICTER", "WITHHELD");
        assertThat(impact.body()).contains("「名称」在新版本中不再共享");
        assertThat(city.get(authority, RESOURCES + "/" + id + "/impact").status()).isEqualTo(200);
        assertThat(city.get(user, RESOURCES + "/" + id + "/impact").status()).isEqualTo(403);

        var page = visitor("up.bureau").get("/resources/" + id + "/review").body();

        assertThat(page).contains("发布后影响 1 项授权，共有 1 项在用授权", "市园林局", "「名称」在新版本中不再共享", "改为有条件共享");
    }

    @Test
    void the_steward_sees_before_sending_what_a_new_version_does_and_can_throw_it_away() {
        var id = published();
        var grant = granted(id);
        var asked =
                id(
                        done(
                                201,
                                city.post(
                                        user,
                                        "/api/v1/requests",
                                        Map.of(
                                                "resource",
                                                id,
                                                "fields",
                                                java.util.List.of("code", "people"),
                                                "purpose",
                                                "DATA_VERIFICATION",
                                                "purposeText",
                                                "核对用水人数",
                                                "basis",
                                                "《绿化条例》第三条",
                                                "until",
                                                today().plusYears(1).toString()))));
        var keeper = visitor("up.steward");
        var path = "/resources/" + id;
        assertThat(keeper.get(path).body()).doesNotContain("放弃新版本");
        does(steward, id, "new-version", Map.of());
        var less = words(id);
        items(less).remove(2);
        done(200, city.put(steward, RESOURCES + "/" + id, less));

        var page = keeper.get(path + "/check").body();

        assertThat(page)
                .contains("与现行第 1 版相比", "people", "发布后影响 1 项授权", "提交部门审核", "放弃新版本")
                .as("a draft of another department stays its own")
                .doesNotContain("在办的申请");
        db.sql(
                        "update sharing.request set profile = (select min(id) from sharing.profile), state = 'SENT' where id = ?")
                .param(asked)
                .update();
        assertThat(keeper.get(path + "/check").body())
                .contains("有 1 件在办的申请", "其中 1 件申请了新版本不再提供的信息项", "：people");

        var discard = path + "/new-version/discard";
        assertThat(keeper.get(discard).body()).contains("将丢弃的修改", "people");
        assertThat(visitor("up.user").submit("/", discard, Map.of()).statusCode()).isEqualTo(403);
        var back = keeper.submit(discard, discard, Map.of());
        assertThat(back.body()).contains("已放弃新版本", "已发布").doesNotContain("放弃新版本</a>");
        assertThat(grants.effective(grant, java.time.Instant.now())).isTrue();

        does(steward, id, "new-version", Map.of());
        does(steward, id, "submission", Map.of());
        does(reviewer, id, "department-review", Map.of("approve", false, "opinion", "再核对"));
        assertThat(keeper.submit(discard, discard, Map.of()).body())
                .as("one that came back gives way too")
                .contains("已放弃新版本");
    }

    @Test
    void an_item_that_comes_back_clears_the_flag_and_a_grant_that_ends_needs_none() {
        var id = published();
        var grant = granted(id);
        var whole = words(id);
        var less = words(id);
        items(less).remove(2);
        next(id, less);
        var asker = visitor("up.user");
        assertThat(asker.get("/upkeep/grants").body()).contains(title);

        next(id, whole);
        assertThat(asker.get("/upkeep/grants").body()).doesNotContain(title);

        next(id, less);
        assertThat(asker.get("/upkeep/grants").body()).contains(title);
        done(
                200,
                city.post(
                        reviewer,
                        "/api/v1/grants/" + grant + "/revocation",
                        Map.of("reason", "用途结束")));
        assertThat(asker.get("/upkeep/grants").body()).doesNotContain(title);
    }

    @Test
    void a_grant_of_others_is_unknown() {
        var id = published();
        var grant = granted(id);
        city.person("up.police", PASSWORD, City.POLICE, Role.STEWARD);

        assertThat(visitor("up.police").get("/grants/" + grant + "/changes").statusCode())
                .isEqualTo(404);
    }
}
