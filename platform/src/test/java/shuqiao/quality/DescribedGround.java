package shuqiao.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.catalog.Classification;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/** Departments that publish tables with the items that a test wants. */
@PlatformTest
public abstract class DescribedGround {

    protected static final String PASSWORD = "Bridge-2026-quality";
    private static final String PATH = "/api/v1/resources";
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Map<String, Department> DEPARTMENTS = new ConcurrentHashMap<>();

    /** A department with a database of its own; its programs call with fresh tokens. */
    protected record Department(City city, String code, ScratchPostgres.Database db, long source) {

        public String steward() {
            return city.token(code, Role.STEWARD);
        }

        public String reviewer() {
            return city.token(code, Role.REVIEWER);
        }
    }

    @Autowired protected City city;
    @Autowired protected Classification classification;
    @Autowired protected JdbcClient db;

    protected String authority() {
        return city.token(City.BUREAU, Role.AUTHORITY);
    }

    /** One that no other test fills. */
    protected Department department(String body, String name) {
        return DEPARTMENTS.computeIfAbsent(city.url() + body, _ -> made(body, name));
    }

    private Department made(String body, String name) {
        city.build();
        var code = city.department(body, name);
        var steward = city.token(code, Role.STEWARD);
        var base = ScratchPostgres.shared().newDatabase();
        for (var node : List.of(List.of("307", "971"), List.of("307971", "0103")))
            if (classification.all(Actor.PLATFORM).stream()
                    .noneMatch(it -> it.fullCode().equals(node.get(0) + node.get(1))))
                classification.add(
                        Actor.PLATFORM,
                        new Classification.NewClassNode(
                                node.get(0), node.get(1), "质量" + node.get(1), null));
        var made =
                done(
                        201,
                        city.post(
                                steward,
                                "/api/v1/sources",
                                Map.of(
                                        "name", "库" + NEXT.incrementAndGet(),
                                        "jdbcUrl", base.jdbcUrl(),
                                        "username", base.user(),
                                        "password", base.password())));
        return new Department(city, code, base, made.<Number>at("$.id").longValue());
    }

    /** A table with these columns, named by their comments; the first is the key. */
    protected String table(Department of, LinkedHashMap<String, String> columns) {
        var name = "t" + NEXT.incrementAndGet();
        var definitions = new ArrayList<String>();
        columns.forEach((column, _) ->
                definitions.add(
                        column + " varchar(64)" + (definitions.isEmpty() ? " primary key" : "")));
        of.db().run("create table %s (%s)".formatted(name, String.join(", ", definitions)));
        columns.forEach((column, comment) ->
                of.db().run("comment on column %s.%s is '%s'".formatted(name, column, comment)));
        return name;
    }

    protected static LinkedHashMap<String, String> columns(String... namesAndComments) {
        var columns = new LinkedHashMap<String, String>();
        for (int at = 0; at < namesAndComments.length; at += 2)
            columns.put(namesAndComments[at], namesAndComments[at + 1]);
        return columns;
    }

    /** A draft from the table, described so that it can be published. */
    protected long draft(Department of, String table, String name, Map<String, Object> more) {
        var id =
                done(
                                201,
                                city.post(
                                        of.steward(),
                                        PATH,
                                        Map.of(
                                                "source",
                                                of.source(),
                                                "schema",
                                                "public",
                                                "table",
                                                table,
                                                "description",
                                                Map.of("name", name))))
                        .<Number>at("$.id")
                        .longValue();
        var words = words(of, id);
        words.put("classification", "3079710103");
        words.put("summary", "全市有关人员的登记情况，用于部门之间核验，来源于业务系统。");
        words.put("sharingKind", "UNCONDITIONAL");
        words.put("updateCycle", "YEARLY");
        words.putAll(more);
        done(200, city.put(of.steward(), PATH + "/" + id, words));
        return id;
    }

    protected Map<String, Object> words(Department of, long id) {
        return new HashMap<>(
                city.get(of.steward(), PATH + "/" + id).<Map<String, Object>>at("$.description"));
    }

    protected void publish(Department of, long id) {
        step(of.steward(), id, "submission", Map.of());
        step(of.reviewer(), id, "department-review", Map.of("approve", true));
        step(authority(), id, "authority-review", Map.of("approve", true));
        step(authority(), id, "publication", Map.of());
    }

    protected long published(Department of, String table, String name, Map<String, Object> more) {
        var id = draft(of, table, name, more);
        publish(of, id);
        return id;
    }

    protected void step(String token, long id, String step, Map<String, Object> body) {
        done(200, city.post(token, PATH + "/" + id + "/" + step, body));
    }

    protected static City.Answer done(int status, City.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }
}
