package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;

/** What is taken from outside is taken in one form; all else is refused in a sentence. */
@PlatformTest
class StrictInputTests {

    private static final String REQUESTS = "/api/v1/requests";

    @Autowired City city;
    @Autowired Problems problems;

    private final HttpClient client = HttpClient.newHttpClient();

    private String steward() {
        return city.token(City.CIVIL_AFFAIRS, Role.STEWARD);
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) {
        var publisher =
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body);
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(city.url() + path)).method(method, publisher);
            if (headers.length > 0) request.headers(headers);
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void a_name_that_stands_twice_in_an_object_is_refused() {
        var answer = city.post(steward(), REQUESTS, "{\"resource\":1,\"resource\":2}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:property-twice");
        assertThat(answer.<String>at("$.detail")).contains("「resource」");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"resource\":1.5}|400|urn:shuqiao:wrong-type",
                "{\"resource\":1e999}|422|urn:shuqiao:invalid",
                "{\"filter\":[{\"value\":1e-999}]}|422|urn:shuqiao:invalid",
                "{\"purposeText\":\"a\\u0000\"}|422|urn:shuqiao:invalid",
                "{\"filter\":[{\"field\":\"\\ud800\"}]}|422|urn:shuqiao:invalid",
                "{\"masks\":{\"\\u0000\":\"name\"}}|422|urn:shuqiao:invalid",
            })
    void json_that_readers_take_differently_is_refused(String body, int status, String type) {
        var answer = city.post(steward(), REQUESTS, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.<String>at("$.type")).isEqualTo(type);
    }

    @Test
    void the_field_is_named_by_its_path() {
        var answer =
                city.post(steward(), REQUESTS, "{\"filter\":[{},{\"value\":[\"a\",\"\\u0000\"]}]}");

        assertThat(answer.<String>at("$.errors[0].field")).isEqualTo("filter[1].value[1]");
        assertThat(answer.<String>at("$.errors[0].type"))
                .isEqualTo("urn:shuqiao:fault:null-character");
    }

    @Test
    void at_most_fifty_fields_are_named_and_all_are_counted() {
        var faults = new Invalid.Faults();
        for (int i = 0; i < 100_000; i++) faults.add("field" + i, "required");

        assertThatExceptionOfType(Invalid.class)
                .isThrownBy(faults::refuseIfAny)
                .satisfies(refused -> {
                    var document = problems.of(refused, Locale.ENGLISH);
                    assertThat((List<?>) document.get("errors")).hasSize(50);
                    assertThat(document).containsEntry("count", 100_000);
                    assertThat(String.valueOf(document.get("detail"))).hasSizeLessThan(200);
                    assertThat(refused.getMessage())
                            .as("in the log")
                            .contains("field49", "100000")
                            .doesNotContain("field50 ", "field50,", "field99999")
                            .hasSizeLessThan(20_000);
                });
    }

    @Test
    void a_sentence_names_at_most_fifty_of_a_list_and_not_a_whole_text() {
        var many = java.util.stream.IntStream.range(0, 100_000).boxed().toList();
        var refused =
                new shuqiao.kernel.Conflict(
                        "source:in-use", Map.of("name", "长".repeat(100_000), "use", many));

        var detail = String.valueOf(problems.of(refused, Locale.ENGLISH).get("detail"));

        assertThat(detail).contains(", 49 …", "长…").doesNotContain("50").hasSizeLessThan(5_000);
        assertThat(refused.getMessage()).hasSizeLessThan(20_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/yaml",
                "application/xml",
                "application/cbor",
                "application/x-jackson-smile",
                "application/x-yaml"
            })
    void the_api_speaks_json_and_nothing_else(String type) {
        var bearer = "Bearer " + steward();

        var written =
                send(
                        "POST",
                        REQUESTS,
                        "resource: 75\n",
                        "Authorization",
                        bearer,
                        "Content-Type",
                        type);
        assertThat(written.statusCode()).isEqualTo(415);
        assertThat(JsonPath.parse(written.body()).<String>read("$.type"))
                .isEqualTo("urn:shuqiao:media-type");

        var read = send("GET", REQUESTS, null, "Authorization", bearer, "Accept", type);
        assertThat(read.statusCode()).isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-01-01", "-0001-01-01", "0000-01-01", "+10000-01-01"})
    void a_day_outside_of_the_years_1_to_9999_is_none(String day) {
        assertThatExceptionOfType(DateTimeParseException.class).isThrownBy(() -> Clock.day(day));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/sources/1/tables/public/a%2Fb",
                "/api/v1/x%5Cy",
                "/api/v1/x%00",
                "/api/v1/x%FF"
            })
    void what_the_server_itself_refuses_is_a_problem_document_for_programs(String path) {
        var answer = city.get(steward(), path);

        assertThat(answer.status()).isBetween(400, 404);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.<String>at("$.type")).startsWith("urn:shuqiao:");
    }

    @Test
    void headers_that_are_too_long_are_told_likewise() {
        var long_ = "x".repeat(9_000);

        var program = send("GET", "/api/v1/me", null, "X-Long", long_);
        assertThat(program.statusCode()).isEqualTo(400);
        assertThat(JsonPath.parse(program.body()).<String>read("$.type"))
                .isEqualTo("urn:shuqiao:bad-request");

        var person = send("GET", "/login", null, "X-Long", long_);
        assertThat(person.statusCode()).isEqualTo(400);
        assertThat(person.body()).contains("<html lang=\"zh-CN\">", "class=\"wrap mishap\"");
    }

    @Test
    void what_is_no_text_is_told_by_a_page_to_a_visitor() {
        var visitor = new Visitor(city);
        for (var answer :
                List.of(
                        visitor.get("/login?a=%00"),
                        visitor.get("/login?a=%FF"),
                        visitor.post("/preferences", "theme=da%00rk"))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("其中有不是文字的内容", "<main");
        }
    }

    @Test
    void what_is_no_text_is_told_by_a_problem_document_where_tokens_are_made() {
        var answer =
                send(
                        "POST",
                        "/oauth2/token",
                        "grant_type=client_credentials&client_id=a%00b&client_secret=x",
                        "Content-Type",
                        "application/x-www-form-urlencoded");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JsonPath.parse(answer.body()).<String>read("$.type"))
                .isEqualTo("urn:shuqiao:unreadable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/organizations/import",
                "/requests/1/attachments",
                "/ledger/verification",
                "/login"
            })
    void a_strangers_files_are_not_read(String path) throws IOException {
        var answer = answered(path);

        assertThat(answer).startsWith("HTTP/1.1 302").containsIgnoringCase("location: /login");
    }

    @Test
    void a_strangers_files_for_the_api_are_not_read() throws IOException {
        assertThat(answered("/api/v1/requests/1/attachments")).startsWith("HTTP/1.1 401");
    }

    /** The answer to the head of a request of 100 MB, of whose body nothing is ever sent. */
    private String answered(String path) throws IOException {
        var at = URI.create(city.url());
        try (var line = new Socket(at.getHost(), at.getPort())) {
            line.setSoTimeout(10_000);
            line.getOutputStream()
                    .write(
                            ("POST "
                                            + path
                                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data;"
                                            + " boundary=x\r\nContent-Length: 100000000\r\n\r\n--x\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            line.getOutputStream().flush();
            var head = new StringBuilder();
            // to the end of the line: it is hung up
            for (int c; (c = line.getInputStream().read()) >= 0; ) head.append((char) c);
            return head.toString();
        }
    }
}
