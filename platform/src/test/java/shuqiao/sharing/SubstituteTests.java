package shuqiao.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.catalog.Reviews;
import shuqiao.identity.People;
import shuqiao.identity.Substitution;
import shuqiao.identity.Substitutions;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;

/** Who signs while a reviewer is away. */
class SubstituteTests extends SharingGround {

    private static final String PASSWORD = "Substitute-2026-x!";

    @Autowired Substitutions substitutions;
    @Autowired People people;
    @Autowired Reviews reviews;

    private String boss;
    private String deputy;
    private String other;

    @BeforeEach
    void people() {
        var number = NEXT.incrementAndGet();
        boss = "boss" + number;
        deputy = "deputy" + number;
        other = "other" + number;
        city.person(boss, PASSWORD, City.CIVIL_AFFAIRS, Role.REVIEWER);
        city.person(deputy, PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        city.person(other, PASSWORD, City.POLICE, Role.STEWARD);
    }

    private Actor person(String username, Role... roles) {
        return new Actor(
                Actor.Kind.PERSON,
                username,
                username,
                City.CIVIL_AFFAIRS,
                EnumSet.copyOf(List.of(roles)));
    }

    private Actor boss() {
        return person(boss, Role.REVIEWER);
    }

    /** Signs in the place of the boss, and is a steward by an own role. */
    private Actor deputyForBoss() {
        return new Actor(
                Actor.Kind.PERSON,
                deputy,
                deputy,
                City.CIVIL_AFFAIRS,
                EnumSet.of(Role.STEWARD, Role.REVIEWER),
                new Actor.Absent(boss, boss));
    }

    private static Actor security() {
        return new Actor(
                Actor.Kind.PERSON, "security", "安全", null, EnumSet.of(Role.SECURITY_ADMIN));
    }

    private static Substitutions.Entry entry(
            String absent, String substitute, String from, String until) {
        return new Substitutions.Entry(absent, substitute, from, until, "外出培训");
    }

    private Substitution named() {
        return substitutions.name(boss(), entry(null, deputy, null, "2026-09-30"));
    }

    private Visitor visitor(String username) {
        return city.visitor(username, PASSWORD);
    }

    private long accepted() {
        profiles.choose(Actor.PLATFORM, "REG_2025");
        var id = sent(ask(conditional()));
        step(authority, id, "acceptance", Map.of());
        return id;
    }

    private int asks(Visitor visitor, long id) {
        var page = "/requests/" + id + "/extension";
        var form = visitor.get(page);
        if (!form.body().contains("name=\"days\"")) return form.statusCode();
        return visitor.submit(page, page, Map.of("days", "3", "reason", "核对")).statusCode();
    }

    @Test
    void a_substitute_signs_from_the_first_to_the_last_day_and_is_named_as_one() {
        substitutions.name(boss(), entry(null, deputy, "2026-09-28", "2026-09-29"));
        var id = accepted();
        var visitor = visitor(deputy);
        var page = "/requests/" + id + "/extension";
        assertThat(visitor.get(page).body()).doesNotContain("name=\"days\"");
        time.set("2026-09-29");

        assertThat(asks(visitor, id)).isEqualTo(200);

        var history = read(police, id);
        assertThat(history.<List<String>>at("$.history[*].by"))
                .last()
                .isEqualTo(deputy + "（代" + boss + "）");
        time.set("2026-09-30");
        assertThat(visitor.get("/substitutes").statusCode()).isEqualTo(403);
    }

    @Test
    void a_substitute_never_signs_what_either_of_the_two_wrote() {
        var grant =
                new DecisionEntry("GRANT", null, null, null, null, null, null, null, null, null);
        for (var writer : List.of(deputy, boss)) {
            var id = sent(ask(conditional()));
            step(authority, id, "acceptance", Map.of());
            decisions.prepare(person(writer, Role.STEWARD), id, "拟同意");

            assertThatThrownBy(() -> decisions.decide(deputyForBoss(), id, grant))
                    .isInstanceOf(NotAllowed.class)
                    .hasMessageContaining("four-eyes");
        }
        var id = prepared(ask(conditional()));
        assertThat(decisions.decide(deputyForBoss(), id, grant).state())
                .isEqualTo(RequestState.GRANTED);
        assertThat(read(police, id).<List<String>>at("$.history[*].by"))
                .last()
                .asString()
                .contains("代");
    }

    @Test
    void a_substitute_never_approves_a_resource_that_either_of_the_two_submitted() {
        var id = conditional();
        var yes = new Reviews.Decision(true, null);
        reviews.newVersion(person(boss, Role.STEWARD), id);
        reviews.submit(person(boss, Role.STEWARD), id);

        assertThatThrownBy(() -> reviews.departmentReview(deputyForBoss(), id, yes))
                .isInstanceOf(NotAllowed.class);
        reviews.departmentReview(
                person(boss + "c", Role.REVIEWER), id, new Reviews.Decision(false, "再核对"));
        reviews.submit(person(deputy, Role.STEWARD), id);
        assertThatThrownBy(() -> reviews.departmentReview(deputyForBoss(), id, yes))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void what_a_substitute_does_by_an_own_role_does_not_carry_another_s_name() {
        var id = sent(ask(conditional()));
        step(authority, id, "acceptance", Map.of());
        decisions.prepare(deputyForBoss(), id, "拟同意");

        assertThat(read(steward, id).<List<String>>at("$.history[*].by")).last().isEqualTo(deputy);
    }

    @Test
    void ended_or_closed_or_moved_there_is_no_signature_any_more() {
        var named = named();
        var visitor = visitor(deputy);
        assertThat(visitor.get("/substitutes").statusCode()).isEqualTo(200);

        people.change(
                Actor.PLATFORM,
                boss,
                new People.Entry(boss, boss, City.CIVIL_AFFAIRS, EnumSet.of(Role.REVIEWER), true));
        assertThat(visitor.get("/substitutes").statusCode()).isEqualTo(403);
        people.change(
                Actor.PLATFORM,
                boss,
                new People.Entry(boss, boss, City.CIVIL_AFFAIRS, EnumSet.of(Role.REVIEWER), false));
        assertThat(visitor.get("/substitutes").statusCode()).isEqualTo(200);

        substitutions.end(boss(), named.id());
        assertThat(visitor.get("/substitutes").statusCode()).isEqualTo(403);
        assertThatThrownBy(() -> substitutions.end(boss(), named.id()))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void only_somebody_of_the_department_who_is_no_reviewer_yet_can_be_named() {
        city.person(boss + "b", PASSWORD, City.CIVIL_AFFAIRS, Role.REVIEWER);
        for (var wrong : List.of(other, boss + "b", boss, "nobody-" + boss))
            assertThatThrownBy(() ->
                            substitutions.name(boss(), entry(null, wrong, null, "2026-09-30")))
                    .as(wrong)
                    .isInstanceOf(Invalid.class)
                    .extracting(it -> ((Refusal) it).faults().getFirst().field())
                    .isEqualTo("substitute");
    }

    @Test
    void the_period_is_neither_past_nor_backwards_nor_without_end() {
        fault("from", "2026-09-23", "2026-09-30");
        fault("until", "2026-09-30", "2026-09-29");
        fault("until", "2026-09-24", "2026-12-23");
        fault("until", "2026-09-24", null);
        fault("until", "2026-09-24", "瞎写");
        assertThat(substitutions.name(boss(), entry(null, deputy, null, "2026-12-22")).until())
                .isEqualTo(LocalDate.parse("2026-12-22"));
    }

    private void fault(String field, String from, String until) {
        assertThatThrownBy(() -> substitutions.name(boss(), entry(null, deputy, from, until)))
                .as(from + " " + until)
                .isInstanceOf(Invalid.class)
                .extracting(it -> ((Refusal) it).faults().getFirst().field())
                .isEqualTo(field);
    }

    @Test
    void one_at_a_time_and_never_passed_on() {
        named();
        city.person(deputy + "b", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);

        assertThatThrownBy(() ->
                        substitutions.name(
                                boss(), entry(null, deputy + "b", "2026-09-30", "2026-10-09")))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() ->
                        substitutions.name(
                                deputyForBoss(), entry(null, deputy + "b", null, "2026-09-30")))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void the_security_administrator_names_for_anybody_and_a_reviewer_only_for_oneself() {
        city.person(boss + "b", PASSWORD, City.CIVIL_AFFAIRS, Role.REVIEWER);
        assertThatThrownBy(() ->
                        substitutions.name(boss(), entry(boss + "b", deputy, null, "2026-09-30")))
                .isInstanceOf(NotAllowed.class);

        var named = substitutions.name(security(), entry(boss + "b", deputy, null, "2026-09-30"));

        assertThat(named.absent()).isEqualTo(boss + "b");
        assertThatThrownBy(() -> substitutions.end(boss(), named.id())).isInstanceOf(Unknown.class);
        assertThat(substitutions.end(security(), named.id()).ended()).isPresent();
    }

    @Test
    void the_page_names_and_ends_in_both_languages_and_says_what_is_wrong() {
        var visitor = visitor(boss);
        assertThat(visitor.get("/substitutes").body()).contains(deputy).doesNotContain("??");
        var wrong =
                visitor.submit(
                        "/substitutes",
                        "/substitutes",
                        Map.of("substitute", deputy, "until", "2026-09-01", "reason", "培训<b>"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("until-fault", "培训&lt;b&gt;").doesNotContain("??");

        var done =
                visitor.submit(
                        "/substitutes",
                        "/substitutes",
                        Map.of("substitute", deputy, "until", "2026-09-30", "reason", "培训"));

        assertThat(done.body()).contains("代办已登记", "结束代办");
        assertThat(visitor.get("/substitutes?lang=en").body())
                .contains("in force")
                .doesNotContain("??");
        var id =
                substitutions.all(boss()).stream()
                        .filter(it -> it.absent().equals(boss))
                        .findFirst()
                        .orElseThrow()
                        .id();
        assertThat(visitor.submit("/substitutes", "/substitutes/" + id + "/end", Map.of()).body())
                .contains("The substitution has ended");
        assertThat(visitor(other).get("/substitutes").statusCode()).isEqualTo(403);
    }

    @Test
    void over_rest_the_security_administrator_keeps_them() {
        var secadmin = city.token(City.BUREAU, Role.SECURITY_ADMIN);
        var body =
                Map.of(
                        "absent",
                        boss,
                        "substitute",
                        deputy,
                        "until",
                        "2026-09-30",
                        "reason",
                        "外出培训");

        var named = ok(city.post(secadmin, "/api/v1/substitutions", body), 201);

        assertThat(named.<String>at("$.standing")).isEqualTo("IN_FORCE");
        refused(
                city.post(secadmin, "/api/v1/substitutions", body),
                409,
                "identity:substitution-meets");
        assertThat(
                        ok(city.get(steward, "/api/v1/substitutions"), 200)
                                .<List<String>>at("$.items[*].absent"))
                .contains(boss);
        assertThat(
                        ok(city.get(police, "/api/v1/substitutions"), 200)
                                .<List<String>>at("$.items[*].absent"))
                .doesNotContain(boss);
        refused(
                city.post(reviewer, "/api/v1/substitutions", body),
                403,
                "not-allowed:substitute-of-substitute");
        ok(
                city.post(secadmin, "/api/v1/substitutions/" + named.at("$.id") + "/end", Map.of()),
                200);
    }
}
