package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;

/** Deny by default: each route has a rule, and strangers get nowhere. */
@Tag("quick")
@PlatformTest
class RoutesAreGuardedTests {

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    @Autowired City city;

    @Test
    void every_route_of_ours_has_a_rule() {
        var without = new ArrayList<String>();
        var ours = 0;
        for (var route : routes.getHandlerMethods().entrySet()) {
            if (!route.getValue().getBeanType().getName().startsWith("shuqiao.")) continue;
            ours++;
            if (route.getValue().getMethodAnnotation(Allows.class) == null)
                without.add(route.getKey() + " " + route.getValue());
        }
        assertThat(ours).isGreaterThan(10);
        assertThat(without).isEmpty();
    }

    @Test
    void only_the_addresses_of_the_contract_are_open_to_visitors() {
        for (var route : routes.getHandlerMethods().entrySet()) {
            var rule = route.getValue().getMethodAnnotation(Allows.class);
            if (rule == null || !rule.anyone()) continue;
            for (var path : route.getKey().getPatternValues())
                assertThat(path)
                        .matches(
                                "/|/login|/open(/.*)?|/\\.well-known/.*|/ledger(/.*)?|/favicon\\.ico|/preferences|/help(/api)?|/error|/too-large");
        }
    }

    @Test
    void a_stranger_is_answered_401_by_every_path_of_the_api() {
        for (var route : routes.getHandlerMethods().entrySet()) {
            for (var path : route.getKey().getPatternValues()) {
                if (!path.startsWith("/api/") || path.contains("openapi")) continue;
                var method =
                        route.getKey().getMethodsCondition().getMethods().stream()
                                .findFirst()
                                .orElseThrow()
                                .name();
                var answer =
                        city.call(
                                method,
                                null,
                                path.replaceAll("\\{[^}]+}", "1"),
                                null,
                                java.util.Map.of());
                assertThat(answer.status()).as(method + " " + path).isEqualTo(401);
                assertThat(answer.headers().firstValue("Content-Type"))
                        .contains("application/problem+json");
            }
        }
    }

    @Test
    void paths_that_do_not_exist_are_401_for_strangers_of_the_api_and_404_for_the_signed_in() {
        assertThat(city.get(null, "/api/v1/nothing").status()).isEqualTo(401);
        var token = city.token(City.BUREAU, Role.AUTHORITY);
        var answer = city.get(token, "/api/v1/nothing");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:not-found");
    }

    @Test
    void crooked_paths_are_never_answered_with_success_or_a_fault_of_ours() {
        var token = city.token(City.BUREAU, Role.SECURITY_ADMIN);
        for (var path :
                new String[] {
                    "/api/v1/users;a=1",
                    "/api/v1//users",
                    "/api/v1/x/../users",
                    "/api/v1/users/",
                    "/api/v1/%2e%2e/v1/users",
                    "/api/v1/users%2f",
                    "/api/v1/users%00",
                    "//",
                    "/login/",
                    "/login;jsessionid=1"
                }) {
            assertThat(city.get(token, path).status()).as(path).isBetween(300, 499);
        }
    }

    @Test
    void a_role_opens_its_own_routes_and_no_other() {
        var system = city.token(City.BUREAU, Role.SYSTEM_ADMIN);
        var security = city.token(City.BUREAU, Role.SECURITY_ADMIN);
        var audit = city.token(City.BUREAU, Role.AUDIT_ADMIN);

        assertThat(city.get(security, "/api/v1/users").status()).isEqualTo(200);
        assertThat(city.get(system, "/api/v1/users").status()).isEqualTo(403);
        assertThat(city.get(audit, "/api/v1/users").status()).isEqualTo(403);
        assertThat(city.post(security, "/api/v1/organizations", "{}").status()).isEqualTo(403);
        assertThat(city.post(audit, "/api/v1/organizations", "{}").status()).isEqualTo(403);
        assertThat(city.post(system, "/api/v1/organizations", "{}").status()).isEqualTo(422);
    }
}
