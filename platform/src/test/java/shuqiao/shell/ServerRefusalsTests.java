package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.kernel.Role;

/** What the server itself refuses is a problem document like all else. */
@PlatformTest
class ServerRefusalsTests {

    @Autowired City city;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/sources/1/tables/public/a%2Fb",
                "/api/v1/sources/1/tables/public/a%5Cb",
                "/api/v1/sources/1/tables/public/a%25b",
                "/api/v1/sources/1/tables/public/a%3Bb",
                "/api/v1/%00"
            })
    void an_odd_path_is_answered_as_a_problem(String path) {
        var answer =
                city.call(
                        "GET",
                        city.token(City.CIVIL_AFFAIRS, Role.STEWARD),
                        path,
                        null,
                        Map.of("Accept-Language", "en"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:bad-request");
        assertThat(answer.<String>at("$.detail")).contains("cannot be understood");
    }

    @Test
    void a_header_that_is_too_long_is_answered_as_a_problem() {
        var answer =
                city.call(
                        "GET", null, "/api/v1/sources", null, Map.of("X-Long", "x".repeat(20_000)));

        assertThat(answer.status()).isBetween(400, 431);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.body()).doesNotContain("<html", "Tomcat");
    }
}
