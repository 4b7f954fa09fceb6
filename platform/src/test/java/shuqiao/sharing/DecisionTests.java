package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.kernel.Role;

/** From sending to the answer. */
@Tag("quick")
class DecisionTests extends SharingGround {

    @Test
    void the_whole_chain_leads_from_draft_to_grant() {
        var resource = conditional();
        var body = ask(resource);
        body.put("filter", List.of(Map.of("field", "people", "op", "gt", "value", 100)));
        body.put("masks", Map.of("name", "name"));

        var id = sent(body);
        assertThat(read(police, id).<String>at("$.state")).isEqualTo("SENT");
        assertThat(step(authority, id, "acceptance", Map.of()).<String>at("$.state"))
                .isEqualTo("ACCEPTED");
        step(steward, id, "preparation", Map.of("proposal", "拟同意"));
        var answer = step(reviewer, id, "decision", Map.of("outcome", "GRANT", "opinion", "同意"));

        assertThat(answer.<String>at("$.state")).isEqualTo("GRANTED");
        assertThat(answer.<List<String>>at("$.history[*].move"))
                .containsExactly("DRAFT", "SEND", "ACCEPT", "PREPARE", "GRANT");
        var grant = ok(city.get(police, GRANTS + "/" + answer.at("$.grant")), 200);
        assertThat(grant.<String>at("$.number")).matches("SY-2026-\\d{5}");
        assertThat(grant.<String>at("$.scopeDigest")).startsWith("sha256:");
        assertThat(grant.<String>at("$.scope.masks.name")).isEqualTo("name");
        assertThat(grant.<String>at("$.scope.filter[0].value")).isEqualTo("100");
        assertThat(grant.<String>at("$.scope.term.until")).isEqualTo("2027-09-23");
        assertThat(grant.<String>at("$.until")).isEqualTo("2027-09-23");
    }

    @Test
    void the_decider_is_told_what_the_filter_sees() {
        var body = ask(conditional());
        body.put(
                "filter",
                List.of(
                        Map.of("field", "secret", "op", "isNull"),
                        Map.of("field", "name", "op", "eq", "value", "王庄")));
        body.put("masks", Map.of("name", "name"));
        var answer = read(steward, prepared(body));

        assertThat(answer.<List<String>>at("$.notes.zh")).hasSize(3);
        assertThat(answer.<List<String>>at("$.notes.en"))
                .anyMatch(note -> note.contains("unmasked"))
                .anyMatch(note -> note.contains("secret"))
                .anyMatch(note -> note.contains("name"));
    }

    @Test
    void in_part_means_fewer_fields_rows_or_days_or_more_masks_with_a_reason() {
        var resource = conditional();
        var asked = ask(resource);
        asked.put("filter", List.of(Map.of("field", "people", "op", "gt", "value", 10)));
        var id = prepared(asked);

        faulty(
                tries(reviewer, id, "decision", Map.of("outcome", "GRANT_IN_PART")),
                "reason",
                "required");
        faulty(
                tries(
                        reviewer,
                        id,
                        "decision",
                        Map.of("outcome", "GRANT_IN_PART", "reason", "最小必要")),
                "outcome",
                "sharing.part-gives-all");
        faulty(
                tries(
                        reviewer,
                        id,
                        "decision",
                        Map.of("outcome", "GRANT", "fields", List.of("code"))),
                "outcome",
                "sharing.grant-gives-less");
        faulty(
                tries(
                        reviewer,
                        id,
                        "decision",
                        Map.of(
                                "outcome", "GRANT_IN_PART",
                                "reason", "最小必要",
                                "fields", List.of("people"),
                                "until", "2028-01-01")),
                "fields[0]",
                "sharing.field-not-asked");
        var wrong =
                tries(
                        reviewer,
                        id,
                        "decision",
                        Map.of(
                                "outcome", "GRANT_IN_PART",
                                "reason", "最小必要",
                                "masks", Map.of("born", "phone")));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.<List<String>>at("$.errors[*].field")).containsExactly("masks.born");

        var answer =
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
                                List.of("born", "code"),
                                "filter",
                                List.of(Map.of("field", "code", "op", "like", "value", "9901%")),
                                "masks",
                                Map.of("born", "year-only"),
                                "until",
                                "2026-12-31"));

        assertThat(answer.<String>at("$.state")).isEqualTo("GRANTED_IN_PART");
        var grant = ok(city.get(police, GRANTS + "/" + answer.at("$.grant")), 200);
        assertThat(grant.<List<String>>at("$.scope.fields[*].name"))
                .containsExactly("code", "born");
        assertThat(grant.<List<String>>at("$.scope.filter[*].field"))
                .containsExactly("people", "code");
        assertThat(grant.<String>at("$.scope.masks.born")).isEqualTo("year-only");
        assertThat(grant.<String>at("$.until")).isEqualTo("2026-12-31");
    }

    @Test
    void a_refusal_needs_a_reason_and_a_basis_that_the_profile_accepts() {
        var id = prepared(ask(conditional()));

        var bare = tries(reviewer, id, "decision", Map.of("outcome", "REFUSE"));
        faulty(bare, "reason", "required");
        faulty(bare, "basis", "required");
        faulty(bare, "basisKind", "required");
        faulty(
                tries(
                        reviewer,
                        id,
                        "decision",
                        Map.of(
                                "outcome", "REFUSE",
                                "reason", "涉密",
                                "basisKind", "LOCAL_REGULATION",
                                "basis", "某条例")),
                "basisKind",
                "sharing.basis-not-accepted");

        var answer =
                step(
                        reviewer,
                        id,
                        "decision",
                        Map.of(
                                "outcome", "REFUSE",
                                "reason", "涉密",
                                "basisKind", "LAW",
                                "basis", "《保守国家秘密法》第二条"));
        assertThat(answer.<String>at("$.state")).isEqualTo("REFUSED");
        assertThat(says(answer, "$.grant")).isFalse();
    }

    @Test
    void in_panjin_a_department_named_in_the_range_needs_no_answer_and_in_huludao_it_does() {
        var resource = published("CONDITIONAL", List.of(City.POLICE));
        assertThat(read(police, sent(ask(resource))).<String>at("$.state")).isEqualTo("SENT");

        ok(
                city.post(
                        admin,
                        "/api/v1/legal-profiles",
                        Map.of(
                                "code", "PANJIN",
                                "name", "盘锦口径",
                                "clockStart", "ACCEPTED",
                                "scopeRule", "DIRECT_WITHIN_SCOPE",
                                "bases", List.of("LAW"),
                                "limits",
                                        Map.of(
                                                "ANSWER_CONDITIONAL",
                                                Map.of(
                                                        "workingDays",
                                                        10,
                                                        "article",
                                                        "盘政办发〔2017〕144号")))),
                201);
        ok(city.put(admin, "/api/v1/legal-profile", Map.of("code", "PANJIN")), 200);

        var direct = read(police, sent(ask(resource)));
        assertThat(direct.<String>at("$.state")).isEqualTo("GRANTED");
        assertThat(direct.<String>at("$.history[-1].note")).contains("DIRECT_WITHIN_SCOPE");

        var outside = ok(city.post(stranger, REQUESTS, ask(resource)), 201).<Integer>at("$.id");
        var sent = step(city.token(City.BUREAU, Role.REVIEWER), outside, "sending", Map.of());
        assertThat(sent.<String>at("$.state")).isEqualTo("SENT");
        assertThat(says(sent, "$.clock")).isFalse();
        assertThat(step(reviewer, outside, "acceptance", Map.of()).<String>at("$.clock.article"))
                .isEqualTo("盘政办发〔2017〕144号");
    }

    @Test
    void of_two_reviewers_at_once_exactly_one_wins() throws Exception {
        var id = prepared(ask(conditional()));
        var start = new CountDownLatch(1);
        try (var pool = Executors.newFixedThreadPool(2)) {
            Callable<City.Answer> grants =
                    () -> {
                        start.await();
                        return tries(reviewer, id, "decision", Map.of("outcome", "GRANT"));
                    };
            Callable<City.Answer> refuses =
                    () -> {
                        start.await();
                        return tries(
                                reviewer,
                                id,
                                "decision",
                                Map.of(
                                        "outcome",
                                        "REFUSE",
                                        "reason",
                                        "涉密",
                                        "basisKind",
                                        "LAW",
                                        "basis",
                                        "某法"));
                    };
            var one = pool.submit(grants);
            var other = pool.submit(refuses);
            start.countDown();

            assertThat(List.of(one.get().status(), other.get().status()))
                    .containsExactlyInAnyOrder(200, 409);
        }
        assertThat(
                        db.sql(
                                        "select count(*) from sharing.step where request = ? and move in ('GRANT', 'REFUSE')")
                                .param(id)
                                .query(Integer.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void steps_out_of_turn_are_refused_in_words() {
        var id = sent(ask(conditional()));

        refused(
                tries(reviewer, id, "decision", Map.of("outcome", "GRANT")),
                409,
                "sharing:not-now");
        refused(
                tries(steward, id, "preparation", Map.of("proposal", "同意")),
                409,
                "sharing:not-now");
        refused(tries(signs, id, "sending", Map.of()), 409, "sharing:not-now");
        assertThat(tries(police, id, "acceptance", Map.of()).status()).isEqualTo(403);
        refused(
                tries(police, id, "preparation", Map.of("proposal", "同意")),
                403,
                "not-allowed:organization");
    }

    @Test
    void a_table_that_lost_a_column_meets_a_sentence() {
        var id = prepared(ask(conditional()));
        CIVIL.run("alter table %s drop column born".formatted(table));

        var answer = tries(reviewer, id, "decision", Map.of("outcome", "GRANT"));

        assertThat(answer.status()).as(answer.body()).isBetween(409, 422);
        assertThat(answer.body()).contains("born");
        assertThat(read(police, id).<String>at("$.state")).isEqualTo("PREPARED");
    }
}
