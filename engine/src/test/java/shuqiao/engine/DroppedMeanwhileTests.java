package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody drops what our snapshot still knows: functions of the server then answer with nothing,
 * and no server is told that it is none.
 */
class DroppedMeanwhileTests {

    private final Fixture fixture = new Fixture();
    private WireConnection session;

    @BeforeEach
    void a_snapshot_of_a_table() {
        fixture.numbers("t", 10);
        session = WireConnection.open(Side.SOURCE, fixture.from());
        Snapshot.begin(session);
        assertThat(session.one("select count(*) from pg_class").number(0)).isPositive();
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void a_dropped_column_is_no_column_any_more() {
        fixture.source.run("alter table t drop column word");

        var table = new Catalogue(session).table("public", "t").orElseThrow();

        assertThat(table.columns()).extracting(Column::name).containsExactly("id");
    }

    @Test
    void a_copy_then_says_which_column_was_lost() {
        var scope = fixture.all("t");
        fixture.source.run("alter table t drop column word");

        assertThatThrownBy(() -> CopyRun.compiled(session, scope, Fixture.KEY))
                .isInstanceOfSatisfying(
                        SourceChanged.class,
                        it -> assertThat(it.arguments()).containsEntry("field", "word"));
    }

    @Test
    void a_dropped_table_is_listed_as_the_snapshot_knows_it_or_not_at_all() {
        fixture.source.run("drop table t");

        assertThat(new Catalogue(session).tables("public", List.of("t")))
                .extracting(Table.Summary::name)
                .isSubsetOf("t");
        assertThat(
                        new Catalogue(session)
                                .table("public", "t").stream().flatMap(t -> t.columns().stream()))
                .isEmpty();
    }
}
