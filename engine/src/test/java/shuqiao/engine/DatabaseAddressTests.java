package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTests {

    @Test
    void host_port_and_database_are_taken_from_the_url() {
        assertThat(
                        DatabaseAddress.parse(
                                "jdbc:postgresql://db.example:6543/city?sslmode=verify-full"))
                .isEqualTo(
                        new DatabaseAddress(
                                "db.example", 6543, "city", Optional.of(Tls.Mode.VERIFY_FULL)));
        assertThat(DatabaseAddress.parse("jdbc:postgresql://[::1]/%E4%BA%BA%E5%8F%A3"))
                .isEqualTo(new DatabaseAddress("::1", 5432, "人口", Optional.empty()));
        assertThat(DatabaseAddress.parse("jdbc:postgresql://[::1]/a%20b").jdbcUrl())
                .isEqualTo("jdbc:postgresql://[::1]:5432/a%20b");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/d?socketFactory=evil.Class, socketFactory",
        "jdbc:postgresql://h/d?sslmode=require&user=root, user",
        "jdbc:postgresql://h/d?%73ocketFactory=x, socketFactory",
        "jdbc:postgresql://h/d?loggerFile, loggerFile",
        "jdbc:postgresql://h/d?sslmode=prefer, sslmode=prefer"
    })
    void any_other_parameter_is_refused_by_name(String url, String parameter) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url))
                .isInstanceOfSatisfying(
                        InvalidAddress.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.PARAMETER_REFUSED);
                            assertThat(e.arguments()).containsEntry("parameter", parameter);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://h/d",
                "jdbc:postgresql:d",
                "jdbc:postgresql://h1,h2/d",
                "jdbc:postgresql://h:99999/d",
                "jdbc:postgresql://h/",
                "jdbc:postgresql://u:p@h/d",
                "jdbc:postgresql://h/%zz",
                ""
            })
    void another_shape_is_refused(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url)).isInstanceOf(InvalidAddress.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://10.0.0.1:5432,10.0.0.2:5432/civil",
                "jdbc:postgresql://h1,h2/d"
            })
    void several_hosts_are_told_as_such(String url) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url))
                .isInstanceOfSatisfying(
                        InvalidAddress.class,
                        e -> assertThat(e.arguments()).containsEntry("detail", "hosts"));
    }

    @Test
    void a_secret_prints_as_stars() {
        assertThat(Endpoint.of("jdbc:postgresql://h/d", "u", "geheim").toString())
                .contains("***")
                .doesNotContain("geheim");
    }
}
