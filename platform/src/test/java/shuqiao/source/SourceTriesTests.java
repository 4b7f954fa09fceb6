package shuqiao.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.PlatformTest;
import shuqiao.Visitor;
import shuqiao.engine.Database;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.Endpoint;
import shuqiao.engine.Limits;
import shuqiao.engine.Tls;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Role;
import shuqiao.kernel.TooMany;

/** The platform neither looks for servers nor guesses passwords for anybody. */
@PlatformTest
class SourceTriesTests {

    private static final String PATH = "/api/v1/sources";
    private static final String PASSWORD = "Bridge-2026-tries";
    private static final ScratchPostgres.Database DATABASE = ScratchPostgres.shared().newDatabase();

    @Autowired City city;
    @Autowired TriesTable table;
    @Autowired Notices notices;
    @Autowired TransactionTemplate transaction;
    @Autowired ApplicationEventPublisher events;
    @Autowired JdbcClient db;

    private String organization;
    private String steward;

    @BeforeEach
    void a_department_that_no_other_test_uses() {
        city.build();
        organization = city.department("TRY000077", "云泽市试错局");
        steward = city.token(organization, Role.STEWARD);
        db.sql("delete from source.tries").update();
    }

    private Map<String, Object> entry(String name, String password) {
        var entry = new HashMap<String, Object>();
        entry.put("name", name);
        entry.put("jdbcUrl", DATABASE.jdbcUrl());
        entry.put("username", DATABASE.user());
        entry.put("password", password);
        return entry;
    }

    private long registered(String name) {
        return city.post(steward, PATH, entry(name, DATABASE.password()))
                .<Number>at("$.id")
                .longValue();
    }

    @Test
    void passwords_cannot_be_guessed_and_the_security_administrator_is_told_once() {
        city.person("tries-secadmin", PASSWORD, City.BUREAU, Role.SECURITY_ADMIN);
        var id = registered("猜口令");
        for (var guess = 1; guess <= Tries.WRONG_OF_SOURCE; guess++)
            assertThat(city.put(steward, PATH + "/" + id, entry("猜口令", "guess " + guess)).status())
                    .isEqualTo(200);

        var next = city.put(steward, PATH + "/" + id, entry("猜口令", DATABASE.password()));

        assertThat(next.status()).as("even the right one: a guess learns nothing").isEqualTo(429);
        assertThat(next.<String>at("$.type")).isEqualTo("urn:shuqiao:source:too-many-tries");
        assertThat(Long.parseLong(next.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1L, Tries.WINDOW.toSeconds() + 1);
        assertThat(city.put(steward, PATH + "/" + id, entry("猜口令", "x")).status()).isEqualTo(429);
        assertThat(
                        db.sql(
                                        "select count(*) from ledger.entry where kind = 'SourcePasswordsRefused' and convert_from(body, 'UTF8') like :source")
                                .param("source", "%\"source\":" + id + "%")
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
        var administrator = new Visitor(city);
        administrator.login("tries-secadmin", PASSWORD);
        assertThat(administrator.get("/notices").body()).contains("猜口令", "云泽市试错局".substring(2));
    }

    @Test
    void who_looks_for_servers_is_stopped() {
        var id = registered("找服务器");
        db.sql("update source.source set port = 1 where id = :id").param("id", id).update();
        var test = PATH + "/" + id + "/test";
        for (var at = 0; at < Tries.FAILURES_OF_SOURCE; at++)
            assertThat(city.post(steward, test, null).status()).isEqualTo(503);

        assertThat(city.post(steward, test, null).status()).isEqualTo(429);
        assertThat(city.get(steward, PATH + "/" + id + "/schemas").status()).isEqualTo(429);
    }

    @Test
    void what_succeeds_is_not_counted() {
        var id = registered("好用");
        for (var at = 0; at < 5; at++)
            assertThat(city.post(steward, PATH + "/" + id + "/test", null).status()).isEqualTo(200);

        assertThat(db.sql("select max(failures) from source.tries").query(Integer.class).single())
                .isZero();
    }

    @Test
    void a_person_has_one_count_over_all_sources_and_it_begins_anew_after_the_window() {
        var now = new Instant[] {Instant.parse("2026-11-30T01:00:00Z")};
        var tries = new Tries(table, notices, transaction, events, () -> now[0]);
        var actor =
                new Actor(Actor.Kind.PROGRAM, "t-person", "t", organization, java.util.Set.of());
        var dialled = new AtomicInteger();
        for (var at = 0; at < Tries.FAILURES_OF_PERSON; at++) failing(tries, actor, at, dialled);
        assertThat(dialled).hasValue(Tries.FAILURES_OF_PERSON);

        assertThatThrownBy(() -> tries.of(actor, source(90_000), () -> dialled.incrementAndGet()))
                .isInstanceOfSatisfying(
                        TooMany.class,
                        it -> assertThat(it.retryAfterSeconds()).hasValue(15 * 60 + 1));
        assertThat(dialled).hasValue(Tries.FAILURES_OF_PERSON);
        now[0] = now[0].plus(Tries.WINDOW).plus(Duration.ofSeconds(1));
        assertThat(tries.of(actor, source(90_000), () -> "again")).isEqualTo("again");
    }

    /** Another source each time, on a port where nobody listens. */
    private void failing(Tries tries, Actor actor, int at, AtomicInteger dialled) {
        assertThatThrownBy(() ->
                        tries.of(
                                actor,
                                source(80_000 + at),
                                () -> {
                                    dialled.incrementAndGet();
                                    return new Database(
                                                    Endpoint.of(
                                                            "jdbc:postgresql://127.0.0.1:1/x",
                                                            "u",
                                                            "p"))
                                            .schemas();
                                }))
                .isInstanceOf(shuqiao.engine.EngineFailure.class);
    }

    private Source source(long id) {
        return new Source(
                id,
                organization,
                "s",
                DatabaseAddress.parse("jdbc:postgresql://127.0.0.1:1/x"),
                "u",
                Tls.DISABLED,
                Limits.standard(),
                java.util.Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                1);
    }

    @Test
    void on_the_platforms_own_server_neither_its_superuser_nor_its_own_databases_are_taken() {
        var server = ScratchPostgres.shared();
        server.asSuperuser(
                "postgres",
                "drop role if exists almighty",
                "create role almighty login superuser password 'almighty-1'",
                "grant connect on database template1 to " + DATABASE.user());
        var superuser = entry("超级用户", "almighty-1");
        superuser.put("username", "almighty");

        var refused = city.post(steward, PATH, superuser);
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.<String>at("$.type")).isEqualTo("urn:shuqiao:source:own-database");
        for (var database : List.of("postgres", "template1")) {
            var entry = entry("库 " + database, DATABASE.password());
            entry.put("jdbcUrl", DATABASE.jdbcUrl().replace(DATABASE.name(), database));
            assertThat(city.post(steward, PATH, entry).status()).as(database).isEqualTo(409);
        }
        assertThat(city.post(steward, PATH, entry("部门库", DATABASE.password())).status())
                .isEqualTo(201);
        server.asSuperuser("postgres", "drop role almighty");
    }

    @Test
    void tables_come_in_pieces_cut_by_the_other_server_and_are_found_by_words() {
        DATABASE.run(
                "create schema if not exists many",
                "do $$ begin for i in 1..130 loop execute format('create table if not exists many.%I (id int)', 't' || to_char(i, 'FM000')); end loop; end $$",
                "comment on table many.t077 is '低保对象'");
        var id = registered("多表");
        var path = PATH + "/" + id + "/tables?schema=many";

        var first = city.get(steward, path + "&limit=100");
        assertThat(first.<List<String>>at("$.items[*].name"))
                .hasSize(100)
                .startsWith("t001")
                .endsWith("t100");
        assertThat(first.<Integer>at("$.total")).isEqualTo(130);
        var second = city.get(steward, path + "&limit=100&after=" + first.<String>at("$.next"));
        assertThat(second.<List<String>>at("$.items[*].name")).hasSize(30).endsWith("t130");
        assertThat(second.body()).doesNotContain("\"next\"");
        assertThat(
                        city.get(steward, path + "&q=%E4%BD%8E%E4%BF%9D")
                                .<List<String>>at("$.items[*].name"))
                .containsExactly("t077");
        assertThat(city.get(steward, path + "&q=T12").<Integer>at("$.total")).isEqualTo(10);
        assertThat(city.get(steward, path + "&after=-1").status()).isEqualTo(422);

        city.person("tries-steward", PASSWORD, organization, Role.STEWARD);
        var person = new Visitor(city);
        person.login("tries-steward", PASSWORD);
        var page = "/sources/" + id + "?schema=many";
        assertThat(person.get(page).body()).contains(">t050<", "130 张").doesNotContain(">t051<");
        assertThat(person.get(page + "&after=50").body())
                .contains(">t051<")
                .doesNotContain(">t050<");
        assertThat(person.get(page + "&q=%E4%BD%8E%E4%BF%9D").body())
                .contains(">t077<")
                .doesNotContain(">t078<", "??");
        var choice = "/resources/tables?source=" + id + "&schema=many";
        assertThat(person.get(choice).body()).contains(">t100<").doesNotContain(">t101<", "??");
        assertThat(person.get(choice + "&after=100").body()).contains(">t101<");
        assertThat(person.get(choice + "&q=t13").body())
                .contains(">t130<")
                .doesNotContain(">t001<");

        var draft = "/resources/new?source=" + id + "&schema=many";
        assertThat(person.get(draft).body()).contains(">t100<").doesNotContain(">t101<", "??");
        assertThat(person.get(draft + "&after=100").body())
                .contains(">t101<")
                .doesNotContain(">t100<");
        assertThat(person.get(draft + "&q=t13").body()).contains(">t130<").doesNotContain(">t001<");
        assertThat(person.get(draft + "&q=nowhere").body()).contains("没有找到这样的表");
        assertThat(person.get(draft + "&after=x").statusCode()).isEqualTo(200);

        var first100 = Map.of("source", "" + id, "schema", "many", "tables", "t007");
        var next = new HashMap<>(first100);
        next.putAll(Map.of("then", "next", "next", "100"));
        var second100 = person.submit(choice, "/resources/tables", next).body();
        assertThat(second100)
                .contains(">t101<", "另有 1 张已勾选", "name=\"tables\" value=\"t007\"")
                .doesNotContain(">t100<", "??");
        next.putAll(Map.of("then", "find", "q", "t12", "after", "100"));
        assertThat(person.submit(choice, "/resources/tables", next).body())
                .contains(">t120<", "另有 1 张已勾选")
                .doesNotContain(">t130<");
        next.putAll(Map.of("then", "first", "q", ""));
        assertThat(person.submit(choice, "/resources/tables", next).body())
                .containsPattern("value=\"t007\"[^>]*checked")
                .doesNotContain("已勾选，不在这一页");
    }

    @Test
    void a_table_with_whatever_name_can_be_described() {
        DATABASE.run(
                "drop schema if exists \"odd/schema\" cascade",
                "create schema \"odd/schema\"",
                "create table \"odd/schema\".\"a/b\\c%d;e?f#g\" (id int primary key)");
        var id = registered("怪名");
        var name =
                java.net.URLEncoder.encode(
                        "a/b\\c%d;e?f#g", java.nio.charset.StandardCharsets.UTF_8);

        var answer =
                city.get(steward, PATH + "/" + id + "/table?schema=odd%2Fschema&table=" + name);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.<String>at("$.name")).isEqualTo("a/b\\c%d;e?f#g");
        assertThat(answer.<List<String>>at("$.key")).containsExactly("id");
    }
}
