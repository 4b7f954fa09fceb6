package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.LocaleResolver;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.kernel.Role;
import shuqiao.kernel.TooBusy;

/** Who the platform is comes from its settings, never from a request. */
@PlatformTest
class AddressTests {

    @Autowired City city;
    @Autowired Problems problems;
    @Autowired MessageSource messages;
    @Autowired LocaleResolver locales;

    /** One call as typed, with any Host; the answer as it came. */
    private String call(String head) {
        var at = URI.create(city.url());
        try (var socket = new Socket("127.0.0.1", at.getPort())) {
            socket.getOutputStream()
                    .write(
                            (head + "Connection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void a_call_under_another_host_is_refused_and_told_the_right_one() {
        for (var path : new String[] {"/login", "/requests", "/oauth2/token", "/api/v1/me"})
            assertThat(call("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\n"))
                    .startsWith("HTTP/1.1 421")
                    .contains(city.url())
                    .doesNotContain("evil.example");
    }

    @Test
    void names_of_this_machine_are_answered_whatever_the_port() {
        for (var host : new String[] {"localhost", "127.0.0.1:9", "[::1]:80", "LOCALHOST:8080"})
            assertThat(call("GET /login HTTP/1.1\r\nHost: " + host + "\r\n"))
                    .as(host)
                    .startsWith("HTTP/1.1 200");
    }

    @Test
    void redirects_name_no_host() {
        assertThat(call("GET /requests HTTP/1.1\r\nHost: localhost:9\r\nAccept: text/html\r\n"))
                .contains("\r\nLocation: /login\r\n");
    }

    @Test
    void a_token_has_the_issuer_of_the_platform_however_it_was_called() {
        city.token(City.POLICE, Role.STEWARD);
        var metadata = city.get(null, "/.well-known/oauth-authorization-server");

        assertThat(metadata.<String>at("$.issuer")).isEqualTo(city.url());
        assertThat(metadata.<String>at("$.token_endpoint")).isEqualTo(city.url() + "/oauth2/token");
        var token = city.token(City.POLICE, Role.STEWARD);
        var claims =
                new String(
                        Base64.getUrlDecoder().decode(token.split("\\.")[1]),
                        StandardCharsets.UTF_8);
        assertThat(JsonPath.<String>read(claims, "$.iss")).isEqualTo(city.url());
    }

    @Test
    void more_than_is_taken_on_is_answered_with_a_time_to_come_back() throws Exception {
        for (var path : new String[] {"/login", "/oauth2/token"}) {
            var response = new MockHttpServletResponse();
            new UnavailableFilter(problems, messages, locales)
                    .doFilter(
                            new MockHttpServletRequest("POST", path),
                            response,
                            (_, _) -> {
                                throw new TooBusy();
                            });

            assertThat(response.getStatus()).isEqualTo(503);
            assertThat(response.getHeader("Retry-After")).isEqualTo("2");
            assertThat(response.getContentAsString(StandardCharsets.UTF_8)).contains("2 秒");
        }
    }

    @Test
    void endpoints_that_would_do_nothing_are_not_there() {
        for (var path :
                new String[] {
                    "introspect", "revoke", "authorize", "device_authorization",
                    "device_verification", "par", "register", "nothing"
                })
            for (var method : new String[] {"GET", "POST"})
                assertThat(city.call(method, null, "/oauth2/" + path, null, Map.of()).status())
                        .as(method + " " + path)
                        .isEqualTo(404);
        assertThat(city.get(null, "/.well-known/oauth-authorization-server").body())
                .doesNotContain("introspect", "revo", "authorization_endpoint", "device", "pushed");
        assertThat(city.get(null, "/oauth2/jwks").status()).isEqualTo(200);
    }
}
