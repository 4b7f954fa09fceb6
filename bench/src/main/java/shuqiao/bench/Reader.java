package shuqiao.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser: reads pages and sends forms of a running platform. */
final class Reader {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern STATIC = Pattern.compile("href=\"(/static/[^\"]+\\.css)\"");

    private final RunningPlatform platform;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private String token = "";

    private Reader(RunningPlatform platform) {
        this.platform = platform;
    }

    static Reader guest(RunningPlatform platform) {
        return new Reader(platform);
    }

    static Reader login(RunningPlatform platform, FullCity.Player player) throws Exception {
        var reader = new Reader(platform);
        var user = platform.user(player.role(), player.organization());
        reader.token = reader.tokenOf("/login");
        var answer =
                reader.send(
                        "/login",
                        Map.of(
                                "username", user.path("username").asString(),
                                "password", user.path("password").asString()));
        if (answer.contains("/login"))
            throw new IllegalStateException("login of " + player + " failed: " + answer);
        reader.token = reader.tokenOf("/");
        return reader;
    }

    private String tokenOf(String path) throws Exception {
        var token = TOKEN.matcher(get(path).body());
        if (!token.find()) throw new IllegalStateException("no form on " + path);
        return token.group(1);
    }

    /** The style sheet: what a page costs that is not made. */
    static String styleSheet(RunningPlatform platform) throws Exception {
        var style = STATIC.matcher(guest(platform).get("/login").body());
        if (!style.find()) throw new IllegalStateException("no style sheet");
        return style.group(1);
    }

    static String word(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The page as a subject: its size in bytes. */
    int read(String path) throws IOException, InterruptedException {
        var answer = client.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200)
            throw new IllegalStateException(path + ": " + answer.statusCode());
        return answer.body().length;
    }

    /** Sends a form, and gives where it leads. */
    String send(String path, Map<String, String> fields) throws IOException, InterruptedException {
        var body =
                fields.entrySet().stream()
                                .map(it -> it.getKey() + "=" + word(it.getValue()))
                                .collect(Collectors.joining("&"))
                        + "&_csrf="
                        + word(token);
        var answer =
                client.send(
                        request(path)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 3)
            throw new IllegalStateException(path + ": " + answer.statusCode());
        return answer.headers().firstValue("Location").orElse("");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(platform.url() + path));
    }
}
