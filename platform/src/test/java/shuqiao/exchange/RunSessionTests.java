package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.kernel.Role;

/** What is written down of the sessions of a delivery, who reads it, and the hours that end it. */
class RunSessionTests extends ExchangeGround {

    private static final String PASSWORD = "Bridge-2026-line";

    private List<String> sessions(String number) {
        return db.sql(
                        """
                        select side || ' ' || occasion || ' ' || coalesce(rows::text, '-') || ' ' || (received + sent > 1000) || ' '
                            || (opened_at <= closed_at) || ' ' || address || ' ' || outcome
                        from line.session where about = :number and occasion = 'COPY' order by id
                        """)
                .param("number", number)
                .query(String.class)
                .list();
    }

    @Test
    void each_session_of_a_delivery_is_on_record_for_both_departments_and_the_operator()
            throws Exception {
        var name = table(50);
        var from = source(steward, PROVIDER, Map.of());
        var into = source(consumer, CONSUMER, Map.of());
        var run = run(request(resource(from, name), Map.of()), into, "line_" + name);
        delivered(run);
        var number = see(run).<String>at("$.number");

        await().until(() -> sessions(number).size() == 2 && !sessions(number).contains(null));
        assertThat(sessions(number))
                .containsExactly(
                        "SOURCE COPY 50 true true 127.0.0.1:" + PROVIDER.port() + " done",
                        "TARGET COPY 50 true true 127.0.0.1:" + CONSUMER.port() + " done");

        var provider = city.visitor("line-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        assertThat(provider.get("/sources/" + from).body()).contains("连线记录", "正在使用");
        assertThat(provider.get("/sources/" + from + "/sessions").body())
                .contains("交付", number, "50 行", "正常结束", "127.0.0.1:" + PROVIDER.port())
                .doesNotContain("??");
        assertThat(provider.get("/sources/" + from + "/sessions?lang=en").body())
                .contains("Delivery", number, "50 rows", "ended well")
                .doesNotContain("??");
        assertThat(provider.get("/sources/" + into + "/sessions").statusCode()).isEqualTo(404);
        assertThat(provider.get("/admin/line").statusCode()).isEqualTo(403);

        var system = city.visitor("line-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        assertThat(system.get("/admin/line?source=" + into).body())
                .contains(number, "正常结束", "可以连接")
                .doesNotContain("??");
        assertThat(system.get("/admin/line?lang=en").body())
                .contains("Lines to databases", "may be dialled")
                .doesNotContain("??");
    }

    @Test
    void a_source_that_is_left_alone_says_so_until_it_answers_a_test() throws Exception {
        var from = source(steward, PROVIDER, Map.of());
        var test = "/api/v1/sources/" + from + "/test";
        city.post(steward, test, null);
        db.sql(
                        """
                        update line.place set failures = 5, first_failed = now(), last_failed = now(), reason = 'engine:unreachable',
                            opened = 1, open_until = now() + interval '1 minute' where source = :source
                        """)
                .param("source", from)
                .update();

        var refused = city.get(steward, "/api/v1/sources/" + from + "/schemas");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.<String>at("$.type")).isEqualTo("urn:shuqiao:line:not-dialled");
        assertThat(refused.<String>at("$.detail")).startsWith("来源数据源「").contains("连续 5 次");
        assertThat(Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, 60L);
        var provider = city.visitor("line-steward", PASSWORD, City.CIVIL_AFFAIRS, Role.STEWARD);
        assertThat(provider.get("/sources/" + from).body()).contains("连续 5 次连不上这个数据库");
        assertThat(provider.get("/resources/tables?source=" + from).body()).contains("连续 5 次");
        var system = city.visitor("line-system", PASSWORD, City.BUREAU, Role.SYSTEM_ADMIN);
        assertThat(system.get("/admin/line").body()).contains("1 个数据源暂停连接", "连续 5 次连不上");

        assertThat(city.post(steward, test, null).status()).isEqualTo(200);
        assertThat(city.get(steward, "/api/v1/sources/" + from + "/schemas").status())
                .isEqualTo(200);
        assertThat(provider.get("/sources/" + from).body()).doesNotContain("连续 5 次");
    }

    @Test
    void hours_that_end_in_the_midst_of_a_copy_stop_it_and_it_waits_for_the_next_ones()
            throws Exception {
        var name = table(60_000);
        var from = source(steward, PROVIDER, Map.of("maxMegabytesPerSecond", 0.2));
        var into = source(consumer, CONSUMER, Map.of());
        var run = run(request(resource(from, name), Map.of()), into, "hours_" + name);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "COPYING".equals(see(run).at("$.phase")));

        db.sql(
                        """
                        update source.source set allowed_from = ((now() at time zone 'Asia/Shanghai') + interval '3 hours')::time,
                            allowed_until = ((now() at time zone 'Asia/Shanghai') + interval '4 hours')::time
                        where id = :source
                        """)
                .param("source", from)
                .update();

        await().atMost(Duration.ofSeconds(20)).until(() -> "QUEUED".equals(state(run)));
        var seen = see(run);
        assertThat(seen.body()).contains("HOURS");
        assertThat(exists("hours_" + name)).isFalse();
        assertThat(sessions(seen.at("$.number")))
                .hasSize(2)
                .allMatch(it -> it.endsWith("engine:cancelled"));
        city.post(consumer, "/api/v1/runs/" + run + "/cancellation", Map.of("reason", "测试"));
        awaitState(run, "CANCELLED");
    }
}
