package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filter items as the contract writes them, on a real table. */
@Tag("slow")
class FilterTests {

    private final Fixture fixture = new Fixture();

    @BeforeEach
    void a_table() {
        fixture.source.run(
                "create type colour as enum ('red', 'green')",
                "create domain age as int check (value >= 0)",
                """
                create table t (id int primary key, small smallint, big bigint, amount numeric(10,2), ratio real, ok boolean, day date,
                  at timestamp, zone timestamptz, uid uuid, word text, code char(6), kind colour, years age, doc jsonb)
                """,
                """
                insert into t values
                 (1, 1, 10000000000, 1.50, 0.1, true, '2024-01-01', '2024-01-01 10:00:00.123456', '2024-01-01 10:00:00+08', '00000000-0000-0000-0000-000000000001', '张三', 'AB', 'red', 20, '{}'),
                 (2, 2, 20000000000, 2.50, 0.2, false, '2024-02-29', '2024-02-29 10:00', '2024-02-29 10:00:00+08', '00000000-0000-0000-0000-000000000002', 'O''Brien "\\%_', 'CD', 'green', 40, null),
                 (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null)
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"field":"id","op":"eq","value":2}                                      | 2
                    {"field":"id","op":"eq","value":"2"}                                    | 2
                    {"field":"small","op":"ne","value":1}                                   | 2
                    {"field":"big","op":"gt","value":"10000000000"}                         | 2
                    {"field":"amount","op":"le","value":1.5}                                | 1
                    {"field":"amount","op":"in","value":[1.50,"2.5"]}                       | 1,2
                    {"field":"ratio","op":"eq","value":0.1}                                 | 1
                    {"field":"ok","op":"eq","value":false}                                  | 2
                    {"field":"ok","op":"eq","value":"true"}                                 | 1
                    {"field":"day","op":"between","value":["2024-01-01","2024-01-31"]}      | 1
                    {"field":"day","op":"lt","value":"2024-02-29"}                          | 1
                    {"field":"at","op":"eq","value":"2024-01-01T10:00:00.123456"}           | 1
                    {"field":"at","op":"ge","value":"2024-02-29"}                           | 2
                    {"field":"zone","op":"eq","value":"2024-01-01T02:00:00Z"}               | 1
                    {"field":"zone","op":"eq","value":"2024-02-29T10:00:00"}                | 2
                    {"field":"uid","op":"eq","value":"00000000-0000-0000-0000-000000000001"}| 1
                    {"field":"word","op":"eq","value":"张三"}                                | 1
                    {"field":"word","op":"in","value":["O'Brien \\"\\\\%_","{x,y}"]}        | 2
                    {"field":"word","op":"like","value":"张_"}                               | 1
                    {"field":"word","op":"like","value":"%\\\\%\\\\_"}                      | 2
                    {"field":"code","op":"eq","value":"AB"}                                 | 1
                    {"field":"code","op":"like","value":"%D"}                               | 2
                    {"field":"kind","op":"eq","value":"green"}                              | 2
                    {"field":"kind","op":"in","value":["red"]}                              | 1
                    {"field":"years","op":"ge","value":30}                                  | 2
                    {"field":"doc","op":"isNull"}                                           | 2,3
                    {"field":"word","op":"notNull"}                                         | 1,2
                    """)
    void an_item_chooses_its_rows(String item, String expected) {
        fixture.copy(fixture.scope("t", List.of("id"), "[" + item + "]", Map.of()), "t");

        assertThat(fixture.target.one("select string_agg(id::text, ',' order by id) from t"))
                .isEqualTo(expected);
    }

    @Test
    void items_are_joined_by_and_and_may_name_what_is_not_granted() {
        var filter =
                "[{\"field\":\"ok\",\"op\":\"notNull\"},{\"field\":\"amount\",\"op\":\"gt\",\"value\":2}]";

        fixture.copy(
                fixture.scope("t", List.of("id", "word"), filter, Map.of("word", Mask.REDACT)),
                "t");

        assertThat(fixture.target.one("select string_agg(id::text, ',') from t")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"field":"id","op":"eq","value":"two"}                    | wrong-type
                    {"field":"id","op":"eq","value":1.5}                      | wrong-type
                    {"field":"id","op":"eq","value":3000000000}               | out-of-range
                    {"field":"small","op":"eq","value":40000}                 | out-of-range
                    {"field":"amount","op":"eq","value":"NaN"}                | wrong-type
                    {"field":"amount","op":"eq","value":"1e9999"}             | out-of-range
                    {"field":"ok","op":"eq","value":"yes"}                    | wrong-type
                    {"field":"day","op":"eq","value":"2023-02-29"}            | wrong-type
                    {"field":"day","op":"eq","value":"01.02.2024"}            | wrong-type
                    {"field":"day","op":"eq","value":"now"}                   | wrong-type
                    {"field":"at","op":"eq","value":"2024-01-01T10:00:00Z"}   | wrong-type
                    {"field":"uid","op":"eq","value":"1"}                     | wrong-type
                    {"field":"word","op":"eq","value":5}                      | wrong-type
                    {"field":"word","op":"eq","value":"a\\u0000b"}            | wrong-type
                    {"field":"word","op":"eq","value":["a"]}                  | wrong-type
                    {"field":"word","op":"eq","value":null}                   | value-missing
                    {"field":"word","op":"eq"}                                | value-missing
                    {"field":"word","op":"isNull","value":1}                  | value-not-allowed
                    {"field":"word","op":"in","value":[]}                     | list-length
                    {"field":"word","op":"in","value":"a"}                    | not-a-list
                    {"field":"id","op":"between","value":[1]}                 | list-length
                    {"field":"word","op":"like","value":"a\\\\"}              | bad-pattern
                    {"field":"id","op":"like","value":"1%"}                   | operator-not-for-type
                    {"field":"doc","op":"eq","value":"{}"}                    | operator-not-for-type
                    {"field":"kind","op":"lt","value":"red"}                  | operator-not-for-type
                    {"field":"id","op":"or","value":1}                        | unknown-operator
                    {"field":"id","op":"EQ","value":1}                        | unknown-operator
                    {"field":"id","op":"eq","value":1,"or":1}                 | unknown-property
                    """)
    void a_wrong_item_is_refused_naming_the_field(String item, String problem) {
        assertThatThrownBy(() -> new FilterReader(fixture.table("t")).read("[" + item + "]"))
                .isInstanceOfSatisfying(
                        InvalidFilter.class,
                        e -> {
                            assertThat(e.problem().key()).isEqualTo(problem);
                            assertThat(item).contains("\"" + e.field() + "\"");
                        });
    }

    @Test
    void a_list_may_hold_a_thousand_values_and_no_more() {
        var thousand = "1" + ",1".repeat(999);
        var item = "[{\"field\":\"id\",\"op\":\"in\",\"value\":[%s]}]";

        assertThat(
                        fixture.copy(
                                        fixture.scope(
                                                "t", List.of(), item.formatted(thousand), Map.of()),
                                        "t")
                                .rowsRead())
                .isEqualTo(1);
        assertThatThrownBy(() ->
                        new FilterReader(fixture.table("t")).read(item.formatted(thousand + ",1")))
                .isInstanceOf(InvalidFilter.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x'; drop table t; --",
                "') or true --",
                "{\"}",
                "\\",
                "${p1}",
                "'||pg_sleep(9)||'",
                "current_setting('shuqiao.p1')"
            })
    void a_value_is_a_value_whatever_it_looks_like(String value) {
        var json = tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(value);
        for (var op : List.of("eq", "in")) {
            var filter =
                    "[{\"field\":\"word\",\"op\":\"%s\",\"value\":%s}]"
                            .formatted(op, op.equals("in") ? "[" + json + "]" : json);
            assertThat(
                            fixture.copy(fixture.scope("t", List.of(), filter, Map.of()), "t")
                                    .rowsRead())
                    .isZero();
        }
        assertThat(fixture.source.one("select count(*) from t")).isEqualTo("3");
    }

    @Test
    void identifiers_are_quoted_whatever_they_look_like() {
        var nasty = "a\"; drop table t; -- 名";
        var quoted = PostgresDialect.quoted(nasty);
        fixture.source.run(
                "create table %s (%s int primary key)".formatted(quoted, quoted),
                "insert into %s values (7)".formatted(quoted));
        var filter =
                "[{\"field\":%s,\"op\":\"eq\",\"value\":7}]"
                        .formatted(
                                tools.jackson.databind.json.JsonMapper.shared()
                                        .writeValueAsString(nasty));

        fixture.copy(fixture.scope(nasty, List.of(), filter, Map.of(nasty, Mask.HASH)), nasty);

        assertThat(fixture.target.one("select length(%s) from %s".formatted(quoted, quoted)))
                .isEqualTo("64");
    }

    @Test
    void one_condition_in_two_spellings_has_one_digest() {
        var one =
                fixture.scope(
                        "t",
                        List.of(),
                        "[{\"field\":\"amount\",\"op\":\"eq\",\"value\":1.50}]",
                        Map.of());
        var other =
                fixture.scope(
                        "t",
                        List.of(),
                        "[{\"op\":\"eq\",\"value\":\"1.5\",\"field\":\"amount\"}]",
                        Map.of());

        assertThat(one.digest()).startsWith("sha256:").isEqualTo(other.digest());
        assertThat(ScopeJson.parse(one.toJson())).isEqualTo(one);
    }

    @Test
    void a_pattern_is_refused_where_the_collation_has_none() {
        fixture.source.run(
                "create collation blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "create table plates (id int, plate text collate blind)");
        var live = fixture.table("plates");
        var older =
                new Table(
                        live.summary(),
                        live.columns().stream().map(FilterTests::withoutPatterns).toList(),
                        live.key(),
                        live.uniqueKeys(),
                        List.of());
        var items = "[{\"field\":\"plate\",\"op\":\"like\",\"value\":\"A%\"}]";

        assertThat(live.column("plate").orElseThrow().withoutPatterns()).isFalse(); // 18 has them
        assertThat(new FilterReader(live).read(items)).hasSize(1);
        assertThatThrownBy(() -> new FilterReader(older).read(items))
                .isInstanceOfSatisfying(
                        InvalidFilter.class,
                        e ->
                                assertThat(e.problem())
                                        .isEqualTo(InvalidFilter.Problem.NO_PATTERN_IN_COLLATION));
    }

    private static Column withoutPatterns(Column it) {
        return new Column(
                it.name(),
                it.position(),
                it.type(),
                it.kind(),
                it.base(),
                it.carried(),
                it.lengthMax(),
                it.nullable(),
                it.comment(),
                it.identity(),
                it.generated(),
                it.filledByItself(),
                true,
                it.readable());
    }
}
