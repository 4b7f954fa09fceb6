package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;

/** The API document says who may call, and how every error looks. */
@PlatformTest
class ApiDocumentTests {

    @Autowired City city;

    @Test
    void it_has_a_licence_a_server_and_the_scopes() {
        var document = city.get(null, "/api/v1/openapi.json");

        assertThat(document.<String>at("$.openapi")).startsWith("3.1");
        assertThat(document.<String>at("$.info.license.identifier")).isEqualTo("Apache-2.0");
        assertThat(document.<String>at("$.servers[0].url")).startsWith("http");
        assertThat(
                        document.<Map<String, String>>at(
                                "$.components.securitySchemes.oauth2.flows.clientCredentials.scopes"))
                .containsKeys("STEWARD", "AUTHORITY");
    }

    @Test
    void every_operation_names_its_errors_and_rights() {
        var document = city.get(null, "/api/v1/openapi.json");
        Map<String, Map<String, Map<String, Object>>> paths = document.at("$.paths");

        paths.forEach((path, operations) ->
                operations.forEach((method, operation) -> {
                    var at = method + " " + path;
                    assertThat(operation).as(at).containsKeys("operationId", "tags");
                    assertThat(keys(operation.get("responses"))).as(at).contains("422");
                    if (operation.get("security") instanceof List<?> open && open.isEmpty()) return;
                    assertThat(keys(operation.get("responses"))).as(at).contains("401", "403");
                }));
    }

    private static List<String> keys(Object map) {
        return ((Map<?, ?>) map).keySet().stream().map(String::valueOf).toList();
    }
}
