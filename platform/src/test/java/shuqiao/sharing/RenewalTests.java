package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.kernel.Role;

/** New requests out of earlier ones. */
class RenewalTests extends SharingGround {

    @Autowired LegalToDos toDos;

    private City.Answer renew(String token, long grant, Map<String, Object> body) {
        return city.post(token, GRANTS + "/" + grant + "/renewal", body);
    }

    private long renewed(long grant) {
        return ok(renew(police, grant, Map.of("until", "2028-09-23")), 201)
                .<Number>at("$.id")
                .longValue();
    }

    @Test
    void a_renewal_asks_for_what_was_granted_from_the_day_after() {
        var body = ask(conditional());
        body.put(
                "filter",
                List.of(Map.of("field", "people", "op", "between", "value", List.of(1, 9))));
        var id = prepared(body);
        var grant =
                step(
                                reviewer,
                                id,
                                "decision",
                                Map.of(
                                        "outcome",
                                        "GRANT_IN_PART",
                                        "reason",
                                        "最小必要",
                                        "fields",
                                        List.of("code", "name"),
                                        "masks",
                                        Map.of("name", "name")))
                        .<Number>at("$.grant")
                        .longValue();

        var renewal = read(police, renewed(grant));

        assertThat(renewal.<List<String>>at("$.fields")).containsExactly("code", "name");
        assertThat(renewal.<String>at("$.masks.name")).isEqualTo("name");
        assertThat(renewal.<String>at("$.filter[0].op")).isEqualTo("between");
        assertThat(renewal.<String>at("$.from")).isEqualTo("2027-09-24");
        assertThat(renewal.<String>at("$.until")).isEqualTo("2028-09-23");
        assertThat(renewal.<String>at("$.purposeText")).isEqualTo("户籍地址核对");
        var steps = ok(city.get(police, REQUESTS + "/" + renewal.at("$.id") + "/legal-steps"), 200);
        assertThat(steps.<String>at("$.origin.kind")).isEqualTo("RENEWAL");
        assertThat(steps.<Number>at("$.origin.grant").longValue()).isEqualTo(grant);
    }

    @Test
    void on_condition_it_has_the_clock_and_the_old_grant_stays_until_its_end() {
        var grant = granted(conditional());
        var id = renewed(grant);

        var sent = step(signs, id, "sending", Map.of());

        assertThat(sent.<String>at("$.state")).isEqualTo("SENT");
        assertThat(sent.<String>at("$.clock.due")).isEqualTo("2026-10-15");
        step(authority, id, "acceptance", Map.of());
        step(steward, id, "preparation", Map.of("proposal", "同意"));
        var next =
                step(reviewer, id, "decision", Map.of("outcome", "GRANT"))
                        .<Number>at("$.grant")
                        .longValue();
        assertThat(grants.effective(grant, time.instant())).isTrue();
        assertThat(grants.effective(next, time.instant())).isFalse();
        time.set("2027-09-24");
        assertThat(grants.effective(grant, time.instant())).isFalse();
        assertThat(grants.effective(next, time.instant())).isTrue();
    }

    @Test
    void without_condition_it_is_granted_at_once() {
        var first =
                step(
                        signs,
                        drafted(ask(published("UNCONDITIONAL", List.of()))),
                        "sending",
                        Map.of());
        var id = renewed(first.<Number>at("$.grant").longValue());

        assertThat(step(signs, id, "sending", Map.of()).<String>at("$.state")).isEqualTo("GRANTED");
    }

    @Test
    void a_renewal_that_is_not_longer_or_comes_twice_or_too_late_is_refused() {
        var grant = granted(conditional());
        faulty(
                renew(police, grant, Map.of("until", "2027-09-23")),
                "until",
                "sharing.term-backwards");
        faulty(renew(police, grant, Map.of()), "until", "required");
        renewed(grant);
        refused(
                renew(police, grant, Map.of("until", "2028-09-23")),
                409,
                "sharing:renewed-already");
        var revoked = granted(conditional());
        ok(city.post(police, GRANTS + "/" + revoked + "/revocation", Map.of("reason", "不用")), 200);
        refused(renew(police, revoked, Map.of("until", "2028-09-23")), 409, "sharing:renewal-over");
        assertThat(renew(steward, grant, Map.of("until", "2028-09-23")).status()).isEqualTo(403);
        assertThat(renew(stranger, grant, Map.of("until", "2028-09-23")).status()).isEqualTo(404);
    }

    @Test
    void a_renewal_that_came_to_nothing_may_be_asked_for_again() {
        var grant = granted(conditional());
        step(police, renewed(grant), "withdrawal", Map.of());

        renewed(grant);
    }

    @Test
    void the_consumer_is_reminded_fifteen_working_days_before_the_end_until_it_renews() {
        var body = ask(conditional());
        body.put("until", "2026-11-30");
        var id = prepared(body);
        var grant =
                step(reviewer, id, "decision", Map.of("outcome", "GRANT"))
                        .<Number>at("$.grant")
                        .longValue();

        time.set("2026-11-06");
        assertThat(reminded(grant)).isFalse();
        time.set("2026-11-09");
        assertThat(reminded(grant)).isTrue();
        renewed(grant);
        assertThat(reminded(grant)).isFalse();
    }

    @Test
    void the_profile_may_name_another_number_of_days() {
        law("EARLY_2026", Map.of("RENEWAL_NOTICE", limit(30, null, "某办法第十二条")));
        var body = ask(conditional());
        body.put("until", "2026-11-30");
        var id = prepared(body);
        var grant =
                step(reviewer, id, "decision", Map.of("outcome", "GRANT"))
                        .<Number>at("$.grant")
                        .longValue();

        time.set("2026-10-20");
        assertThat(reminded(grant)).isTrue();
    }

    private boolean reminded(long grant) {
        return toDos.of(city.actor(City.POLICE, Role.STEWARD)).stream()
                .anyMatch(it ->
                        it.path().equals("/grants/" + grant + "/renewal") && it.due() != null);
    }

    @Test
    void an_earlier_request_is_copied_as_a_new_draft() {
        var grant = granted(conditional());
        var decided = grants.grant(grant).orElseThrow().request();
        var copy = ok(city.post(police, REQUESTS + "/" + decided + "/copy", Map.of()), 201);

        assertThat(copy.<String>at("$.state")).isEqualTo("DRAFT");
        assertThat(read(police, decided).<String>at("$.state")).isEqualTo("GRANTED");
        assertThat(city.post(steward, REQUESTS + "/" + decided + "/copy", Map.of()).status())
                .isEqualTo(403);
    }
}
