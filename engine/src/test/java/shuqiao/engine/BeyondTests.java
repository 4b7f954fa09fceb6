package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What lies beyond the rows of a source: content that the rows only have the number of is not
 * passed off as delivered, and rows of which we cannot know whether they are all are told.
 */
@Tag("slow")
class BeyondTests {

    private final Fixture fixture = new Fixture();

    // large objects

    /** Scans whose content lies in large objects; the last row alone has one. */
    private void scans(String type, String value) {
        fixture.source.run(
                "create domain lo as oid",
                "create domain blob as oid",
                "create table scan (id int primary key, title text, content " + type + ")",
                "insert into scan select g, '扫描' || g from generate_series(1, 20000) g",
                "update scan set content = (select "
                        + value.formatted("lo_from_bytea(0, 'content')")
                        + ") where id = 20000");
    }

    private void refused(ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        EngineFailure.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.LARGE_OBJECT);
                            assertThat(e.arguments())
                                    .containsEntry("table", "public.scan")
                                    .containsEntry("field", "content");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oid|%s",
                "blob|%s",
                "lo|%s",
                "oid[]|array[1, %s]",
                "oidvector|(array[%s]::text[])[1]::oidvector"
            })
    void the_number_of_a_large_object_is_never_delivered_as_if_it_were_the_content(String kind) {
        scans(kind.split("\\|")[0], kind.split("\\|")[1]);

        refused(() -> fixture.copy(fixture.all("scan"), "scan"));

        assertThat(fixture.target.one("select to_regclass('scan') is null")).isEqualTo("t");
        assertThat(fixture.staging()).isEqualTo("0");
    }

    @Test
    void nor_through_a_view() {
        scans("oid", "%s");
        fixture.source.run(
                "alter table scan rename to kept", "create view scan as select * from kept");

        refused(() -> fixture.copy(fixture.all("scan"), "scan"));
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void nor_in_a_file(FileFormat format, @TempDir Path folder) {
        scans("oid", "%s");
        var request = fixture.file(format, fixture.all("scan"), folder.resolve("f"));

        refused(() -> write(request));
        assertThat(Files.exists(request.file())).isFalse();
    }

    @Test
    void only_rows_that_are_granted_count() {
        scans("oid", "%s");
        var scope =
                fixture.scope(
                        "scan",
                        List.of(),
                        "[{\"field\": \"id\", \"op\": \"lt\", \"value\": 20000}]",
                        Map.of());

        assertThat(fixture.copy(scope, "scan").rowsWritten()).isEqualTo(19_999);
    }

    @Test
    void the_description_of_a_table_says_that_such_a_column_is_not_carried() {
        scans("oid", "%s");
        fixture.source.run("delete from scan where id between 100 and 19999");

        var content = fixture.table("scan").column("content").orElseThrow();

        assertThat(content.carried()).isEmpty();
        assertThat(content.isLargeObject()).isTrue();
        assertThat(fixture.table("scan").column("id").orElseThrow().isLargeObject()).isFalse();
    }

    @Test
    void a_column_of_the_type_for_large_objects_is_described_so_while_it_is_empty() {
        scans("lo", "null::oid");

        assertThat(fixture.table("scan").column("content").orElseThrow().isLargeObject()).isTrue();
    }

    @Test
    void a_number_of_something_else_is_a_number() {
        scans("oid", "16384");

        assertThat(fixture.copy(fixture.all("scan"), "scan").rowsWritten()).isEqualTo(20_000);
        assertThat(fixture.target.one("select content from scan where id = 20000"))
                .isEqualTo("16384");
    }

    @Test
    void the_content_goes_over_by_a_view_that_reads_it() {
        scans("oid", "%s");
        fixture.source.run("create view shown as select id, lo_get(content) as content from scan");

        fixture.copy(fixture.all("shown"), "shown");

        assertThat(
                        fixture.target.one(
                                "select convert_from(content, 'UTF8') from shown where id = 20000"))
                .isEqualTo("content");
    }

    @Test
    void a_masked_number_is_no_content_that_anybody_waits_for() {
        scans("oid", "%s");
        var scope = fixture.scope("scan", List.of(), "[]", Map.of("content", Mask.HASH));

        assertThat(fixture.copy(scope, "scan").rowsWritten()).isEqualTo(20_000);
    }

    // rows that others show

    private void foreign() {
        fixture.foreignServer("市 局");
        fixture.source.run(
                "create table really (id int primary key, district text)",
                "insert into really select g, 'a' from generate_series(1, 10) g",
                "create foreign table remote (id int, district text) server \"市 局\" options (table_name 'really')",
                "create materialized view filled as select * from really");
    }

    private static final String OF_THE_SERVER =
            "foreign table public.remote: rows that server 市 局 shows its user";

    private String ofTheOwner() {
        return "materialized view public.filled: rows as of its last refresh, as its owner %s sees them"
                .formatted(fixture.source.user());
    }

    @Test
    void rows_that_a_foreign_server_shows_are_told_as_such() {
        foreign();

        assertThat(fixture.copy(fixture.all("remote"), "t").notes()).contains(OF_THE_SERVER);
        assertThat(fixture.table("remote").hearsay())
                .containsExactly(new Hearsay(Hearsay.Kind.FOREIGN, "public", "remote", "市 局"));
    }

    @Test
    void rows_of_a_materialized_view_are_told_as_of_its_refresh() {
        foreign();

        assertThat(fixture.copy(fixture.all("filled"), "t").notes()).contains(ofTheOwner());
    }

    @Test
    void also_under_views_partitions_and_children_and_in_a_file(@TempDir Path folder) {
        foreign();
        fixture.source.run(
                "create view inner_view as select * from filled union all select * from really",
                "create table parts (id int, district text) partition by range (id)",
                "create table parts_here partition of parts for values from (0) to (100)",
                "alter table parts attach partition remote for values from (100) to (200)",
                "create view both_kinds as select i.* from inner_view i where exists (select from parts p where p.id = 5) or true");
        var request = fixture.file(FileFormat.CSV, fixture.all("both_kinds"), folder.resolve("f"));

        assertThat(write(request).notes()).containsExactly(ofTheOwner(), OF_THE_SERVER);
        assertThat(fixture.copy(fixture.all("parts"), "t").notes()).contains(OF_THE_SERVER);
    }

    @Test
    void of_a_plain_table_nothing_is_told() {
        foreign();

        assertThat(fixture.copy(fixture.all("really"), "t").notes()).isEmpty();
        assertThat(fixture.table("really").hearsay()).isEmpty();
    }

    @Test
    void more_than_twenty_are_counted() {
        fixture.source.run(
                "create table really (id int primary key)",
                """
                do $$ declare all_of text := ''; begin
                  for i in 10..32 loop
                    execute format('create materialized view m%s as select * from really', i);
                    all_of := all_of || format(' union all select * from m%s', i);
                  end loop;
                  execute 'create view v as select * from really' || all_of;
                end $$
                """);

        var notes = fixture.copy(fixture.all("v"), "t").notes();

        assertThat(notes).hasSize(21);
        assertThat(notes.getLast()).isEqualTo("foreign tables and materialized views not named: 3");
    }

    private static FileResult write(FileRequest request) {
        return new FileRun(request, Fence.open(), CopyListener.silent(), InstantSource.system())
                .run();
    }
}
