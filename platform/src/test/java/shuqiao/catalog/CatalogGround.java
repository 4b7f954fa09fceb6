package shuqiao.catalog;

import static org.assertj.core.api.Assertions.assertThat;

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
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/** Departments with a database and the people of a resource's way to publication. */
@PlatformTest
abstract class CatalogGround {

    static final String PATH = "/api/v1/resources";
    static final ScratchPostgres.Database CIVIL = ScratchPostgres.shared().newDatabase();
    static final AtomicInteger NEXT = new AtomicInteger();

    @Autowired City city;
    @Autowired Catalog catalog;
    @Autowired Reviews reviews;
    @Autowired Classification classification;
    @Autowired JdbcClient db;

    String steward;
    String reviewer;
    String authority;
    String police;
    String table;
    long source;

    @BeforeEach
    void prepare() {
        steward = city.token(City.CIVIL_AFFAIRS, Role.STEWARD);
        reviewer = city.token(City.CIVIL_AFFAIRS, Role.REVIEWER);
        authority = city.token(City.BUREAU, Role.AUTHORITY);
        police = city.token(City.POLICE, Role.STEWARD, Role.REVIEWER);
        table = "village_" + NEXT.incrementAndGet();
        CIVIL.run(
                "create table %s (code varchar(12) primary key, name text not null, id_card text, people int, seen timestamptz)"
                        .formatted(table),
                "comment on table %s is '村委会名录%s'".formatted(table, table),
                "comment on column %s.code is '统计用区划代码'".formatted(table),
                "comment on column %s.name is '名称'".formatted(table),
                "comment on column %s.id_card is '联系人身份证号'".formatted(table));
        source = source(steward, CIVIL);
        for (var node : List.of(List.of("307", "021"), List.of("307021", "0103")))
            if (classification.all(Actor.PLATFORM).stream()
                    .noneMatch(it -> it.fullCode().equals(node.get(0) + node.get(1))))
                classification.add(
                        Actor.PLATFORM,
                        new Classification.NewClassNode(
                                node.get(0), node.get(1), "民政" + node.get(1), null));
    }

    long source(String token, ScratchPostgres.Database database) {
        return city.post(
                        token,
                        "/api/v1/sources",
                        Map.of(
                                "name",
                                "库" + NEXT.incrementAndGet(),
                                "jdbcUrl",
                                database.jdbcUrl(),
                                "username",
                                database.user(),
                                "password",
                                database.password()))
                .<Number>at("$.id")
                .longValue();
    }

    /** A draft from the table, whose words are still missing. */
    long drafted() {
        var answer =
                city.post(
                        steward,
                        PATH,
                        Map.of("source", source, "schema", "public", "table", table));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.<Number>at("$.id").longValue();
    }

    Map<String, Object> description(long id) {
        return new HashMap<>(
                city.get(steward, PATH + "/" + id).<Map<String, Object>>at("$.description"));
    }

    Map<String, Object> complete(long id) {
        var description = description(id);
        description.put("classification", "3070210103");
        description.put("summary", "全市村委会名录");
        description.put("sharingKind", "CONDITIONAL");
        description.put("sharingCondition", "因履行职责需要");
        description.put("sharingRange", List.of(City.POLICE));
        description.put("updateCycle", "MONTHLY");
        return description;
    }

    List<Map<String, Object>> items(Map<String, Object> description) {
        var copy = new ArrayList<Map<String, Object>>();
        for (var item : (List<?>) description.get("items")) {
            var one = new HashMap<String, Object>();
            ((Map<?, ?>) item).forEach((key, value) -> one.put(String.valueOf(key), value));
            copy.add(one);
        }
        return copy;
    }

    long completed() {
        var id = drafted();
        var answer = city.put(steward, PATH + "/" + id, complete(id));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return id;
    }

    City.Answer step(String token, long id, String step, Map<String, Object> body) {
        return city.post(token, PATH + "/" + id + "/" + step, body);
    }

    void does(String token, long id, String step, Map<String, Object> body) {
        var answer = step(token, id, step, body);
        assertThat(answer.status()).as(step + " " + answer.body()).isEqualTo(200);
    }

    long approved() {
        var id = completed();
        approve(id);
        return id;
    }

    void approve(long id) {
        does(steward, id, "submission", Map.of());
        does(reviewer, id, "department-review", Map.of("approve", true));
        does(authority, id, "authority-review", Map.of("approve", true, "opinion", "同意"));
    }

    long published() {
        var id = approved();
        does(authority, id, "publication", Map.of());
        return id;
    }
}
