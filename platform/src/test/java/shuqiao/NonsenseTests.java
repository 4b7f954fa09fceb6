package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.lang.reflect.RecordComponent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;

/**
 * Nonsense in each parameter of each operation of {@code /api/v1/openapi.json}, in each member of
 * each body, and in each parameter of each page: never a fault of ours. What the plain tests send
 * is one in twenty-three and in twenty-nine of it.
 */
@PlatformTest
class NonsenseTests {

    private static final String PASSWORD = "Bridge-2026-test";

    /** As they stand in an address. */
    private static final List<String> WORDS =
            List.of(
                    "%00",
                    "%20",
                    "-1",
                    "a%00b",
                    "9223372036854775807",
                    "%09",
                    "%2B999999999-01-01",
                    "%2B999999999-12-31T23:59:59Z",
                    "%ED%A0%80",
                    "1.5",
                    "99999999999999999999999",
                    "%FF",
                    "%25",
                    "1e999",
                    "2027-02-30",
                    "%27%22%3C%5C",
                    "%E2%80%AE",
                    "x".repeat(3000));

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "[null]",
                    "\"a\\u0000b\"",
                    "1.5",
                    "\"\\ud800\"",
                    "1e999",
                    "{}",
                    "\"+999999999-01-01\"",
                    "-1",
                    "[]",
                    "\" \"",
                    "true",
                    "99999999999999999999999",
                    "[[1]]",
                    "\"9999999-01-01T00:00:00Z\"",
                    "{\"x\":null}");

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)[^}]*}");

    @Autowired City city;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

    private record Call(String method, String path, String body, Role role) {}

    @BeforeEach
    void programs_of_each_role() {
        for (var role : Role.values())
            tokens.put(
                    role,
                    city.token(
                            role == Role.STEWARD || role == Role.REVIEWER
                                    ? City.CIVIL_AFFAIRS
                                    : City.BUREAU,
                            role));
    }

    @Test
    void nonsense_is_no_fault_of_the_api() throws Exception {
        send(spread(operations(), 23));
    }

    @Test
    void nonsense_is_no_fault_of_the_pages() throws Exception {
        visit(29);
    }

    @Test
    @Tag("long")
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void no_nonsense_at_all_is_a_fault_of_the_api_or_of_the_pages() throws Exception {
        send(operations());
        visit(1);
    }

    private static <T> List<T> spread(List<T> all, int step) {
        var some = new ArrayList<T>();
        for (int at = 0; at < all.size(); at++) if (at % step == 0) some.add(all.get(at));
        return some;
    }

    private void send(List<Call> calls) throws Exception {
        var kept = new TreeMap<String, String>();
        for (var call : calls)
            if (call.method().equals("PUT") && !kept.containsKey(call.path()))
                for (var token : tokens.values()) {
                    var is = city.get(token, call.path());
                    if (is.status() == 200) kept.put(call.path(), is.body());
                }
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var call : calls) threads.submit(() -> send(call));
        }
        // what is one for the whole platform is put back, should a member have been taken
        kept.forEach((path, is) -> tokens.values().forEach(token -> city.put(token, path, is)));
        assertThat(faults).as(calls.size() + " calls").isEmpty();
    }

    private void send(Call call) {
        try {
            var answer =
                    city.call(
                            call.method(),
                            tokens.get(call.role()),
                            call.path(),
                            call.body(),
                            Map.of());
            var type = answer.headers().firstValue("Content-Type").orElse("");
            var told =
                    answer.status() < 400
                            || type.startsWith("application/problem+json")
                                    && JsonPath.parse(answer.body())
                                            .<String>read("$.type")
                                            .startsWith("urn:shuqiao:");
            if (answer.status() >= 500 && answer.status() != 503 || !told)
                faults.add(answer.status() + " " + type + " " + shown(call.toString()));
        } catch (RuntimeException | Error failed) {
            faults.add(shown(call.toString()) + " " + failed);
        }
    }

    private static String shown(String text) {
        return text.length() > 300 ? text.substring(0, 300) : text;
    }

    private List<Call> operations() {
        var document = city.get(null, "/api/v1/openapi.json");
        Map<String, Map<String, Map<String, Object>>> paths = document.at("$.paths");
        Map<String, Map<String, Object>> schemas = document.at("$.components.schemas");
        var calls = new ArrayList<Call>();
        paths.forEach((path, operations) ->
                operations.forEach((method, operation) -> {
                    var to = method.toUpperCase(java.util.Locale.ROOT);
                    for (var role : roles(operation)) {
                        parameters(calls, to, path, operation, role);
                        body(calls, to, path, operation, schemas, role);
                    }
                }));
        return calls;
    }

    private static Set<Role> roles(Map<String, Object> operation) {
        var roles = new LinkedHashSet<Role>();
        if (operation.get("security") instanceof List<?> rules)
            for (var rule : rules)
                if (((Map<?, ?>) rule).get("oauth2") instanceof List<?> scopes)
                    for (var scope : scopes) roles.add(Role.valueOf(String.valueOf(scope)));
        return roles.isEmpty() ? Set.of(Role.STEWARD, Role.AUTHORITY) : roles;
    }

    /** An address that leads nowhere, so that nothing is ended by accident. */
    private static String filled(String path) {
        return VARIABLE.matcher(path)
                .replaceAll(found ->
                        found.group(1).toLowerCase(java.util.Locale.ROOT).contains("year")
                                ? "2031"
                                : "987654321");
    }

    private static void parameters(
            List<Call> calls,
            String method,
            String path,
            Map<String, Object> operation,
            Role role) {
        var body = method.equals("GET") || method.equals("DELETE") ? null : "{}";
        var variables = VARIABLE.matcher(path);
        while (variables.find())
            for (var word : WORDS) {
                if (word.length() > 1000) continue;
                var here =
                        path.substring(0, variables.start())
                                + "\u0001"
                                + path.substring(variables.end());
                calls.add(new Call(method, filled(here).replace("\u0001", word), body, role));
            }
        if (!(operation.get("parameters") instanceof List<?> parameters)) return;
        for (var it : parameters) {
            var parameter = (Map<?, ?>) it;
            if (!"query".equals(parameter.get("in"))) continue;
            var name = encoded(String.valueOf(parameter.get("name")));
            for (var word : WORDS)
                calls.add(new Call(method, filled(path) + "?" + name + "=" + word, body, role));
            calls.add(
                    new Call(
                            method,
                            filled(path) + "?" + name + "=1&" + name + "=2&" + name + "%5B%5D=3",
                            body,
                            role));
        }
    }

    private static void body(
            List<Call> calls,
            String method,
            String path,
            Map<String, Object> operation,
            Map<String, Map<String, Object>> schemas,
            Role role) {
        if (!(operation.get("requestBody") instanceof Map<?, ?> body)) return;
        var ref = JsonPath.parse(body).<List<String>>read("$..['$ref']");
        for (var whole :
                List.of("[]", "null", "\"x\"", "{", "{}", "[".repeat(2000), "{\"x\":1,\"x\":2}"))
            calls.add(new Call(method, filled(path), whole, role));
        for (var one : ref) {
            var schema = schemas.get(one.substring(one.lastIndexOf('/') + 1));
            if (schema == null || !(schema.get("properties") instanceof Map<?, ?> members))
                continue;
            for (var member : members.keySet())
                for (var value : VALUES)
                    calls.add(
                            new Call(
                                    method,
                                    filled(path),
                                    "{\"" + member + "\":" + value + "}",
                                    role));
        }
    }

    private void visit(int step) throws Exception {
        var visitors = new EnumMap<Role, Visitor>(Role.class);
        for (var role : Role.values()) {
            var name =
                    "nonsense-" + role.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            city.person(
                    name,
                    PASSWORD,
                    role == Role.STEWARD || role == Role.REVIEWER
                            ? City.CIVIL_AFFAIRS
                            : City.BUREAU,
                    role);
            var visitor = city.visitor(name, PASSWORD);
            visitors.put(role, visitor);
        }
        var calls = spread(pages(), step);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var call : calls)
                threads.submit(() -> {
                    try {
                        var answer = visitors.get(call.role()).get(call.path());
                        if (answer.statusCode() >= 500
                                || answer.statusCode() >= 400
                                        && !answer.body().contains("<main")
                                        && !answer.body().contains("urn:shuqiao:"))
                            faults.add(answer.statusCode() + " " + shown(call.toString()));
                    } catch (RuntimeException | Error failed) {
                        faults.add(shown(call.toString()) + " " + failed);
                    }
                });
        }
        assertThat(faults).as(calls.size() + " pages").isEmpty();
    }

    private List<Call> pages() {
        var calls = new ArrayList<Call>();
        var everyName = new LinkedHashSet<String>();
        for (var route : routes.getHandlerMethods().entrySet())
            everyName.addAll(names(route.getValue().getMethod()));
        for (var route : routes.getHandlerMethods().entrySet()) {
            var rule = route.getValue().getMethodAnnotation(Allows.class);
            if (rule == null
                    || !route.getKey()
                            .getMethodsCondition()
                            .getMethods()
                            .contains(RequestMethod.GET)) continue;
            var method = route.getValue().getMethod();
            var names = new LinkedHashSet<>(names(method));
            // an address as a whole: whatever any page asks for
            if (Arrays.stream(method.getParameterTypes())
                    .anyMatch(MultiValueMap.class::isAssignableFrom)) names.addAll(everyName);
            var roles =
                    rule.value().length == 0
                            ? new Role[] {Role.STEWARD, Role.AUTHORITY}
                            : rule.value();
            for (var path : route.getKey().getPatternValues()) {
                if (path.startsWith("/api/") || path.contains("*") || path.contains("events"))
                    continue;
                for (var role : roles) {
                    for (var name : names)
                        for (var word : WORDS)
                            calls.add(
                                    new Call(
                                            "GET",
                                            filled(path) + "?" + encoded(name) + "=" + word,
                                            null,
                                            role));
                    var variables = VARIABLE.matcher(path);
                    while (variables.find())
                        for (var word : WORDS)
                            if (word.length() < 1000)
                                calls.add(
                                        new Call(
                                                "GET",
                                                filled(
                                                                path.substring(0, variables.start())
                                                                        + "\u0001"
                                                                        + path.substring(
                                                                                variables.end()))
                                                        .replace("\u0001", word),
                                                null,
                                                role));
                }
            }
        }
        return calls;
    }

    private static Set<String> names(java.lang.reflect.Method method) {
        var names = new LinkedHashSet<String>();
        var written = new DefaultParameterNameDiscoverer().getParameterNames(method);
        for (int at = 0; at < method.getParameterCount(); at++) {
            var parameter = method.getParameters()[at];
            var asked = parameter.getAnnotation(RequestParam.class);
            if (asked != null && !Map.class.isAssignableFrom(parameter.getType()))
                names.add(asked.name().isEmpty() && written != null ? written[at] : asked.name());
            else if (parameter.getType().isRecord()
                    && parameter.getType().getEnclosingClass() != null)
                for (RecordComponent part : parameter.getType().getRecordComponents())
                    names.add(part.getName());
        }
        names.remove("");
        return names;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
