package shuqiao.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.engine.Database;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Role;
import shuqiao.line.Line;
import shuqiao.line.Occasion;
import shuqiao.line.Use;

@PlatformTest
@ExtendWith(OutputCaptureExtension.class)
@Tag("quick")
class SourceTests {

    private static final String PATH = "/api/v1/sources";
    private static final ScratchPostgres.Database CIVIL = ScratchPostgres.shared().newDatabase();

    @Autowired City city;
    @Autowired Sources sources;
    @Autowired Line line;
    @Autowired JdbcClient db;
    @Autowired HikariDataSource own;
    @Autowired TransactionTemplate transaction;

    String steward;

    @BeforeEach
    void prepare() {
        steward = city.token(City.CIVIL_AFFAIRS, Role.STEWARD);
        CIVIL.run(
                "drop table if exists village",
                "create table village (code text primary key, name varchar(50) not null, people int)",
                "comment on table village is '行政村'",
                "comment on column village.code is '行政村代码'",
                "insert into village values ('1', '东', 5)",
                "analyze village");
        db.sql("delete from source.source").update();
    }

    static Map<String, Object> entry(ScratchPostgres.Database database, String name) {
        var entry = new HashMap<String, Object>();
        entry.put("name", name);
        entry.put("jdbcUrl", database.jdbcUrl());
        entry.put("username", database.user());
        entry.put("password", database.password());
        return entry;
    }

    private long registered(String name) {
        var answer = city.post(steward, PATH, entry(CIVIL, name));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.<Number>at("$.id").longValue();
    }

    @Test
    void a_source_is_registered_tested_and_described() {
        var id = registered("民政业务库");

        var test = city.post(steward, PATH + "/" + id + "/test", null);
        assertThat(test.status()).as(test.body()).isEqualTo(200);
        assertThat(test.<String>at("$.user")).isEqualTo(CIVIL.user());
        assertThat(test.<Boolean>at("$.superuser")).isFalse();
        assertThat(test.<String>at("$.encoding")).isEqualTo("UTF8");
        assertThat(test.<List<?>>at("$.limits")).isEmpty();
        assertThat(
                        city.get(steward, PATH + "/" + id + "/schemas")
                                .<List<String>>at("$.items[*].name"))
                .contains("public");
        assertThat(
                        city.get(steward, PATH + "/" + id + "/tables?schema=public")
                                .<List<String>>at("$.items[*].name"))
                .contains("village");
        var table = city.get(steward, PATH + "/" + id + "/tables/public/village");
        assertThat(table.<String>at("$.comment")).isEqualTo("行政村");
        assertThat(table.<List<String>>at("$.key")).containsExactly("code");
        assertThat(table.<String>at("$.columns[0].comment")).isEqualTo("行政村代码");
        assertThat(table.<Integer>at("$.columns[1].length")).isEqualTo(50);
        assertThat(table.<Integer>at("$.rowEstimate")).isEqualTo(1);
    }

    @Test
    void a_password_is_shown_nowhere(CapturedOutput output) {
        var entry = entry(CIVIL, "口令");
        entry.put("password", "Sesam-öffne-dich-1");
        var answer = city.post(steward, PATH, entry);
        var id = answer.<Number>at("$.id").longValue();
        var failed = city.post(steward, PATH + "/" + id + "/test", null);

        var stored =
                db.sql(
                                "select s::text || encode(password, 'escape') from source.source s where id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single();
        var sealed =
                db.sql("select password from source.source where id = :id")
                        .param("id", id)
                        .query((rs, _) -> rs.getBytes(1))
                        .single();
        for (var text :
                List.of(
                        answer.body(),
                        failed.body(),
                        city.get(steward, PATH + "/" + id).body(),
                        city.get(steward, PATH).body(),
                        stored,
                        new String(sealed, StandardCharsets.ISO_8859_1),
                        output.getAll(),
                        new Registration(
                                        "n", "u", "x", "Sesam-1", null, null, null, null, null,
                                        null, null, null)
                                .toString())) assertThat(text).doesNotContain("Sesam");
        assertThat(answer.body()).doesNotContain("assword");
    }

    @Test
    void a_sealed_password_moved_to_another_row_is_worth_nothing() {
        var one = registered("一");
        var other = registered("二");

        db.sql(
                        "update source.source set password = (select password from source.source where id = :one) where id = :other")
                .param("one", one)
                .param("other", other)
                .update();

        var answer = city.post(steward, PATH + "/" + other + "/test", null);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:source:password-unreadable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socketFactory=x.Y",
                "sslfactory=x.Y",
                "user=postgres",
                "password=secret",
                "options=-c%20x",
                "loggerFile=/tmp/x",
                "%73ocketFactory=x"
            })
    void any_parameter_but_sslmode_is_refused_by_name(String parameter) {
        var entry = entry(CIVIL, "参数");
        entry.put("jdbcUrl", CIVIL.jdbcUrl() + "?" + parameter);

        var answer = city.post(steward, PATH, entry);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.<String>at("$.errors[0].field")).isEqualTo("jdbcUrl");
        var name = parameter.substring(0, parameter.indexOf('=')).replace("%73", "s");
        assertThat(answer.<String>at("$.errors[0].detail")).contains(name);
        assertThat(answer.body()).doesNotContain("secret").doesNotContain("x.Y");
    }

    @Test
    void the_platforms_own_database_is_refused_however_it_is_addressed() {
        for (var url :
                List.of(
                        own.getJdbcUrl(),
                        own.getJdbcUrl().replace("127.0.0.1", "localhost"),
                        own.getJdbcUrl().replace("localhost", "127.0.0.1"))) {
            var entry = entry(CIVIL, "自己");
            entry.put("jdbcUrl", url);
            entry.put("username", own.getUsername());
            entry.put("password", own.getPassword());

            var answer = city.post(steward, PATH, entry);

            assertThat(answer.status()).as(url).isEqualTo(409);
            assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:source:own-database");
        }
    }

    @Test
    void a_source_that_became_the_platforms_own_database_is_refused_when_it_is_used() {
        var id = registered("变了");
        var name = own.getJdbcUrl().substring(own.getJdbcUrl().lastIndexOf('/') + 1);
        var entry = entry(CIVIL, "变了");
        entry.put("username", own.getUsername());
        entry.put("password", own.getPassword());
        city.put(steward, PATH + "/" + id, entry);
        db.sql("update source.source set database = :name where id = :id")
                .param("name", name)
                .param("id", id)
                .update();

        assertThat(city.post(steward, PATH + "/" + id + "/test", null).status()).isEqualTo(409);
        assertThat(city.get(steward, PATH + "/" + id + "/schemas").status()).isEqualTo(409);
        assertThatThrownBy(() ->
                        line.ask(
                                sources.place(id),
                                Use.platform(Occasion.ANSWER),
                                Database::schemas))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("source:own-database");
        assertThatThrownBy(() -> sources.describe(id, "identity", "person"))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void a_wrong_password_is_said_in_the_callers_language() {
        var entry = entry(CIVIL, "错口令");
        entry.put("password", "wrong");
        var id = city.post(steward, PATH, entry).<Number>at("$.id").longValue();

        var chinese = city.post(steward, PATH + "/" + id + "/test", null);
        var english =
                city.call(
                        "POST",
                        steward,
                        PATH + "/" + id + "/test",
                        null,
                        Map.of("Accept-Language", "en"));

        assertThat(chinese.status()).isEqualTo(409);
        assertThat(chinese.<String>at("$.type")).isEqualTo("urn:shuqiao:engine:password-refused");
        assertThat(chinese.<String>at("$.detail"))
                .isEqualTo("来源数据库不接受用户「" + CIVIL.user() + "」的口令，请重新填写数据源的用户名和口令");
        assertThat(english.<String>at("$.detail"))
                .isEqualTo(
                        "The source database refuses the password of user “"
                                + CIVIL.user()
                                + "”; enter user name and password of the data source anew");
    }

    @Test
    void a_source_that_does_not_answer_may_be_registered_but_says_so_when_tested() {
        var entry = entry(CIVIL, "不通");
        entry.put("jdbcUrl", "jdbc:postgresql://127.0.0.1:1/none");
        var id = city.post(steward, PATH, entry).<Number>at("$.id").longValue();

        var answer = city.post(steward, PATH + "/" + id + "/test", null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.<String>at("$.detail")).contains("127.0.0.1:1").contains("核对地址");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public%22;drop%20table%20village;--",
                "%27%20or%201=1--",
                "pg_catalog%27%29"
            })
    void names_are_never_sql(String schema) {
        var id = registered("注入");

        assertThat(
                        city.get(steward, PATH + "/" + id + "/tables?schema=" + schema)
                                .<List<Object>>at("$.items"))
                .isEmpty();
        assertThat(city.get(steward, PATH + "/" + id + "/tables/public/" + schema).status())
                .isIn(400, 409);
        assertThat(CIVIL.one("select count(*) from village")).isEqualTo("1");
    }

    @Test
    void a_source_of_another_department_is_unknown() {
        var id = registered("民政的");
        var police = city.token(City.POLICE, Role.STEWARD);

        assertThat(city.get(police, PATH + "/" + id).status()).isEqualTo(404);
        assertThat(city.post(police, PATH + "/" + id + "/test", null).status()).isEqualTo(404);
        assertThat(city.put(police, PATH + "/" + id, entry(CIVIL, "x")).status()).isEqualTo(404);
        assertThat(city.call("DELETE", police, PATH + "/" + id, null, Map.of()).status())
                .isEqualTo(404);
        assertThat(city.get(police, PATH).<Integer>at("$.total")).isZero();
        assertThat(city.get(city.token(City.BUREAU, Role.AUTHORITY), PATH).status()).isEqualTo(403);
    }

    @Test
    void the_password_may_stay_out_of_a_change_only_while_it_goes_to_the_same_place() {
        var id = registered("改");
        var entry = entry(CIVIL, "改名");
        entry.remove("password");

        assertThat(city.put(steward, PATH + "/" + id, entry).<String>at("$.name")).isEqualTo("改名");
        assertThat(city.post(steward, PATH + "/" + id + "/test", null).status()).isEqualTo(200);
        entry.put("jdbcUrl", "jdbc:postgresql://127.0.0.1:1/trap");
        var answer = city.put(steward, PATH + "/" + id, entry);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.<String>at("$.errors[0].field")).isEqualTo("password");
    }

    @Test
    void all_wrong_fields_are_named_at_once() {
        var answer =
                city.post(
                        steward,
                        PATH,
                        Map.of(
                                "jdbcUrl",
                                "jdbc:mysql://h/d",
                                "maxConnections",
                                0,
                                "allowedFrom",
                                "25:00",
                                "caCertificate",
                                "none"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.<List<String>>at("$.errors[*].field"))
                .contains(
                        "name",
                        "username",
                        "password",
                        "jdbcUrl",
                        "maxConnections",
                        "allowedFrom",
                        "caCertificate");
        assertThat(city.post(steward, PATH, entry(CIVIL, "同名")).status()).isEqualTo(201);
        assertThat(city.post(steward, PATH, entry(CIVIL, "同名")).<String>at("$.errors[0].field"))
                .isEqualTo("name");
    }

    @Test
    void allowed_hours_may_pass_midnight() {
        var night = new AllowedHours(LocalTime.of(22, 0), LocalTime.of(6, 0));
        var day = new AllowedHours(LocalTime.of(8, 30), LocalTime.of(17, 0));

        assertThat(night.contains(Instant.parse("2026-11-22T15:00:00Z"))).isTrue(); // 23:00
        assertThat(night.contains(Instant.parse("2026-11-22T22:00:00Z"))).isFalse(); // 06:00
        assertThat(night.contains(Instant.parse("2026-11-22T04:00:00Z"))).isFalse(); // 12:00
        assertThat(day.contains(Instant.parse("2026-11-22T00:30:00Z"))).isTrue(); // 08:30
        assertThat(day.contains(Instant.parse("2026-11-22T09:00:00Z"))).isFalse(); // 17:00
    }

    @Test
    void an_endpoint_carries_the_limits_and_follows_the_embedded_server() {
        var entry = entry(CIVIL, "限制");
        entry.put("maxConnections", 2);
        entry.put("maxMegabytesPerSecond", 12.5);
        entry.put("statementTimeoutSeconds", 60);
        var id = city.post(steward, PATH, entry).<Number>at("$.id").longValue();

        var place = sources.place(id);
        assertThat(place.limits().maxConnections()).isEqualTo(2);
        assertThat(place.limits().megabytesPerSecond().getAsDouble()).isEqualTo(12.5);
        assertThat(place.limits().statementTimeout()).hasSeconds(60);
        assertThat(place.toString()).doesNotContain(CIVIL.password());
        assertThat(sources.moved(CIVIL.port(), 6000)).isEqualTo(1);
        assertThat(sources.find(id).orElseThrow().address().port()).isEqualTo(6000);
    }

    @Test
    void another_machine_is_never_asked_inside_our_transaction() {
        var id = registered("事务");

        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(
                                _ -> sources.describe(id, "public", "village")))
                .isInstanceOf(IllegalStateException.class);
    }
}
