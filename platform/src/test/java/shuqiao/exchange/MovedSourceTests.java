package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Role;

/** The grants of a source that leads elsewhere say so. */
@PlatformTest
class MovedSourceTests extends ExchangeGround {

    private static final String PASSWORD = "Bridge-2026-moved";
    private static final ScratchPostgres.Database ELSEWHERE =
            ScratchPostgres.shared().newDatabase();

    @Test
    void both_sides_of_a_living_grant_see_that_its_source_has_another_address() throws Exception {
        var consumer = city.visitor("moved-consumer", PASSWORD, City.POLICE, Role.STEWARD);
        var source = source(steward, PROVIDER, Map.of());
        var grant = request(resource(source, table(10)), Map.of());
        worked(city.put(steward, "/api/v1/sources/" + source, body(source)));
        assertThat(consumer.get("/grants/" + grant).body()).doesNotContain("来源地址已变更");

        var reviewer = city.token(City.CIVIL_AFFAIRS, Role.REVIEWER);
        var path = "/api/v1/sources/" + source + "/address-change";
        worked(
                city.post(
                        reviewer,
                        path + "/confirmation",
                        Map.of("change", city.get(reviewer, path).<Integer>at("$.id"))));

        assertThat(consumer.get("/grants/" + grant).body()).contains("此后的交付从新地址读取");
        assertThat(consumer.get("/grants").body()).contains("来源地址已变更");
        assertThat(consumer.get("/notices").body()).contains("换了地址（已复核）");
    }

    /** By a run, by a mapping and by a schedule: each alone is a use. */
    @Test
    void the_provider_sees_that_what_it_gave_is_delivered_to_another_address() throws Exception {
        var provider = city.visitor("moved-provider", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        var target = source(consumer, CONSUMER, Map.of());
        var ran = grant(table(10), Map.of());
        delivered(run(ran, target, "moved" + NEXT.incrementAndGet()));
        var mapped = grant(table(10), Map.of());
        var kept = "moved" + NEXT.incrementAndGet();
        CONSUMER.run("create table " + kept + " (bh bigint primary key, xm text)");
        worked(
                city.put(
                        consumer,
                        "/api/v1/mappings",
                        Map.of(
                                "grant",
                                mapped,
                                "target",
                                target,
                                "schema",
                                "public",
                                "table",
                                kept,
                                "columns",
                                Map.of("id", "bh", "name", "xm"),
                                "key",
                                List.of("bh"))));
        var ordered = grant(table(10), Map.of());
        var order =
                city.post(
                        consumer,
                        "/api/v1/schedules",
                        Map.of(
                                "grant",
                                ordered,
                                "target",
                                target,
                                "schema",
                                "public",
                                "table",
                                "moved" + NEXT.incrementAndGet(),
                                "rhythm",
                                "AFTER_UPDATE"));
        assertThat(order.status()).as(order.body()).isEqualTo(201);
        var elsewhere = grant(table(10), Map.of());
        delivered(
                run(
                        elsewhere,
                        source(consumer, CONSUMER, Map.of()),
                        "moved" + NEXT.incrementAndGet()));

        worked(city.put(consumer, "/api/v1/sources/" + target, body(target)));
        worked(confirmed(target));

        for (var grant : List.of(ran, mapped, ordered))
            assertThat(provider.get("/grants/" + grant).body())
                    .as("grant %d", grant)
                    .contains("此后的交付送到新地址")
                    .doesNotContain("从新地址读取");
        assertThat(provider.get("/grants/" + elsewhere).body()).doesNotContain("送到新地址");
        assertThat(provider.get("/grants").body()).contains("接收地址已变更");
        assertThat(provider.get("/notices").body()).contains("接收库换了地址（已复核），你部门给它的 3 项授权");
        var waits = city.get(consumer, "/api/v1/schedules/" + order.<Integer>at("$.id"));
        assertThat(waits.<String>at("$.state")).isEqualTo("PAUSED");
        assertThat(waits.body()).contains("目标数据源换了地址");
    }

    /** What the run left there could not be found again at another address. */
    @Test
    void an_address_is_not_changed_under_a_run_that_is_to_write_there() throws Exception {
        var now = LocalTime.now(Clock.ZONE).truncatedTo(ChronoUnit.MINUTES);
        var hours =
                Map.<String, Object>of(
                        "allowedFrom", now.plusHours(3).toString(),
                        "allowedUntil", now.plusHours(4).toString());
        var grant = grant(table(10), Map.of());
        var target = source(consumer, CONSUMER, hours);
        var run = run(grant, target, "moved" + NEXT.incrementAndGet());
        var body = body(target);
        body.putAll(hours);
        worked(city.put(consumer, "/api/v1/sources/" + target, body));

        var refused = confirmed(target);

        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.<String>at("$.type")).isEqualTo("urn:shuqiao:source:being-filled");
        assertThat(refused.<String>at("$.detail")).contains(see(run).<String>at("$.number"));
        assertThat(city.get(consumer, "/api/v1/sources/" + target).<String>at("$.jdbcUrl"))
                .isEqualTo(CONSUMER.jdbcUrl());
        worked(
                city.post(
                        consumer, "/api/v1/runs/" + run + "/cancellation", Map.of("reason", "换库")));
        awaitState(run, "CANCELLED");
        worked(confirmed(target));
    }

    private static HashMap<String, Object> body(long source) {
        var body = new HashMap<String, Object>();
        body.put("name", "搬走的库 " + source);
        body.put("jdbcUrl", ELSEWHERE.jdbcUrl());
        body.put("username", ELSEWHERE.user());
        body.put("password", ELSEWHERE.password());
        return body;
    }

    private City.Answer confirmed(long source) {
        var reviewer = city.token(City.POLICE, Role.REVIEWER);
        var path = "/api/v1/sources/" + source + "/address-change";
        return city.post(
                reviewer,
                path + "/confirmation",
                Map.of("change", city.get(reviewer, path).<Integer>at("$.id")));
    }

    private static void worked(City.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
