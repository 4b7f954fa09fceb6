package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shuqiao.engine.embedded.ScratchPostgres;

/** Databases that keep their texts in another encoding than UTF-8, or in none. */
class EncodingTests {

    private final Fixture fixture = new Fixture();

    /** Another database of the same owner. */
    private String database(ScratchPostgres.Database beside, String encoding) {
        var name = beside.name() + "_" + encoding.toLowerCase(java.util.Locale.ROOT);
        ScratchPostgres.shared()
                .asSuperuser(
                        "postgres",
                        "create database %s owner %s encoding '%s' locale_provider libc locale 'C' template template0"
                                .formatted(name, beside.user(), encoding));
        ScratchPostgres.shared()
                .asSuperuser(name, "grant all on schema public to " + beside.user());
        return name;
    }

    private static Endpoint endpoint(ScratchPostgres.Database beside, String name) {
        return Endpoint.of(
                beside.jdbcUrl().replace("/" + beside.name(), "/" + name),
                beside.user(),
                beside.password());
    }

    private void run(ScratchPostgres.Database beside, String name, String... statements) {
        ScratchPostgres.shared().asSuperuser(name, statements);
        ScratchPostgres.shared()
                .asSuperuser(
                        name, "grant select on all tables in schema public to " + beside.user());
    }

    private CopyResult copy(Endpoint from, Endpoint to, String table, Map<String, Mask> masks) {
        var live = new Database(from).table("public", table);
        var scope =
                Scope.of(
                        live,
                        List.of(),
                        List.of(),
                        masks,
                        "核验",
                        java.time.LocalDate.of(2026, 1, 1),
                        java.util.Optional.empty());
        return Fixture.copy(
                new CopyRequest(from, to, scope, Fixture.KEY, "public", table, "r1", 1, false));
    }

    private static EngineFailure refused(Runnable work) {
        var failures = new ArrayList<EngineFailure>();
        assertThatThrownBy(work::run).isInstanceOfSatisfying(EngineFailure.class, failures::add);
        return failures.getFirst();
    }

    @Test
    void masks_of_a_database_without_an_encoding_do_not_cut_inside_a_character() {
        var rows =
                "insert into people select g, v, v, v, v from (select g, repeat(c, g) || case when g %% 3 = 0 then 'x' else '' end as v from generate_series(0, 20) g, (values ('张'), ('é'), ('\uD83D\uDE00'), ('7')) l(c)) r"
                        .replace("%%", "%");
        var made = "create table people (n int, a text, b varchar(200), c text, d text)";
        var name = database(fixture.source, "SQL_ASCII");
        run(fixture.source, name, made, rows);
        fixture.source.run(made, rows);
        var masks = Map.of("a", Mask.ID_CARD, "b", Mask.PHONE, "c", Mask.NAME, "d", Mask.HASH);

        copy(endpoint(fixture.source, name), fixture.to(), "people", masks);
        var digest = "select md5(string_agg(p::text, '|' order by n, a, d)) from people p";
        var ofBytes = fixture.target.one(digest);
        fixture.target.run("drop table people");
        copy(fixture.from(), fixture.to(), "people", masks);

        assertThat(ofBytes).isNotEmpty().isEqualTo(fixture.target.one(digest));
    }

    @Test
    void text_that_is_not_utf_8_is_told_by_column_and_rows() {
        var name = database(fixture.source, "SQL_ASCII");
        run(
                fixture.source,
                name,
                "create table people (id int primary key, town text, name text)",
                "insert into people values (1, 'a', E'\\xd5\\xc5'), (2, '镇', E'\\xc0\\xee'), (3, 'b', 'c')");

        var failure =
                refused(() ->
                        copy(endpoint(fixture.source, name), fixture.to(), "people", Map.of()));

        assertThat(failure.reason()).isEqualTo(Reason.SOURCE_ENCODING);
        assertThat(failure.arguments())
                .isEqualTo(Map.of("table", "public.people", "field", "name", "rows", "2"));
    }

    @ParameterizedTest
    @CsvSource({"EUC_CN,镕,3", "LATIN1,朱镕基,3"})
    void a_character_that_the_target_lacks_is_told_by_column_and_rows(
            String encoding, String characters, String rows) {
        fixture.source.run(
                "create table rare (id int primary key, town text, name text)",
                "insert into rare select g, 'a', case when g <= 3 then '朱镕基' else 'b' end from generate_series(1, 10) g");
        var name = database(fixture.target, encoding);

        var failure =
                refused(() ->
                        copy(fixture.from(), endpoint(fixture.target, name), "rare", Map.of()));

        assertThat(failure.reason()).isEqualTo(Reason.TARGET_ENCODING);
        assertThat(failure.arguments())
                .containsEntry("field", "name")
                .containsEntry("rows", rows)
                .containsEntry("encoding", encoding);
        assertThat(failure.arguments().get("characters").codePoints().toArray())
                .containsExactlyInAnyOrder(characters.codePoints().toArray());
    }

    @Test
    void a_name_that_the_target_cannot_have_is_told_before_a_row_is_sent_and_a_comment_fits() {
        fixture.source.run(
                "create table named (id int primary key, \"姓名镕\" text)",
                "create table said (id int primary key)",
                "insert into said values (1)",
                "comment on table said is '朱镕基'");
        var to = endpoint(fixture.target, database(fixture.target, "EUC_CN"));

        var failure = refused(() -> copy(fixture.from(), to, "named", Map.of()));

        assertThat(failure.reason()).isEqualTo(Reason.TARGET_ENCODING_NAME);
        assertThat(failure.arguments())
                .containsEntry("field", "姓名镕")
                .containsEntry("characters", "镕");
        copy(fixture.from(), to, "said", Map.of());
        assertThat(new Database(to).table("public", "said").summary().comment()).contains("朱?基");
    }
}
