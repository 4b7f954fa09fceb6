package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A delivery enters a table that the consumer keeps: other names, local columns, rows of its own.
 */
@Tag("slow")
class MergeTests {

    private static final Map<String, String> COLUMNS = Map.of("id", "bh", "word", "xm");

    private final Fixture fixture = new Fixture();

    @BeforeEach
    void two_tables() {
        fixture.numbers("t", 100);
        fixture.target.run(
                "create table mine (bh int primary key, xm text, remark text default 'new', seen serial)",
                "insert into mine (bh, xm, remark) values (1, 'old', 'kept'), (2, repeat('数', 20) || 2, 'same'), (999, 'own', 'own')");
    }

    @Test
    void rows_are_corrected_and_added_and_local_columns_and_rows_stay() {
        var result = merge(Into.Absent.KEEP);

        assertThat(result.swapMethod()).isEqualTo(SwapMethod.MERGED);
        assertThat(result.rowsWritten()).isEqualTo(100);
        assertThat(result.notes()).contains("added: 98", "corrected: 1", "same: 1", "removed: 0");
        assertThat(fixture.target.one("select count(*) from mine")).isEqualTo("101");
        assertThat(fixture.target.one("select xm || remark from mine where bh = 1"))
                .isEqualTo("数".repeat(20) + "1kept");
        assertThat(fixture.target.one("select remark from mine where bh = 3")).isEqualTo("new");
        assertThat(fixture.target.one("select remark from mine where bh = 999")).isEqualTo("own");
        assertThat(fixture.staging()).isEqualTo("0");
    }

    @Test
    void a_second_delivery_of_the_same_touches_nothing() {
        merge(Into.Absent.KEEP);
        var stood = fixture.target.one("select md5(string_agg(xmin || ctid::text, ',')) from mine");

        var again = merge(Into.Absent.KEEP);

        assertThat(again.notes()).contains("added: 0", "corrected: 0", "same: 100");
        assertThat(fixture.target.one("select md5(string_agg(xmin || ctid::text, ',')) from mine"))
                .isEqualTo(stood);
    }

    @Test
    void rows_that_the_delivery_no_longer_holds_go_only_where_that_was_asked_for() {
        merge(Into.Absent.KEEP);
        fixture.source.run("delete from t where id > 60");

        assertThat(merge(Into.Absent.KEEP).notes()).contains("removed: 0");
        assertThat(merge(Into.Absent.DELETE).notes()).contains("removed: 41");
        assertThat(fixture.target.one("select count(*) || ' ' || max(bh) from mine"))
                .isEqualTo("60 60");
        assertThat(fixture.target.one("select remark from mine where bh = 1")).isEqualTo("kept");
    }

    @Test
    void a_field_that_no_column_takes_is_not_stored() {
        merge(Map.of("id", "bh"), List.of("bh"), Into.Absent.KEEP);

        assertThat(fixture.target.one("select count(*) from mine where xm is null"))
                .isEqualTo("98");
        assertThat(fixture.target.one("select xm from mine where bh = 1")).isEqualTo("old");
    }

    @Test
    void a_unique_constraint_is_key_enough_and_partitions_are_no_hindrance() {
        fixture.target.run(
                "create table parts (area text, no int, name text, unique (no, area)) partition by list (area)",
                "create table parts_here partition of parts for values in ('里')",
                "create table parts_rest partition of parts default",
                "insert into parts values ('里', 1, 'old')");
        fixture.source.run(
                "create table p (area text not null, no int not null, name text, primary key (area, no))",
                "insert into p values ('里', 1, '新'), ('外', 1, '外')");

        var result =
                Fixture.copy(
                        request(
                                "p",
                                "parts",
                                new Into(
                                        Map.of("area", "area", "no", "no", "name", "name"),
                                        List.of("area", "no"),
                                        Into.Absent.KEEP)));

        assertThat(result.notes()).contains("added: 1", "corrected: 1");
        assertThat(fixture.target.one("select string_agg(name, ',' order by area) from parts"))
                .isIn("新,外", "外,新");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bh bigint primary key, xm varchar(40)        | 100
                    bh numeric primary key, xm varchar           | 100
                    bh int primary key, xm text, more int default 7 | 100
                    bh int primary key, xm text, more int generated always as identity | 100
                    """)
    void wider_columns_take_every_value(String columns, String rows) {
        fixture.target.run("drop table mine", "create table mine (" + columns + ")");

        merge(Into.Absent.KEEP);

        assertThat(fixture.target.one("select count(xm) from mine")).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bh smallint primary key, xm text                        | type      | bh
                    bh int primary key, xm int                              | type      | xm
                    bh int primary key, name text                           | missing   | xm
                    bh int primary key, xm text, more int not null          | required  | more
                    bh int primary key, xm text generated always as ('x') stored | generated | xm
                    """)
    void a_table_that_cannot_take_the_fields_is_refused_by_the_name_of_the_column(
            String columns, String difference, String column) {
        fixture.target.run("drop table mine", "create table mine (" + columns + ")");

        assertThatThrownBy(() -> merge(Into.Absent.KEEP))
                .isInstanceOfSatisfying(
                        TargetDiffers.class,
                        e ->
                                assertThat(e.arguments())
                                        .containsEntry("difference", difference)
                                        .containsEntry("field", column));
    }

    @Test
    void a_table_without_that_key_is_refused() {
        fixture.target.run("alter table mine drop constraint mine_pkey");

        fails(Reason.TARGET_KEY_MISSING, Into.Absent.KEEP);
    }

    @Test
    void a_missing_table_is_refused_because_there_is_nothing_to_enter() {
        fixture.target.run("drop table mine");

        fails(Reason.TABLE_VANISHED, Into.Absent.KEEP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'one'", "null"})
    void a_delivery_that_does_not_tell_its_rows_apart_is_refused(String word) {
        fixture.target.run("create unique index on mine (xm)", "alter table mine add unique (xm)");
        fixture.source.run("update t set word = " + word + " where id < 3");
        var into = new Into(COLUMNS, List.of("xm"), Into.Absent.KEEP);

        assertThatThrownBy(() -> Fixture.copy(request("t", "mine", into)))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.KEY_REPEATED));
        assertThat(fixture.target.one("select count(*) from mine")).isEqualTo("3");
    }

    @Test
    void a_value_that_a_column_would_cut_is_refused_whole() {
        fixture.target.run("alter table mine alter xm type varchar(22)");

        assertThatThrownBy(() -> merge(Into.Absent.KEEP))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.VALUE_TOO_LONG);
                            assertThat(e.arguments())
                                    .containsEntry("field", "xm")
                                    .containsEntry("most", "22")
                                    .containsEntry("rows", "1");
                        });
        assertThat(fixture.target.one("select xm from mine where bh = 1")).isEqualTo("old");
        assertThat(fixture.staging()).isEqualTo("0");
    }

    @Test
    void a_trigger_that_bends_values_is_found_by_the_full_check() {
        fixture.target.run(
                "create function bend() returns trigger language plpgsql as 'begin new.xm := upper(left(new.xm, 1)); return new; end'",
                "create trigger bend before insert on mine for each row execute function bend()");

        fails(Reason.TARGET_BENT, Into.Absent.KEEP);
        assertThat(fixture.target.one("select count(*) from mine")).isEqualTo("3");
    }

    @Test
    void values_that_no_operator_compares_are_compared_as_they_are_stored() {
        fixture.source.run(
                "create table j (id int primary key, doc json, place point)",
                "insert into j values (1, '{\"a\": 1}', '(1,2)'), (2, null, null)");
        fixture.target.run("create table jj (id int primary key, doc json, place point, own text)");
        var into =
                new Into(
                        Map.of("id", "id", "doc", "doc", "place", "place"),
                        List.of("id"),
                        Into.Absent.KEEP);

        assertThat(Fixture.copy(request("j", "jj", into)).notes()).contains("added: 2");
        assertThat(Fixture.copy(request("j", "jj", into)).notes()).contains("same: 2");
        fixture.source.run("update j set doc = '{\"a\":1}' where id = 1");
        assertThat(Fixture.copy(request("j", "jj", into)).notes()).contains("corrected: 1");
    }

    @Test
    void a_key_that_is_written_otherwise_is_known_and_corrected_too() {
        fixture.source.run(
                "create table spelt (n numeric primary key, f float8 not null, word text)",
                "insert into spelt values (1.00, '-0', 'a'), (2, 'NaN', 'b')");
        fixture.target.run(
                "create table spelt (n numeric primary key, f float8, word text)",
                "insert into spelt values (1.0, 0, 'a'), (2, 'NaN', 'b')");
        var into =
                new Into(
                        Map.of("n", "n", "f", "f", "word", "word"), List.of("n"), Into.Absent.KEEP);

        var result = Fixture.copy(request("spelt", "spelt", into));

        assertThat(result.notes()).contains("added: 0", "corrected: 1", "same: 1");
        assertThat(
                        fixture.target.one(
                                "select string_agg(n || ' ' || f, ',' order by n) from spelt"))
                .isEqualTo("1.00 -0,2 NaN");
    }

    @ParameterizedTest
    @EnumSource(Into.Absent.class)
    void whatever_came_before_the_table_holds_what_a_map_would(Into.Absent absent) {
        var random = new Random(7);
        var expected = new HashMap<Integer, String>();
        fixture.target.run("truncate mine");
        for (var round = 0; round < 6; round++) {
            fixture.source.run("truncate t");
            var delivered = new LinkedHashMap<Integer, String>();
            for (var i = 0; i < 40; i++) delivered.put(random.nextInt(60), "w" + random.nextInt(3));
            delivered.forEach((id, word) ->
                    fixture.source.run("insert into t values (" + id + ", '" + word + "')"));
            if (absent == Into.Absent.DELETE) expected.keySet().retainAll(delivered.keySet());
            expected.putAll(delivered);

            merge(absent);

            assertThat(
                            fixture.target.one(
                                    "select string_agg(bh || '=' || xm, ',' order by bh) from mine"))
                    .isEqualTo(
                            String.join(
                                    ",",
                                    expected.entrySet().stream()
                                            .sorted(Map.Entry.comparingByKey())
                                            .map(e -> e.getKey() + "=" + e.getValue())
                                            .toList()));
        }
    }

    private void fails(Reason reason, Into.Absent absent) {
        assertThatThrownBy(() -> merge(absent))
                .isInstanceOfSatisfying(
                        EngineFailure.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private CopyResult merge(Into.Absent absent) {
        return merge(COLUMNS, List.of("bh"), absent);
    }

    private CopyResult merge(Map<String, String> columns, List<String> key, Into.Absent absent) {
        return Fixture.copy(request("t", "mine", new Into(columns, key, absent)));
    }

    private CopyRequest request(String from, String to, Into into) {
        return new CopyRequest(
                fixture.from(),
                fixture.to(),
                fixture.all(from),
                Fixture.KEY,
                "public",
                to,
                "r1",
                Optional.of(into),
                1,
                true);
    }
}
