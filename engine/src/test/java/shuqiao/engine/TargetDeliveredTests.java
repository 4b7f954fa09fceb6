package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * After a delivery into a table that stays, the table is what the receipt says and the department's
 * own rows and programs are as before, or nothing was changed and the sentence names what is in the
 * way.
 */
@Tag("slow")
class TargetDeliveredTests {

    private final Fixture fixture = new Fixture();

    @BeforeEach
    void two_sources() {
        fixture.source.run(
                "create table village (code text primary key, name text)",
                "insert into village select 'v' || g, '村' || g from generate_series(1, 10) g",
                "create table keyless (code text, name text)",
                "insert into keyless select 'k' || g, '行' || g from generate_series(1, 10) g",
                "create table numbered (id int primary key, name text not null)",
                "insert into numbered select g, '条' || g from generate_series(1, 20) g");
    }

    private void target(String... statements) {
        fixture.target.run(statements);
    }

    private String one(String query) {
        return fixture.target.one(query);
    }

    private CopyResult deliver(String table) {
        return fixture.copy(fixture.all(table), "t");
    }

    /** A village table with rows of before. */
    private void villages() {
        target(
                "create table t (code text primary key, name text)",
                "insert into t select 'v' || g, 'old' from generate_series(1, 10) g");
    }

    private void keyless() {
        target(
                "create table t (code text, name text)",
                "insert into t select 'k' || g, 'old' from generate_series(1, 10) g");
    }

    private EngineFailure refused(String table, Reason reason) {
        return refused(fixture.request(fixture.all(table), "t", "r1", 1), reason);
    }

    private EngineFailure refused(CopyRequest request, Reason reason) {
        var stood = one("select coalesce(string_agg(t::text, ',' order by t::text), '') from t");
        var failure =
                (EngineFailure)
                        org.assertj.core.api.Assertions.catchThrowable(() -> Fixture.copy(request));
        assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(reason);
        assertThat(reason.isTransient()).isFalse();
        assertThat(reason.arguments()).containsAll(failure.arguments().keySet());
        assertThat(one("select coalesce(string_agg(t::text, ',' order by t::text), '') from t"))
                .isEqualTo(stood);
        assertThat(fixture.staging()).isEqualTo("0");
        return failure;
    }

    // rows of the department that point at the table

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on delete cascade",
                "on delete set null",
                "on delete set default",
                "",
                "on delete restrict",
                "deferrable initially deferred"
            })
    void rows_that_point_at_a_delivered_row_stay_as_they_are(String action) {
        villages();
        target(
                "create table own (id int primary key, code text default 'v9' references t "
                        + action
                        + ")",
                "insert into own values (1, 'v1'), (2, 'v2'), (3, 'v3')");

        for (var round = 0; round < 2; round++) {
            assertThat(deliver("village").rowsWritten()).isEqualTo(10);
            assertThat(one("select string_agg(code, ',' order by id) from own"))
                    .isEqualTo("v1,v2,v3");
            assertThat(one("select count(*) || min(name) from t where name like '村%'"))
                    .isEqualTo("10村1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on delete cascade",
                "on delete set null",
                "on delete set default",
                "",
                "on delete restrict"
            })
    void a_row_that_is_pointed_at_may_not_go(String action) {
        villages();
        target(
                "create table own (id int primary key, code text default 'v9' references t "
                        + action
                        + ")",
                "insert into own values (1, 'v1'), (2, 'v2')");
        fixture.source.run("delete from village where code in ('v1', 'v5')");

        assertThat(refused("village", Reason.TARGET_REFERENCED).arguments())
                .containsEntry("child", "public.own")
                .containsEntry("constraint", "own_code_fkey")
                .containsEntry("rows", "1");
        assertThat(one("select string_agg(code, ',' order by id) from own")).isEqualTo("v1,v2");
    }

    @Test
    void a_row_that_nothing_points_at_goes() {
        villages();
        target(
                "create table own (code text references t on delete cascade)",
                "insert into own values ('v1')");
        fixture.source.run("delete from village where code = 'v5'");

        assertThat(deliver("village").rowsWritten()).isEqualTo(9);
        assertThat(one("select count(*) from t")).isEqualTo("9");
        assertThat(one("select count(*) from own")).isEqualTo("1");
    }

    @Test
    void where_we_may_not_see_who_points_at_it_no_row_goes() {
        villages();
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.target.name(),
                        "create table own (code text references t on delete cascade)",
                        "insert into own values ('v1')");
        assertThat(deliver("village").rowsWritten()).isEqualTo(10);
        fixture.source.run("delete from village where code = 'v1'");

        assertThat(refused("village", Reason.TARGET_REFERENCED).arguments())
                .containsEntry("child", "public.own");
    }

    @Test
    void a_unique_column_that_is_pointed_at_knows_the_rows_where_there_is_no_key() {
        target(
                "create table t (code text not null unique, name text)",
                "insert into t select 'k' || g, 'old' from generate_series(1, 10) g",
                "create table own (code text references t (code) on delete cascade)",
                "insert into own values ('k1')");

        assertThat(deliver("keyless").rowsWritten()).isEqualTo(10);
        assertThat(one("select count(*) from own")).isEqualTo("1");
    }

    @Test
    void a_table_that_points_at_itself_is_delivered() {
        fixture.source.run(
                "create table tree (id int primary key, up int)",
                "insert into tree values (1, null), (2, 1), (3, 2)");
        target("create table t (id int primary key, up int references t on delete cascade)");

        deliver("tree");
        fixture.source.run(
                "update tree set up = 3 where id = 2", "update tree set up = 2 where id = 1");
        fixture.source.run("delete from tree where id = 3", "update tree set up = 1 where id = 2");

        assertThat(deliver("tree").rowsWritten()).isEqualTo(2);
        assertThat(one("select string_agg(id || '>' || up, ',' order by id) from t"))
                .isEqualTo("1>2,2>1");
    }

    // programs of the department

    private void log() {
        target(
                "create table log (at timestamptz default now(), code text)",
                "create function note() returns trigger language plpgsql as 'begin insert into log (code) values (new.code); return new; end'");
    }

    @Test
    void a_trigger_finds_its_table_by_the_search_path_of_the_role() {
        log();
        keyless();
        target("create trigger note before insert on t for each row execute function note()");

        deliver("keyless");

        assertThat(one("select count(*) from log")).isEqualTo("10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"after insert on t", "after insert on t deferrable initially deferred"})
    void so_does_one_that_waits_for_the_end(String when) {
        log();
        keyless();
        target("create constraint trigger note " + when + " for each row execute function note()");

        deliver("keyless");

        assertThat(one("select count(*) from log")).isEqualTo("10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table t add check (known(code))",
                "create index on t (known(code))",
                "create trigger x after insert on t execute function other()"
            })
    void so_do_checks_and_expressions_of_an_index(String more) {
        keyless();
        target(
                "create table codes (code text)",
                "insert into codes values ('k')",
                "create function known(c text) returns bool language plpgsql immutable as 'begin return exists (select from codes where starts_with(c, code)); end'",
                "create function other() returns trigger language plpgsql as 'begin perform 1 from codes; return null; end'",
                "truncate t",
                more);

        assertThat(deliver("keyless").rowsWritten()).isEqualTo(10);
    }

    @Test
    void a_log_of_ddl_is_written_as_for_every_other_client() {
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.target.name(),
                        "create table ddl_log (tag text)",
                        "grant insert, select on ddl_log to public",
                        "create function log_ddl() returns event_trigger language plpgsql as 'begin insert into ddl_log values (tg_tag); end'",
                        "create event trigger e on ddl_command_end execute function log_ddl()",
                        "create event trigger d on sql_drop execute function log_ddl()");

        deliver("village");
        assertThat(deliver("village").swapMethod()).isEqualTo(SwapMethod.RENAMED);
        target("create view v as select * from t");
        assertThat(deliver("village").swapMethod()).isEqualTo(SwapMethod.REFILLED);

        assertThat(one("select count(*) > 5 from ddl_log")).isEqualTo("t");
    }

    @Test
    void rows_that_an_event_trigger_takes_at_the_swap_are_missed() {
        deliver("village");
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.target.name(),
                        """
                        create function bite() returns event_trigger language plpgsql as $$
                        begin
                          if to_regclass('public.t') is not null and current_query() like '%rename%' then
                            delete from public.t where ctid = (select min(ctid) from public.t);
                          end if;
                        end $$
                        """,
                        "create event trigger bites on ddl_command_end execute function bite()");

        assertThatThrownBy(() -> deliver("village"))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.ROW_COUNT_MISMATCH));
        assertThat(one("select count(*) from t"))
                .isEqualTo(fixture.source.one("select count(*) from village"));
    }

    @Test
    void a_trigger_reads_dates_as_every_other_session_of_the_role() {
        ScratchPostgres.shared()
                .asSuperuser(
                        "postgres",
                        "alter role " + fixture.target.user() + " set datestyle = 'ISO, MDY'",
                        "alter role " + fixture.target.user() + " set timezone = 'UTC'");
        target(
                "create table kept (code text primary key, name text, day date, zone text)",
                "create function day() returns trigger language plpgsql as $$ begin new.day := '01/02/03'::date; new.zone := current_setting('timezone'); return new; end $$",
                "create trigger day before insert on kept for each row execute function day()");

        merge("village", "kept", List.of("code", "name"), "code", Into.Absent.KEEP);

        assertThat(one("select distinct day || zone from kept")).isEqualTo("2003-01-02UTC");
    }

    // what changes or keeps rows

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    create rule keep as on delete to t do instead nothing                                | rule keep
                    create trigger x before delete on t for each row execute function keep()             | trigger x
                    create trigger x before insert on t for each row execute function keep()             | trigger x
                    create rule none as on insert to t do instead nothing                                | rule none
                    create trigger x after insert on t for each row when (pg_trigger_depth() = 0) execute function more() | trigger x
                    create trigger x before insert on t for each row execute function bend()             | trigger x
                    """)
    void what_makes_something_else_of_the_rows_is_named_and_nothing_is_changed(
            String object, String named) {
        target(
                "create table t (code text, name text)",
                "insert into t select 'old' || g, 'old' from generate_series(1, 10) g",
                "create function keep() returns trigger language plpgsql as 'begin return null; end'",
                "create function more() returns trigger language plpgsql as 'begin insert into t values (new.code, new.name); return null; end'",
                "create function bend() returns trigger language plpgsql as 'begin new.name := upper(new.code); return new; end'",
                object);

        assertThat(refused("keyless", Reason.TARGET_BENT).arguments())
                .containsEntry("objects", named);
    }

    @Test
    void a_trigger_that_bends_nothing_is_no_hindrance() {
        log();
        villages();
        target(
                "create trigger note after insert or update on t for each row execute function note()");

        assertThat(deliver("village").rowsWritten()).isEqualTo(10);
        assertThat(one("select count(*) from log")).isEqualTo("10");
        deliver("village");
        assertThat(one("select count(*) from log")).isEqualTo("10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    village | create trigger x after delete on t for each row execute function clean()
                    keyless | create trigger x after delete on t for each row execute function clean()
                    village | create rule x as on delete to t do also delete from own where code = old.code
                    keyless | create rule x as on delete to t do also delete from own where code = old.code
                    """)
    void what_follows_deletions_hears_only_of_rows_that_are_gone(String table, String object) {
        fixture.source.run("update village set code = replace(code, 'v', 'k')");
        if (table.equals("village")) villages();
        else keyless();
        target(
                "update t set code = replace(code, 'v', 'k'), name = replace(name, 'old', '%s' || substr(code, 2))"
                        .formatted(table.equals("village") ? "村" : "行"),
                "create table own (code text)",
                "insert into own values ('k1'), ('k2')",
                "create function clean() returns trigger language plpgsql as 'begin delete from own where code = old.code; return null; end'",
                object);
        fixture.source.run("delete from " + table + " where code = 'k2'");

        assertThat(deliver(table).rowsWritten()).isEqualTo(9);
        assertThat(one("select string_agg(code, ',') from own")).isEqualTo("k1");
        assertThat(one("select count(*) || ' ' || count(distinct name) from t where name <> 'old'"))
                .isEqualTo("9 9");
    }

    @Test
    void rows_that_come_several_times_do_so_where_deletions_are_heard() {
        keyless();
        target(
                "create function clean() returns trigger language plpgsql as 'begin return null; end'",
                "create trigger x after delete on t for each row execute function clean()",
                "insert into t values ('k1', '行1'), ('k1', '行1'), ('k1', '行1')");
        fixture.source.run("insert into keyless values ('k1', '行1'), (null, null), (null, null)");

        assertThat(deliver("keyless").rowsWritten()).isEqualTo(13);
        assertThat(
                        one(
                                "select count(*) filter (where code = 'k1') || ' ' || count(*) filter (where code is null) from t"))
                .isEqualTo("2 2");
    }

    @Test
    void row_security_that_applies_to_us_is_refused_at_the_order() {
        keyless();
        target(
                "alter table t enable row level security",
                "alter table t force row level security",
                "create policy partly on t using (code like 'k1%') with check (true)");

        var request = fixture.request(fixture.all("keyless"), "t", "r1", 1);
        assertThatThrownBy(() ->
                        new CopyRun(
                                        request,
                                        Fence.open(),
                                        CopyListener.silent(),
                                        InstantSource.system())
                                .check())
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TARGET_ROW_SECURITY));
        assertThatThrownBy(() -> Fixture.copy(request))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TARGET_ROW_SECURITY));
        target("alter table t no force row level security");
        assertThat(one("select count(*) || min(name) from t")).isEqualTo("10old");
    }

    @Test
    void row_security_that_does_not_bind_us_is_no_hindrance() {
        keyless();
        target(
                "alter table t enable row level security",
                "create policy partly on t using (code like 'k1%')");

        assertThat(deliver("keyless").rowsWritten()).isEqualTo(10);
        assertThat(one("select count(*) from t where name like '行%'")).isEqualTo("10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"village", "keyless"})
    void rows_of_a_table_that_inherits_stay(String table) {
        if (table.equals("village")) villages();
        else keyless();
        target(
                "create table own (extra text) inherits (t)",
                "insert into own values ('own1', 'mine', 'x'), ('v1', 'mine', 'y')");

        assertThat(deliver(table).rowsWritten()).isEqualTo(10);

        assertThat(one("select count(*) || min(name) from own")).isEqualTo("2mine");
        assertThat(one("select count(*) from only t where name <> 'old'")).isEqualTo("10");
    }

    @Test
    void a_column_that_the_server_computes_is_refused_by_name() {
        target("create table t (code text, name text generated always as (upper(code)) stored)");

        assertThat(refused("keyless", Reason.TARGET_DIFFERS).arguments())
                .containsEntry("difference", "generated")
                .containsEntry("field", "name");
    }

    @Test
    void rows_of_a_refilled_table_may_exchange_what_is_unique() {
        target(
                "create table t (id int primary key, name text not null unique)",
                "insert into t values (1, '条2'), (2, '条1')",
                "create view v as select * from t");

        assertThat(deliver("numbered").rowsWritten()).isEqualTo(20);
        assertThat(one("select string_agg(name, ',') from t where id < 3")).isEqualTo("条1,条2");
    }

    // numbers

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id int generated by default as identity primary key",
                "id int generated always as identity primary key",
                "id serial primary key",
                "id int default nextval('s') primary key",
                "id int generated always as identity unique"
            })
    void the_next_row_of_the_department_gets_a_number_of_its_own(String id) {
        target("create sequence s", "create table t (" + id + ", name text not null)");

        var notes = deliver("numbered").notes();
        target("insert into t (name) values ('own')");

        assertThat(one("select id from t where name = 'own'")).isEqualTo("21");
        assertThat(notes).anyMatch(note -> note.startsWith("sequence advanced: public."));
    }

    @Test
    void a_sequence_that_is_ahead_stays() {
        target(
                "create table t (id int generated by default as identity primary key, name text not null)",
                "select setval('t_id_seq', 100)");

        deliver("numbered");

        target("insert into t (name) values ('own')");
        assertThat(one("select id from t where name = 'own'")).isEqualTo("101");
    }

    @Test
    void one_that_we_may_not_set_is_told() {
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.target.name(),
                        "create sequence s",
                        "grant usage on sequence s to " + fixture.target.user());
        target("create table t (id int default nextval('s') primary key, name text not null)");

        assertThat(deliver("numbered").notes())
                .contains("sequence not advanced, no right: public.s");
    }

    // followers

    @Test
    void followers_of_all_tables_never_hear_of_a_staging_table() {
        target(
                "create table t (code text primary key, name text)",
                "insert into t values ('v1', 'old')");
        follow("create publication p for all tables");

        assertThat(deliver("village").swapMethod()).isEqualTo(SwapMethod.REFILLED);

        assertThat(heard()).contains("村").doesNotContain("shuqiao_staging");
    }

    @Test
    void nor_do_they_of_a_kept_table() {
        target("create table kept (code text primary key, name text, own text)");
        follow("create publication p for tables in schema public");

        merge("village", "kept", List.of("code", "name"), "code", Into.Absent.KEEP);

        assertThat(heard()).contains("村").doesNotContain("shuqiao_staging");
    }

    @ParameterizedTest
    @ValueSource(strings = {"for all tables", "for tables in schema public"})
    void a_new_table_that_would_be_published_is_refused(String what) {
        ScratchPostgres.shared().asSuperuser(fixture.target.name(), "create publication p " + what);

        assertThatThrownBy(() -> deliver("village"))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.TARGET_PUBLISHED);
                            assertThat(e.arguments()).containsEntry("publication", "p");
                        });
        assertThat(one("select to_regclass('t') is null")).isEqualTo("t");
    }

    @Test
    void a_published_table_in_which_followers_know_no_row_is_refused_with_the_remedy() {
        keyless();
        ScratchPostgres.shared()
                .asSuperuser(fixture.target.name(), "create publication p for all tables");

        assertThat(refused("keyless", Reason.TARGET_REPLICA_IDENTITY).arguments())
                .containsEntry("publication", "p");
        target("alter table t replica identity full");
        assertThat(deliver("keyless").rowsWritten()).isEqualTo(10);
    }

    private void follow(String publication) {
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.target.name(),
                        publication,
                        "select pg_create_logical_replication_slot('%s', 'pgoutput')"
                                .formatted(fixture.target.name()));
    }

    /** What goes out to followers. */
    private String heard() {
        try (var session = ScratchPostgres.shared().superuser(fixture.target.name());
                var rows =
                        session.createStatement()
                                .executeQuery(
                                        "select data from pg_logical_slot_get_binary_changes('%s', null, null, 'proto_version', '1', 'publication_names', 'p')"
                                                .formatted(fixture.target.name()))) {
            var text = new StringBuilder();
            while (rows.next())
                text.append(new String(rows.getBytes(1), java.nio.charset.StandardCharsets.UTF_8));
            session.createStatement()
                    .execute(
                            "select pg_drop_replication_slot('%s')"
                                    .formatted(fixture.target.name()));
            return text.toString();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    // kept tables

    private CopyResult merge(
            String table, String into, List<String> columns, String key, Into.Absent absent) {
        return Fixture.copy(mapped(table, into, columns, key, absent));
    }

    private CopyRequest mapped(
            String table, String into, List<String> columns, String key, Into.Absent absent) {
        var names = new java.util.LinkedHashMap<String, String>();
        columns.forEach(column -> names.put(column, column));
        return new CopyRequest(
                fixture.from(),
                fixture.to(),
                fixture.all(table),
                Fixture.KEY,
                "public",
                into,
                "r1",
                java.util.Optional.of(new Into(names, List.of(key), absent)),
                1,
                false);
    }

    private void kept() {
        target(
                "create table t (id int primary key, name text, own text default 'mine')",
                "insert into t (id, name) values (1, 'x'), (2, '条2'), (999, 'own')",
                "create function keep() returns trigger language plpgsql as 'begin return null; end'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create trigger x before update on t for each row execute function keep()",
                "create trigger x before delete on t for each row execute function keep()",
                "create rule x as on update to t do instead nothing"
            })
    void what_keeps_rows_of_a_kept_table_is_named(String object) {
        kept();
        target(object);

        assertThat(
                        refused(
                                        mapped(
                                                "numbered",
                                                "t",
                                                List.of("id", "name"),
                                                "id",
                                                Into.Absent.DELETE),
                                        Reason.TARGET_BENT)
                                .arguments()
                                .get("objects"))
                .endsWith(" x");
    }

    @Test
    void row_security_of_a_kept_table_is_refused() {
        kept();
        target(
                "alter table t enable row level security",
                "alter table t force row level security",
                "create policy p on t using (true)");

        refused(
                mapped("numbered", "t", List.of("id", "name"), "id", Into.Absent.KEEP),
                Reason.TARGET_ROW_SECURITY);
    }

    @Test
    void rows_of_a_table_that_inherits_from_a_kept_one_stay() {
        kept();
        target(
                "create table child (more text) inherits (t)",
                "insert into child (id, name) values (1, 'own1'), (500, 'own2')");

        merge("numbered", "t", List.of("id", "name"), "id", Into.Absent.DELETE);

        assertThat(one("select string_agg(name, ',' order by id) from child"))
                .isEqualTo("own1,own2");
        assertThat(one("select count(*) from only t")).isEqualTo("20");
    }

    @Test
    void a_trigger_of_a_kept_table_that_fills_a_local_column_is_no_hindrance() {
        kept();
        target(
                "create function fill() returns trigger language plpgsql as 'begin new.own := new.name; return new; end'",
                "create trigger fill before insert or update on t for each row execute function fill()");

        var notes = merge("numbered", "t", List.of("id", "name"), "id", Into.Absent.KEEP).notes();

        assertThat(notes).contains("added: 18", "corrected: 1", "same: 1", "removed: 0");
        assertThat(one("select own from t where id = 1")).isEqualTo("条1");
    }

    @Test
    void rows_that_point_at_a_row_of_a_kept_table_are_not_lost() {
        kept();
        target(
                "create table own (id int references t on delete cascade)",
                "insert into own values (999)");

        refused(
                mapped("numbered", "t", List.of("id", "name"), "id", Into.Absent.DELETE),
                Reason.TARGET_REFERENCED);
        assertThat(one("select count(*) from own")).isEqualTo("1");
    }

    @Test
    void a_unique_constraint_that_does_not_wait_is_named() {
        target(
                "create table t (id int primary key, name text unique, own text)",
                "insert into t (id, name) values (1, '条2'), (2, '条1')");
        var request = mapped("numbered", "t", List.of("id", "name"), "id", Into.Absent.KEEP);

        assertThat(refused(request, Reason.TARGET_UNIQUE).arguments())
                .containsEntry("constraint", "t_name_key");
        target(
                "alter table t drop constraint t_name_key",
                "alter table t add constraint t_name_key unique (name) deferrable initially deferred");
        Fixture.copy(request);
        assertThat(one("select string_agg(name, ',' order by id) from t where id < 3"))
                .isEqualTo("条1,条2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rows_that_the_key_of_the_target_does_not_tell_apart_are_named(boolean kept) {
        fixture.source.run(
                "create table plates (plate text primary key, owner text)",
                "insert into plates values ('京A1', '甲'), ('京a1', '乙'), ('京B1', '丙')");
        target(
                "create collation no_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "create table t (plate text collate no_case primary key, owner text)",
                "insert into t values ('京A1', 'old')");
        var request =
                kept
                        ? mapped(
                                "plates", "t", List.of("plate", "owner"), "plate", Into.Absent.KEEP)
                        : fixture.request(fixture.all("plates"), "t", "r1", 1);

        assertThat(refused(request, Reason.TARGET_KEY_COLLATION).arguments())
                .containsAllEntriesOf(Map.of("key", "plate", "collation", "no_case", "rows", "1"));
        assertThat(one("select string_agg(owner, ',') from t")).isEqualTo("old");
        fixture.source.run("delete from plates where plate = '京a1'");
        Fixture.copy(request);
        assertThat(one("select string_agg(owner, ',' order by plate) from t")).isEqualTo("甲,丙");
    }

    @Test
    void a_kept_table_numbers_its_next_row_anew() {
        target(
                "create table t (id serial primary key, name text)",
                "insert into t (name) values ('own 1')");

        merge("numbered", "t", List.of("id", "name"), "id", Into.Absent.KEEP);
        target("insert into t (name) values ('own 2')");

        assertThat(one("select id from t where name = 'own 2'")).isEqualTo("21");
    }
}
