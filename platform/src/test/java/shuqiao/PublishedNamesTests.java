package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What was once stored or published keeps its name: ledger events, problem types, operations of the
 * API, addresses of pages. A rename adds an alias; a name goes only with a decision record. The
 * list grows with each release: what is new stands in {@code target/published-names.txt}.
 */
@PlatformTest
class PublishedNamesTests {

    private static final Path LIST = Path.of("src", "test", "upgrade", "published-names.txt");
    private static final Pattern EVENT =
            Pattern.compile("record (\\w+)\\([^{]*implements [^{]*Event\\b");
    private static final Pattern PROBLEM = Pattern.compile("(?m)^refusal\\.([a-z][a-z0-9.-]*)=");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping routes;

    @Autowired City city;

    @Test
    void no_name_of_an_earlier_release_has_gone() throws IOException {
        var now = new TreeSet<String>();
        now.addAll(events());
        now.addAll(problems());
        now.addAll(operations());
        now.addAll(addresses());
        Files.write(Path.of("target", "published-names.txt"), now);

        assertThat(now).containsAll(Files.readAllLines(LIST));
    }

    private static List<String> events() throws IOException {
        return HouseFiles.ending(".java").stream()
                .flatMap(file -> EVENT.matcher(file.withoutComments()).results())
                .map(event -> "event " + event.group(1))
                .toList();
    }

    private static List<String> problems() throws IOException {
        return HouseFiles.ending("_zh.properties").stream()
                .flatMap(file -> PROBLEM.matcher(file.text()).results())
                .map(problem -> "problem urn:shuqiao:" + problem.group(1).replace('.', ':'))
                .toList();
    }

    private List<String> operations() {
        var document = JsonPath.parse(city.get(null, "/api/v1/openapi.json").body());
        return document
                .<Map<String, Map<String, Map<String, Object>>>>read("$.paths")
                .entrySet()
                .stream()
                .flatMap(path ->
                        path.getValue().entrySet().stream()
                                .map(operation ->
                                        "operation %s %s %s"
                                                .formatted(
                                                        operation
                                                                .getKey()
                                                                .toUpperCase(java.util.Locale.ROOT),
                                                        path.getKey(),
                                                        operation.getValue().get("operationId"))))
                .toList();
    }

    private List<String> addresses() {
        return routes.getHandlerMethods().keySet().stream()
                .flatMap(route ->
                        route.getPatternValues().stream()
                                .filter(path ->
                                        !path.startsWith("/api/") && !path.startsWith("/actuator"))
                                .map(path ->
                                        "address "
                                                + route.getMethodsCondition().getMethods().stream()
                                                        .map(Enum::name)
                                                        .sorted()
                                                        .collect(Collectors.joining(","))
                                                + " "
                                                + path))
                .toList();
    }
}
