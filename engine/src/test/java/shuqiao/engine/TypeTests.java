package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every value arrives as it was, or the column is refused by name before a row is sent. */
class TypeTests {

    private final Fixture fixture = new Fixture();

    @Test
    void a_zoo_of_types_arrives_exactly() {
        fixture.source.run(
                "create type mood as enum ('sad', 'glad')",
                "create domain postcode as text check (value ~ '^[0-9]{6}$')",
                """
                create table zoo (id bigint generated always as identity primary key, n numeric, money numeric(20,4), f8 double precision, f4 real, b bytea,
                  ts timestamp(3), tz timestamptz, tm time, iv interval, j json, jb jsonb, u uuid, ints int[], words text[][], m mood, ms mood[], p postcode,
                  c char(5), bits bit(4), ip inet, r int4range, twice bigint generated always as (id * 2) stored, empty text, x "char")
                """,
                """
                insert into zoo (n, money, f8, f4, b, ts, tz, tm, iv, j, jb, u, ints, words, m, ms, p, c, bits, ip, r, empty, x) values
                 (123456789012345678901234567890.123456789, 0.0001, 'NaN', '1.1', '\\x00ff0a', '9999-12-31 23:59:59.999', '0001-01-01 00:00:00+00', '24:00', '1 year 2 mons -3 days 04:05:06.7',
                  '{"a": 1,  "a": 2}', '{"汉": [1, null]}', gen_random_uuid(), '{1,null,3}', '{{"a","b,c"},{"\\"",null}}', 'glad', '{sad,glad}', '100000', 'ab', B'1010', '10.0.0.1/8', '[1,5)', '', 'x'),
                 ('-Infinity', null, '-0', 'Infinity', '', 'infinity', '-infinity', null, null, null, null, null, '{}', '{}', null, '{}', null, null, null, null, 'empty', null, null)
                """);

        var result = fixture.copy(fixture.all("zoo"), "zoo");

        assertThat(result.rowsRead()).isEqualTo(2);
        assertThat(new Database(fixture.to()).digest("public", "zoo").rows()).isEqualTo(2);
        assertThat(new Database(fixture.to()).digest("public", "zoo"))
                .isEqualTo(new Database(fixture.from()).digest("public", "zoo"));
        var table = new Database(fixture.to()).table("public", "zoo");
        assertThat(table.column("m").orElseThrow().type()).isEqualTo("text");
        assertThat(table.column("ms").orElseThrow().type()).isEqualTo("text[]");
        assertThat(table.column("p").orElseThrow().type()).isEqualTo("text");
        assertThat(table.column("ts").orElseThrow().type())
                .isEqualTo("timestamp(3) without time zone");
        assertThat(table.columns()).noneMatch(c -> c.identity() || c.generated());
    }

    @Test
    void a_partitioned_table_and_a_view_are_sources_too() {
        fixture.source.run(
                "create table parts (id int primary key, word text) partition by range (id)",
                "create table parts_1 partition of parts for values from (0) to (10)",
                "create table parts_2 partition of parts for values from (10) to (20)",
                "insert into parts select g, 'w' || g from generate_series(1, 15) g",
                "create view shown as select id, upper(word) as word from parts where id > 5");

        fixture.copy(fixture.all("parts"), "parts");
        fixture.copy(fixture.all("shown"), "shown");

        assertThat(fixture.target.one("select count(*) from parts")).isEqualTo("15");
        assertThat(
                        fixture.target.one(
                                "select string_agg(word, ',' order by id) from shown where id < 8"))
                .isEqualTo("W6,W7");
        assertThat(fixture.table("parts").summary().kind()).isEqualTo(Table.Kind.PARTITIONED);
        assertThat(fixture.table("shown").summary().kind()).isEqualTo(Table.Kind.VIEW);
    }

    @Test
    void an_empty_table_arrives_empty() {
        fixture.source.run("create table nothing (id int primary key)");

        var result = fixture.copy(fixture.all("nothing"), "nothing");

        assertThat(result.rowsRead()).isZero();
        assertThat(result.bytes()).isZero();
        assertThat(fixture.target.one("select count(*) from nothing")).isEqualTo("0");
    }

    @Test
    void a_value_of_many_megabytes_arrives() {
        fixture.source.run(
                "create table big (id int primary key, doc text)",
                "insert into big select g, repeat('汉', 3000000) from generate_series(1, 3) g");

        assertThat(fixture.copy(fixture.all("big"), "big").rowsRead()).isEqualTo(3);
        assertThat(fixture.target.one("select min(length(doc)) from big")).isEqualTo("3000000");
    }

    @Test
    void a_type_that_means_nothing_elsewhere_is_refused_by_name() {
        fixture.source.run(
                "create domain place as regclass",
                "create table odd (id int, c regclass, p place)");

        for (var field : List.of("c", "p"))
            assertThatThrownBy(() -> fixture.scope("odd", List.of("id", field), "[]", Map.of()))
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            e -> {
                                assertThat(e.reason()).isEqualTo(Reason.TYPE_NOT_CARRIED);
                                assertThat(e.arguments()).containsEntry("field", field);
                            });
    }

    @Test
    void a_source_that_changed_since_the_decision_is_refused_naming_the_field() {
        fixture.source.run("create table t (id int primary key, word text, age int)");
        var scope =
                fixture.scope(
                        "t",
                        List.of("id", "word"),
                        "[{\"field\":\"age\",\"op\":\"gt\",\"value\":1}]",
                        Map.of());

        fixture.source.run("alter table t alter column word type varchar(9)");
        refused(scope, Reason.TYPE_CHANGED, "field", "word");
        fixture.source.run(
                "alter table t alter column word type text", "alter table t drop column age");
        refused(scope, Reason.COLUMN_LOST, "field", "age");
        fixture.source.run("drop table t");
        refused(scope, Reason.TABLE_VANISHED, "table", "public.t");
    }

    private void refused(Scope scope, Reason reason, String argument, String value) {
        assertThatThrownBy(() -> fixture.copy(scope, "t"))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(reason);
                            assertThat(e.arguments()).containsEntry(argument, value);
                            assertThat(e.isTransient()).isFalse();
                        });
    }
}
