package shuqiao;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** A department's program on another machine: knows an address, a client id and a secret. */
public final class OutsideProgram {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Where the platform is now; it changes when it is started again. */
    public interface Address {
        String url() throws IOException;
    }

    /** What a call was answered with; status 0 when nobody answered. */
    public record Answer(int status, String body, String contentType, String retryAfter) {

        public <T> T at(String path) {
            return JsonPath.parse(body).read(path);
        }

        public long number(String path) {
            return this.<Number>at(path).longValue();
        }

        /** Nobody there, or there and not ready to serve. */
        public boolean isAway() {
            return status == 0 || status == 503;
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Address address;
    private final String clientId;
    private final String secret;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private String token = "";

    public OutsideProgram(Address address, String clientId, String secret) {
        this.address = address;
        this.clientId = clientId;
        this.secret = secret;
    }

    /** One try. */
    public Answer once(String method, String path, Object body) throws InterruptedException {
        var fresh = token.isEmpty();
        if (fresh) {
            var login = login();
            if (login.status() != 200) return login;
            token = login.at("$.access_token");
        }
        var answer = send(method, path, body, "Bearer " + token, "application/json");
        if (answer.status() != 401 || fresh) return answer;
        // a token lives ten minutes: a fresh one, and the same call again
        token = "";
        return once(method, path, body);
    }

    public Answer login() throws InterruptedException {
        var basic =
                Base64.getEncoder()
                        .encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(
                "POST",
                "/oauth2/token",
                "grant_type=client_credentials",
                "Basic " + basic,
                "application/x-www-form-urlencoded");
    }

    /** Tries until the platform answers; fails the test on another status than 2xx. */
    public Answer call(String method, String path, Object body) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var answer = once(method, path, body);
            if (answer.status() / 100 == 2) return answer;
            if (!answer.isAway() || System.nanoTime() > deadline)
                throw new AssertionError(method + " " + path + ": " + answer);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    public Answer get(String path) throws InterruptedException {
        return call("GET", path, null);
    }

    public Answer post(String path, Object body) throws InterruptedException {
        return call("POST", path, body);
    }

    private Answer send(
            String method, String path, Object body, String authorization, String contentType)
            throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(address.url() + path))
                            .timeout(Duration.ofSeconds(60))
                            .header("Authorization", authorization);
            if (body == null) request.method(method, HttpRequest.BodyPublishers.noBody());
            else
                request.header("Content-Type", contentType)
                        .method(
                                method,
                                HttpRequest.BodyPublishers.ofString(
                                        body instanceof String text
                                                ? text
                                                : JSON.writeValueAsString(body)));
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.body(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.headers().firstValue("Retry-After").orElse(""));
        } catch (IOException | AssertionError away) {
            return new Answer(0, String.valueOf(away), "", "");
        }
    }
}
