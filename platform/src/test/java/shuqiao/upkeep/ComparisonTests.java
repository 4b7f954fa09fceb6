package shuqiao.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import shuqiao.catalog.Item;
import shuqiao.catalog.PublishedResource;
import shuqiao.catalog.Sensitivity;
import shuqiao.catalog.SharingKind;
import shuqiao.engine.Database;
import shuqiao.engine.Endpoint;
import shuqiao.engine.Table;
import shuqiao.engine.embedded.ScratchPostgres;

/** Each way in which a real table can leave what was mounted. */
class ComparisonTests {

    private static final ScratchPostgres.Database AT = ScratchPostgres.shared().newDatabase();

    private static final PublishedResource VERSION = version();

    private static PublishedResource version() {
        var words =
                GrantChangeTests.words(
                        item("代码", "code", "character varying(12)"),
                        item("名称", "name", "text"),
                        item("人口", "people", "integer"));
        return new PublishedResource(
                1,
                "c",
                1,
                "名录",
                "p",
                false,
                true,
                SharingKind.UNCONDITIONAL,
                "",
                "",
                List.of(),
                List.of(),
                1,
                "public",
                "t",
                null,
                false,
                Instant.EPOCH,
                words,
                false);
    }

    private static Item item(String name, String column, String type) {
        return new Item(name, "", null, null, column, type, false, Sensitivity.NONE, true, true);
    }

    private static Table table(String columns, String... more) {
        AT.run("drop table if exists t", "create table t (%s)".formatted(columns));
        AT.run(more);
        return new Database(Endpoint.of(AT.jdbcUrl(), AT.user(), AT.password()))
                .table("public", "t");
    }

    private static Optional<String> told(Table now) {
        return Comparison.of(VERSION, Shape.of(BEFORE), now).stream()
                .map(it -> it.kind() + " " + it.column() + " " + it.was() + ">" + it.now())
                .reduce((one, other) -> one + ", " + other);
    }

    private static final Table BEFORE =
            table("code varchar(12) primary key, name text, people int, inner_note text");

    @Test
    void a_table_as_it_was_has_no_difference() {
        assertThat(
                        told(
                                table(
                                        "code varchar(12) primary key, name text, people int, inner_note text")))
                .isEmpty();
    }

    @Test
    void columns_are_lost_and_added_but_those_never_catalogued_are_nobodys() {
        assertThat(told(table("code varchar(12) primary key, name text, depth numeric")))
                .contains("COLUMN_LOST people integer>, COLUMN_ADDED depth >numeric");
    }

    @Test
    void a_longer_text_is_another_difference_than_another_type() {
        assertThat(
                        told(
                                table(
                                        "code varchar(20) primary key, name text, people text,"
                                                + " inner_note text")))
                .contains(
                        "LENGTH_CHANGED code character varying(12)>character varying(20),"
                                + " TYPE_CHANGED people integer>text");
    }

    @Test
    void keys_comments_and_nullability_are_compared_with_what_was_seen_first() {
        assertThat(
                        told(
                                table(
                                        "code varchar(12), name text not null, people int,"
                                                + " inner_note text",
                                        "comment on column t.people is '常住人口'",
                                        "alter table t alter code set not null")))
                .contains(
                        "NULLABILITY_CHANGED name NULL>NOT NULL, COMMENT_CHANGED people >常住人口,"
                                + " KEY_CHANGED  code>");
    }

    @Test
    void what_was_not_seen_before_is_compared_by_column_and_type_alone() {
        var now = table("code varchar(12), name text not null, people text, depth numeric");

        assertThat(Comparison.of(VERSION, null, now))
                .extracting(Comparison.Found::kind)
                .containsExactly(DifferenceKind.TYPE_CHANGED);
    }
}
