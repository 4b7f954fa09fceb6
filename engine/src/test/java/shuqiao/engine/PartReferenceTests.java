package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * A partitioned target, or a single partition as the target: rows of the department that point at
 * one partition stay as they are, or nothing is changed. And in a kept table, rows that we do not
 * deliver are nobody's business of ours.
 */
@Tag("slow")
class PartReferenceTests {

    private static final String SILENT_CASCADE = "on delete cascade";
    private static final String SILENT_NULL = "on delete set null";
    private static final String SILENT_DEFAULT = "on delete set default";

    private final Fixture fixture = new Fixture();

    @BeforeEach
    void villages() {
        fixture.source.run(
                "create table village (code int primary key, name text)",
                "insert into village select g, '村' || g from generate_series(1, 20) g");
        fixture.target.run(
                "create table t (code int primary key, name text) partition by range (code)",
                "create table t_low partition of t for values from (0) to (11)",
                "create table t_high partition of t for values from (11) to (100)",
                "insert into t select g, 'old' from generate_series(1, 20) g");
    }

    private void pointing(String at, String action) {
        fixture.target.run(
                "create table own (id int primary key, code int default 9 references "
                        + at
                        + " "
                        + action
                        + ")",
                "insert into own values (1, 1), (2, 2), (3, null)");
    }

    private String own() {
        return fixture.target.one(
                "select string_agg(coalesce(code::text, '-'), ',' order by id) from own");
    }

    private EngineFailure refused(CopyRequest request) {
        var stood = fixture.target.one("select string_agg(t::text, ',' order by t::text) from t");
        var failure = (EngineFailure) catchThrowable(() -> Fixture.copy(request));
        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(Reason.TARGET_REFERENCED);
        assertThat(failure.arguments()).containsEntry("child", "public.own");
        assertThat(fixture.target.one("select string_agg(t::text, ',' order by t::text) from t"))
                .isEqualTo(stood);
        assertThat(own()).isEqualTo("1,2,-");
        assertThat(fixture.staging()).isEqualTo("0");
        return failure;
    }

    private CopyRequest whole(String target) {
        return fixture.request(fixture.all("village"), target, "r1", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {SILENT_CASCADE, SILENT_NULL, SILENT_DEFAULT, "", "on delete restrict"})
    void a_row_of_a_partition_that_is_pointed_at_may_not_go(String action) {
        pointing("t_low", action);
        fixture.source.run("delete from village where code in (1, 15)");

        assertThat(refused(whole("t")).arguments())
                .containsEntry("constraint", "own_code_fkey")
                .containsEntry("rows", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {SILENT_CASCADE, SILENT_NULL, SILENT_DEFAULT, ""})
    void where_all_come_again_they_stay_as_they_are(String action) {
        pointing("t_low", action);
        fixture.source.run("delete from village where code in (5, 15)");

        assertThat(Fixture.copy(whole("t")).rowsWritten()).isEqualTo(18);
        assertThat(own()).isEqualTo("1,2,-");
        assertThat(fixture.target.one("select count(*) from t where name like '村%'"))
                .isEqualTo("18");
    }

    @ParameterizedTest
    @ValueSource(strings = {SILENT_CASCADE, SILENT_NULL, SILENT_DEFAULT, ""})
    void a_partition_that_is_the_target_is_pointed_at_through_its_parent(String action) {
        pointing("t", action);
        fixture.source.run("delete from village where code = 1 or code > 10");

        assertThat(refused(whole("t_low")).arguments()).containsEntry("rows", "1");

        fixture.source.run("insert into village values (1, '村1')");
        assertThat(Fixture.copy(whole("t_low")).rowsWritten()).isEqualTo(10);
        assertThat(own()).isEqualTo("1,2,-");
    }

    /** Partitioned by what a correction changes. */
    private void byDistrict(String action) {
        fixture.source.run(
                "drop table village",
                "create table village (code int primary key, district text)",
                "insert into village select g, 'b' from generate_series(1, 20) g");
        fixture.target.run(
                "drop table t cascade",
                "create table t (code int not null, district text not null) partition by list (district)",
                "create table t_a partition of t (unique (code)) for values in ('a')",
                "create table t_b partition of t for values in ('b')",
                "insert into t select g, case when g < 10 then 'a' else 'b' end from generate_series(1, 20) g");
        fixture.target.run("alter table t add unique (code, district)");
        pointing("t_a (code)", action);
    }

    private CopyRequest byKey() {
        var columns = new LinkedHashMap<String, String>();
        columns.put("code", "code");
        columns.put("district", "district");
        return new CopyRequest(
                fixture.from(),
                fixture.to(),
                fixture.all("village"),
                Fixture.KEY,
                "public",
                "t",
                "r1",
                Optional.of(new Into(columns, List.of("code", "district"), Into.Absent.DELETE)),
                1,
                false);
    }

    @ParameterizedTest
    @ValueSource(strings = {SILENT_CASCADE, SILENT_NULL, SILENT_DEFAULT, ""})
    void a_row_that_comes_again_in_another_partition_has_gone_from_the_one_that_is_pointed_at(
            String action) {
        byDistrict(action);

        refused(byKey());
    }

    @Test
    void where_we_may_not_look_at_the_other_table_no_row_of_that_partition_goes() {
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.target.name(),
                        "create table public.own (id int primary key, code int references public.t_low on delete cascade)",
                        "insert into public.own values (1, 1), (2, 2), (3, null)");
        fixture.source.run("delete from village where code = 15");
        assertThat(Fixture.copy(whole("t")).rowsWritten()).isEqualTo(19);

        fixture.source.run("delete from village where code = 7");
        var failure = (EngineFailure) catchThrowable(() -> Fixture.copy(whole("t")));

        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(Reason.TARGET_REFERENCED);
        assertThat(owned()).isEqualTo("3");
        assertThat(fixture.target.one("select name from t where code = 7")).isEqualTo("村7");
    }

    private String owned() {
        try (var session = ScratchPostgres.shared().superuser(fixture.target.name());
                var rows = session.createStatement().executeQuery("select count(*) from own")) {
            rows.next();
            return rows.getString(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    // rows of a kept table that are not ours

    private CopyResult kept(String... more) {
        fixture.target.run(
                "drop table t cascade",
                "create table t (code int primary key, name text, own text)",
                "insert into t values (1, 'old', 'a'), (2, '村2', 'b'), (900, 'mine', 'c'), (901, 'mine', 'd')");
        fixture.target.run(more);
        var columns = new LinkedHashMap<String, String>();
        columns.put("code", "code");
        columns.put("name", "name");
        return Fixture.copy(
                new CopyRequest(
                        fixture.from(),
                        fixture.to(),
                        fixture.all("village"),
                        Fixture.KEY,
                        "public",
                        "t",
                        "r1",
                        Optional.of(new Into(columns, List.of("code"), Into.Absent.KEEP)),
                        1,
                        true));
    }

    @Test
    void rows_that_we_do_not_deliver_are_not_even_written() {
        var before =
                "create table seen as select ctid::text as place, xmin::text as by, t.*::text as row from t where code >= 900";

        kept(before);

        assertThat(
                        fixture.target.one(
                                "select count(*) from seen join t on t.ctid::text = place and t.xmin::text = by and t.*::text = row"))
                .isEqualTo("2");
    }

    @Test
    void a_trigger_of_the_department_may_change_its_own_rows_as_with_every_other_writer() {
        var notes =
                kept(
                                "create function count_them() returns trigger language plpgsql as 'begin update t set own = (select count(*) from t)::text where code = 900; return null; end'",
                                "create trigger counts after insert on t for each statement execute function count_them()")
                        .notes();

        assertThat(fixture.target.one("select own from t where code = 900")).isEqualTo("22");
        assertThat(fixture.target.one("select own from t where code = 901")).isEqualTo("d");
        assertThat(notes).contains("added: 18", "corrected: 1", "same: 1", "removed: 0");
    }

    @Test
    void one_that_takes_rows_away_is_named() {
        var failure =
                (EngineFailure)
                        catchThrowable(() ->
                                kept(
                                        "create function clean() returns trigger language plpgsql as 'begin delete from t where code = 901; return null; end'",
                                        "create trigger cleans after insert on t for each statement execute function clean()"));

        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(Reason.TARGET_BENT);
        assertThat(failure.arguments()).containsEntry("objects", "trigger cleans");
        assertThat(fixture.target.one("select count(*) from t")).isEqualTo("4");
    }
}
