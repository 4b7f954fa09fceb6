package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A copy whose end nobody saw can be asked for at the target, which holds nothing of ours. */
class MarkTests {

    private static final Attempt FIRST = new Attempt("r", 1);

    private final Fixture fixture = new Fixture();

    /** Says yes, and remembers what it was asked for. */
    private static class Noting implements Fence {
        final List<Mark> marks = new ArrayList<>();
        final List<CopyResult> ready = new ArrayList<>();

        @Override
        public boolean holds() {
            return true;
        }

        @Override
        public Word lastWord(Mark mark, CopyResult result) {
            marks.add(mark);
            ready.add(result);
            return Word.YES;
        }
    }

    private CopyResult copy(String table, Fence fence, Optional<Into> into) {
        var request =
                new CopyRequest(
                        fixture.from(),
                        fixture.to(),
                        fixture.all(table),
                        Fixture.KEY,
                        "public",
                        table,
                        "r",
                        into,
                        1,
                        false);
        return new CopyRun(request, fence, CopyListener.silent(), InstantSource.system()).run();
    }

    private Fate fate(Mark mark, String table) {
        return new Database(fixture.to()).fate(mark, FIRST, "public", table);
    }

    @Test
    void a_copy_that_was_committed_is_known_by_its_mark_whichever_way_its_rows_came() {
        fixture.numbers("t", 30);
        var created = new Noting();
        copy("t", created, Optional.empty());
        assertThat(fate(created.marks.getFirst(), "t")).isEqualTo(Fate.COMMITTED);

        var renamed = new Noting();
        copy("t", renamed, Optional.empty());
        fixture.target.run("create view hangs_on as select * from t");
        var refilled = new Noting();
        var done = copy("t", refilled, Optional.empty());

        assertThat(done.swapMethod()).isEqualTo(SwapMethod.REFILLED);
        assertThat(fate(refilled.marks.getFirst(), "t")).isEqualTo(Fate.COMMITTED);
        assertThat(refilled.ready.getFirst().sha256()).isEqualTo(done.sha256());
        assertThat(refilled.ready.getFirst().rowsWritten()).isEqualTo(30);
    }

    @Test
    void a_number_that_may_be_somebody_elses_by_now_is_believed_only_where_it_wrote() {
        fixture.numbers("t", 30);
        var fence = new Noting();
        copy("t", fence, Optional.empty());
        var fleeting = durable(fence.marks.getFirst(), false);
        assertThat(fate(fleeting, "t")).isEqualTo(Fate.COMMITTED);

        fixture.target.run("create view hangs_on as select * from t");
        // a refill by key writes only what differs
        fixture.source.run("update t set word = 'another' where id = 1");
        var refilled = new Noting();
        copy("t", refilled, Optional.empty());
        assertThat(fate(durable(refilled.marks.getFirst(), false), "t")).isEqualTo(Fate.COMMITTED);

        fixture.target.run("drop view hangs_on", "drop table t", "create table t (id int)");
        assertThat(fate(fence.marks.getFirst(), "t"))
                .as("a server that has not crashed since gives no number twice")
                .isEqualTo(Fate.COMMITTED);
        assertThat(fate(fleeting, "t")).isEqualTo(Fate.UNKNOWN);
        assertThat(fate(durable(fleeting, true), "t")).isEqualTo(Fate.COMMITTED);
    }

    @Test
    void a_copy_that_was_not_committed_is_known_as_well() {
        fixture.numbers("t", 30);
        var fence =
                new Noting() {
                    @Override
                    public Word lastWord(Mark mark, CopyResult result) {
                        super.lastWord(mark, result);
                        return Word.NO;
                    }
                };

        assertThatThrownBy(() -> copy("t", fence, Optional.empty())).hasMessageContaining("fenced");
        assertThat(fate(fence.marks.getFirst(), "t")).isEqualTo(Fate.ROLLED_BACK);
    }

    /** As a platform leaves it that was killed, where the server has not noticed yet. */
    @Test
    void a_copy_that_still_hangs_at_the_target_is_ended_before_its_fate_is_told() throws Exception {
        fixture.numbers("t", 30);
        var asked = new java.util.concurrent.atomic.AtomicReference<Fate>();
        var fence =
                new Noting() {
                    @Override
                    public Word lastWord(Mark mark, CopyResult result) {
                        asked.set(fate(mark, "t"));
                        return Word.YES;
                    }
                };

        assertThatThrownBy(() -> copy("t", fence, Optional.empty()))
                .hasMessageContaining("connection-cut");
        assertThat(asked.get()).isEqualTo(Fate.ROLLED_BACK);
        assertThat(fixture.target.one("select to_regclass('public.t') is null")).isEqualTo("t");
    }

    @Test
    void a_server_that_was_replaced_or_put_back_is_not_believed() {
        fixture.numbers("t", 30);
        var fence = new Noting();
        copy("t", fence, Optional.empty());
        var mark = fence.marks.getFirst();

        assertThat(
                        fate(
                                new Mark(
                                        "1" + mark.server(),
                                        mark.position(),
                                        mark.transaction(),
                                        mark.writers(),
                                        true,
                                        mark.lifetime()),
                                "t"))
                .isEqualTo(Fate.UNKNOWN);
        assertThat(
                        fate(
                                new Mark(
                                        mark.server(),
                                        "FFFF/0",
                                        mark.transaction(),
                                        mark.writers(),
                                        true,
                                        mark.lifetime()),
                                "t"))
                .isEqualTo(Fate.UNKNOWN);
        assertThat(fate(new Mark("", "", "", "", false, ""), "t")).isEqualTo(Fate.UNKNOWN);
    }

    @Test
    void a_number_that_the_server_never_gave_out_was_never_committed() {
        fixture.numbers("t", 30);
        var fence = new Noting();
        copy("t", fence, Optional.empty());
        var mark = fence.marks.getFirst();

        assertThat(fate(new Mark(mark.server(), mark.position(), "2000000000", "", true, ""), "t"))
                .isEqualTo(Fate.ROLLED_BACK);
    }

    @Test
    void a_last_word_that_is_not_heard_lets_go_of_the_table_and_is_asked_for_again() {
        fixture.numbers("t", 30);
        copy("t", Fence.open(), Optional.empty());
        fixture.source.run("delete from t where id > 20");
        var seen = new ArrayList<String>();
        var fence =
                new Noting() {
                    @Override
                    public boolean holds() {
                        if (!marks.isEmpty()) seen.add(reader());
                        return true;
                    }

                    @Override
                    public Word lastWord(Mark mark, CopyResult result) {
                        super.lastWord(mark, result);
                        return marks.size() < 3 ? Word.NOT_HEARD : Word.YES;
                    }
                };

        var done = copy("t", fence, Optional.empty());

        assertThat(seen).as("what a reader sees meanwhile").containsExactly("30", "30");
        assertThat(done.rowsWritten()).isEqualTo(20);
        assertThat(fixture.target.one("select count(*) from t")).isEqualTo("20");
        assertThat(fate(fence.marks.getLast(), "t")).isEqualTo(Fate.COMMITTED);
    }

    private String reader() {
        try (var session = fixture.target.connect();
                var statement = session.createStatement()) {
            statement.execute("set lock_timeout = '2s'");
            try (var rows = statement.executeQuery("select count(*) from t")) {
                rows.next();
                return rows.getString(1);
            }
        } catch (java.sql.SQLException locked) {
            return locked.getMessage();
        }
    }

    private static Mark durable(Mark mark, boolean durable) {
        return new Mark(
                mark.server(),
                mark.position(),
                mark.transaction(),
                mark.writers(),
                durable,
                "before it crashed");
    }
}
