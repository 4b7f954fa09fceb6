package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import shuqiao.engine.embedded.ScratchPostgres;

/**
 * A source that lies in each field of what it says of its tables. Whatever it says, the table is
 * described in words that may be shown, or refused; and no word of it runs at the target.
 */
@Timeout(60)
class HostileCatalogueTests {

    private static final String CANARY = "create table canary (x int)";

    private static final Fixture FIXTURE = new Fixture();

    private final Fixture fixture = FIXTURE;

    private enum Answer {
        RELATION("has_any_column_privilege", "public", "t", "r", "人员", "10", "8192", "t", "16384"),
        COLUMNS(
                "with recursive base",
                "c",
                "1",
                "text",
                "f",
                "姓名",
                "f",
                "f",
                "f",
                "-1",
                "b",
                "pg_catalog",
                "text",
                "S",
                null,
                null,
                null,
                null,
                "t",
                "f",
                "t"),
        TYPES(
                "with recursive types",
                "16384",
                "1",
                "1",
                "text",
                "-1",
                "b",
                "pg_catalog",
                "text",
                "S",
                null,
                null,
                null,
                null,
                "f"),
        KEYS("k.contype", "p", "[\"c\"]");

        private final String mark;
        private final List<@Nullable String> honest;

        Answer(String mark, @Nullable String... honest) {
            this.mark = mark;
            this.honest = Arrays.asList(honest);
        }
    }

    private record Lie(Answer answer, int field, @Nullable String value) {
        List<@Nullable String> told() {
            var row = new ArrayList<>(answer.honest);
            row.set(field, value);
            return row;
        }

        @Override
        public String toString() {
            var shown = value == null ? "null" : Shown.line(value, 40);
            return answer + " " + field + " " + shown;
        }
    }

    private static Function<String, List<List<@Nullable String>>> honestBut(Lie lie) {
        return sql -> {
            for (var answer : Answer.values())
                if (sql.contains(answer.mark))
                    return List.of(answer == lie.answer ? lie.told() : answer.honest);
            return sql.contains("pg_locks") ? List.of(List.of("0")) : List.of();
        };
    }

    private static Stream<Lie> lies(@Nullable String... values) {
        return Arrays.stream(Answer.values())
                .flatMap(answer ->
                        IntStream.range(0, answer.honest.size())
                                .boxed()
                                .flatMap(field ->
                                        Arrays.stream(values)
                                                .map(value -> new Lie(answer, field, value))));
    }

    static Stream<Lie> everything_that_can_be_said() {
        return lies(
                null,
                "",
                "-1",
                "-9223372036854775808",
                "99999999999999999999999999",
                "1e400",
                "NaN",
                "'",
                "\"",
                "\\",
                "a\r\nb\u001B[2J",
                "\u202Egnp.exe\u2069",
                "\u0000",
                "[]",
                "{}",
                "[1]",
                "[null]",
                "[\"a\u0000b\"]",
                "[".repeat(5_000),
                "x".repeat(1 << 20),
                "汉".repeat(64));
    }

    /**
     * Each of the long test's lies costs a session; a few of every kind are told in the plain one.
     */
    private static Stream<Lie> some(Stream<Lie> all, int each) {
        var lies = all.toList();
        return IntStream.range(0, lies.size()).filter(i -> i % each == 0).mapToObj(lies::get);
    }

    static Stream<Lie> some_of_what_can_be_said() {
        return some(everything_that_can_be_said(), 22);
    }

    static Stream<Lie> some_sql_that_would_run_at_the_target() {
        return some(sql_that_would_run_at_the_target(), 7);
    }

    @ParameterizedTest
    @MethodSource
    void some_of_what_can_be_said(Lie lie) {
        everything_that_can_be_said(lie);
    }

    @ParameterizedTest
    @MethodSource
    void some_sql_that_would_run_at_the_target(Lie lie) {
        sql_that_would_run_at_the_target(lie);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource
    void everything_that_can_be_said(Lie lie) {
        try (var server = new HostileServer(HostileServer.answering(honestBut(lie)))) {
            var database = new Database(server.endpoint());
            try {
                assertFit(database.table("public", "t"));
                database.tables("public", List.of("t")).forEach(HostileCatalogueTests::assertFit);
            } catch (EngineFailure refused) {
                HostileServerTests.assertShown(refused.getMessage());
            }
        }
    }

    private static void assertFit(Table table) {
        assertFit(table.summary());
        for (var column : table.columns()) {
            assertThat(column.name().length()).isLessThan(70);
            HostileServerTests.assertShown(column.type());
            HostileServerTests.assertShown(column.base());
            column.carried().ifPresent(type -> assertThat(TypeText.isBuiltIn(type)).isTrue());
            column.comment().ifPresent(HostileCatalogueTests::assertComment);
        }
        for (var name : table.key()) assertThat(name.length()).isLessThan(70);
    }

    private static void assertFit(Table.Summary summary) {
        assertThat(summary.name().length()).isLessThan(70);
        assertThat(summary.schema().length()).isLessThan(70);
        assertThat(summary.bytes()).isNotNegative();
        assertThat(summary.columns().all()).isBetween(0, Into.COLUMNS_MAX);
        summary.rowEstimate().ifPresent(rows -> assertThat(rows).isNotNegative());
        summary.comment().ifPresent(HostileCatalogueTests::assertComment);
    }

    private static void assertComment(String comment) {
        assertThat(comment)
                .hasSizeLessThan(Shown.COMMENT_MAX * 2)
                .doesNotContain("\u0000", "\u001B", "\u202E", "\u2069");
    }

    @BeforeAll
    static void putCanary() {
        FIXTURE.target.run(CANARY);
    }

    static Stream<Lie> sql_that_would_run_at_the_target() {
        return lies(
                "text); drop table canary; create table owned (x int); --",
                "x\"); drop table canary; create table owned (x int); --",
                "x'; drop table canary; create table owned (x int); --",
                "[\"c\\\"); drop table canary; --\"]");
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource
    void sql_that_would_run_at_the_target(Lie lie) {
        try (var server = new HostileServer(HostileServer.answering(honestBut(lie)))) {
            try {
                var live = new Database(server.endpoint()).table("public", "t");
                deliver(server.endpoint(), scope(live));
            } catch (EngineFailure refused) {
                HostileServerTests.assertShown(refused.getMessage());
            }
        }

        assertUnharmed();
    }

    /** The honest answers lead to a delivery, so that the lies are told where it counts. */
    @Test
    void the_same_server_is_copied_from_when_it_does_not_lie() {
        var honest = new Lie(Answer.RELATION, 0, "public");
        try (var server = new HostileServer(HostileServer.answering(honestBut(honest)))) {
            var live = new Database(server.endpoint()).table("public", "t");

            deliver(server.endpoint(), scope(live));
        }

        assertThat(
                        fixture.target.one(
                                "select format_type(atttypid, -1) from pg_attribute where attrelid = 'arrived'::regclass and attname = 'c'"))
                .isEqualTo("text");
    }

    @Test
    void a_scope_that_was_stored_with_sql_for_a_type_does_not_pass() {
        var type = "text); drop table canary; create table owned (x int); --";
        var stored =
                ScopeJson.parse(
                        new Scope(
                                        "public",
                                        "t",
                                        List.of(new Scope.Field("c", type)),
                                        List.of(),
                                        Map.of(),
                                        "核验",
                                        LocalDate.of(2026, 1, 1),
                                        Optional.empty())
                                .toJson());
        try (var server =
                new HostileServer(
                        HostileServer.answering(honestBut(new Lie(Answer.COLUMNS, 2, type))))) {
            assertThatThrownBy(() -> deliver(server.endpoint(), stored))
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.TYPE_CHANGED));
        }

        assertUnharmed();
    }

    /** The attack that worked: an administrator of the source replaces its own format_type. */
    @Test
    void a_source_with_another_format_type_runs_nothing_at_the_target() {
        var fixture = new Fixture();
        fixture.target.run(CANARY);
        fixture.source.run(
                "create type mood as enum ('sad', 'glad')",
                "create domain postcode as varchar(6)",
                "create table t (id int primary key, word varchar(9), n numeric(10,2), m mood, p postcode)",
                "insert into t values (1, '词', 1.50, 'glad', '100000')");
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.source.name(),
                        "set allow_system_table_mods = on",
                        """
                        create or replace function pg_catalog.format_type(oid, integer) returns text language sql stable as
                        $$ select 'text); drop table canary; create table owned (x int); --' $$
                        """);

        var live = fixture.table("t");
        assertThat(live.column("word").orElseThrow().type()).isEqualTo("character varying(9)");
        assertThat(live.column("n").orElseThrow().carried()).contains("numeric(10,2)");
        for (var made : List.of("m", "p"))
            assertThat(live.column(made).orElseThrow().carried()).as(made).isEmpty();
        assertThatThrownBy(() -> fixture.all("t"))
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.TYPE_NOT_CARRIED);
                            assertThat(e.arguments()).containsEntry("field", "m");
                        });
        fixture.copy(fixture.scope("t", List.of("id", "word", "n"), "[]", Map.of()), "arrived");

        assertThat(fixture.target.one("select word || n from arrived")).isEqualTo("词1.50");
        assertUnharmed(fixture);
    }

    /** What a target says of its own objects ends in notes, and goes nowhere else. */
    @Test
    void a_target_that_lies_about_what_hangs_on_a_table_is_noted_in_words_that_may_be_shown() {
        var fixture = new Fixture();
        fixture.source.run("create table t (id int primary key)", "insert into t values (1)");
        fixture.copy(fixture.all("t"), "arrived");
        fixture.target.run("create view seen as select * from arrived");
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.target.name(),
                        "set allow_system_table_mods = on",
                        """
                        create or replace function pg_catalog.pg_describe_object(oid, oid, integer) returns text language sql stable as
                        $$ select E'view\\n\\u202E\\u001B[2J' || repeat('x', 5000) $$
                        """);

        var notes = fixture.copy(fixture.all("t"), "arrived").notes();

        assertThat(notes).isNotEmpty().allSatisfy(HostileServerTests::assertShown);
        assertThat(notes).anyMatch(note -> note.contains("view\\u000A\\u202E\\u001B[2Jx"));
    }

    @Test
    void comments_are_cut_and_hold_no_marks() {
        var fixture = new Fixture();
        fixture.source.run(
                "create table t (id int primary key)",
                "do $$ begin execute format('comment on table t is %L', repeat('长', 1000000)); end $$",
                "comment on column t.id is E'编号\\n\\u202Eexe'");

        var table = fixture.table("t");
        fixture.copy(fixture.all("t"), "arrived");

        assertThat(table.summary().comment().orElseThrow())
                .hasSize(Shown.COMMENT_MAX + 1)
                .endsWith("长…");
        assertThat(table.column("id").orElseThrow().comment()).contains("编号\n\\u202Eexe");
        assertThat(fixture.target.one("select length(obj_description('arrived'::regclass))"))
                .isEqualTo(String.valueOf(Shown.COMMENT_MAX + 1));
    }

    private Scope scope(Table live) {
        return Scope.of(
                live,
                List.of(),
                List.of(),
                Map.of(),
                "核验",
                LocalDate.of(2026, 1, 1),
                Optional.empty());
    }

    private void deliver(Endpoint source, Scope scope) {
        var request =
                new CopyRequest(
                        source,
                        fixture.to(),
                        scope,
                        Fixture.KEY,
                        "public",
                        "arrived",
                        "r1",
                        1,
                        false);
        new CopyRun(request, Fence.open(), CopyListener.silent(), InstantSource.system()).run();
    }

    private void assertUnharmed() {
        assertUnharmed(fixture);
    }

    private static void assertUnharmed(Fixture fixture) {
        assertThat(
                        fixture.target.one(
                                "select (to_regclass('canary') is not null) || ' ' || (to_regclass('owned') is null)"))
                .isEqualTo("true true");
    }
}
