package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.standard.CreditCode;
import tools.jackson.databind.json.JsonMapper;

/** The same key and content are answered as the first time. */
@PlatformTest
class IdempotencyTests {

    private static int number = 500;

    @Autowired City city;
    @Autowired AnsweredTable table;
    @Autowired Problems problems;
    @Autowired JdbcClient db;
    @Autowired JsonMapper json;

    private String token;
    private String key;

    @BeforeEach
    void system_administrator() {
        token = city.token(City.BUREAU, Role.SYSTEM_ADMIN);
        key = UUID.randomUUID().toString();
    }

    private static Map<String, Object> organization() {
        var first17 = "11990100TEX" + "%06d".formatted(number++);
        var body = new HashMap<String, Object>();
        body.put("code", first17 + CreditCode.checkCharacter(first17));
        body.put("name", "试验单位" + number);
        body.put("division", "990100");
        body.put("level", "CITY");
        body.put("authority", false);
        body.put("closed", false);
        return body;
    }

    private City.Answer add(Object body) {
        return city.call(
                "POST", token, "/api/v1/organizations", body, Map.of("Idempotency-Key", key));
    }

    @Test
    void a_repeated_call_is_answered_as_the_first_time_and_done_once() {
        var body = organization();

        var first = add(body);
        var second = add(body);

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(first.headers().firstValue("Idempotent-Replay")).isEmpty();
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(second.headers().firstValue("Idempotent-Replay")).contains("true");
    }

    @Test
    void without_the_key_the_second_call_is_a_conflict() {
        var body = organization();

        assertThat(city.post(token, "/api/v1/organizations", body).status()).isEqualTo(201);
        assertThat(city.post(token, "/api/v1/organizations", body).status()).isIn(409, 422);
    }

    @Test
    void other_content_under_the_same_key_is_refused() {
        add(organization());

        var other = add(organization());

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.<String>at("$.type")).isEqualTo("urn:shuqiao:idempotency:other-content");
    }

    @Test
    void a_refusal_is_repeated_as_well() {
        var first = add("{}");
        var second = add("{}");

        assertThat(first.status()).isEqualTo(422);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Idempotent-Replay")).contains("true");
    }

    @Test
    void a_key_of_more_than_200_characters_is_refused() {
        key = "k".repeat(201);

        assertThat(add(organization()).<String>at("$.type"))
                .isEqualTo("urn:shuqiao:idempotency:key-too-long");
    }

    @Test
    void a_secret_shown_once_is_not_written_down() {
        var security = city.token(City.BUREAU, Role.SECURITY_ADMIN);
        var body =
                Map.of(
                        "username",
                        "u" + number++,
                        "name",
                        "张三",
                        "organization",
                        City.POLICE,
                        "roles",
                        new String[] {"STEWARD"},
                        "disabled",
                        false);
        var headers = Map.of("Idempotency-Key", key);

        var first = city.call("POST", security, "/api/v1/users", body, headers);
        var second = city.call("POST", security, "/api/v1/users", body, headers);

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.<String>at("$.type")).isEqualTo("urn:shuqiao:idempotency:not-kept");
    }

    @Test
    void a_call_under_way_keeps_its_key_and_a_lost_one_frees_it_after_five_minutes() {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);

        assertThat(table.begin("a", key, "d", now)).isTrue();
        assertThat(table.begin("a", key, "d", now.plusSeconds(60))).isFalse();
        assertThat(table.begin("a", key, "other", now.plusSeconds(301))).isFalse();
        assertThat(table.begin("b", key, "d", now.plusSeconds(60))).isTrue();

        var taken = now.plusSeconds(301);
        assertThat(table.begin("a", key, "d", taken)).isTrue();
        table.finish("a", key, now, 201, Map.of(), new byte[] {1});
        assertThat(table.find("a", key).orElseThrow().status()).as("the lost one is late").isNull();
        table.finish("a", key, taken, 200, Map.of("Location", "/x"), new byte[] {2});
        var answered = table.find("a", key).orElseThrow();
        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.headers()).containsEntry("Location", "/x");
        assertThat(answered.body()).containsExactly(2);
    }

    @Test
    void what_was_kept_for_a_day_is_swept_and_its_key_is_free() {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        table.begin("a", key, "d", now.minus(AnsweredTable.KEPT).minusSeconds(1));

        assertThat(table.begin("a", key, "other", now)).isTrue();
        assertThat(table.removeBefore(now.plusSeconds(1))).isPositive();
        assertThat(table.find("a", key)).isEmpty();
    }

    private MockHttpServletRequest call() {
        var call = new MockHttpServletRequest("POST", "/api/v1/organizations");
        call.addHeader(IdempotencyFilter.KEY, key);
        call.setAttribute(Actor.ATTRIBUTE, city.actor(City.BUREAU, Role.SYSTEM_ADMIN));
        call.setContent("{}".getBytes(StandardCharsets.UTF_8));
        return call;
    }

    private MockHttpServletResponse answered(IdempotencyFilter filter, FilterChain chain)
            throws Exception {
        var answer = new MockHttpServletResponse();
        filter.doFilter(call(), answer, chain);
        return answer;
    }

    @Test
    void a_long_answer_is_given_and_not_kept() throws Exception {
        var filter = new IdempotencyFilter(table, problems, Instant::now);
        FilterChain chain =
                (_, response) ->
                        response.getOutputStream()
                                .write(new byte[IdempotencyFilter.ANSWER_MAX + 1]);

        assertThat(answered(filter, chain).getContentAsByteArray())
                .hasSize(IdempotencyFilter.ANSWER_MAX + 1);
        assertThat(answered(filter, chain).getContentAsString()).contains("idempotency:not-kept");
    }

    @Test
    void what_is_kept_for_one_caller_has_an_end() throws Exception {
        var filter = new IdempotencyFilter(table, problems, Instant::now);
        var actor = city.actor(City.BUREAU, Role.SYSTEM_ADMIN).subject();
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        table.begin(actor, key + "-full", "d", now);
        table.finish(
                actor, key + "-full", now, 200, Map.of(), new byte[(int) AnsweredTable.BYTES_MAX]);
        FilterChain chain = (_, response) -> response.getOutputStream().write(1);

        assertThat(answered(filter, chain).getStatus()).isEqualTo(200);
        assertThat(answered(filter, chain).getContentAsString()).contains("idempotency:not-kept");

        table.forget(actor, key + "-full", now);
    }

    /** 50,000 unless it is set otherwise; here 2. */
    @Test
    void one_caller_has_so_many_keys_a_day_and_known_ones_are_still_answered() throws Exception {
        var few = new AnsweredTable(db, json, 2);
        var filter = new IdempotencyFilter(few, problems, Instant::now);
        FilterChain chain = (_, response) -> response.getOutputStream().write('1');
        var caller = "few-" + key;

        for (var one : List.of("a", "b"))
            assertThat(answered(filter, chain, caller, one).getStatus()).isEqualTo(200);

        var third = answered(filter, chain, caller, "c");
        assertThat(third.getStatus()).isEqualTo(429);
        assertThat(third.getContentAsString()).contains("urn:shuqiao:idempotency:quota", "超过 2 个");
        assertThat(answered(filter, chain, caller, "a").getContentAsString()).isEqualTo("1");
        assertThat(answered(filter, chain, caller + "-other", "c").getStatus()).isEqualTo(200);
        db.sql("update kernel.answered set at = at - interval '2 days' where actor = :caller")
                .param("caller", caller)
                .update();
        few.removeBefore(Instant.now().minus(AnsweredTable.KEPT));
        assertThat(answered(filter, chain, caller, "c").getStatus())
                .as("a day later")
                .isEqualTo(200);
        assertThat(table.keysMax()).isEqualTo(50_000);
    }

    private MockHttpServletResponse answered(
            IdempotencyFilter filter, FilterChain chain, String caller, String one)
            throws Exception {
        var call = call();
        call.removeHeader(IdempotencyFilter.KEY);
        call.addHeader(IdempotencyFilter.KEY, one);
        call.setAttribute(
                Actor.ATTRIBUTE,
                new Actor(Actor.Kind.PROGRAM, caller, caller, City.BUREAU, Set.of()));
        var answer = new MockHttpServletResponse();
        filter.doFilter(call, answer, chain);
        return answer;
    }

    @Test
    void a_call_that_lives_keeps_its_key_however_long_it_takes() throws Exception {
        var begun = Instant.now();
        var clock = new java.util.concurrent.atomic.AtomicReference<>(begun);
        var filter = new IdempotencyFilter(table, problems, clock::get);
        var again = new java.util.ArrayList<Integer>();
        FilterChain chain =
                (_, _) -> {
                    for (int minutes = 3; minutes <= 15; minutes += 3) {
                        clock.set(begun.plus(minutes, ChronoUnit.MINUTES));
                        filter.keepAlive();
                        var other = new MockHttpServletResponse();
                        filter.doFilter(call(), other, (_, _) -> again.add(-1));
                        again.add(other.getStatus());
                    }
                };

        answered(filter, chain);

        assertThat(again).as("in progress, each time").containsExactly(409, 409, 409, 409, 409);
    }

    @Test
    void a_call_that_is_seen_no_more_is_lost_after_five_minutes() {
        var begun = Instant.now().truncatedTo(ChronoUnit.MICROS);
        assertThat(table.begin("of-the-dead", key, "d", begun)).isTrue();
        table.seen("of-the-dead", key, begun, begun.plusSeconds(60));

        assertThat(table.begin("of-the-dead", key, "d", begun.plusSeconds(301))).isFalse();
        assertThat(table.begin("of-the-dead", key, "d", begun.plusSeconds(362))).isTrue();
    }
}
