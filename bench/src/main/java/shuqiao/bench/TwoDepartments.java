package shuqiao.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import shuqiao.bench.Programs.Who;
import shuqiao.engine.Endpoint;
import shuqiao.engine.Mask;
import tools.jackson.databind.JsonNode;

/** The first two departments of the demo city: one shares a table with the other, over REST. */
final class TwoDepartments {

    /** Schema of all that a bench makes in either database. */
    static final String SCHEMA = "bench";

    /** A department's database. */
    record Place(JsonNode it) {
        Who steward() {
            return new Who(it.path("organization").asString(), "STEWARD");
        }

        Who reviewer() {
            return new Who(it.path("organization").asString(), "REVIEWER");
        }

        String url() {
            return it.path("jdbcUrl").asString();
        }

        String user() {
            return it.path("username").asString();
        }

        String password() {
            return it.path("password").asString();
        }

        Endpoint endpoint() {
            return Endpoint.of(url(), user(), password());
        }

        /** For psql. */
        String conninfo() {
            var address = url().substring("jdbc:postgresql://".length()).split("[:/]");
            return "host=%s port=%s dbname=%s user=%s"
                    .formatted(address[0], address[1], address[2], user());
        }

        /** Runs statements; what has no schema is in that of the bench. */
        void run(String... statements) throws SQLException {
            try (Connection connection = DriverManager.getConnection(url(), user(), password());
                    var statement = connection.createStatement()) {
                statement.execute("create schema if not exists " + SCHEMA);
                statement.execute("set search_path = " + SCHEMA);
                for (var sql : statements) statement.execute(sql);
            }
        }
    }

    private final Programs programs;
    private final Who authority;
    private final Place provider;
    private final Place consumer;
    private final long from;
    private final long to;

    TwoDepartments(RunningPlatform platform) throws Exception {
        programs = new Programs(platform);
        authority = authority(platform.demo());
        provider = new Place(platform.demo().path("databases").path(0));
        consumer = new Place(platform.demo().path("databases").path(1));
        from = connection(provider);
        to = connection(consumer);
    }

    Programs programs() {
        return programs;
    }

    Place provider() {
        return provider;
    }

    Place consumer() {
        return consumer;
    }

    /** The consumer's connection. */
    long target() {
        return to;
    }

    Who authority() {
        return authority;
    }

    /** Publishes a table or view of the provider and has it granted; returns the grant. */
    long grant(String table, Map<String, Mask> masks) throws Exception {
        var resource = approved(table, table);
        publish(resource);
        return send(ask(resource, masks));
    }

    /** A draft of a table or view of the provider that both reviews approved. */
    long approved(String table, String name) throws Exception {
        var resource = draft(table, name);
        var path = "/resources/" + resource;
        var yes = Map.of("approve", true, "opinion", "同意");
        programs.post(provider.steward(), path + "/submission", Map.of());
        programs.post(provider.reviewer(), path + "/department-review", yes);
        programs.post(authority, path + "/authority-review", yes);
        return resource;
    }

    void publish(long resource) throws Exception {
        programs.post(authority, "/resources/" + resource + "/publication", Map.of());
    }

    /** A request of the consumer that is not sent yet. */
    long ask(long resource, Map<String, Mask> masks) throws Exception {
        var rules = new TreeMap<String, String>();
        masks.forEach((field, mask) -> rules.put(field, mask.rule()));
        var wanted = new LinkedHashMap<String, Object>();
        wanted.put("resource", resource);
        wanted.put("masks", rules);
        wanted.put("purpose", "BUSINESS_COOPERATION");
        wanted.put("purposeText", "性能测试");
        wanted.put("basis", "国发〔2016〕51号");
        wanted.put("until", LocalDate.now(ZoneId.of("Asia/Shanghai")).plusYears(1).toString());
        return programs.post(consumer.steward(), "/requests", wanted).path("id").asLong();
    }

    /** Sends a request, which grants it: the resource is shared without conditions. */
    long send(long request) throws Exception {
        return programs.post(consumer.reviewer(), "/requests/" + request + "/sending", Map.of())
                .path("grant")
                .asLong();
    }

    private long draft(String table, String name) throws Exception {
        var described = new LinkedHashMap<String, Object>();
        described.put("name", "性能测试 " + name);
        described.put("classification", classification());
        described.put("summary", "性能测试");
        described.put("formatKind", "DATABASE");
        described.put("formatType", "PostgreSQL");
        described.put("sharingKind", "UNCONDITIONAL");
        described.put("sharingMethodKind", "PLATFORM");
        described.put("sharingMethodType", "DATABASE");
        described.put("open", false);
        described.put("updateCycle", "DAILY");
        var drafted =
                Map.of(
                        "source", from,
                        "schema", SCHEMA,
                        "table", table,
                        "description", described);
        return programs.post(provider.steward(), "/resources", drafted).path("id").asLong();
    }

    private String classification() throws Exception {
        return programs.get(authority, "/classification?parent=307")
                .path("items")
                .path(0)
                .path("fullCode")
                .asString();
    }

    private long connection(Place place) throws Exception {
        return programs.post(
                        place.steward(),
                        "/sources",
                        Map.of(
                                "name", "性能测试",
                                "jdbcUrl", place.url(),
                                "username", place.user(),
                                "password", place.password(),
                                "maxConnections", 50))
                .path("id")
                .asLong();
    }

    private static Who authority(JsonNode demo) {
        for (var program : demo.path("clients"))
            if (program.path("scopes").path(0).asString().equals("AUTHORITY"))
                return new Who(program.path("organization").asString(), "AUTHORITY");
        throw new IllegalStateException("no authority");
    }
}
