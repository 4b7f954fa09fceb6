package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.City;
import shuqiao.kernel.Role;

/** What may be asked for, by whom, and what is refused in words. */
class RequestTests extends SharingGround {

    @Test
    void what_is_shared_without_condition_is_granted_when_it_is_sent() {
        var resource = published("UNCONDITIONAL", List.of());

        var id = drafted(ask(resource));
        var answer = step(signs, id, "sending", Map.of());

        assertThat(answer.<String>at("$.state")).isEqualTo("GRANTED");
        assertThat(answer.<String>at("$.history[-1].move")).isEqualTo("GRANT_AT_ONCE");
        assertThat(answer.<String>at("$.history[-1].note"))
                .contains("UNCONDITIONAL")
                .contains("SEED_2017")
                .contains("第十二条");
        var grant = ok(city.get(police, GRANTS + "/" + answer.at("$.grant")), 200);
        assertThat(grant.<String>at("$.rule")).isEqualTo("UNCONDITIONAL");
        assertThat(grant.<String>at("$.standing")).isEqualTo("EFFECTIVE");
        assertThat(grant.<List<String>>at("$.scope.fields[*].name"))
                .containsExactly("code", "name", "born");
    }

    @Test
    void all_shareable_fields_are_meant_when_none_is_named() {
        var body = ask(conditional());
        body.remove("fields");

        var answer = ok(city.post(police, REQUESTS, body), 201);

        assertThat(answer.<List<String>>at("$.fields"))
                .containsExactly("code", "name", "people", "born");
        assertThat(answer.<String>at("$.number")).matches("SQ-2026-\\d{5}");
    }

    @ParameterizedTest(name = "{0} = {1} is refused naming {2}")
    @CsvSource({
        "fields, secret, fields[0], sharing.field-not-shareable",
        "fields, nothing, fields[0], sharing.unknown-field",
        "fields, 'code\"; drop table x --', fields[0], sharing.unknown-field",
        "mode, incremental, mode, sharing.mode-later",
        "mode, stream, mode, sharing.mode-later",
        "mode, pigeon, mode, not-one-of",
        "purpose, FUN, purpose, not-one-of",
        "purposeText, '', purposeText, required",
        "basis, '', basis, required",
        "until, 2026-09-23, until, sharing.term-over",
        "until, 2031-09-25, until, sharing.term-too-long",
        "until, tomorrow, until, date",
        "from, 2027-09-24, until, sharing.term-backwards",
        "resource, 999999, resource, sharing.not-published"
    })
    void what_is_wrong_is_named(String property, String value, String field, String fault) {
        var body = ask(conditional());
        body.put(property, property.equals("fields") ? List.of(value) : value);

        faulty(city.post(police, REQUESTS, body), field, fault);
    }

    @Test
    void a_filter_is_read_as_the_type_of_its_column_in_the_live_table() {
        var body = ask(conditional());
        body.put("filter", List.of(Map.of("field", "people", "op", "gt", "value", "many")));

        var answer = city.post(police, REQUESTS, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.<List<String>>at("$.errors[*].field")).containsExactly("filter.people");
    }

    @Test
    void a_mask_that_does_not_suit_is_refused_naming_the_field() {
        var body = ask(conditional());
        body.put("masks", Map.of("born", "phone"));
        assertThat(city.post(police, REQUESTS, body).<List<String>>at("$.errors[*].field"))
                .containsExactly("masks.born");

        body.put("masks", Map.of("name", "rot13"));
        faulty(city.post(police, REQUESTS, body), "masks.name", "not-one-of");

        body.put("masks", Map.of("people", "hash"));
        faulty(city.post(police, REQUESTS, body), "masks.people", "sharing.mask-elsewhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; drop table sharing.request; --",
                "<script>alert(1)</script>",
                "${7*7}",
                "\\u0027"
            })
    void words_are_words_wherever_they_stand(String words) {
        var body = ask(conditional());
        body.put("purposeText", words);
        body.put("basis", words);
        body.put("filter", List.of(Map.of("field", "name", "op", "eq", "value", words)));

        var answer = ok(city.post(police, REQUESTS, body), 201);

        assertThat(answer.<String>at("$.purposeText")).isEqualTo(words);
        assertThat(answer.<String>at("$.filter[0].value")).isEqualTo(words);
        for (var field : List.of("field", "op"))
            assertThat(city.post(police, REQUESTS, spoiled(body, field, words)).status())
                    .isEqualTo(422);
    }

    private static Map<String, Object> spoiled(
            Map<String, Object> body, String part, String words) {
        var item = new HashMap<String, Object>(Map.of("field", "name", "op", "eq", "value", "1"));
        item.put(part, words);
        var spoiled = new HashMap<>(body);
        spoiled.put("filter", List.of(item));
        return spoiled;
    }

    @Test
    void ones_own_data_and_what_is_not_shared_or_withdrawn_cannot_be_requested() {
        var own = conditional();
        refused(city.post(steward, REQUESTS, ask(own)), 409, "sharing:own-resource");
        refused(
                city.post(police, REQUESTS, ask(published("NOT_SHARED", List.of()))),
                409,
                "sharing:not-shared");

        var draft = drafted(ask(own));
        ok(
                city.post(
                        authority,
                        "/api/v1/resources/" + own + "/withdrawal",
                        Map.of("reason", "机构调整")),
                200);
        refused(city.post(police, REQUESTS, ask(own)), 409, "sharing:withdrawn-resource");
        refused(tries(signs, draft, "sending", Map.of()), 409, "sharing:withdrawn-resource");
    }

    @Test
    void a_person_does_not_sign_what_the_same_person_wrote() {
        city.person("zhou.min", "Zh0u-min-2026!", City.POLICE, Role.STEWARD, Role.REVIEWER);
        var person =
                new shuqiao.kernel.Actor(
                        shuqiao.kernel.Actor.Kind.PERSON,
                        "zhou.min",
                        "周敏",
                        City.POLICE,
                        java.util.Set.of(Role.STEWARD, Role.REVIEWER));
        var id =
                sharing.draft(
                                person,
                                new AskEntry(
                                        conditional(),
                                        null,
                                        null,
                                        null,
                                        "WORK_REFERENCE",
                                        "核对",
                                        "条例",
                                        null,
                                        null,
                                        null,
                                        "2027-01-01"))
                        .id();

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> sharing.send(person, id))
                .isInstanceOf(shuqiao.kernel.NotAllowed.class)
                .hasMessageContaining("four-eyes");
        step(signs, id, "sending", Map.of());
    }

    @Test
    void others_do_not_see_a_request_and_its_provider_sees_it_when_it_was_sent() {
        var stranger =
                city.token(city.department("RQN000001", "云泽市旁观局"), Role.STEWARD, Role.REVIEWER);
        var id = drafted(ask(conditional()));
        for (var token : List.of(steward, authority, stranger))
            refused(city.get(token, REQUESTS + "/" + id), 404, "unknown:request");

        step(signs, id, "sending", Map.of());
        read(steward, id);
        read(authority, id);
        refused(city.get(stranger, REQUESTS + "/" + id), 404, "unknown:request");
        refused(tries(stranger, id, "withdrawal", Map.of()), 404, "unknown:request");
        refused(tries(reviewer, id, "withdrawal", Map.of()), 403, "not-allowed:organization");
        assertThat(city.get(stranger, REQUESTS).<Integer>at("$.total")).isZero();
        assertThat(city.get(police, REQUESTS + "?limit=1").<Integer>at("$.items.length()"))
                .isEqualTo(1);
    }

    @Test
    void without_a_legal_profile_nothing_can_be_requested() {
        var resource = conditional();
        db.sql("delete from sharing.profile_choice").update();

        refused(city.post(police, REQUESTS, ask(resource)), 409, "sharing:no-profile");

        refused(city.get(admin, "/api/v1/legal-profile"), 409, "sharing:no-profile");
        ok(city.put(admin, "/api/v1/legal-profile", Map.of("code", "SEED_2017")), 200);
        drafted(ask(resource));
    }

    @Test
    void where_nobody_decides_rows_are_not_chosen_by_hidden_columns() {
        var body = ask(published("UNCONDITIONAL", List.of()));
        body.put("filter", List.of(Map.of("field", "secret", "op", "like", "value", "a%")));
        var id = drafted(body);

        faulty(
                tries(signs, id, "sending", Map.of()),
                "filter.secret",
                "sharing.filter-not-shareable");
    }

    @Test
    void a_draft_can_be_written_anew_and_taken_back() {
        var resource = conditional();
        var id = drafted(ask(resource));
        var anew = ask(resource);
        anew.put("fields", List.of("code"));

        assertThat(
                        ok(city.put(police, REQUESTS + "/" + id, anew), 200)
                                .<List<String>>at("$.fields"))
                .containsExactly("code");
        assertThat(step(police, id, "withdrawal", Map.of()).<String>at("$.state"))
                .isEqualTo("WITHDRAWN");
        refused(city.put(police, REQUESTS + "/" + id, anew), 409, "sharing:not-now");
    }
}
