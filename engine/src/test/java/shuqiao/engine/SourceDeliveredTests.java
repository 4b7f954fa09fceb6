package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * What the source shows to every other client is what is delivered: no row is hidden in silence, no
 * setting of ours bends what the department's own views and functions compute.
 */
@Tag("slow")
class SourceDeliveredTests {

    private final Fixture fixture = new Fixture();

    // rows that row security hides

    /** Tables of somebody else, of which our role may see a part. */
    private void guarded() {
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.source.name(),
                        "create table cases (id int primary key, district text)",
                        "insert into cases select g, case when g % 4 = 0 then 'a' else 'b' end from generate_series(1, 1000) g",
                        "alter table cases enable row level security",
                        "create policy own on cases for select using (district = 'a')",
                        "create table silent (id int primary key, district text)",
                        "insert into silent select * from cases",
                        "alter table silent enable row level security",
                        "create table parts (id int, district text) partition by range (id)",
                        "create table parts_all partition of parts default",
                        "insert into parts select * from cases",
                        "alter table parts enable row level security",
                        "create policy own on parts using (district = 'a')",
                        "grant select on cases, silent, parts to " + fixture.source.user());
        fixture.source.run(
                "create view shown as select * from cases",
                "create view invoked with (security_invoker) as select * from cases");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cases", "silent", "parts", "shown", "invoked"})
    void rows_hidden_by_row_security_are_never_left_out_in_silence(String table) {
        guarded();
        var named = table.equals("silent") || table.equals("parts") ? table : "cases";
        var request = fixture.request(fixture.all(table), table, "r1", 1);

        refused(() -> Fixture.copy(request), Reason.ROW_SECURITY, "table", named);
        refused(() -> check(request), Reason.ROW_SECURITY, "table", named);
        assertThat(fixture.target.one("select to_regclass('" + table + "') is null"))
                .isEqualTo("t");
        assertThat(fixture.staging()).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void nor_in_a_file(FileFormat format, @TempDir Path folder) {
        guarded();
        var request = fixture.file(format, fixture.all("cases"), folder.resolve("f"));

        refused(() -> write(request), Reason.ROW_SECURITY, "table", "cases");
        assertThat(Files.exists(request.file())).isFalse();
    }

    @Test
    void where_the_owner_declared_it_the_rows_that_are_shown_go_over_and_the_result_says_so() {
        guarded();
        var request = fixture.request(fixture.all("cases"), "cases", "r1", 1);
        var declared =
                new CopyRequest(
                        request.source().withRowSecurity(true),
                        request.target(),
                        request.scope(),
                        request.key(),
                        "public",
                        "cases",
                        "r1",
                        1,
                        false);

        var result = Fixture.copy(declared);

        assertThat(result.rowsWritten()).isEqualTo(250);
        assertThat(result.notes()).contains(CopyResult.ROW_SECURITY);
        assertThat(
                        new Database(declared.source())
                                .count(fixture.all("cases"), Duration.ofSeconds(5))
                                .rows())
                .isEqualTo(250);
    }

    @Test
    void a_role_that_row_security_does_not_bind_reads_all() {
        guarded();
        ScratchPostgres.shared()
                .asSuperuser("postgres", "alter role " + fixture.source.user() + " bypassrls");

        assertThat(fixture.copy(fixture.all("cases"), "cases").rowsWritten()).isEqualTo(1000);
    }

    @Test
    void row_security_of_the_owner_that_is_not_forced_hides_nothing() {
        fixture.numbers("mine", 10);
        fixture.source.run("alter table mine enable row level security");

        assertThat(fixture.copy(fixture.all("mine"), "mine").rowsWritten()).isEqualTo(10);
    }

    // settings

    /** What every client of the role sees is what arrives. */
    private void asEveryClientSees(String relation, String... settings) throws Exception {
        role(settings);
        fixture.copy(fixture.all(relation), relation);

        assertThat(rows(fixture.target, relation))
                .isEqualTo(rows(fixture.source, relation, settings));
    }

    /** In a function, because the driver would not have some of these in its session. */
    private static List<String> rows(
            ScratchPostgres.Database database, String relation, String... settings)
            throws SQLException {
        try (var session = database.connect();
                var statement = session.createStatement()) {
            statement.execute(
                    "create function pg_temp.shown() returns setof text language sql set search_path = public"
                            + Arrays.stream(settings)
                                    .map(setting -> " set " + setting)
                                    .collect(Collectors.joining())
                            + " as 'select to_json(r.*)::text from "
                            + relation
                            + " r order by 1'");
            var found = new ArrayList<String>();
            try (var rows = statement.executeQuery("select pg_temp.shown()")) {
                while (rows.next()) found.add(rows.getString(1));
            }
            return found;
        }
    }

    private void role(String... settings) {
        for (var setting : settings)
            ScratchPostgres.shared()
                    .asSuperuser(
                            "postgres", "alter role " + fixture.source.user() + " set " + setting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO, MDY", "SQL, DMY", "German", "ISO, YMD"})
    void a_view_reads_dates_in_the_order_of_its_department(String style) throws Exception {
        fixture.source.run(
                "create table t (id int, d text)",
                "insert into t values (1, '01/02/03')",
                "create view v as select id, d::date as day, d::date::text as word, '2024-05-01 20:00+00'::timestamptz::date as at, '1 day 2:00'::interval::text as span, current_setting('timezone') as zone from t");

        asEveryClientSees(
                "v",
                "datestyle = '" + style + "'",
                "timezone = 'UTC'",
                "intervalstyle = 'iso_8601'");
    }

    @Test
    void a_function_finds_what_the_search_path_of_its_role_offers() throws Exception {
        fixture.source.run(
                "create table codes (code text primary key, name text)",
                "insert into codes values ('1', '男'), ('2', '女')",
                "create function name_of(c text) returns text language plpgsql stable as 'declare n text; begin select name into n from codes where code = c; return n; end'",
                "create function there() returns text language plpgsql immutable as 'begin perform 1 from codes; return to_regclass(''codes'')::text || current_schema(); exception when undefined_table then return ''nowhere''; end'",
                "create view people as select g as id, name_of(g::text) as sex, there() as place from generate_series(1, 2) g");

        asEveryClientSees("people");
        assertThat(fixture.target.one("select string_agg(sex, '' order by id) from people"))
                .isEqualTo("男女");
        var sample =
                new Database(fixture.from())
                        .sample(fixture.all("people"), Fixture.KEY, 5, Duration.ofSeconds(5));
        assertThat(sample.get(1)).contains("男");
        assertThat(
                        new Database(fixture.from())
                                .count(fixture.all("people"), Duration.ofSeconds(5))
                                .rows())
                .isEqualTo(2);
    }

    @Test
    void a_search_path_with_a_schema_before_the_built_in_one_captures_nothing_of_ours() {
        fixture.source.run(
                "create table t (id int primary key, name text, at timestamptz)",
                "insert into t values (1, '王小明', now()), (2, '李四', now())",
                "create schema evil",
                "create function evil.length(text) returns int language sql as 'select 0'",
                "create function evil.left(text, int) returns text language sql as 'select $1'",
                "create function evil.repeat(text, int) returns text language sql as 'select $1'",
                "create function evil.sha256(bytea) returns bytea language sql as 'select $1'",
                "create function evil.convert_to(text, name) returns bytea language sql as 'select ''x''::bytea'",
                "create function evil.eq(int, int) returns bool language sql as 'select true'",
                "create function evil.ge(int, int) returns bool language sql as 'select true'",
                "create operator evil.= (function = evil.eq, leftarg = int, rightarg = int)",
                "create operator evil.>= (function = evil.ge, leftarg = int, rightarg = int)",
                "create operator evil.> (function = evil.ge, leftarg = int, rightarg = int)",
                "create domain evil.text as pg_catalog.text check (false)",
                "create domain evil.int4 as pg_catalog.int4 check (false)");
        role("search_path = 'evil, pg_catalog, public'");
        var filter =
                """
                [{"field": "id", "op": "eq", "value": 2}, {"field": "id", "op": "between", "value": [2, 3]}, {"field": "id", "op": "in", "value": [2]}]
                """;
        var scope =
                fixture.scope("t", List.of(), filter, Map.of("name", Mask.NAME, "at", Mask.HASH));

        assertThat(fixture.copy(scope, "t").rowsWritten()).isEqualTo(1);
        assertThat(fixture.target.one("select name || length(at) from t")).isEqualTo("李*64");
    }

    // what a list of tables says

    @Test
    void a_list_of_tables_counts_the_columns_that_may_be_read_and_carried() {
        ScratchPostgres.shared().asSuperuser(fixture.source.name(), "create extension citext");
        fixture.source.run(AllTypes.TYPES);
        var kinds = new AllTypes(5).all();
        fixture.source.run(
                "create domain lo as oid",
                "create domain short as varchar(3)",
                "create table nothing ()",
                "create table uncarried (a regclass, b regtype[])",
                "create table mixed (id int, s short, l lo, r regclass, hidden text, sums numeric(5,2)[])",
                "revoke all on mixed from current_user",
                "grant select (id, s, l, r, sums) on mixed to current_user",
                "create table every ("
                        + IntStream.range(0, kinds.size())
                                .mapToObj(i -> "c" + i + " " + kinds.get(i).type())
                                .collect(Collectors.joining(", "))
                        + ")");
        var database = new Database(fixture.from());

        var listed =
                database.tables("public", "", 50, 0).piece().stream()
                        .collect(Collectors.toMap(Table.Summary::name, Table.Summary::columns));

        assertThat(listed)
                .containsEntry("nothing", new Table.Columns(0, 0, 0))
                .containsEntry("uncarried", new Table.Columns(2, 2, 0))
                .containsEntry("mixed", new Table.Columns(6, 5, 3));
        for (var name : List.of("nothing", "uncarried", "mixed", "every")) {
            var table = database.table("public", name);
            var readable = table.columns().stream().filter(Column::readable).toList();
            assertThat(listed.get(name))
                    .isEqualTo(table.summary().columns())
                    .isEqualTo(
                            new Table.Columns(
                                    table.columns().size(),
                                    readable.size(),
                                    (int)
                                            readable.stream()
                                                    .filter(it -> it.carried().isPresent())
                                                    .count()));
        }
        assertThat(database.tables("public", List.of("mixed", "no such", "every")))
                .extracting(Table.Summary::name)
                .containsExactly("every", "mixed");
    }

    // the text form

    /** As our sessions were set before the form was written into the expression. */
    private static final String AS_BEFORE =
            "set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'Asia/Shanghai'; set bytea_output = 'hex'; set extra_float_digits = 1; set search_path = '';";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timezone = 'Asia/Shanghai'",
                "datestyle = 'German'; timezone = 'America/New_York'; intervalstyle = 'sql_standard'; extra_float_digits = -15; bytea_output = 'escape'"
            })
    void a_hash_is_what_it_was_for_every_type_whatever_the_role_is_set_to(String settings)
            throws Exception {
        ScratchPostgres.shared().asSuperuser(fixture.source.name(), "create extension citext");
        fixture.source.run(AllTypes.TYPES);
        var kinds = new AllTypes(11).all();
        fixture.source.run(
                "create table every (id int primary key, "
                        + IntStream.range(0, kinds.size())
                                .mapToObj(i -> "c" + i + " " + kinds.get(i).type())
                                .collect(Collectors.joining(", "))
                        + ")");
        try (var session = fixture.source.connect()) {
            for (var row = 0; row < 12; row++)
                for (var i = 0; i < kinds.size(); i++) {
                    var odd = kinds.get(i).all();
                    var value = row < odd.size() ? odd.get(row) : kinds.get(i).next();
                    try (var insert =
                            session.prepareStatement(
                                    "insert into every (id, c%d) values (%d, ?::text::%s) on conflict (id) do update set c%d = excluded.c%d"
                                            .formatted(i, row, kinds.get(i).type(), i, i))) {
                        insert.setString(1, value);
                        insert.executeUpdate();
                    }
                }
        }
        fixture.source.run("create view seen as select * from every");
        var masks =
                IntStream.range(0, kinds.size())
                        .boxed()
                        .collect(Collectors.toMap(i -> "c" + i, i -> Mask.HASH));
        role(settings.split("; "));

        for (var relation : List.of("every", "seen")) {
            fixture.copy(fixture.scope(relation, List.of(), "[]", masks), relation);

            var before = before(kinds.size());
            for (var i = 0; i < kinds.size(); i++)
                assertThat(
                                fixture.target.one(
                                        "select string_agg(coalesce(c%d, '-'), ',' order by id) from %s"
                                                .formatted(i, relation)))
                        .as(relation + " " + kinds.get(i).type())
                        .isEqualTo(before.get(i));
        }
    }

    /** The hashes as the release before made them. */
    private List<String> before(int columns) throws SQLException {
        try (var session = fixture.source.connect();
                var statement = session.createStatement()) {
            for (var setting : AS_BEFORE.split(";")) statement.execute(setting);
            statement.execute(
                    "select set_config('shuqiao.inner', '%s', false), set_config('shuqiao.outer', '%s', false)"
                            .formatted(Fixture.KEY.inner(), Fixture.KEY.outer()));
            var hashes = new ArrayList<String>();
            for (var i = 0; i < columns; i++)
                try (var rows =
                        statement.executeQuery(
                                "select string_agg(coalesce(encode(sha256((select decode(current_setting('shuqiao.outer'), 'hex')) || sha256((select decode(current_setting('shuqiao.inner'), 'hex')) || convert_to(c%d::text, 'UTF8'))), 'hex'), '-'), ',' order by id) from public.every"
                                        .formatted(i))) {
                    rows.next();
                    hashes.add(rows.getString(1));
                }
            return hashes;
        }
    }

    @Test
    void the_settings_that_a_text_form_needs_are_taken_back_before_the_next_function_runs()
            throws Exception {
        role("timezone = 'UTC'", "datestyle = 'SQL, DMY'");
        fixture.source.run(
                "create function seen() returns text language sql volatile as $$ select current_setting('timezone') || current_setting('datestyle') $$",
                "create view v as select g as id, seen() as before, '2024-05-01 20:00+00'::timestamptz + g * interval '1 day' as at, seen() as after from generate_series(1, 50) g");

        fixture.copy(fixture.scope("v", List.of(), "[]", Map.of("at", Mask.HASH)), "v");

        assertThat(fixture.target.one("select string_agg(distinct before || after, ',') from v"))
                .isEqualTo("UTCSQL, DMYUTCSQL, DMY");
        assertThat(fixture.target.one("select count(distinct at) from v")).isEqualTo("50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "v"})
    void a_file_has_the_one_text_form_whatever_the_role_is_set_to(
            String relation, @TempDir Path folder) throws Exception {
        role(
                "timezone = 'America/New_York'",
                "datestyle = 'German'",
                "intervalstyle = 'sql_standard'",
                "extra_float_digits = -15",
                "bytea_output = 'escape'");
        fixture.source.run(
                "create table t (d date, at timestamptz, i interval, f float8, b bytea, r tstzrange)",
                "insert into t values ('2024-05-01', '2024-05-01 12:00+08', '1 day 02:03:04', 0.1::float8 + 0.2::float8, '\\x00ff', '[2024-05-01 12:00+08,2024-05-02 12:00+08)')",
                "create view v as select * from t");
        var request = fixture.file(FileFormat.CSV, fixture.all(relation), folder.resolve("f.csv"));

        write(request);

        assertThat(Files.readString(request.file(), StandardCharsets.UTF_8).lines().toList().get(1))
                .isEqualTo(
                        "2024-05-01,2024-05-01 12:00:00+08,1 day 02:03:04,0.30000000000000004,\\x00ff,\"[\"\"2024-05-01 12:00:00+08\"\",\"\"2024-05-02 12:00:00+08\"\")\"");
    }

    @Test
    void a_year_is_that_of_beijing() {
        role("timezone = 'America/New_York'");
        fixture.source.run(
                "create table t (at timestamptz)", "insert into t values ('2024-01-01 00:30+08')");

        fixture.copy(fixture.scope("t", List.of(), "[]", Map.of("at", Mask.YEAR_ONLY)), "t");

        assertThat(fixture.target.one("select at from t")).isEqualTo("2024");
    }

    @Test
    void rows_of_a_family_of_tables_arrive_without_the_key_of_one_and_the_result_says_so() {
        fixture.source.run(
                "create table permit (id int primary key, holder text not null)",
                "create table permit_2022 (primary key (id)) inherits (permit)",
                "insert into permit values (1, 'a')",
                "insert into permit_2022 values (1, 'old')");

        var result = fixture.copy(fixture.all("permit"), "permit");

        assertThat(result.rowsWritten()).isEqualTo(2);
        assertThat(result.notes()).contains(CopyResult.noKey("id"));
        assertThat(fixture.table("permit").key()).isEmpty();
        assertThat(fixture.table("permit").column("holder").orElseThrow().nullable()).isFalse();
        assertThat(fixture.table("permit_2022").key()).containsExactly("id");
    }

    // limits that a DBA has set for our role

    @Test
    void a_stricter_statement_timeout_of_the_role_holds() {
        role("statement_timeout = '300ms'");
        fixture.source.run(
                "create view slow as select g as id, pg_sleep(0.02)::text as w from generate_series(1, 100) g");

        refused(
                () -> fixture.copy(fixture.all("slow"), "slow"),
                Reason.SESSION_LIMIT,
                "limit",
                "statement_timeout");
    }

    @Test
    void ours_holds_where_it_is_the_stricter_one() {
        role("statement_timeout = '1min'");
        fixture.source.run(
                "create view slow as select g as id, pg_sleep(0.02)::text as w from generate_series(1, 100) g");
        var request = fixture.request(fixture.all("slow"), "slow", "r1", 1);
        var limits =
                new Limits(
                        4,
                        OptionalDouble.empty(),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10));

        refused(
                () ->
                        Fixture.copy(
                                new CopyRequest(
                                        request.source().withLimits(limits),
                                        request.target(),
                                        request.scope(),
                                        request.key(),
                                        "public",
                                        "slow",
                                        "r1",
                                        1,
                                        false)),
                Reason.STATEMENT_TIMEOUT,
                "side",
                "source");
    }

    @Test
    void a_bound_on_transactions_is_named_and_not_tried_again_for_ever() {
        role("transaction_timeout = '300ms'");
        fixture.source.run(
                "create view slow as select g as id, pg_sleep(0.02)::text as w from generate_series(1, 100) g");

        refused(
                () -> fixture.copy(fixture.all("slow"), "slow"),
                Reason.SESSION_LIMIT,
                "limit",
                "transaction_timeout");
        assertThat(Reason.SESSION_LIMIT.isTransient()).isFalse();
    }

    @Test
    void a_view_that_may_no_longer_read_what_is_below_it_is_refused_by_the_check() {
        fixture.source.run(
                "create table below as select 1 as id",
                "create view looks as select id from below");
        var request = fixture.request(fixture.all("looks"), "looks", "r1", 1);
        check(request);

        fixture.source.run("revoke all on below from " + fixture.source.user());

        refused(() -> check(request), Reason.PERMISSION_DENIED, "side", "source");
    }

    // helpers

    private static void refused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable what,
            Reason reason,
            String argument,
            String value) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(reason);
                            assertThat(e.arguments()).containsEntry(argument, value);
                            assertThat(reason.arguments()).containsAll(e.arguments().keySet());
                        });
    }

    private static void check(CopyRequest request) {
        new CopyRun(request, Fence.open(), CopyListener.silent(), InstantSource.system()).check();
    }

    private static void write(FileRequest request) {
        new FileRun(request, Fence.open(), CopyListener.silent(), InstantSource.system()).run();
    }
}
