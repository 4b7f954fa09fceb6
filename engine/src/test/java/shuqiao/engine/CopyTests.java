package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shuqiao.engine.embedded.ScratchPostgres;

/** A granted table goes whole, masked and proven from one database into another. */
class CopyTests {

    static final HashKey KEY =
            new HashKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    private final ScratchPostgres.Database source = ScratchPostgres.shared().newDatabase();
    private final ScratchPostgres.Database target = ScratchPostgres.shared().newDatabase();

    @BeforeEach
    void people() {
        source.run(
                """
                create table 人口 (id bigint primary key, 姓名 varchar(20) not null, id_card char(18), phone text, born date, salary numeric(10,2), note text)
                """,
                "comment on table 人口 is '人口基础信息'",
                "comment on column 人口.姓名 is '姓名 (it''s)'",
                """
                insert into 人口 select g, '王' || repeat('小', (g % 3)::int), '11010119900307' || lpad(g::text, 4, '0'), '1380013' || lpad(g::text, 4, '0'),
                  date '1990-01-01' + g::int, g / 3.0, case when g % 5 = 0 then null else '备注 😀 ' || g end from generate_series(1, 1000) g
                """);
    }

    @Test
    void the_target_is_created_with_types_comments_not_null_and_key() {
        var result = copy(scope(List.of(), "[]", Map.of()), "public", "人口", "r1");

        assertThat(result.rowsRead()).isEqualTo(1000);
        assertThat(result.rowsWritten()).isEqualTo(1000);
        assertThat(result.swapMethod()).isEqualTo(SwapMethod.CREATED);
        assertThat(new Database(target()).digest("public", "人口"))
                .isEqualTo(new Database(source()).digest("public", "人口"));
        var table = new Database(target()).table("public", "人口");
        assertThat(table.key()).containsExactly("id");
        assertThat(table.summary().comment()).contains("人口基础信息");
        assertThat(table.columns())
                .extracting(Column::type)
                .containsExactly(
                        "bigint",
                        "character varying(20)",
                        "character(18)",
                        "text",
                        "date",
                        "numeric(10,2)",
                        "text");
        assertThat(table.column("姓名").orElseThrow().nullable()).isFalse();
        assertThat(table.column("姓名").orElseThrow().comment()).contains("姓名 (it's)");
        assertThat(target.one("select count(*) from pg_class where relname like 'shuqiao%'"))
                .isEqualTo("0");
    }

    @Test
    void a_second_run_swaps_and_carries_owner_grants_and_comments() {
        copy(scope(List.of(), "[]", Map.of()), "public", "人口", "r1");
        var reader = target.user() + "_reader";
        ScratchPostgres.shared().asSuperuser(target.name(), "create role " + reader);
        target.run(
                "grant select on 人口 to " + reader + " with grant option",
                "comment on table 人口 is 'ours'");
        source.run("delete from 人口 where id > 10");

        var result = copy(scope(List.of(), "[]", Map.of()), "public", "人口", "r2");

        assertThat(result.swapMethod()).isEqualTo(SwapMethod.RENAMED);
        assertThat(target.one("select count(*) from 人口")).isEqualTo("10");
        assertThat(target.one("select relacl::text from pg_class where relname = '人口'"))
                .contains(reader + "=r*/");
        assertThat(target.one("select obj_description('人口'::regclass)")).isEqualTo("ours");
        assertThat(
                        target.one(
                                "select conname from pg_constraint where conrelid = '人口'::regclass and contype = 'p'"))
                .isEqualTo("人口_pkey");
    }

    @Test
    void masks_and_filter_are_applied_at_the_source() {
        var scope =
                scope(
                        List.of("id", "姓名", "id_card", "phone", "born", "note"),
                        "[{\"field\":\"salary\",\"op\":\"between\",\"value\":[1,\"2\"]},{\"field\":\"note\",\"op\":\"notNull\"}]",
                        Map.of(
                                "姓名",
                                Mask.NAME,
                                "id_card",
                                Mask.ID_CARD,
                                "phone",
                                Mask.PHONE,
                                "born",
                                Mask.YEAR_ONLY,
                                "note",
                                Mask.HASH));

        var result = copy(scope, "public", "masked", "r1");

        assertThat(result.rowsRead()).isEqualTo(3);
        assertThat(
                        target.one(
                                "select string_agg(concat_ws('|', id, 姓名, id_card, phone, born), ' ' order by id) from masked"))
                .isEqualTo(
                        "3|王|110101********0003|138****0003|1990 4|王*|110101********0004|138****0004|1990 6|*|110101********0006|138****0006|1990"
                                .replace("3|王|", "3|*|"));
        assertThat(new Database(target()).digest("public", "masked"))
                .isEqualTo(new Database(source()).digest(scope, KEY));
    }

    Endpoint source() {
        return Endpoint.of(source.jdbcUrl(), source.user(), source.password());
    }

    Endpoint target() {
        return Endpoint.of(target.jdbcUrl(), target.user(), target.password());
    }

    Scope scope(List<String> fields, String filter, Map<String, Mask> masks) {
        var table = new Database(source()).table("public", "人口");
        return Scope.of(
                table,
                fields,
                new FilterReader(table).read(filter),
                masks,
                "核验",
                LocalDate.of(2026, 1, 1),
                Optional.empty());
    }

    CopyResult copy(Scope scope, String schema, String table, String run) {
        var request = new CopyRequest(source(), target(), scope, KEY, schema, table, run, 1, true);
        return new CopyRun(request, Fence.open(), CopyListener.silent(), InstantSource.system())
                .run();
    }
}
