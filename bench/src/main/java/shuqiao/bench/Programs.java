package shuqiao.bench;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo city's departments as programs, over REST. */
final class Programs {

    /** Who acts. */
    record Who(String organization, String role) {}

    /** A token and when it was given, by the clock that only goes on. */
    private record Token(String value, long at) {}

    /** They live ten minutes. */
    private static final long USED_MAX = TimeUnit.MINUTES.toNanos(5);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RunningPlatform platform;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Who, Token> tokens = new HashMap<>();

    Programs(RunningPlatform platform) {
        this.platform = platform;
    }

    JsonNode post(Who who, String path, Map<String, ?> body) throws Exception {
        return answer(
                HttpRequest.newBuilder(URI.create(platform.url() + "/api/v1" + path))
                        .header("Authorization", "Bearer " + token(who))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build());
    }

    JsonNode get(Who who, String path) throws Exception {
        return answer(
                HttpRequest.newBuilder(URI.create(platform.url() + "/api/v1" + path))
                        .header("Authorization", "Bearer " + token(who))
                        .build());
    }

    private JsonNode answer(HttpRequest request) throws Exception {
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2)
            throw new IllegalStateException(
                    request.uri() + ": " + answer.statusCode() + " " + answer.body());
        return JSON.readTree(answer.body());
    }

    private String token(Who who) throws Exception {
        var known = tokens.get(who);
        if (known != null && System.nanoTime() - known.at() < USED_MAX) return known.value();
        for (var program : platform.demo().path("clients")) {
            if (!program.path("organization").asString().equals(who.organization())
                    || !program.path("scopes").path(0).asString().equals(who.role())) continue;
            var login =
                    program.path("clientId").asString()
                            + ":"
                            + program.path("clientSecret").asString();
            var token =
                    answer(
                                    HttpRequest.newBuilder(
                                                    URI.create(platform.url() + "/oauth2/token"))
                                            .header(
                                                    "Authorization",
                                                    "Basic "
                                                            + Base64.getEncoder()
                                                                    .encodeToString(
                                                                            login.getBytes(
                                                                                    StandardCharsets
                                                                                            .UTF_8)))
                                            .header(
                                                    "Content-Type",
                                                    "application/x-www-form-urlencoded")
                                            .POST(
                                                    HttpRequest.BodyPublishers.ofString(
                                                            "grant_type=client_credentials&scope="
                                                                    + URLEncoder.encode(
                                                                            who.role(),
                                                                            StandardCharsets
                                                                                    .UTF_8)))
                                            .build())
                            .path("access_token")
                            .asString();
            tokens.put(who, new Token(token, System.nanoTime()));
            return token;
        }
        throw new IllegalStateException("no program of " + who);
    }
}
