package shuqiao.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import shuqiao.PlatformTest;
import shuqiao.engine.Database;
import shuqiao.engine.Side;
import shuqiao.kernel.Conflict;

/** How many sessions there are at a source, and who has them. */
@PlatformTest
class SeatTests extends LineGround {

    @Test
    void previews_that_have_all_they_may_neither_starve_a_run_nor_wait_for_ever() throws Exception {
        var place = place(4);
        var until = new CountDownLatch(1);
        var one = asking(place, "one", until);
        var two = asking(place, "two", until);

        var first = line.admit(COPY, place, Optional.empty());
        var second = line.admit(COPY, place, Optional.empty());
        assertThat(first).as("half of four is kept for deliveries").isPresent();
        assertThat(second).isPresent();
        assertThat(line.admit(COPY, place, Optional.empty())).isEmpty();
        assertThatThrownBy(() ->
                        seats.take(LOOK, List.of(new Wanted(place, Side.SOURCE)), Duration.ZERO))
                .isInstanceOfSatisfying(
                        LineFull.class,
                        it ->
                                assertThat(it.facts())
                                        .containsEntry("side", Side.SOURCE)
                                        .containsEntry("name", "连线库")
                                        .containsEntry("most", 4));

        var third = asked(place);
        until.countDown();
        one.join();
        two.join();
        third.join();
        first.get().close();
        second.get().close();
        assertThat(outcomes()).doesNotContain("line:full");
    }

    /** Waits its turn. */
    private Thread asked(Place place) {
        return Thread.ofVirtual().start(() -> line.ask(place, LOOK, Database::schemas));
    }

    @Test
    void of_one_session_a_run_that_waits_gets_the_next_turn() throws Exception {
        var place = place(1);
        var until = new CountDownLatch(1);
        var asks = asking(place, "one", until);
        assertThat(line.admit(COPY, place, Optional.empty())).isEmpty();
        until.countDown();
        asks.join();

        assertThatThrownBy(() ->
                        seats.take(
                                Use.platform(Occasion.SURVEY),
                                List.of(new Wanted(place, Side.SOURCE)),
                                Duration.ZERO))
                .isInstanceOf(LineFull.class);
        var run = line.admit(COPY, place, Optional.empty());
        assertThat(run).isPresent();
        assertThat(line.admit(COPY, place, Optional.empty())).isEmpty();
        run.get().close();
    }

    @Test
    void copies_leave_one_of_four_to_questions() {
        var place = place(4);
        var all =
                List.of(
                        line.admit(COPY, place, Optional.empty()).orElseThrow(),
                        line.admit(COPY, place, Optional.empty()).orElseThrow(),
                        line.admit(COPY, place, Optional.empty()).orElseThrow());

        assertThat(line.admit(COPY, place, Optional.empty())).isEmpty();
        assertThat(line.ask(place, LOOK, Database::schemas)).contains("public");
        all.forEach(Passage::close);
    }

    @Test
    void a_run_that_needs_more_than_a_source_allows_is_told_so() {
        var place = place(1);

        assertThatThrownBy(() -> line.admit(COPY, place, Optional.of(place)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("line:too-few");
    }

    @Test
    void sessions_of_a_platform_that_died_are_counted_no_more_and_end_as_lost() {
        var place = place(1);
        table.alive("line-tests-dead");
        table.insert(new Wanted(place, Side.SOURCE), COPY, "line-tests-dead", now.get());
        assertThat(line.admit(COPY, place, Optional.empty())).as("it lives still").isEmpty();

        db.sql(
                        "update line.platform set seen = seen - interval '11 s' where id = 'line-tests-dead'")
                .update();

        var run = line.admit(COPY, place, Optional.empty());
        assertThat(run).isPresent();
        seats.beat();
        assertThat(outcomes()).containsExactly("lost", "open");
        run.get().close();
        assertThat(outcomes()).containsExactly("lost", "done");
    }
}
