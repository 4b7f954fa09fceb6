package shuqiao.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.City;
import shuqiao.kernel.Role;

/** What is kept in memory is what a fresh look at the database would give, whoever wrote it. */
class ColumnsTests extends CatalogGround {

    @Autowired TransactionTemplate transaction;
    @Autowired EntryTable entries;

    /** Two platforms on one database. */
    private ColumnTable one;

    private ColumnTable other;

    @BeforeEach
    void platforms() {
        one = new ColumnTable(db, transaction);
        other = new ColumnTable(db, transaction);
        one.now();
    }

    /** All that anybody could see of them. */
    private static List<Object> seen(Columns columns) {
        var seen = new ArrayList<Object>();
        for (var me : List.of(City.CIVIL_AFFAIRS, City.POLICE, ""))
            for (var authority : List.of(true, false))
                for (var mine : List.of(true, false)) {
                    var view = new Columns.View(me, authority, mine, LocalDate.parse("2026-11-22"));
                    var tally = columns.tally(Map.of(), null);
                    var rows = columns.count(view, tally, Columns.EVERYTHING);
                    seen.add(Arrays.stream(columns.resources(rows)).boxed().toList());
                    seen.add(
                            Arrays.stream(columns.resources(columns.byScore(rows)))
                                    .boxed()
                                    .toList());
                    seen.add(tally.counts());
                    seen.add(tally.classes());
                    seen.add(tally.total());
                }
        return seen;
    }

    private void agree() {
        var fresh = seen(new ColumnTable(db, transaction).now());
        assertThat(seen(one.now())).isEqualTo(fresh);
        assertThat(seen(other.now())).isEqualTo(fresh);
    }

    @Test
    void each_step_of_a_resource_is_followed() {
        var keeper = city.actor(City.CIVIL_AFFAIRS, Role.STEWARD);
        var id = completed();
        agree();
        approve(id);
        agree();
        does(authority, id, "publication", Map.of());
        agree();
        catalog.scored(id, 88);
        agree();
        reviews.newVersion(keeper, id);
        agree();
        catalog.discard(keeper, id, null);
        agree();
        does(authority, id, "withdrawal", Map.of("reason", "停用"));
        agree();
        catalog.discard(keeper, drafted(), null);
        agree();
    }

    @Test
    void what_is_committed_late_is_not_missed() throws InterruptedException {
        var early = drafted();
        prepare();
        var late = drafted();
        one.now();
        var written = new CountDownLatch(1);
        var looked = new CountDownLatch(1);
        var slow =
                Thread.ofVirtual()
                        .start(() ->
                                transaction.executeWithoutResult(_ -> {
                                    entries.score(early, 61);
                                    written.countDown();
                                    await(looked);
                                }));
        await(written);
        entries.score(late, 62);
        agree();
        looked.countDown();
        slow.join();

        agree();
        assertThat(catalog.look(city.actor(City.CIVIL_AFFAIRS, Role.STEWARD), own(), List.of()))
                .satisfies(found ->
                        assertThat(found.counts().get(Facet.QUALITY).get("FAIR"))
                                .isGreaterThanOrEqualTo(2));
    }

    private static Filters own() {
        return new Filters("", "", true, Map.of(), Filters.Sort.SCORE, 1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void what_is_rolled_back_was_never_there() {
        var id = drafted();
        var before = seen(one.now());
        transaction.executeWithoutResult(status -> {
            entries.score(id, 3);
            assertThat(seen(one.now())).as("one's own work").isNotEqualTo(before);
            status.setRollbackOnly();
        });

        assertThat(seen(one.now())).isEqualTo(before);
        agree();
    }

    @Test
    void rows_of_a_restored_dump_are_there_though_their_transactions_are_yet_to_come() {
        var id = drafted();
        transaction.executeWithoutResult(_ -> {
            db.sql("alter table catalog.entry disable trigger entry_write").update();
            db.sql(
                            "update catalog.entry set written_in = '9000000000000000000' where resource = :id")
                    .param("id", id)
                    .update();
            db.sql("alter table catalog.entry enable trigger entry_write").update();
        });

        var fresh = new ColumnTable(db, transaction).now();

        assertThat(fresh.resources(IntStream.range(0, fresh.size()).toArray())).contains(id);
    }

    @Test
    void an_index_leads_to_what_was_written() {
        db.sql("set enable_seqscan = off").update();
        var plan =
                db.sql(
                                "explain select from catalog.entry where written_in >= pg_snapshot_xmin(pg_current_snapshot())")
                        .query(String.class)
                        .list();
        db.sql("reset enable_seqscan").update();

        assertThat(String.join("\n", plan)).contains("entry_written");
    }
}
