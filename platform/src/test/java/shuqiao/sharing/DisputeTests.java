package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.calendar.Calendars;
import shuqiao.kernel.Role;

/** After an answer that gives less than was asked: talks, and the word of the authority. */
class DisputeTests extends SharingGround {

    private static final Map<String, Object> WHY = Map.of("reason", "因履行职责确需");

    @Autowired Calendars calendars;
    @Autowired LegalToDos toDos;

    private long inPart() {
        var id = prepared(ask(conditional()));
        step(
                reviewer,
                id,
                "decision",
                Map.of(
                        "outcome", "GRANT_IN_PART",
                        "reason", "最小必要",
                        "fields", List.of("code", "name")));
        return id;
    }

    private long arbitrated(long id) {
        step(signs, id, "negotiation", WHY);
        step(reviewer, id, "negotiation/confirmation", Map.of("reason", "依据不变"));
        step(signs, id, "arbitration", WHY);
        return id;
    }

    private String clock(long id, Limit limit) {
        var states =
                read(police, id).<List<String>>at("$.clocks[?(@.limit=='" + limit + "')].state");
        return states.isEmpty() ? "" : states.getFirst();
    }

    @Test
    void talks_may_change_a_refusal_into_a_grant() {
        var id = refusedRequest();
        var talking = step(signs, id, "negotiation", WHY);
        assertThat(talking.<String>at("$.state")).isEqualTo("NEGOTIATING");
        step(steward, id, "preparation", Map.of("proposal", "可以提供"));

        var agreed = step(reviewer, id, "negotiation/decision", Map.of("outcome", "GRANT"));

        assertThat(agreed.<String>at("$.state")).isEqualTo("GRANTED");
        assertThat(agreed.<String>at("$.decision.outcome")).isEqualTo("GRANT");
        assertThat(agreed.<List<String>>at("$.history[*].move"))
                .endsWith("REFUSE", "NEGOTIATE", "PREPARE", "AGREE");
        var grant = ok(city.get(police, GRANTS + "/" + agreed.at("$.grant")), 200);
        assertThat(grant.<String>at("$.standing")).isEqualTo("EFFECTIVE");
        assertThat(recorded(id))
                .endsWith(
                        "NegotiationOpened",
                        "RequestPrepared",
                        "RequestDecided",
                        "GrantIssued",
                        "NegotiationEnded");
    }

    @Test
    void a_larger_part_takes_the_place_of_the_smaller_one() {
        var id = inPart();
        var first = read(police, id).<Number>at("$.grant").longValue();
        step(signs, id, "negotiation", WHY);

        var agreed = step(reviewer, id, "negotiation/decision", Map.of("outcome", "GRANT"));

        var second = agreed.<Number>at("$.grant").longValue();
        assertThat(second).isNotEqualTo(first);
        assertThat(grants.effective(second, time.instant())).isTrue();
        assertThat(grants.effective(first, time.instant())).isFalse();
        assertThat(city.get(police, GRANTS + "/" + first).<String>at("$.end.reason"))
                .contains("新的答复");
    }

    @Test
    void while_they_talk_and_when_the_answer_is_kept_the_part_that_was_granted_stays() {
        var id = inPart();
        var grant = read(police, id).<Number>at("$.grant").longValue();
        step(signs, id, "negotiation", WHY);
        assertThat(grants.effective(grant, time.instant())).isTrue();

        var kept = step(reviewer, id, "negotiation/confirmation", Map.of("reason", "依据不变"));

        assertThat(kept.<String>at("$.state")).isEqualTo("KEPT");
        assertThat(kept.<String>at("$.decision.outcome")).isEqualTo("GRANT_IN_PART");
        assertThat(grants.effective(grant, time.instant())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PROVIDE, AWARDED, 3", "PROVIDE_IN_PART, AWARDED_IN_PART, 1"})
    void the_authority_awards_all_or_a_part(String outcome, String state, int fields) {
        var id = arbitrated(refusedRequest());
        var body = new java.util.HashMap<String, Object>();
        body.put("outcome", outcome);
        body.put("reason", "履职确需且无法律禁止");
        body.put("basis", "国发〔2016〕51号 第十二条");
        if (fields == 1) body.put("fields", List.of("code"));
        body.put("watermark", fields == 1);

        var awarded = step(authority, id, "arbitration/award", body);

        assertThat(awarded.<String>at("$.state")).isEqualTo(state);
        assertThat(awarded.<String>at("$.decision.outcome")).isEqualTo("REFUSE");
        var grant = ok(city.get(police, GRANTS + "/" + awarded.at("$.grant")), 200);
        assertThat(grant.<List<String>>at("$.scope.fields[*].name")).hasSize(fields);
        assertThat(grant.<String>at("$.rule")).isEqualTo("ARBITRATION");
        assertThat(grant.<Boolean>at("$.watermark")).isEqualTo(fields == 1);
        var steps = ok(city.get(steward, REQUESTS + "/" + id + "/legal-steps"), 200);
        assertThat(steps.<String>at("$.dispute.outcome")).isEqualTo(outcome);
        assertThat(steps.<String>at("$.dispute.awardBasis")).contains("51号");
        refused(tries(signs, id, "arbitration", WHY), 409, "sharing:not-now");
        refused(tries(signs, id, "negotiation", WHY), 409, "sharing:not-now");
        assertThat(recorded(id)).endsWith("GrantIssued", "ArbitrationDecided");
    }

    @Test
    void an_upheld_refusal_is_the_end() {
        var id = arbitrated(refusedRequest());

        var upheld =
                step(
                        authority,
                        id,
                        "arbitration/award",
                        Map.of("outcome", "UPHOLD", "reason", "法律禁止", "basis", "《某法》第一条"));

        assertThat(upheld.<String>at("$.state")).isEqualTo("UPHELD");
        assertThat(says(upheld, "$.grant")).isFalse();
        refused(tries(signs, id, "arbitration", WHY), 409, "sharing:not-now");
    }

    @Test
    void an_award_needs_outcome_reason_and_basis_and_part_means_part() {
        var id = arbitrated(refusedRequest());

        for (var field : List.of("outcome", "reason", "basis"))
            faulty(tries(authority, id, "arbitration/award", Map.of()), field, "required");
        faulty(
                tries(
                        authority,
                        id,
                        "arbitration/award",
                        Map.of("outcome", "PROVIDE_IN_PART", "reason", "理由", "basis", "依据")),
                "outcome",
                "sharing.part-gives-all");
        assertThat(read(police, id).<String>at("$.state")).isEqualTo("ARBITRATING");
    }

    @Test
    void talks_come_before_arbitration_and_happen_once() {
        var id = refusedRequest();
        refused(tries(signs, id, "arbitration", WHY), 409, "sharing:negotiate-first");
        step(signs, id, "negotiation", WHY);
        step(
                reviewer,
                id,
                "negotiation/decision",
                Map.of("outcome", "GRANT_IN_PART", "reason", "部分", "fields", List.of("code")));

        refused(tries(signs, id, "negotiation", WHY), 409, "sharing:negotiated-before");
        assertThat(step(signs, id, "arbitration", WHY).<String>at("$.state"))
                .isEqualTo("ARBITRATING");
    }

    @Test
    void a_profile_that_knows_neither_talks_nor_arbitration_refuses_both() {
        law("PLAIN_2026", Map.of());
        var id = refusedRequest();

        refused(tries(signs, id, "negotiation", WHY), 409, "sharing:no-negotiation");
        refused(tries(signs, id, "arbitration", WHY), 409, "sharing:no-arbitration");
    }

    @Test
    void without_talks_in_the_profile_the_way_leads_to_the_authority_at_once() {
        law("ARBITER_2026", Map.of("ARBITRATION", limit(null, null, "某办法第十条")));
        var id = refusedRequest();

        assertThat(step(signs, id, "arbitration", WHY).<String>at("$.state"))
                .isEqualTo("ARBITRATING");
    }

    @Test
    void each_stage_has_the_clock_of_the_profile_with_its_article() {
        law(
                "CLOCKS_2026",
                Map.of(
                        "DISPUTE_WITHIN", limit(5, null, "第九条"),
                        "NEGOTIATION", limit(7, null, "第十条"),
                        "ARBITRATION", limit(10, null, "第十一条")));
        var id = refusedRequest();
        due(id, Limit.DISPUTE_WITHIN, 5, "第九条");

        step(signs, id, "negotiation", WHY);
        assertThat(clock(id, Limit.DISPUTE_WITHIN)).isEqualTo("STOPPED");
        due(id, Limit.NEGOTIATION, 7, "第十条");
        waits(City.CIVIL_AFFAIRS, Role.REVIEWER, id, "sharing.NEGOTIATING", 7);
        refused(tries(signs, id, "arbitration", WHY), 409, "sharing:negotiation-runs");

        step(reviewer, id, "negotiation/confirmation", Map.of("reason", "依据不变"));
        assertThat(clock(id, Limit.NEGOTIATION)).isEqualTo("STOPPED");
        assertThat(clock(id, Limit.DISPUTE_WITHIN)).isEqualTo("RUNNING");

        step(signs, id, "arbitration", WHY);
        due(id, Limit.ARBITRATION, 10, "第十一条");
        waits(City.BUREAU, Role.AUTHORITY, id, "sharing.ARBITRATING", 10);
        step(
                authority,
                id,
                "arbitration/award",
                Map.of("outcome", "UPHOLD", "reason", "理由", "basis", "依据"));
        assertThat(clock(id, Limit.ARBITRATION)).isEqualTo("STOPPED");
        assertThat(clock(id, Limit.DISPUTE_WITHIN)).isEqualTo("STOPPED");
    }

    private void due(long id, Limit limit, int days, String article) {
        var due = calendars.due(calendars.today(), days).date().toString();
        var clock = "$.clocks[?(@.limit=='" + limit + "')]";
        assertThat(read(steward, id).<List<String>>at(clock + ".due")).containsExactly(due);
        assertThat(read(steward, id).<List<String>>at(clock + ".article")).containsExactly(article);
    }

    private void waits(String organization, Role role, long id, String kind, int days) {
        assertThat(toDos.of(city.actor(organization, role)))
                .anySatisfy(it -> {
                    assertThat(it.path()).isEqualTo("/requests/" + id + "/dispute");
                    assertThat(it.kind()).isEqualTo(kind);
                    assertThat(it.due()).isEqualTo(calendars.due(calendars.today(), days).date());
                });
    }

    @Test
    void after_its_limit_an_answer_can_no_longer_be_disputed() {
        law(
                "SHORT_2026",
                Map.of(
                        "DISPUTE_WITHIN", limit(3, null, "第九条"),
                        "NEGOTIATION", limit(5, null, "第十条"),
                        "ARBITRATION", limit(5, null, "第十一条")));
        var id = refusedRequest();
        var other = refusedRequest();
        var last = LocalDate.parse("2026-09-30");
        assertThat(calendars.due(calendars.today(), 3).date()).isEqualTo(last);

        time.set("2026-09-30");
        step(signs, other, "negotiation", WHY);
        time.set("2026-10-01");

        refused(tries(signs, id, "negotiation", WHY), 409, "sharing:dispute-too-late");
    }

    @Test
    void a_provider_who_lets_its_limit_pass_cannot_hold_up_the_consumer() {
        law(
                "SILENT_2026",
                Map.of(
                        "NEGOTIATION", limit(5, null, "第十条"),
                        "ARBITRATION", limit(5, null, "第十一条")));
        var id = refusedRequest();
        step(signs, id, "negotiation", WHY);
        time.set("2026-10-20");

        assertThat(step(signs, id, "arbitration", WHY).<String>at("$.state"))
                .isEqualTo("ARBITRATING");
    }

    @Test
    void the_consumer_may_let_it_rest() {
        var id = refusedRequest();
        step(signs, id, "negotiation", WHY);

        var dropped = step(signs, id, "dispute/withdrawal", Map.of());

        assertThat(dropped.<String>at("$.state")).isEqualTo("KEPT");
        assertThat(recorded(id)).endsWith("DisputeDropped");
    }

    @Test
    void nobody_acts_for_another_side() {
        var id = refusedRequest();
        refused(tries(reviewer, id, "negotiation", WHY), 403, "not-allowed:organization");
        assertThat(tries(steward, id, "negotiation", WHY).status()).isEqualTo(403);
        assertThat(tries(stranger, id, "negotiation", WHY).status()).isEqualTo(404);
        step(signs, id, "negotiation", WHY);
        refused(tries(signs, id, "negotiation/confirmation", WHY), 403, "not-allowed:organization");
        refused(
                tries(signs, id, "negotiation/decision", Map.of("outcome", "GRANT")),
                403,
                "not-allowed:organization");
        faulty(tries(signs, inPart(), "negotiation", Map.of()), "reason", "required");
        assertThat(tries(reviewer, id, "arbitration/award", Map.of()).status()).isEqualTo(403);
    }

    @Test
    void keeping_the_answer_is_not_said_by_refusing_again() {
        var id = refusedRequest();
        step(signs, id, "negotiation", WHY);

        faulty(
                tries(
                        reviewer,
                        id,
                        "negotiation/decision",
                        Map.of(
                                "outcome", "REFUSE",
                                "reason", "涉及隐私",
                                "basisKind", "LAW",
                                "basis", "《某法》第一条")),
                "outcome",
                "sharing.keep-instead");
        refused(
                tries(reviewer, id, "decision", Map.of("outcome", "GRANT")),
                409,
                "sharing:not-now");
    }

    @Test
    void what_was_granted_whole_leaves_nothing_to_dispute() {
        var id = prepared(ask(conditional()));
        step(reviewer, id, "decision", Map.of("outcome", "GRANT"));

        refused(tries(signs, id, "negotiation", WHY), 409, "sharing:not-now");
    }

    @Test
    void each_side_is_told_what_it_may_do_now() {
        var id = refusedRequest();
        assertThat(may(signs, id)).contains("NEGOTIATE").doesNotContain("ARBITRATE");
        assertThat(may(police, id)).as("who wrote it").contains("COPY").doesNotContain("NEGOTIATE");
        assertThat(may(reviewer, id)).isEmpty();
        step(signs, id, "negotiation", WHY);
        assertThat(may(reviewer, id)).containsExactly("ANSWER_NEGOTIATION");
        assertThat(may(signs, id)).contains("DROP", "ARBITRATE");
        step(signs, id, "arbitration", WHY);
        assertThat(may(authority, id)).containsExactly("AWARD");
    }

    private List<String> may(String token, long id) {
        return ok(city.get(token, REQUESTS + "/" + id + "/legal-steps"), 200).at("$.may");
    }
}
