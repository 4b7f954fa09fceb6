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
