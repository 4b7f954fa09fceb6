package shuqiao.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import shuqiao.City;
import shuqiao.engine.embedded.ScratchPostgres;
import shuqiao.kernel.Role;

/** What goes wrong at departments' databases is met with a sentence that says what to do. */
@Tag("slow")
class BadInputTests extends ExchangeGround {

    @Autowired com.zaxxer.hikari.HikariDataSource own;

    private long target() {
        return source(consumer, CONSUMER, Map.of());
    }

    @Test
    void a_table_that_lost_a_granted_column_is_named() throws Exception {
        var table = table(5);
        var grant = grant(table, Map.of());
        PROVIDER.run("alter table " + table + " drop column amount");

        var answer = ask(grant, target(), "lost");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:engine:column-lost");
        assertThat(answer.<String>at("$.detail")).contains("amount");
    }

    @Test
    void a_column_that_changed_its_type_is_named_with_both_types() throws Exception {
        var table = table(5);
        var grant = grant(table, Map.of());
        PROVIDER.run("alter table " + table + " alter column amount type text");

        var answer = ask(grant, target(), "retyped");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.detail")).contains("amount", "numeric(10,2)", "text");
    }

    @Test
    void a_table_that_vanished_is_named_in_both_languages() throws Exception {
        var table = table(5);
        var grant = grant(table, Map.of());
        PROVIDER.run("drop table " + table);
        var target = target();

        assertThat(ask(grant, target, "vanished").<String>at("$.detail")).contains(table);
        var english =
                city.call(
                        "POST",
                        consumer,
                        "/api/v1/runs",
                        Map.of("grant", grant, "target", target, "schema", "public", "table", "x"),
                        Map.of("Accept-Language", "en"));
        assertThat(english.<String>at("$.detail"))
                .contains(table)
                .doesNotContainPattern("\\p{IsHan}");
    }

    @Test
    void a_table_that_vanishes_after_the_run_was_asked_for_fails_the_run_with_a_sentence()
            throws Exception {
        var table = table(20_000);
        var slow = grant(table, Map.of("maxMegabytesPerSecond", 1.0));
        var target = target();
        var first = run(slow, target, "late");
        var second = run(slow, target, "late");
        awaitState(first, "DELIVERED");
        // the second waits for the first; what it needs goes meanwhile
        PROVIDER.run("alter table " + table + " rename to " + table + "_gone");

        var failed = awaitState(second, "FAILED", "DELIVERED");

        if (failed.at("$.state").equals("FAILED")) {
            assertThat(failed.<String>at("$.problem.detail")).contains(table);
            assertThat(count("late")).isEqualTo("20000");
        }
    }

    @Test
    void a_source_password_that_changed_is_said_so() throws Exception {
        var department = ScratchPostgres.shared().newDatabase();
        department.run("create table t (id int primary key)");
        var grant = request(resource(source(steward, department, Map.of()), "t"), Map.of());
        ScratchPostgres.shared()
                .asSuperuser("postgres", "alter role " + department.user() + " password 'changed'");

        var answer = ask(grant, target(), "password");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:engine:password-refused");
        assertThat(answer.body()).doesNotContain(department.password());
    }

    @Test
    void a_target_with_other_columns_is_refused_naming_the_difference() throws Exception {
        CONSUMER.run("create table other_columns (id bigint primary key, name text not null)");

        var answer = ask(grant(table(5), Map.of()), target(), "other_columns");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.detail")).contains("amount");
        assertThat(count("other_columns")).isEqualTo("0");
    }

    @Test
    void a_target_that_is_read_only_is_refused() throws Exception {
        var readOnly = ScratchPostgres.shared().newDatabase();
        ScratchPostgres.shared()
                .asSuperuser(
                        "postgres",
                        "alter database "
                                + readOnly.name()
                                + " set default_transaction_read_only = on");

        var answer = ask(grant(table(5), Map.of()), source(consumer, readOnly, Map.of()), "t");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:engine:target-read-only");
    }

    @Test
    void a_target_with_a_view_and_a_grant_keeps_both() throws Exception {
        var grant = grant(table(7), Map.of());
        var target = target();
        delivered(run(grant, target, "with_view"));
        CONSUMER.run(
                "create view on_it as select count(*) as n from with_view",
                "grant select on with_view to public");

        delivered(run(grant, target, "with_view"));

        assertThat(CONSUMER.one("select n from on_it")).isEqualTo("7");
        assertThat(CONSUMER.one("select has_table_privilege('public', 'with_view', 'select')"))
                .isEqualTo("t");
    }

    @Test
    void the_schema_of_a_target_must_be_there() throws Exception {
        var answer =
                city.post(
                        consumer,
                        "/api/v1/runs",
                        Map.of(
                                "grant",
                                grant(table(5), Map.of()),
                                "target",
                                target(),
                                "schema",
                                "nowhere",
                                "table",
                                "t"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.detail")).contains("nowhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\"; drop table victim; --",
                "x' or '1'='1",
                "$(touch /tmp/x)",
                "${7*7}",
                "a;b",
                "表 名",
                "../../etc/passwd",
                "select"
            })
    void a_hostile_name_of_a_target_is_a_name_and_nothing_else(String name) throws Exception {
        CONSUMER.run("create table if not exists victim (id int)");

        var answer = ask(grant(table(2), Map.of()), target(), name);

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        delivered(answer.at("$.id"));
        assertThat(exists("victim")).isTrue();
        assertThat(CONSUMER.one("select count(*) from \"" + name.replace("\"", "\"\"") + "\""))
                .isEqualTo("2");
    }

    @Test
    void names_that_postgresql_would_cut_and_modes_to_come_are_refused_by_name() throws Exception {
        var grant = grant(table(2), Map.of());
        var target = target();
        for (var mode : new String[] {"incremental", "stream"}) {
            var answer =
                    city.post(
                            consumer,
                            "/api/v1/runs",
                            Map.of(
                                    "grant", grant,
                                    "target", target,
                                    "schema", "public",
                                    "table", "t",
                                    "mode", mode));
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.<String>at("$.errors[0].field")).isEqualTo("mode");
            assertThat(answer.<String>at("$.errors[0].detail")).contains(mode);
        }
        assertThat(ask(grant, target, "名".repeat(30)).status()).isEqualTo(422);
        assertThat(ask(grant, target, "").<String>at("$.errors[0].field")).isEqualTo("table");
    }

    @Test
    void the_platforms_own_database_is_no_target() {
        var answer =
                city.post(
                        consumer,
                        "/api/v1/sources",
                        Map.of(
                                "name", "自己",
                                "jdbcUrl", own.getJdbcUrl(),
                                "username", own.getUsername(),
                                "password", own.getPassword()));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:source:own-database");
        assertThat(answer.body()).doesNotContain(own.getPassword());
    }

    @Test
    void another_departments_connection_is_unknown() throws Exception {
        var theirs = source(steward, PROVIDER, Map.of());

        assertThat(ask(grant(table(2), Map.of()), theirs, "t").status()).isEqualTo(404);
    }

    @Test
    void a_steward_of_a_third_department_cannot_use_the_grant() throws Exception {
        var answer =
                city.post(
                        city.token(City.BUREAU, Role.STEWARD),
                        "/api/v1/runs",
                        Map.of(
                                "grant",
                                grant(table(2), Map.of()),
                                "target",
                                target(),
                                "schema",
                                "public",
                                "table",
                                "t"));

        assertThat(answer.status()).isEqualTo(404);
    }
}
