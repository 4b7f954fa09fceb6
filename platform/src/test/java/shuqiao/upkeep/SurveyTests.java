package shuqiao.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 大普查六项: typed, measured, summed. */
class SurveyTests extends UpkeepGround {

    private static final Map<String, String> SIX =
            Map.of(
                    "survey.storage", "1.5",
                    "survey.records", "50",
                    "survey.sharedStorage", "0.5",
                    "survey.sharedRecords", "20",
                    "survey.openStorage", "0",
                    "survey.openRecords", "0");

    private Map<String, String> basic(Map<String, String> more) {
        var typed = new HashMap<String, String>();
        typed.put("name", title);
        typed.put("summary", "全市水井名录");
        typed.put("formatKind", "DATABASE");
        typed.put("formatType", "PostgreSQL");
        typed.put("updateCycle", "MONTHLY");
        typed.putAll(SIX);
        typed.putAll(more);
        return typed;
    }

    @Test
    void the_form_takes_bare_numbers_and_keeps_what_was_typed() {
        var id = published();
        does(steward, id, "new-version", Map.of());
        var keeper = visitor("up.steward");
        var page = "/resources/" + id + "/edit/basic";

        var wrong = keeper.submit(page, page, basic(Map.of("survey.storage", "1.5G")));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("只填数字，不写单位和千分位", "value=\"1.5G\"");
        assertThat(keeper.submit(page, page, basic(Map.of("survey.sharedRecords", "51"))).body())
                .contains("不能超过总量 50");
        assertThat(keeper.submit(page, page, basic(Map.of())).statusCode()).isEqualTo(200);

        assertThat(
                        city.get(steward, RESOURCES + "/" + id)
                                .<Integer>at("$.description.survey.records"))
                .isEqualTo(50);
        publish(id);
        assertThat(keeper.get("/resources/" + id).body()).contains("大普查六项", "1.5 G");
        assertThat(keeper.get("/upkeep/survey").body()).contains("市水务局");
        assertThat(keeper.get("/upkeep/survey.csv").body()).contains("\"市水务局\"", "数据存储总量");
    }

    @Test
    void what_the_table_says_is_offered_and_taken_with_one_button() {
        var id = published();
        does(steward, id, "new-version", Map.of());
        var keeper = visitor("up.steward");
        var page = "/resources/" + id + "/edit/basic";

        var offered = keeper.submit(page, page, basic(Map.of("then", "measure")));
        assertThat(offered.body()).contains("按库表统计约", "50 行", "填入这些数");
        keeper.submit(page, page, basic(Map.of("then", "measured")));

        var six =
                city.get(steward, RESOURCES + "/" + id)
                        .<Map<String, Object>>at("$.description.survey");
        assertThat(six).containsEntry("records", 50).containsEntry("openRecords", 0);
    }

    @Test
    void a_description_without_the_six_numbers_has_zeros() {
        var id = published();
        var words = words(id);
        words.remove("survey");
        next(id, words);

        assertThat(
                        city.get(steward, RESOURCES + "/" + id)
                                .<Integer>at("$.description.survey.records"))
                .isZero();
    }
}
