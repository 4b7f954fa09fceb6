package shuqiao.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.catalog.Classification;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Role;
import shuqiao.sharing.Grants;
import shuqiao.sharing.Profiles;

/** 水务局 publishes a table, 园林局 uses it; the tables change under their feet. */
@PlatformTest
abstract class UpkeepGround {

    static final String RESOURCES = "/api/v1/resources";
    static final String PASSWORD = "Upkeep-2026-x!";
    static final ScratchPostgres.Database WATER = ScratchPostgres.shared().newDatabase();
    static final AtomicInteger NEXT = new AtomicInteger();

    @Autowired City city;
    @Autowired Classification classification;
    @Autowired Profiles profiles;
    @Autowired Grants grants;
    @Autowired LiveChecks checks;
    @Autowired Endings endings;
    @Autowired JdbcClient db;

    String provider;
    String consumer;
    String steward;
    String reviewer;
    String authority;
    String user;
    String table;
    String title;
    long source;

    @BeforeEach
    void prepare() {
        city.build();
        provider = city.department("UPK000021", "云泽市水务局");
        consumer = city.department("UPK000022", "云泽市园林局");
        city.person("up.steward", PASSWORD, provider, Role.STEWARD);
        city.person("up.reviewer", PASSWORD, provider, Role.REVIEWER);
        city.person("up.user", PASSWORD, consumer, Role.STEWARD);
        city.person("up.signer", PASSWORD, consumer, Role.REVIEWER);
        city.person("up.bureau", PASSWORD, City.BUREAU, Role.AUTHORITY);
        steward = city.token(provider, Role.STEWARD);
        reviewer = city.token(provider, Role.REVIEWER);
        authority = city.token(City.BUREAU, Role.AUTHORITY);
        user = city.token(consumer, Role.STEWARD, Role.REVIEWER);
        profiles.choose(Actor.PLATFORM, "SEED_2017");
        for (var node : List.of(List.of("307", "990"), List.of("307990", "0001")))
            if (classification.all(Actor.PLATFORM).stream()
                    .noneMatch(it -> it.fullCode().equals(node.get(0) + node.get(1))))
                classification.add(
                        Actor.PLATFORM,
                        new Classification.NewClassNode(node.get(0), node.get(1), "水务", null));
    }

    /** A published resource with the columns code, name, people, note; shared without condition. */
    long published() {
        table = "well_" + NEXT.incrementAndGet();
        title = "水井名录" + table;
        WATER.run(
                "create table %s (code varchar(12) primary key, name text, people int, note text)"
                        .formatted(table),
                "comment on table %s is '%s'".formatted(table, title),
                "comment on column %s.name is '名称'".formatted(table),
                "insert into %s select g::text, 'w' || g, g, '' from generate_series(1, 50) g"
                        .formatted(table),
                "analyze " + table);
        source =
                id(
                        done(
                                201,
                                city.post(
                                        steward,
                                        "/api/v1/sources",
                                        Map.of(
                                                "name",
                                                "库" + table,
                                                "jdbcUrl",
                                                WATER.jdbcUrl(),
                                                "username",
                                                WATER.user(),
                                                "password",
                                                WATER.password()))));
        var id =
                id(
                        done(
                                201,
                                city.post(
                                        steward,
                                        RESOURCES,
                                        Map.of(
                                                "source", source, "schema", "public", "table",
                                                table))));
        var words = words(id);
        words.put("classification", "3079900001");
        words.put("summary", "全市水井名录");
        words.put("sharingKind", "UNCONDITIONAL");
        words.put("updateCycle", "MONTHLY");
        done(200, city.put(steward, RESOURCES + "/" + id, words));
        publish(id);
        return id;
    }

    void publish(long id) {
        does(steward, id, "submission", Map.of());
        does(reviewer, id, "department-review", Map.of("approve", true));
        does(authority, id, "authority-review", Map.of("approve", true));
        does(authority, id, "publication", Map.of());
    }

    /** The next version, with these words, is published. */
    void next(long id, Map<String, Object> words) {
        does(steward, id, "new-version", Map.of());
        done(200, city.put(steward, RESOURCES + "/" + id, words));
        done(
                200,
                city.put(
                        steward,
                        RESOURCES + "/" + id + "/mount",
                        Map.of("source", source, "schema", "public", "table", table)));
        publish(id);
    }

    /** The consumer may use code, name and people of it. */
    long granted(long resource) {
        var request =
                id(
                        done(
                                201,
                                city.post(
                                        user,
                                        "/api/v1/requests",
                                        Map.of(
                                                "resource",
                                                resource,
                                                "fields",
                                                List.of("code", "name", "people"),
                                                "purpose",
                                                "DATA_VERIFICATION",
                                                "purposeText",
                                                "绿化取水核对",
                                                "basis",
                                                "《绿化条例》第三条",
                                                "until",
                                                today().plusYears(1).toString()))));
        return done(
                        200,
                        city.post(
                                city.token(consumer, Role.REVIEWER),
                                "/api/v1/requests/" + request + "/sending",
                                Map.of()))
                .<Number>at("$.grant")
                .longValue();
    }

    Map<String, Object> words(long id) {
        return new HashMap<>(
                city.get(steward, RESOURCES + "/" + id).<Map<String, Object>>at("$.description"));
    }

    /** The items of a description, to be changed. */
    static List<Map<String, Object>> items(Map<String, Object> words) {
        var copy = new ArrayList<Map<String, Object>>();
        for (var item : (List<?>) words.get("items")) {
            var one = new HashMap<String, Object>();
            ((Map<?, ?>) item).forEach((key, value) -> one.put(String.valueOf(key), value));
            copy.add(one);
        }
        words.put("items", copy);
        return copy;
    }

    City.Answer check(long id) {
        return done(200, city.post(steward, RESOURCES + "/" + id + "/check", Map.of()));
    }

    void does(String token, long id, String step, Map<String, Object> body) {
        done(200, city.post(token, RESOURCES + "/" + id + "/" + step, body));
    }

    static City.Answer done(int status, City.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    static long id(City.Answer answer) {
        return answer.<Number>at("$.id").longValue();
    }

    /** What was told to somebody, newest first. */
    List<String> told(String username) {
        return db.sql("select key from notice.notice where receiver = :username order by id desc")
                .param("username", username)
                .query(String.class)
                .list();
    }

    Visitor visitor(String name) {
        return city.visitor(name, PASSWORD);
    }

    static LocalDate today() {
        return LocalDate.now(Clock.ZONE);
    }
}
