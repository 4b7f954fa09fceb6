package shuqiao.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules by which sessions are let in, without a database. */
class AllotmentTests {

    private static final Instant NOW = Instant.parse("2026-11-30T14:00:00Z");

    @ParameterizedTest
    @CsvSource({"1,1,1", "2,1,2", "3,2,3", "4,2,3", "5,3,4", "64,32,63"})
    void half_is_kept_for_deliveries_and_one_of_four_for_questions(
            int most, int questions, int copies) {
        var allotment = new Allotment(most);

        assertThat(allotment.questionsMost()).isEqualTo(questions);
        assertThat(allotment.copiesMost()).isEqualTo(copies);
        assertThat(allotment.allow(false, 1, questions - 1, 0, 0)).isTrue();
        assertThat(allotment.allow(false, 1, questions, 0, 0)).isFalse();
        assertThat(allotment.allow(true, 1, 0, copies - 1, 0)).isTrue();
        assertThat(allotment.allow(true, 1, 0, copies, 0)).isFalse();
        assertThat(allotment.allow(true, 1, 1, most - 1, 0)).as("one limit for all").isFalse();
    }

    @Test
    void a_delivery_that_waits_for_both_sides_of_a_source_goes_before_questions() {
        assertThat(new Allotment(3).allow(false, 1, 1, 0, 0)).isTrue();
        assertThat(new Allotment(3).allow(false, 1, 1, 0, 2)).isFalse();
    }

    @Test
    void failures_further_apart_than_the_window_do_not_add_up() {
        var circuit = Circuit.CLOSED;
        for (var at = 0; at < 20; at++)
            circuit = circuit.failed(NOW.plus(Duration.ofSeconds(80L * at)), "x");

        assertThat(circuit.isClosed()).as("four within five minutes").isTrue();
    }

    @Test
    void a_source_that_stays_away_is_left_alone_for_a_quarter_of_an_hour_at_most() {
        var now = NOW;
        var circuit = Circuit.CLOSED;
        for (var at = 0; at < 12; at++) {
            circuit = circuit.failed(now, "x");
            now = circuit.leftAlone(now).orElse(now);
        }

        var last = circuit.leftAlone(now.minusSeconds(1)).orElseThrow();
        assertThat(Duration.between(circuit.last(), last)).isEqualTo(Circuit.ALONE_MAX);
        assertThat(circuit.leftAlone(NOW.minus(Duration.ofDays(1))))
                .as("the clock was put back")
                .isEmpty();
    }

    @Test
    void those_that_were_on_their_way_when_it_was_given_up_do_not_lengthen_the_wait() {
        var circuit = Circuit.CLOSED;
        for (var at = 0; at < 9; at++) circuit = circuit.failed(NOW, "x");

        assertThat(circuit.leftAlone(NOW)).contains(NOW.plus(Circuit.ALONE_MIN));
    }
}
