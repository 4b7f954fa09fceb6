package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import shuqiao.City;
import shuqiao.PlatformTest;

/** The API document says who may call, and how every error looks. */
@PlatformTest
class ApiDocumentTests {

    @Autowired City city;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

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

    @Test
    void every_reference_leads_somewhere() {
        var document = city.get(null, "/api/v1/openapi.json");
        Map<String, Object> schemas = document.at("$.components.schemas");
        List<String> references = document.at("$..['$ref']");

        assertThat(references).isNotEmpty();
        assertThat(references)
                .allSatisfy(it ->
                        assertThat(schemas).containsKey(it.replace("#/components/schemas/", "")));
        assertThat(schemas.keySet()).as("plain names").allMatch(it -> it.matches("[A-Za-z0-9]+"));
    }

    @Test
    void who_calls_is_no_parameter() {
        var document = city.get(null, "/api/v1/openapi.json");

        assertThat(document.<List<String>>at("$.paths..parameters[*].name"))
                .contains("limit")
                .doesNotContain("actor");
        assertThat(document.<Map<String, Object>>at("$.components.schemas"))
                .doesNotContainKey("Actor");
    }

    @Test
    void every_operation_has_a_right_an_answer_and_a_name_of_its_own() {
        var document = city.get(null, "/api/v1/openapi.json");
        Map<String, Map<String, Map<String, Object>>> paths = document.at("$.paths");
        var names = new HashSet<Object>();

        assertThat(document.<List<Object>>at("$.security")).isNotEmpty();
        paths.forEach((path, operations) ->
                operations.forEach((method, operation) -> {
                    var at = method + " " + path;
                    assertThat(names.add(operation.get("operationId"))).as(at).isTrue();
                    assertThat(keys(operation.get("responses")))
                            .as(at)
                            .anyMatch(it -> it.startsWith("2") || it.startsWith("3"));
                    assertThat(operation.get("summary")).as(at).isNotNull();
                }));
    }

    @Test
    void no_two_types_share_a_schema() {
        var types = new HashSet<Class<?>>();
        for (var route : routes.getHandlerMethods().values()) {
            if (!AnnotatedElementUtils.hasAnnotation(route.getBeanType(), RestController.class)
                    || !route.getBeanType().getName().startsWith("shuqiao.")) continue;
            gather(route.getMethod().getGenericReturnType(), types);
            for (var parameter : route.getMethod().getParameters())
                if (parameter.isAnnotationPresent(RequestBody.class))
                    gather(parameter.getParameterizedType(), types);
        }
        var names = new SchemaNames();
        var byName = types.stream().collect(Collectors.groupingBy(names::getNameOfClass));

        assertThat(types).hasSizeGreaterThan(50);
        assertThat(byName).allSatisfy((_, those) -> assertThat(those).hasSize(1));
    }

    /** Records of ours, and what they are made of. */
    private static void gather(Type type, Set<Class<?>> types) {
        if (type instanceof ParameterizedType of) {
            gather(of.getRawType(), types);
            for (var argument : of.getActualTypeArguments()) gather(argument, types);
        }
        if (!(type instanceof Class<?> one) || !one.getName().startsWith("shuqiao.")) return;
        // enums stand in their places, without a schema of their own
        if (!one.isRecord() || !types.add(one)) return;
        for (var part : one.getRecordComponents()) gather(part.getGenericType(), types);
    }

    private static List<String> keys(Object map) {
        return ((Map<?, ?>) map).keySet().stream().map(String::valueOf).toList();
    }
}
