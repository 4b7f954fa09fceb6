package shuqiao.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shuqiao.City;
import shuqiao.Visitor;
import shuqiao.exchange.ExchangeGround;
import shuqiao.kernel.Role;

/** A consumer says which columns of a table of its own the granted fields fill. */
@Tag("slow")
class MappingTests extends ExchangeGround {

    private static final String PATH = "/api/v1/mappings";
    private static final String PASSWORD = "Qiao2026-mapping-test";

    private long grant;
    private long target;
    private String mine;

    @BeforeEach
    void a_grant_and_a_table_that_is_kept() throws Exception {
        grant = grant(table(100), Map.of());
        target = source(consumer, CONSUMER, Map.of());
        mine = "mine" + NEXT.incrementAndGet();
        CONSUMER.run(
                "create table "
                        + mine
                        + " (bh bigint primary key, xm varchar(50), je numeric(10,2), remark text)",
                "insert into " + mine + " values (1, '旧名', 1, '待核'), (999, '本局', 2, '本局')");
    }

    @Test
    void rows_enter_the_table_under_its_own_names_and_leave_local_columns_and_rows_alone()
            throws Exception {
        assertThat(set(Map.of()).status()).isEqualTo(200);

        var run = run(grant, target, mine);
        delivered(run);

        assertThat(count(mine)).isEqualTo("101");
        assertThat(CONSUMER.one("select xm || remark from " + mine + " where bh = 1"))
                .isEqualTo("户1待核");
        assertThat(see(run).<String>at("$.swapMethod")).isEqualTo("MERGED");
        assertThat(see(run).<List<String>>at("$.notes"))
                .containsExactly("added: 99", "corrected: 1", "same: 0", "removed: 0");
        assertThat(
                        city.get(consumer, "/api/v1/runs/" + run + "/receipt")
                                .<Integer>at("$.rowsWritten"))
                .isEqualTo(100);
    }

    @Test
    void a_run_keeps_to_what_was_said_when_it_was_asked_for() throws Exception {
        set(Map.of());
        var run = run(grant, target, mine);
        var id = city.get(consumer, PATH + "?grant=" + grant).<Integer>at("$.items[0].id");

        assertThat(city.delete(consumer, PATH + "/" + id).status()).isEqualTo(204);

        delivered(run);
        assertThat(see(run).<String>at("$.swapMethod")).isEqualTo("MERGED");
        var whole = ask(grant, target, mine);
        assertThat(whole.status()).isEqualTo(409);
        assertThat(whole.<String>at("$.type")).isEqualTo("urn:shuqiao:engine:target-differs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    columns | {"id": "bh", "nonsense": "xm"}      | columns
                    columns | {"id": "bh", "name": "nonsense"}    | column-name
                    columns | {"id": "bh", "name": "bh"}          | column-name
                    columns | {}                                  | columns
                    key     | []                                  | key
                    key     | ["remark"]                          | key
                    absent  | "SOMETIMES"                         | absent
                    """)
    void what_cannot_be_is_refused_by_the_name_of_the_field(
            String part, String value, String fault) {
        var answer =
                set(Map.of(part, tools.jackson.databind.json.JsonMapper.shared().readTree(value)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.<List<String>>at("$.errors[*].field")).contains(fault);
        assertThat(city.get(consumer, PATH + "?grant=" + grant).<Integer>at("$.total")).isZero();
    }

    @Test
    void a_table_without_that_key_is_refused_when_the_run_is_asked_for() throws Exception {
        CONSUMER.run("alter table " + mine + " drop constraint " + mine + "_pkey");
        set(Map.of());

        var answer = ask(grant, target, mine);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.<String>at("$.type")).isEqualTo("urn:shuqiao:engine:target-key-missing");
        assertThat(answer.<String>at("$.detail")).contains("bh", "主键或唯一约束");
    }

    @Test
    void nobody_but_a_steward_of_the_consumer_may_say_it_or_see_it() {
        var id = set(Map.of()).<Integer>at("$.id");
        var reviewer = city.token(City.POLICE, Role.REVIEWER);

        assertThat(city.put(reviewer, PATH, wish(Map.of())).status()).isEqualTo(403);
        assertThat(city.put(steward, PATH, wish(Map.of())).status()).isIn(403, 404);
        assertThat(city.delete(steward, PATH + "/" + id).status()).isEqualTo(404);
        assertThat(city.get(steward, PATH).body()).doesNotContain(mine);
        assertThat(city.get(reviewer, PATH).<List<String>>at("$.items[*].table")).contains(mine);
    }

    @Test
    void a_steward_maps_field_by_field_on_a_page_and_takes_it_back() throws Exception {
        city.person("mapping-police", PASSWORD, City.POLICE, Role.STEWARD);
        var police = new Visitor(city);
        police.login("mapping-police", PASSWORD);
        var start = "/runs/new?grant=" + grant;
        var place =
                Map.of(
                        "grant",
                        "" + grant,
                        "target",
                        "" + target,
                        "schema",
                        "public",
                        "table",
                        mine);

        var unknown = new java.util.HashMap<>(place);
        unknown.putAll(Map.of("table", "nowhere", "then", "mapping"));
        assertThat(police.submit(start, "/runs", unknown).body()).contains("没有表「public.nowhere」");
        var asked = new java.util.HashMap<>(place);
        asked.put("then", "mapping");
        var form = police.submit(start, "/runs", asked);
        assertThat(form.uri().getPath()).isEqualTo("/mappings");
        assertThat(form.body()).contains("字段对应", "不写入", "bh").doesNotContain("??");
        var here = form.uri().getPath() + "?" + form.uri().getRawQuery();
        var typed = new java.util.HashMap<>(place);
        typed.putAll(Map.of("column-id", "bh", "column-name", "xm", "absent", "KEEP"));
        var refused = police.submit(here, "/mappings", typed);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("请勾选用来识别行的信息项");
        typed.put("key", "id");
        var kept = police.submit(here, "/mappings", typed);
        assertThat(kept.body()).contains("写入 2 列，按 bh 识别行", mine).doesNotContain("??");

        var run = police.submit(start, "/runs", place);
        assertThat(run.uri().getPath()).startsWith("/runs/");
        delivered(run.uri().getPath().substring("/runs/".length()));
        var page = police.get(run.uri().getPath());
        assertThat(page.body()).contains("写入 2 列，按 bh 识别行", "加入", "99 行");
        assertThat(police.get(run.uri().getPath() + "?lang=en").body())
                .contains("Added", "99 rows")
                .doesNotContain("??");
        police.get("/?lang=zh");
        var again = police.get(here);
        var removal = Pattern.compile("action=\"(/mappings/\\d+/removal)\"").matcher(again.body());
        assertThat(removal.find()).isTrue();
        assertThat(police.submit(here, removal.group(1), Map.of()).body()).contains("整表替换");
    }

    /** The old grant has run out, the new one is in force; grants never change, so by force. */
    private void theOldOneRunsOut(long old, long renewed) {
        db.sql("alter table sharing.\"grant\" disable trigger never_changes").update();
        for (var one : List.of(old, renewed))
            db.sql(
                            """
                            update sharing."grant" set from_day = from_day - 370, until_day = until_day - 370
                            where id = :id
                            """)
                    .param("id", one)
                    .update();
        db.sql("alter table sharing.\"grant\" enable trigger never_changes").update();
    }

    private long renewed(long old) {
        var until = java.time.LocalDate.now(shuqiao.kernel.Clock.ZONE).plusYears(3).toString();
        var draft =
                city.post(consumer, "/api/v1/grants/" + old + "/renewal", Map.of("until", until));
        assertThat(draft.status()).as(draft.body()).isEqualTo(201);
        var sent =
                city.post(
                        city.token(City.POLICE, Role.REVIEWER),
                        "/api/v1/requests/" + draft.<Integer>at("$.id") + "/sending",
                        Map.of());
        assertThat(sent.status()).as(sent.body()).isEqualTo(200);
        return sent.<Number>at("$.grant").longValue();
    }

    @Test
    void the_first_run_under_a_renewed_grant_keeps_the_rows_of_the_table() throws Exception {
        set(Map.of());
        delivered(run(grant, target, mine));

        var renewed = renewed(grant);
        theOldOneRunsOut(grant, renewed);
        var run = run(renewed, target, mine);
        delivered(run);

        assertThat(see(run).<String>at("$.swapMethod")).isEqualTo("MERGED");
        assertThat(count(mine)).isEqualTo("101");
        assertThat(CONSUMER.one("select remark from " + mine + " where bh = 999")).isEqualTo("本局");
    }

    @Test
    void a_kept_table_is_not_replaced_by_a_grant_without_a_mapping() throws Exception {
        set(Map.of());
        var other = grant(table(5), Map.of());

        var refused = ask(other, target, mine);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.<String>at("$.type")).isEqualTo("urn:shuqiao:exchange:kept-table");
        assertThat(refused.<String>at("$.detail")).contains(mine);
    }

    @Test
    void a_key_of_nothing_is_a_fault_and_no_error() {
        var wish = wish(Map.of());
        wish.put("key", java.util.Arrays.asList("bh", null));
        var columns = new java.util.HashMap<String, String>(Map.of("id", "bh", "name", "xm"));
        columns.put("note", null);
        wish.put("columns", columns);

        assertThat(city.put(consumer, PATH, wish).status()).isEqualTo(200);
        wish.put("key", java.util.Arrays.asList((String) null));
        assertThat(city.put(consumer, PATH, wish).status()).isEqualTo(422);
    }

    private City.Answer set(Map<String, Object> other) {
        return city.put(consumer, PATH, wish(other));
    }

    private Map<String, Object> wish(Map<String, Object> other) {
        var wish = new java.util.HashMap<String, Object>();
        wish.put("grant", grant);
        wish.put("target", target);
        wish.put("schema", "public");
        wish.put("table", mine);
        wish.put("columns", Map.of("id", "bh", "name", "xm", "amount", "je", "note", ""));
        wish.put("key", List.of("bh"));
        wish.putAll(other);
        return wish;
    }
}
