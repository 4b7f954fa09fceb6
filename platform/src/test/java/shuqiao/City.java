package shuqiao;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import shuqiao.identity.People;
import shuqiao.identity.Programs;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.organization.Organization;
import shuqiao.organization.Organizations;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small city for tests: three departments and their programs. Every test may call it as often as
 * it likes; what is there already is taken as it is.
 */
@Component
@Lazy
public class City {

    /** 市民政局, 市公安局, 市大数据管理中心: valid synthetic codes of division 990100. */
    public static final String CIVIL_AFFAIRS = code("11990100CDA000001");

    public static final String POLICE = code("11990100PLC000002");
    public static final String BUREAU = code("12990100BDC000003");

    /** What a call was answered with: status and body as it came. */
    public record Answer(int status, String body, HttpHeaders headers) {

        public <T> T at(String path) {
            return JsonPath.parse(body).read(path);
        }
    }

    private final Organizations organizations;
    private final Programs programs;
    private final People people;
    private final org.springframework.core.env.Environment environment;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    /** Tokens live ten minutes; a city may live longer. */
    private static final Duration TOKEN_USED_MAX = Duration.ofMinutes(4);

    private record Token(String value, long madeAt) {}

    private record Asked(String password, String organization, Set<Role> roles) {}

    private final Map<String, Asked> persons = new ConcurrentHashMap<>();

    City(
            Organizations organizations,
            Programs programs,
            People people,
            org.springframework.core.env.Environment environment) {
        this.organizations = organizations;
        this.programs = programs;
        this.people = people;
        this.environment = environment;
    }

    private static String code(String first17) {
        return first17 + shuqiao.standard.CreditCode.checkCharacter(first17);
    }

    /** Makes the departments once. */
    public synchronized void build() {
        add(CIVIL_AFFAIRS, "云泽市民政局", false);
        add(POLICE, "云泽市公安局", false);
        add(BUREAU, "云泽市大数据管理中心", true);
    }

    /**
     * A department of its own, for who needs one that no other test fills.
     *
     * @param body nine letters and digits of its code
     */
    public synchronized String department(String body, String name) {
        var code = code("11990100" + body);
        add(code, name, false);
        return code;
    }

    private void add(String code, String name, boolean authority) {
        if (organizations.find(code).isPresent()) return;
        organizations.add(
                Actor.PLATFORM,
                new Organizations.Entry(
                        code,
                        name,
                        name.replace("云泽", ""),
                        "",
                        "990100",
                        Organization.Level.CITY,
                        null,
                        authority,
                        false,
                        null));
    }

    /**
     * A person of an organization who logs in with this password.
     *
     * <p>The city is shared by the classes of one run in any order. A name that two of them ask for
     * with different passwords, organizations or roles would pass or fail by that order: it is
     * refused.
     */
    public synchronized void person(
            String username, String password, String organization, Role... roles) {
        build();
        var asked = new Asked(password, organization, Set.of(roles));
        var before = persons.putIfAbsent(username, asked);
        if (before != null && !before.equals(asked))
            throw new AssertionError(
                    username + " is another person's name in another test: choose one's own");
        if (people.find(username).isPresent()) return;
        people.add(
                Actor.PLATFORM,
                new People.Entry(username, username, organization, Set.of(roles), false),
                password,
                false);
    }

    /** One who has logged in. */
    public Visitor visitor(String username, String password) {
        var visitor = new Visitor(this);
        visitor.login(username, password);
        return visitor;
    }

    /** A {@link #person} who has logged in. */
    public Visitor visitor(String username, String password, String organization, Role... roles) {
        person(username, password, organization, roles);
        return visitor(username, password);
    }

    /** An actor of the kind that doors take, without going over HTTP. */
    public Actor actor(String organization, Role... roles) {
        build();
        var set = EnumSet.noneOf(Role.class);
        set.addAll(Set.of(roles));
        return new Actor(
                Actor.Kind.PROGRAM, "test-" + Set.of(roles).hashCode(), "测试", organization, set);
    }

    /** A token of a program of this organization with exactly these roles. */
    public synchronized String token(String organization, Role... roles) {
        build();
        var set = EnumSet.noneOf(Role.class);
        set.addAll(Set.of(roles));
        var client =
                ("t-" + organization + "-" + set)
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("-$", "");
        var known = tokens.get(client);
        if (known != null && System.nanoTime() - known.madeAt() < TOKEN_USED_MAX.toNanos())
            return known.value();
        if (programs.find(client).isEmpty())
            secrets.put(
                    client,
                    programs.add(
                                    Actor.PLATFORM,
                                    new Programs.Entry(client, client, organization, set, false))
                            .clientSecret());
        var fresh =
                new Token(
                        fetchToken(client, secrets.get(client)).at("$.access_token"),
                        System.nanoTime());
        tokens.put(client, fresh);
        return fresh.value();
    }

    /** What the token endpoint answers to these credentials. */
    public Answer fetchToken(String clientId, String secret) {
        var basic =
                Base64.getEncoder()
                        .encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(
                HttpRequest.newBuilder(URI.create(url() + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build());
    }

    public String url() {
        return "http://localhost:" + environment.getProperty("local.server.port");
    }

    public Answer get(String token, String path) {
        return call("GET", token, path, null, Map.of());
    }

    public Answer post(String token, String path, Object body) {
        return call("POST", token, path, body, Map.of());
    }

    public Answer put(String token, String path, Object body) {
        return call("PUT", token, path, body, Map.of());
    }

    public Answer delete(String token, String path) {
        return call("DELETE", token, path, null, Map.of());
    }

    /**
     * Any call; a null token calls as a visitor. Never throws for a status, follows no redirect.
     */
    public Answer call(
            String method, String token, String path, Object body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(url() + path));
        if (token != null) request.header("Authorization", "Bearer " + token);
        headers.forEach(request::header);
        if (body == null) request.method(method, HttpRequest.BodyPublishers.noBody());
        else
            request.header("Content-Type", "application/json")
                    .method(
                            method,
                            HttpRequest.BodyPublishers.ofString(
                                    body instanceof String text
                                            ? text
                                            : json.writeValueAsString(body)));
        return send(request.build());
    }

    private Answer send(HttpRequest request) {
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), answer.headers());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
