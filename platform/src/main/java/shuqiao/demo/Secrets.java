package shuqiao.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import shuqiao.engine.embedded.Home;
import shuqiao.kernel.LocalDatabases;
import shuqiao.kernel.Role;
import shuqiao.kernel.SecretFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code HOME/demo.json}: all random secrets of the demo city, for scripts and newcomers. Passwords
 * are chosen and written before anybody is created, so that a first start that was killed goes on.
 */
@Component
class Secrets {

    private static final int PASSWORD = 14;
    private static final Pattern PORT = Pattern.compile(":\\d+/");

    private final Path file;
    private final Path planned;
    private final JsonMapper json;

    Secrets(Home home, JsonMapper json) {
        this.file = home.path().resolve("demo.json");
        this.planned = home.keys().resolve("demo-passwords.json");
        this.json = json;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Passwords by user name; the same ones after a start that did not finish. */
    Map<String, String> passwords() throws IOException {
        var text =
                SecretFile.readOrCreate(
                        planned,
                        () -> {
                            var fresh = new LinkedHashMap<String, String>();
                            for (var department : Cast.WHOLE)
                                for (var player : department.players())
                                    fresh.put(player.username(), SecretFile.random(PASSWORD));
                            return json.writeValueAsString(fresh);
                        });
        var passwords = new LinkedHashMap<String, String>();
        json.readTree(text)
                .properties()
                .forEach(entry -> passwords.put(entry.getKey(), entry.getValue().asString()));
        return passwords;
    }

    /** A program with its secret. */
    record Client(String clientId, String clientSecret, String organization, List<Role> scopes) {}

    void write(
            String baseUrl,
            List<Cast.Department> departments,
            List<Client> clients,
            Map<String, LocalDatabases.Access> databases)
            throws IOException {
        var passwords = passwords();
        var users = new ArrayList<Map<String, Object>>();
        var access = new ArrayList<Map<String, Object>>();
        for (var department : departments) {
            for (var player : department.players())
                users.add(
                        ordered(
                                "username",
                                player.username(),
                                "password",
                                Objects.requireNonNull(passwords.get(player.username())),
                                "organization",
                                department.code(),
                                "roles",
                                player.roles()));
            var database = databases.get(department.code());
            if (database != null)
                access.add(
                        ordered(
                                "organization", department.code(),
                                "jdbcUrl", database.url(),
                                "username", database.user(),
                                "password", database.password()));
        }
        store(ordered("baseUrl", baseUrl, "users", users, "clients", clients, "databases", access));
        Files.deleteIfExists(planned);
    }

    /**
     * Follows the address and the databases of this start.
     *
     * @param port of the databases now
     */
    void rewrite(String baseUrl, int port) throws IOException {
        var document = json.readTree(file.toFile());
        var access = new ArrayList<Map<String, Object>>();
        for (var old : document.path("databases"))
            access.add(
                    ordered(
                            "organization", old.path("organization").asString(),
                            "jdbcUrl",
                                    PORT.matcher(old.path("jdbcUrl").asString())
                                            .replaceFirst(":" + port + "/"),
                            "username", old.path("username").asString(),
                            "password", old.path("password").asString()));
        store(
                ordered(
                        "baseUrl",
                        baseUrl,
                        "users",
                        document.path("users"),
                        "clients",
                        document.path("clients"),
                        "databases",
                        access));
    }

    /** The port of the databases as they were at the last start; 0 when there are none. */
    int lastPort() {
        JsonNode url = json.readTree(file.toFile()).path("databases").path(0).path("jdbcUrl");
        return url.isMissingNode()
                ? 0
                : shuqiao.engine.DatabaseAddress.parse(url.asString()).port();
    }

    private void store(Map<String, Object> document) throws IOException {
        SecretFile.write(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    }

    private static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) map.put((String) pairs[i], pairs[i + 1]);
        return map;
    }
}
