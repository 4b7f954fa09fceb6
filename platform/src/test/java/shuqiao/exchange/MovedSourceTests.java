package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Role;

/** The grants of a source that leads elsewhere say so. */
@PlatformTest
class MovedSourceTests extends ExchangeGround {

    private static final String PASSWORD = "Bridge-2026-moved";
    private static final ScratchPostgres.Database ELSEWHERE =
            ScratchPostgres.shared().newDatabase();

    @Test
    void both_sides_of_a_living_grant_see_that_its_source_has_another_address() throws Exception {
        city.person("moved-consumer", PASSWORD, City.POLICE, Role.STEWARD);
        var consumer = new Visitor(city);
        consumer.login("moved-consumer", PASSWORD);
        var source = source(steward, PROVIDER, Map.of());
        var grant = request(resource(source, table(10)), Map.of());
        var body = new HashMap<String, Object>();
        body.put("name", "搬走的库 " + source);
        body.put("jdbcUrl", ELSEWHERE.jdbcUrl());
        body.put("username", ELSEWHERE.user());
        body.put("password", ELSEWHERE.password());
        worked(city.put(steward, "/api/v1/sources/" + source, body));
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

    private static void worked(City.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
