package shuqiao;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a hostile department or a stranger tries against a whole city: objects of others, doors of
 * other roles, forms of other sites, tokens of their own making. It grows with each room.
 */
@Tag("slow")
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 900, unit = TimeUnit.SECONDS)
@Tag("process")
class RedTeamTests {

    /** Lists that hold just what their reader may see one by one. */
    private static final List<String> LISTS =
            List.of("sources", "requests", "grants", "runs", "schedules");

    private static final Pattern ONE_ID =
            Pattern.compile("/api/v1/([a-z-]+)/\\{[a-zA-Z]+}(/[a-z/-]+)?");

    private record Program(String id, String secret, String organization, List<String> scopes) {}

    private record Operation(String method, String path, String list) {}

    @TempDir static Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private ChildPlatform platform;
    private DocumentContext demo;
    private List<Program> programs;
    private Map<Program, String> tokens;
    private List<Operation> operations;

    @BeforeAll
    void a_city_with_a_year_of_history() throws Exception {
        var home = PackedHome.unpack(folder);
        platform = ChildPlatform.demo(home);
        demo = JsonPath.parse(Files.readString(home.resolve("demo.json")));
        programs =
                demo.<List<Map<String, Object>>>read("$.clients").stream()
                        .map(it ->
                                new Program(
                                        (String) it.get("clientId"),
                                        (String) it.get("clientSecret"),
                                        (String) it.get("organization"),
                                        scopes(it)))
                        .toList();
        tokens = new LinkedHashMap<>();
        for (var program : programs) tokens.put(program, token(program));
        operations = operations();
        assertThat(operations).hasSizeGreaterThan(40);
    }

    @AfterAll
    void stop() throws Exception {
        if (platform != null) platform.close();
    }

    @Test
    void nobody_reads_an_object_that_their_own_list_does_not_hold() throws Exception {
        var calls = 0;
        var wrong = new TreeSet<String>();
        for (var list : LISTS) {
            var seen = new LinkedHashMap<Program, Set<String>>();
            for (var program : programs) seen.put(program, ids(program, list));
            var all = new TreeSet<String>();
            seen.values().forEach(all::addAll);
            assertThat(all).as(list).isNotEmpty();
            for (var operation : operations) {
                if (!operation.list().equals(list) || !operation.method().equals("GET")) continue;
                for (var program : programs)
                    for (var id : all) {
                        calls++;
                        var status = call(program, "GET", at(operation, id), null).statusCode();
                        if (status >= 500 || status / 100 == 2 && !seen.get(program).contains(id))
                            wrong.add(
                                    "%s %s %s: %d"
                                            .formatted(
                                                    program.id(), list, at(operation, id), status));
                    }
            }
        }
        System.out.println("foreign reads tried: " + calls);
        assertThat(wrong).isEmpty();
    }

    @Test
    void nobody_moves_an_object_that_their_own_list_does_not_hold() throws Exception {
        var calls = 0;
        var wrong = new TreeSet<String>();
        for (var list : LISTS) {
            var seen = new LinkedHashMap<Program, Set<String>>();
            for (var program : programs) seen.put(program, ids(program, list));
            var all = new TreeSet<String>();
            seen.values().forEach(all::addAll);
            for (var operation : operations) {
                if (!operation.list().equals(list) || operation.method().equals("GET")) continue;
                for (var program : programs)
                    for (var id : all) {
                        if (seen.get(program).contains(id)) continue;
                        calls++;
                        var status =
                                call(program, operation.method(), at(operation, id), "{}")
                                        .statusCode();
                        if (status >= 500 || status / 100 == 2)
                            wrong.add(
                                    "%s %s %s: %d"
                                            .formatted(
                                                    program.id(),
                                                    operation.method(),
                                                    at(operation, id),
                                                    status));
                    }
            }
        }
        System.out.println("foreign moves tried: " + calls);
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_stranger_gets_401_from_every_operation() throws Exception {
        for (var operation : operations) {
            var answer =
                    send(
                            HttpRequest.newBuilder(URI.create(platform.url() + at(operation, "1")))
                                    .method(
                                            operation.method(),
                                            HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(operation.toString()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(
                            type -> assertThat(type).startsWith("application/problem+json"));
        }
    }

    @Test
    void a_token_that_we_did_not_make_opens_nothing() throws Exception {
        var real = tokens.get(programs.getFirst()).split("\\.");
        var payload = real[1];
        var forged = new ArrayList<String>();
        for (var header :
                List.of(
                        "{\"alg\":\"none\"}",
                        "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
                        "{\"alg\":\"RS256\",\"kid\":\"../../keys/public.json\"}",
                        "{\"alg\":\"RS256\",\"jku\":\"http://127.0.0.1:1/jwks\"}",
                        "{\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}}")) {
            forged.add(base64(header) + "." + payload + ".");
            forged.add(base64(header) + "." + payload + "." + real[2]);
        }
        forged.add(
                real[0]
                        + "."
                        + base64("{\"sub\":\"secadmin\",\"scope\":\"SECURITY_ADMIN\"}")
                        + "."
                        + real[2]);
        forged.add(real[0] + "." + payload + "." + "A".repeat(real[2].length()));
        forged.add(real[0] + "." + payload + ".");
        for (var token : forged)
            assertThat(get("/api/v1/me", "Bearer " + token).statusCode()).as(token).isEqualTo(401);
    }

    @Test
    void a_token_in_the_query_or_a_session_cookie_opens_no_operation() throws Exception {
        var token = tokens.get(programs.getFirst());
        assertThat(get("/api/v1/me?access_token=" + token, null).statusCode()).isEqualTo(401);
        var browser = signedIn(0);
        var answer =
                browser.send(
                        HttpRequest.newBuilder(URI.create(platform.url() + "/api/v1/me")).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void a_form_of_another_site_moves_nothing() throws Exception {
        var browser = signedIn(0);
        var pages = new TreeSet<String>();
        for (var file : HouseFiles.ending("Pages.java"))
            Pattern.compile("@PostMapping\\(\"([^\"]+)\"")
                    .matcher(file.text())
                    .results()
                    .forEach(found -> pages.add(found.group(1).replaceAll("\\{[^}]+}", "1")));
        assertThat(pages).hasSizeGreaterThan(40);
        for (var page : pages)
            for (var token : List.of("", "_csrf=", "_csrf=0123456789abcdef")) {
                var answer =
                        browser.send(
                                HttpRequest.newBuilder(URI.create(platform.url() + page))
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .header("Origin", "http://evil.example")
                                        .POST(HttpRequest.BodyPublishers.ofString(token))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(page + " " + token).isEqualTo(403);
            }
    }

    @Test
    void methods_and_headers_that_nobody_needs_open_nothing() throws Exception {
        for (var method : List.of("TRACE", "PROPFIND", "FOO")) {
            var answer =
                    send(
                            HttpRequest.newBuilder(URI.create(platform.url() + "/login"))
                                    .method(method, HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(method).isBetween(400, 499);
        }
        var page = get("/login", null);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(rule -> assertThat(rule).contains("default-src 'none'"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        var forwarded =
                send(
                        HttpRequest.newBuilder(URI.create(platform.url() + "/requests"))
                                .header("X-Forwarded-Host", "evil.example")
                                .header("X-Forwarded-Proto", "https")
                                .header("Forwarded", "host=evil.example;proto=https"));
        assertThat(forwarded.headers().firstValue("Location").orElse("")).doesNotContain("evil");
    }

    private static String at(Operation operation, String id) {
        return operation.path().replaceAll("\\{[^}]+}", id);
    }

    @SuppressWarnings("unchecked") // a list of words by the contract
    private static List<String> scopes(Map<String, Object> program) {
        return (List<String>) program.get("scopes");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Operation> operations() throws Exception {
        var document = JsonPath.parse(platform.get("/api/v1/openapi.json"));
        var found = new ArrayList<Operation>();
        document.<Map<String, Map<String, Object>>>read("$.paths")
                .forEach((path, methods) -> {
                    var shape = ONE_ID.matcher(path);
                    if (!shape.matches()) return;
                    for (var method : methods.keySet())
                        found.add(
                                new Operation(
                                        method.toUpperCase(java.util.Locale.ROOT),
                                        path,
                                        shape.group(1)));
                });
        return found;
    }

    private Set<String> ids(Program program, String list) throws Exception {
        var found = new TreeSet<String>();
        var after = "";
        while (true) {
            var answer =
                    call(
                            program,
                            "GET",
                            "/api/v1/"
                                    + list
                                    + "?limit=200"
                                    + (after.isEmpty() ? "" : "&after=" + after),
                            null);
            if (answer.statusCode() == 403) return found;
            assertThat(answer.statusCode()).as(list + answer.body()).isEqualTo(200);
            var page = JsonPath.parse(answer.body());
            page.<List<Object>>read("$.items[*].id").forEach(id -> found.add(id.toString()));
            var next = page.<Map<String, Object>>read("$").get("next");
            if (next == null) return found;
            after = URLEncoder.encode(next.toString(), StandardCharsets.UTF_8);
        }
    }

    private String token(Program program) throws Exception {
        var basic =
                Base64.getEncoder()
                        .encodeToString(
                                (program.id() + ":" + program.secret())
                                        .getBytes(StandardCharsets.UTF_8));
        var answer =
                send(
                        HttpRequest.newBuilder(URI.create(platform.url() + "/oauth2/token"))
                                .header("Authorization", "Basic " + basic)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "grant_type=client_credentials")));
        return JsonPath.parse(answer.body()).read("$.access_token");
    }

    private HttpResponse<String> call(Program program, String method, String path, String body)
            throws Exception {
        var answer = tried(program, method, path, body);
        if (answer.statusCode() != 401) return answer;
        // tokens live ten minutes
        tokens.put(program, token(program));
        return tried(program, method, path, body);
    }

    private HttpResponse<String> tried(Program program, String method, String path, String body)
            throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(platform.url() + path))
                        .header("Authorization", "Bearer " + tokens.get(program));
        if (body != null) request.header("Content-Type", "application/json");
        return send(
                request.method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(platform.url() + path));
        if (authorization != null) request.header("Authorization", authorization);
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpClient signedIn(int user) throws Exception {
        var browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        var form =
                browser.send(
                                HttpRequest.newBuilder(URI.create(platform.url() + "/login"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        var token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(form);
        assertThat(token.find()).isTrue();
        var person = demo.<Map<String, Object>>read("$.users[" + user + "]");
        var fields =
                "username=%s&password=%s&_csrf=%s"
                        .formatted(
                                person.get("username"),
                                URLEncoder.encode(
                                        (String) person.get("password"), StandardCharsets.UTF_8),
                                URLEncoder.encode(token.group(1), StandardCharsets.UTF_8));
        var answer =
                browser.send(
                        HttpRequest.newBuilder(URI.create(platform.url() + "/login"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(fields))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode() / 100).isEqualTo(3);
        assertThat(answer.headers().firstValue("Location").orElse("")).doesNotContain("/login");
        return browser;
    }
}
