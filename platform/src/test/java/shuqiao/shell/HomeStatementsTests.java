package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Statements;
import shuqiao.Visitor;
import shuqiao.kernel.Role;

/**
 * The home page asks each room for its lines: so many statements, however much waits. A room that
 * comes and asks more raises the number here, and somebody sees it. What was asked stands in {@code
 * target/home-*.txt}.
 */
@PlatformTest
class HomeStatementsTests {

    private static final String PASSWORD = "Bridge-2026-home";

    /** With whatever other tests left: each room has said something. */
    private static final int MOST = 50;

    @Autowired City city;

    private int asked(String username, String organization, Role... roles) throws IOException {
        city.person(username, PASSWORD, organization, roles);
        var visitor = new Visitor(city);
        visitor.login(username, PASSWORD);
        visitor.get("/");
        try (var heard = Statements.overHttp()) {
            assertThat(visitor.get("/").statusCode()).isEqualTo(200);
            Files.write(Path.of("target", username + ".txt"), heard.all());
            return heard.all().size();
        }
    }

    @Test
    void of_a_department() throws IOException {
        assertThat(asked("home-department", City.CIVIL_AFFAIRS, Role.STEWARD, Role.REVIEWER))
                .isBetween(20, MOST);
    }

    @Test
    void of_the_authority_that_has_data_of_its_own() throws IOException {
        assertThat(
                        asked(
                                "home-authority",
                                City.BUREAU,
                                Role.STEWARD,
                                Role.REVIEWER,
                                Role.AUTHORITY))
                .isBetween(20, MOST);
    }
}
