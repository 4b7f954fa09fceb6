package shuqiao.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.engine.embedded.Home;
import shuqiao.kernel.Opening;
import tools.jackson.databind.json.JsonMapper;

/** An empty platform has three administrators, who go on from there in the browser. */
@PlatformTest
@TestPropertySource(properties = "shuqiao.test=a platform where nobody has been yet")
@TestPropertySource(properties = "shuqiao.test.context=first-login") // nobody was here before
@DirtiesContext
class FirstLoginTests {

    private static final String OWN = "Bridge-2026-own";

    @Autowired City city;
    @Autowired Home home;
    @Autowired ApplicationEventPublisher events;

    @Test
    void one_time_passwords_are_in_a_secret_file_until_all_three_have_their_own()
            throws IOException {
        var file = home.path().resolve("first-login.json");

        events.publishEvent(new Opening(city.url(), Opening.City.NONE));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var content = JsonMapper.builder().build().readTree(Files.readString(file));
        assertThat(content.get("baseUrl").asString()).isEqualTo(city.url());
        assertThat(content.get("users")).hasSize(3);

        for (var user : content.get("users")) {
            assertThat(file).exists();
            var visitor =
                    city.visitor(user.get("username").asString(), user.get("password").asString());
            var steps =
                    visitor.submit(
                            "/account/password",
                            "/account/password",
                            java.util.Map.of(
                                    "present", user.get("password").asString(),
                                    "wanted", OWN,
                                    "again", OWN));
            assertThat(steps.uri().getPath()).isEqualTo("/first-steps");
            assertThat(steps.body()).contains("登记部门和主管部门", "未完成");
        }
        assertThat(file).doesNotExist();

        events.publishEvent(new Opening(city.url(), Opening.City.NONE));
        assertThat(file).as("a second start makes nobody").doesNotExist();
    }
}
