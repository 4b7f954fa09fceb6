package shuqiao;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A balancer as simple as they come: each request goes to the next platform, and to the one after
 * that where nobody listens. It keeps nothing and knows no sessions.
 */
final class RoundRobin implements AutoCloseable {

    private static final Set<String> OWN =
            Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade", "date");

    private final List<String> platforms;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger turn = new AtomicInteger();
    private final ConcurrentHashMap<String, Integer> served = new ConcurrentHashMap<>();

    RoundRobin(List<String> platforms) throws IOException {
        this.platforms = List.copyOf(platforms);
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** How many requests a platform has answered. */
    int served(String platform) {
        return served.getOrDefault(platform, 0);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var first = turn.getAndIncrement();
            for (var i = 0; i < platforms.size(); i++) {
                var platform = platforms.get((first + i) % platforms.size());
                try {
                    answer(
                            exchange,
                            platform,
                            client.send(
                                    request(exchange, platform, body),
                                    HttpResponse.BodyHandlers.ofByteArray()));
                    return;
                } catch (ConnectException nobody) {
                    // the next one
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
            exchange.sendResponseHeaders(503, -1);
        } catch (IOException cut) {
            exchange.close();
        }
    }

    private static HttpRequest request(HttpExchange exchange, String platform, byte[] body) {
        var request = HttpRequest.newBuilder(URI.create(platform + exchange.getRequestURI()));
        exchange.getRequestHeaders()
                .forEach((name, values) -> {
                    if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT)))
                        values.forEach(value -> request.header(name, value));
                });
        return request.method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private void answer(HttpExchange exchange, String platform, HttpResponse<byte[]> answer)
            throws IOException {
        served.merge(platform, 1, Integer::sum);
        answer.headers()
                .map()
                .forEach((name, values) -> {
                    if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT))
                            && !name.startsWith(":"))
                        for (var value : values)
                            exchange.getResponseHeaders()
                                    .add(
                                            name,
                                            name.equalsIgnoreCase("location")
                                                    ? value.replace(platform, url())
                                                    : value);
                });
        var bytes = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
