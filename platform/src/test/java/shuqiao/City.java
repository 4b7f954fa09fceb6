package shuqiao;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestClient;
import shuqiao.identity.People;
import shuqiao.identity.Programs;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.organization.Organization;
import shuqiao.organization.Organizations;

/**
 * A small city for tests: three departments and their programs. Every test may call it as often as it
 * likes; what is there already is taken as it is.
 */
@Component
@Lazy
public class City {

    /** 市民政局, 市公安局, 市大数据管理中心: valid synthetic codes of division 990100. */
    public static final String CIVIL_AFFAIRS = code("11990100CDA000001");

    public static final String POLICE = code("11990100PLC000002");
    public static final String BUREAU = code("12990100BDC000003");

    /** What a call was answered with: status and body as it came. */
    public record Answer(int status, String body, org.springframework.http.HttpHeaders headers) {

        public com.jayway.jsonpath.DocumentContext json() {
            return com.jayway.jsonpath.JsonPath.parse(body);
        }

        public <T> T at(String path) {
            return json().read(path);
        }
    }

    private final Organizations organizations;
    private final Programs programs;
    private final People people;
    private final org.springframework.core.env.Environment environment;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

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
                        false));
    }

    /** A person of an organization who logs in with this password. */
    public synchronized void person(
            String username, String password, String organization, Role... roles) {
        build();
        if (people.find(username).isPresent()) return;
        people.add(
                Actor.PLATFORM,
                new People.Entry(username, username, organization, Set.of(roles), false),
                password,
                false);
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
                ("t-" + organization + "-" + set).toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("-$", "");
        return tokens.computeIfAbsent(
                client,
                _ -> {
                    if (programs.find(client).isEmpty())
                        secrets.put(
                                client,
                                programs.add(
                                                Actor.PLATFORM,
                                                new Programs.Entry(
                                                        client, client, organization, set, false))
                                        .clientSecret());
                    var form = new LinkedMultiValueMap<String, String>();
                    form.add("grant_type", "client_credentials");
                    var answer =
                            RestClient.create(url())
                                    .post()
                                    .uri("/oauth2/token")
                                    .headers(
                                            headers ->
                                                    headers.setBasicAuth(
                                                            client, secrets.get(client)))
                                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                    .body(form)
                                    .retrieve()
                                    .body(Map.class);
                    return String.valueOf(answer.get("access_token"));
                });
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

    /** Any call; a null token calls as a visitor. Never throws for a status. */
    public Answer call(
            String method, String token, String path, Object body, Map<String, String> headers) {
        var request =
                RestClient.create(url())
                        .method(org.springframework.http.HttpMethod.valueOf(method))
                        .uri(java.net.URI.create(url() + path))
                        .headers(
                                all -> {
                                    if (token != null) all.setBearerAuth(token);
                                    headers.forEach(all::set);
                                });
        if (body != null) request.contentType(MediaType.APPLICATION_JSON).body(body);
        return request.exchange(
                (_, answer) ->
                        new Answer(
                                answer.getStatusCode().value(),
                                new String(
                                        answer.getBody().readAllBytes(),
                                        java.nio.charset.StandardCharsets.UTF_8),
                                answer.getHeaders()));
    }
}
