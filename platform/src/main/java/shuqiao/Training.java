package shuqiao;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Walks the first pages once, so that the AOT cache knows the classes that a start needs. */
final class Training {

    private static final List<String> PAGES =
            List.of("/", "/login", "/open", "/api/v1/openapi.json", "/actuator/health/readiness");

    private Training() {}

    static void walk(int port) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            for (var page : PAGES)
                client.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + page))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        }
    }
}
