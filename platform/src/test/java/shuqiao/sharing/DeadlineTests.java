package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clocks in working days, with the rule that each stands on. */
class DeadlineTests extends SharingGround {

    private static final List<String> OFF_2027 =
            List.of(
                    "2026-12-31",
                    "2027-01-01",
                    "2027-05-01",
                    "2027-10-01",
                    "2027-10-02",
                    "2027-10-03");

    @Test
    void the_answer_is_due_ten_working_days_after_sending_and_names_profile_and_article() {
        var clock = read(police, sent(ask(conditional())));

        assertThat(clock.<String>at("$.clock.due")).isEqualTo("2026-10-15");
        assertThat(clock.<Boolean>at("$.clock.estimated")).isFalse();
        assertThat(clock.<Integer>at("$.clock.workingDaysLeft")).isEqualTo(10);
        assertThat(clock.<String>at("$.clock.profile")).startsWith("SEED_2017 v");
        assertThat(clock.<String>at("$.clock.article")).isEqualTo("国发〔2016〕51号 第十二条");
    }

    @Test
    void a_return_stops_the_clock_and_sending_again_lets_it_run_on() {
        var resource = conditional();
        var id = sent(ask(resource));
        time.set("2026-09-29");
        var left = read(police, id).<Integer>at("$.clock.workingDaysLeft");
        var returned = step(authority, id, "return", Map.of("reason", "请补充依据"));
        assertThat(returned.<String>at("$.clock.state")).isEqualTo("PAUSED");
        assertThat(says(returned, "$.clock.due")).isFalse();
        assertThat(returned.<Integer>at("$.clock.workingDaysLeft")).isEqualTo(left).isEqualTo(8);

        time.set("2026-11-02");
        ok(city.put(police, REQUESTS + "/" + id, ask(resource)), 200);
        var again = step(signs, id, "sending", Map.of());

        assertThat(again.<String>at("$.clock.due")).isEqualTo("2026-11-12");
        assertThat(again.<Integer>at("$.clock.workingDaysLeft")).isEqualTo(8);
        assertThat(again.<List<String>>at("$.clockHistory[*].change"))
                .containsExactly("STARTED", "PAUSED", "RESUMED");
        assertThat(again.<String>at("$.clockHistory[1].reason")).isEqualTo("请补充依据");
    }

    @Test
    void an_answer_too_late_is_marked_and_the_clock_stops_with_the_answer() {
        var id = prepared(ask(conditional()));
        time.set("2026-10-19");
        var late = read(steward, id);
        assertThat(late.<Boolean>at("$.clock.late")).isTrue();
        assertThat(late.<Integer>at("$.clock.workingDaysLeft")).isNegative();

        var answered = step(reviewer, id, "decision", Map.of("outcome", "GRANT"));

        assertThat(answered.<String>at("$.clock.state")).isEqualTo("STOPPED");
        assertThat(answered.<Boolean>at("$.clock.late")).isTrue();
    }

    @Test
    void a_due_date_in_an_uncovered_year_is_estimated_until_the_notice_is_imported() {
        time.set("2026-12-22");
        var id = sent(ask(conditional()));
        var estimated = read(police, id);
        assertThat(estimated.<String>at("$.clock.due")).isEqualTo("2027-01-06");
        assertThat(estimated.<Boolean>at("$.clock.estimated")).isTrue();

        ok(
                city.put(
                        admin,
                        "/api/v1/calendar/2027",
                        Map.of("off", OFF_2027, "work", List.of(), "source", "国办发明电〔2026〕1号")),
                200);

        var moved = read(police, id);
        assertThat(moved.<String>at("$.clock.due")).isEqualTo("2027-01-07");
        assertThat(moved.<Boolean>at("$.clock.estimated")).isFalse();
        assertThat(moved.<List<String>>at("$.clockHistory[*].change"))
                .containsExactly("STARTED", "MOVED");
        assertThat(moved.<String>at("$.clockHistory[1].reason")).contains("2027");
        db.sql("delete from calendar.notice").update();
    }

    @Test
    void
            under_the_regulation_of_2025_acceptance_starts_the_clock_and_data_follow_within_twenty_days() {
        profiles.choose(shuqiao.kernel.Actor.PLATFORM, "REG_2025");
        var id = sent(ask(conditional()));
        assertThat(says(read(police, id), "$.clock")).isFalse();
        time.set("2026-09-28");
        var accepted = step(authority, id, "acceptance", Map.of());
        assertThat(accepted.<String>at("$.clock.article")).contains("待核");

        step(steward, id, "preparation", Map.of("proposal", "同意"));
        var granted = step(reviewer, id, "decision", Map.of("outcome", "GRANT"));

        assertThat(granted.<List<String>>at("$.clocks[?(@.limit=='SHARE_WITHIN')].state"))
                .containsExactly("RUNNING");
        grants.receive(granted.<Number>at("$.grant").longValue(), "run-1", 10, MORNING);
        assertThat(read(police, id).<List<String>>at("$.clocks[?(@.limit=='SHARE_WITHIN')].state"))
                .containsExactly("STOPPED");
    }

    @Test
    void a_request_stays_under_the_profile_it_was_sent_under() {
        var id = sent(ask(conditional()));
        profiles.choose(shuqiao.kernel.Actor.PLATFORM, "REG_2025");

        assertThat(step(authority, id, "acceptance", Map.of()).<String>at("$.profile"))
                .startsWith("SEED_2017");
    }
}
