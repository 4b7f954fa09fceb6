package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.calendar.Calendars;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/** More time to answer, as far as the legal profile of the request allows it. */
class ExtensionTests extends SharingGround {

    @Autowired Calendars calendars;
    @Autowired LegalToDos toDos;

    /** Under the regulation the clock starts with acceptance, on 2026-09-24. */
    private long accepted() {
        profiles.choose(Actor.PLATFORM, "REG_2025");
        var id = sent(ask(conditional()));
        step(authority, id, "acceptance", Map.of());
        return id;
    }

    private static Map<String, Object> wish(Integer days, String reason) {
        var body = new HashMap<String, Object>();
        if (days != null) body.put("days", days);
        body.put("reason", reason);
        return body;
    }

    @Test
    void consent_moves_the_due_date_and_both_sides_see_why() {
        var id = accepted();
        step(reviewer, id, "extension", wish(10, "需向上级核对数据"));
        time.set("2026-10-12");

        var extended = step(authority, id, "extension/consent", wish(null, "同意"));

        assertThat(extended.<String>at("$.state")).isEqualTo("ACCEPTED");
        for (var side : List.of(police, steward, authority)) {
            var seen = read(side, id);
            assertThat(seen.<String>at("$.clock.due")).isEqualTo("2026-10-29");
            assertThat(seen.<Integer>at("$.clock.workingDays")).isEqualTo(20);
            assertThat(seen.<String>at("$.clock.profile")).startsWith("REG_2025 v");
            assertThat(seen.<String>at("$.clock.article")).contains("国务院令第809号");
            assertThat(seen.<List<String>>at("$.clockHistory[*].change"))
                    .containsExactly("STARTED", "EXTENDED");
            assertThat(seen.<String>at("$.clockHistory[1].reason"))
                    .contains("REG_2025", "809", "需向上级核对数据");
            assertThat(seen.<List<String>>at("$.history[*].move"))
                    .endsWith("ASK_EXTENSION", "EXTEND");
            var steps = ok(city.get(side, REQUESTS + "/" + id + "/legal-steps"), 200);
            assertThat(steps.<String>at("$.extensions[0].outcome")).isEqualTo("CONSENTED");
            assertThat(steps.<String>at("$.extensions[0].dueBefore")).isEqualTo("2026-10-15");
            assertThat(steps.<String>at("$.extensions[0].dueAfter")).isEqualTo("2026-10-29");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-24, 1",
        "2026-09-24, 3",
        "2026-09-28, 5",
        "2026-09-30, 10",
        "2026-10-14, 7"
    })
    void the_new_due_date_is_as_if_the_clock_had_been_longer_from_the_start(String day, int days) {
        var id = accepted();
        time.set(day);
        step(reviewer, id, "extension", wish(days, "核对"));
        var extended = step(authority, id, "extension/consent", wish(null, ""));

        assertThat(LocalDate.parse(extended.<String>at("$.clock.due")))
                .isEqualTo(calendars.due(LocalDate.parse("2026-09-24"), 10 + days).date());
    }

    @Test
    void the_authority_may_give_fewer_days_but_not_more() {
        var id = accepted();
        step(reviewer, id, "extension", wish(6, "核对"));

        faulty(tries(authority, id, "extension/consent", wish(7, "")), "days", "range");
        var extended = step(authority, id, "extension/consent", wish(2, "核对两天够了"));

        assertThat(extended.<String>at("$.clock.due")).isEqualTo("2026-10-19");
    }

    @Test
    void a_refusal_needs_a_reason_and_leaves_the_due_date() {
        var id = accepted();
        step(reviewer, id, "extension", wish(5, "核对"));

        faulty(tries(authority, id, "extension/refusal", wish(null, " ")), "reason", "required");
        var refused = step(authority, id, "extension/refusal", wish(null, "材料已齐"));

        assertThat(refused.<String>at("$.clock.due")).isEqualTo("2026-10-15");
        assertThat(refused.<List<String>>at("$.clockHistory[*].change")).containsExactly("STARTED");
        assertThat(refused.<List<String>>at("$.history[*].note")).last().isEqualTo("材料已齐");
    }

    @Test
    void a_profile_without_extension_knows_none() {
        var id = sent(ask(conditional()));
        step(authority, id, "acceptance", Map.of());

        refused(tries(reviewer, id, "extension", wish(5, "核对")), 409, "sharing:no-extension");
    }

    @Test
    void more_days_than_the_rule_or_no_reason_are_refused() {
        var id = accepted();

        faulty(tries(reviewer, id, "extension", wish(11, "核对")), "days", "range");
        faulty(tries(reviewer, id, "extension", wish(0, "核对")), "days", "range");
        faulty(tries(reviewer, id, "extension", wish(5, "")), "reason", "required");
    }

    @Test
    void on_the_last_day_it_is_too_late_to_ask() {
        var id = accepted();
        time.set("2026-10-15");

        refused(tries(reviewer, id, "extension", wish(5, "核对")), 409, "sharing:extension-too-late");
    }

    @Test
    void once_is_enough_where_the_rule_names_no_number_of_times() {
        var id = accepted();
        step(reviewer, id, "extension", wish(2, "核对"));
        refused(tries(reviewer, id, "extension", wish(2, "核对")), 409, "sharing:extension-waits");
        step(authority, id, "extension/consent", wish(null, ""));

        refused(tries(reviewer, id, "extension", wish(2, "再核对")), 409, "sharing:extension-used");
        refused(
                tries(authority, id, "extension/consent", wish(2, "")),
                409,
                "sharing:no-extension-asked");
    }

    @Test
    void a_profile_may_allow_it_twice_and_its_own_article_then_stands_on_the_clock() {
        law("TWICE_2026", Map.of("EXTENSION", limit(3, 2, "某办法第九条")));
        var id = sent(ask(conditional()));
        step(authority, id, "acceptance", Map.of());
        for (var reason : List.of("一", "二")) {
            step(reviewer, id, "extension", wish(null, reason));
            step(authority, id, "extension/consent", wish(null, ""));
        }

        var twice = read(police, id);
        assertThat(twice.<String>at("$.clock.due"))
                .isEqualTo(calendars.due(LocalDate.parse("2026-09-24"), 16).date().toString());
        assertThat(twice.<String>at("$.clock.article")).isEqualTo("某办法第八条；某办法第九条");
        refused(tries(reviewer, id, "extension", wish(null, "三")), 409, "sharing:extension-used");
    }

    @Test
    void only_the_provider_s_reviewer_asks_and_only_the_authority_answers() {
        var id = accepted();

        assertThat(tries(steward, id, "extension", wish(2, "核对")).status()).isEqualTo(403);
        refused(tries(police, id, "extension", wish(2, "核对")), 403, "not-allowed:organization");
        assertThat(tries(stranger, id, "extension", wish(2, "核对")).status()).isEqualTo(404);
        step(reviewer, id, "extension", wish(2, "核对"));
        assertThat(tries(reviewer, id, "extension/consent", wish(2, "")).status()).isEqualTo(403);
    }

    @Test
    void the_wish_waits_for_the_authority_until_the_request_is_decided() {
        var id = accepted();
        step(reviewer, id, "extension", wish(2, "核对"));
        var path = "/requests/" + id + "/extension";
        assertThat(toDos.of(city.actor(City.BUREAU, Role.AUTHORITY)))
                .anySatisfy(it -> {
                    assertThat(it.path()).isEqualTo(path);
                    assertThat(it.due()).isEqualTo("2026-10-15");
                });

        step(steward, id, "preparation", Map.of("proposal", "同意"));
        step(reviewer, id, "decision", Map.of("outcome", "GRANT"));

        assertThat(toDos.of(city.actor(City.BUREAU, Role.AUTHORITY)))
                .noneMatch(it -> it.path().equals(path));
        refused(tries(authority, id, "extension/consent", wish(2, "")), 409, "sharing:not-now");
    }

    @Test
    void every_step_stands_in_the_ledger() {
        var id = accepted();
        step(reviewer, id, "extension", wish(2, "核对"));
        step(authority, id, "extension/consent", wish(null, ""));

        assertThat(recorded(id)).contains("ExtensionAsked", "ExtensionAnswered");
    }
}
