package shuqiao.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.engine.Database;
import shuqiao.engine.Reason;
import shuqiao.kernel.Role;

/** Who hears that a source is left alone, and where it is seen. */
@PlatformTest
class LeftAloneToldTests extends LineGround {

    private static final String PASSWORD = "Bridge-2026-line";
    private static final int NOBODY = 1; // a port at which nothing listens

    @Autowired City city;
    @Autowired MeterRegistry meters;

    private String steward;

    @BeforeEach
    void a_source_of_a_department() {
        city.build();
        var organization = city.department("LNX000078", "云泽市连线局");
        city.person("left-steward", PASSWORD, organization, Role.STEWARD);
        city.person("left-reviewer", PASSWORD, organization, Role.REVIEWER);
        steward = city.token(organization, Role.STEWARD);
        source =
                city.post(
                                steward,
                                "/api/v1/sources",
                                Map.of(
                                        "name", "连线库" + source,
                                        "jdbcUrl", DATABASE.jdbcUrl(),
                                        "username", DATABASE.user(),
                                        "password", DATABASE.password()))
                        .<Number>at("$.id")
                        .longValue();
    }

    private void leaveAlone() {
        for (var at = 0; at < Circuit.FAILURES; at++)
            fails(place(NOBODY, "x", 4), LOOK, Reason.UNREACHABLE);
    }

    private List<String> told() {
        return db.sql(
                        "select receiver from notice.notice where key = 'source.left-alone' and path = :path order by id")
                .param("path", "/sources/" + source)
                .query(String.class)
                .list();
    }

    @Test
    void the_stewards_of_a_source_are_told_each_time_that_it_begins_to_be_left_alone() {
        leaveAlone();
        assertThat(told()).containsExactly("left-steward");

        for (var more = 0; more < 3; more++) {
            now.set(now.get().plus(Circuit.ALONE_MAX));
            fails(place(NOBODY, "x", 4), LOOK, Reason.UNREACHABLE);
        }
        assertThat(told()).as("who tried did not reach it").hasSize(1);

        line.ask(place(4), Use.platform(Occasion.TEST), Database::schemas);
        leaveAlone();
        assertThat(told()).as("it was reached in between").hasSize(2);
    }

    @Test
    void who_sees_the_page_sees_it_by_rest_and_it_is_measured() {
        leaveAlone();
        var system = city.token(City.BUREAU, Role.SYSTEM_ADMIN);
        var path = "/api/v1/sources/" + source + "/line";

        var all = city.get(system, "/api/v1/line/sources?alone=true&limit=200");
        assertThat(all.<List<Integer>>at("$.items[*].source")).contains((int) source);
        assertThat(all.<List<Object>>at("$.items[*].leftAloneUntil"))
                .hasSameSizeAs(all.<List<Object>>at("$.items[*]"))
                .doesNotContainNull();
        var own = city.get(steward, path);
        assertThat(own.<Integer>at("$.failures")).isEqualTo(Circuit.FAILURES);
        assertThat(own.<String>at("$.leftAloneUntil")).isNotEmpty();
        assertThat(
                        city.get(steward, "/api/v1/sources/" + source + "/sessions")
                                .<List<String>>at("$.items[*].outcome"))
                .as("the newest first, down to the test at its registration")
                .hasSize(Circuit.FAILURES + 1)
                .startsWith("engine:unreachable")
                .endsWith("done");
        assertThat(meters.get("shuqiao.line.alone").gauge().value()).isPositive();
        assertThat(records.alone(now.get().plus(Duration.ofDays(1)))).isZero();

        var police = city.token(City.POLICE, Role.STEWARD);
        assertThat(city.get(police, path).status()).isEqualTo(404);
        assertThat(city.get(steward, "/api/v1/line/sources").status()).isEqualTo(403);
        assertThat(city.get(steward, "/api/v1/line/sessions").status()).isEqualTo(403);
        assertThat(
                        city.get(system, "/api/v1/line/sessions?source=" + source)
                                .<List<Integer>>at("$.items[*].source"))
                .hasSize(Circuit.FAILURES + 1)
                .containsOnly((int) source);
    }

    @Test
    void of_a_source_that_was_never_dialled_nothing_is_known() {
        assertThat(city.get(steward, "/api/v1/sources/" + source + "/sessions").status())
                .isEqualTo(200);
        line.removed(source);

        var none = city.get(steward, "/api/v1/sources/" + source + "/line");

        assertThat(none.status()).isEqualTo(404);
        assertThat(none.<String>at("$.type")).isEqualTo("urn:shuqiao:unknown:source-line");
    }
}
