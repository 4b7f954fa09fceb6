package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.engine.embedded.ScratchPostgres;

/** What a delivery meets at real servers is told as a matter of the side whose it is. */
class DeliveredBlameTests {

    private final Fixture fixture = new Fixture();

    private static EngineFailure refused(Runnable work) {
        var failures = new ArrayList<EngineFailure>();
        assertThatThrownBy(work::run).isInstanceOfSatisfying(EngineFailure.class, failures::add);
        return failures.getFirst();
    }

    @Test
    void a_real_server_says_which_of_its_rules_keeps_us_out() {
        ScratchPostgres.shared()
                .asSuperuser("postgres", "alter role " + fixture.source.user() + " nologin");

        var failure = refused(() -> new Database(fixture.from()).test());

        assertThat(failure.reason()).isEqualTo(Reason.LOGIN_FORBIDDEN);
        assertThat(failure.arguments()).containsEntry("user", fixture.source.user());
    }

    @Test
    void a_target_that_is_too_old_is_refused_with_the_same_sentence() {
        fixture.numbers("numbers", 3);
        try (var server = new HostileServer(line -> line.letIn("11.22"))) {
            var target =
                    new CopyRequest(
                            fixture.from(),
                            server.endpoint(),
                            fixture.all("numbers"),
                            Fixture.KEY,
                            "public",
                            "t",
                            "r1",
                            1,
                            false);
            var failure = refused(() -> Fixture.copy(target));
            assertThat(failure.reason()).isEqualTo(Reason.SERVER_TOO_OLD);
            assertThat(failure.arguments()).containsEntry("side", "target");
        }
    }

    // what the source says of itself and does not keep

    @Test
    void a_not_null_that_is_not_validated_is_not_asked_of_the_target() {
        fixture.source.run(
                "create table half_filled (id int primary key, phone text)",
                "insert into half_filled values (1, null), (2, '1')",
                "alter table half_filled add constraint phone_there not null phone not valid");

        assertThat(fixture.table("half_filled").column("phone").orElseThrow().nullable()).isTrue();
        assertThat(fixture.copy(fixture.all("half_filled"), "half_filled").rowsWritten())
                .isEqualTo(2);
        assertThat(fixture.table("half_filled").column("id").orElseThrow().nullable()).isFalse();
    }

    @Test
    void nor_one_of_a_foreign_table_or_of_a_table_with_a_foreign_part() {
        fixture.foreignServer("here");
        fixture.source.run(
                "create table really (id int, phone text)",
                "insert into really values (1, null), (2, '1')",
                "create foreign table remote (id int not null, phone text not null) server here options (table_name 'really')",
                "create table parts (id int not null, phone text not null) partition by range (id)",
                "create foreign table parts_all partition of parts default server here options (table_name 'really')");

        for (var table : List.of("remote", "parts"))
            assertThat(fixture.copy(fixture.all(table), table).rowsWritten())
                    .as(table)
                    .isEqualTo(2);
    }

    @Test
    void a_foreign_server_that_is_away_is_not_our_line() {
        fixture.foreignServer("here");
        fixture.source.run(
                "create server away foreign data wrapper postgres_fdw options (host '127.0.0.1', port '1', dbname 'x')",
                "create user mapping for current_user server away options (user 'x', password 'x')",
                "create foreign table remote (id int) server away");

        var failure = refused(() -> fixture.copy(fixture.all("remote"), "remote"));

        assertThat(failure.reason()).isEqualTo(Reason.FOREIGN_SERVER_AWAY);
        assertThat(failure.arguments()).containsEntry("side", "source");
    }

    /** As after a change of the C library under an index. */
    private void damaged() {
        fixture.source.run(
                "create table twice (code text primary key, name text)",
                "insert into twice values ('a', 'first')");
        ready(false);
        fixture.source.run("insert into twice values ('a', 'second'), ('b', 'third')");
        ready(true);
    }

    private void ready(boolean ready) {
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.source.name(),
                        "update pg_index set indisready = %s where indexrelid = 'twice_pkey'::regclass"
                                .formatted(ready));
    }

    @Test
    void rows_under_one_key_of_a_damaged_index_are_told_as_the_source_s() {
        damaged();

        var failure = refused(() -> fixture.copy(fixture.all("twice"), "twice"));

        assertThat(failure.reason()).isEqualTo(Reason.SOURCE_KEY_REPEATED);
        assertThat(failure.arguments()).isEqualTo(Map.of("table", "public.twice", "key", "code"));
        assertThat(fixture.staging()).isEqualTo("0");
    }

    @Test
    void a_null_that_may_not_be_is_told_as_the_source_s() {
        fixture.source.run("create table t (id int, phone text not null)");
        fixture.source.run("insert into t values (1, '1')");
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.source.name(),
                        "update pg_attribute set attnotnull = false where attrelid = 't'::regclass",
                        "update t set phone = null",
                        "update pg_attribute set attnotnull = true where attrelid = 't'::regclass and attname = 'phone'");

        var failure = refused(() -> fixture.copy(fixture.all("t"), "t"));

        assertThat(failure.reason()).isEqualTo(Reason.SOURCE_NULL);
        assertThat(failure.arguments()).isEqualTo(Map.of("table", "public.t", "field", "phone"));
    }

    @Test
    void a_column_that_is_not_granted_is_named() {
        ScratchPostgres.shared()
                .asSuperuser(
                        fixture.source.name(),
                        "create table half_granted (id int, name text, phone text)",
                        "insert into half_granted values (1, 'a', '1')",
                        "grant select (id, name) on half_granted to " + fixture.source.user());
        var request = fixture.request(fixture.all("half_granted"), "half_granted", "r1", 1);

        for (var failure :
                List.of(refused(() -> Fixture.copy(request)), refused(() -> check(request)))) {
            assertThat(failure.reason()).isEqualTo(Reason.COLUMN_NOT_GRANTED);
            assertThat(failure.arguments())
                    .containsEntry("table", "public.half_granted")
                    .containsEntry("field", "phone");
        }
        var granted = fixture.scope("half_granted", List.of("id", "name"), "[]", Map.of());
        assertThat(fixture.copy(granted, "half_granted").rowsWritten()).isEqualTo(1);
    }

    // names that the target cannot have

    @ParameterizedTest
    @ValueSource(strings = {"type village as enum ('x')", "domain village as text"})
    void a_type_of_the_name_is_told_before_a_row_is_sent(String made) {
        fixture.numbers("numbers", 3);
        fixture.target.run("create " + made);
        var request = fixture.request(fixture.all("numbers"), "village", "r1", 1);

        for (var failure :
                List.of(refused(() -> Fixture.copy(request)), refused(() -> check(request)))) {
            assertThat(failure.reason()).isEqualTo(Reason.TARGET_NAME_TAKEN);
            assertThat(failure.arguments()).containsEntry("table", "public.village");
        }
    }

    @Test
    void the_type_of_an_array_makes_room() {
        fixture.numbers("numbers", 3);
        fixture.target.run("create type village as enum ('x')");

        assertThat(fixture.copy(fixture.all("numbers"), "_village").rowsWritten()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xmin", "ctid", "tableoid"})
    void a_column_of_a_name_of_the_system_is_told_before_a_row_is_sent(String name) {
        fixture.source.run("create view row_version as select 1 as " + name);
        var request = fixture.request(fixture.all("row_version"), "row_version", "r1", 1);

        for (var failure :
                List.of(refused(() -> Fixture.copy(request)), refused(() -> check(request)))) {
            assertThat(failure.reason()).isEqualTo(Reason.SYSTEM_COLUMN_NAME);
            assertThat(failure.arguments()).containsEntry("field", name);
        }
    }

    private static void check(CopyRequest request) {
        new CopyRun(request, Fence.open(), CopyListener.silent(), java.time.InstantSource.system())
                .check();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void code_of_a_department_is_told_on_its_side(Side side) {
        fixture.numbers("numbers", 3);
        fixture.target.run("create table t (id int primary key, word text)");
        var database = side == Side.SOURCE ? fixture.source : fixture.target;
        database.run(
                "create function broken() returns trigger language plpgsql as $$ begin raise 'not today'; end $$");
        if (side == Side.TARGET)
            database.run(
                    "create trigger broken before insert on t for each row execute function broken()");
        else
            database.run(
                    "create function computed(int) returns int language plpgsql as $$ begin raise 'not today'; end $$",
                    "create view shown as select computed(id) as id, word from numbers");
        var from = side == Side.SOURCE ? "shown" : "numbers";

        var failure = refused(() -> fixture.copy(fixture.all(from), "t"));

        assertThat(failure.reason()).isEqualTo(Reason.CODE_FAILED);
        assertThat(failure.arguments())
                .containsEntry("side", side.key())
                .containsEntry("detail", "not today");
    }
}
