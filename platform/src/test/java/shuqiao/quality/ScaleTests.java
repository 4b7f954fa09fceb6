package shuqiao.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The scale on which averages of departments are drawn. */
class ScaleTests {

    @Test
    void averages_that_lie_close_together_are_drawn_apart() {
        var scale = Scale.of(List.of(84.2, 91.8, 88.0));

        assertThat(scale).isEqualTo(new Scale(80, 95));
        assertThat(scale.at(91.8) - scale.at(84.2)).isGreaterThan(50);
    }

    @Test
    void it_holds_every_average_and_never_leaves_what_can_be_scored() {
        for (var points :
                List.of(
                        List.of(0.0, 100.0),
                        List.of(100.0),
                        List.of(0.0),
                        List.of(95.0, 100.0),
                        List.of(80.0, 80.0),
                        List.<Double>of())) {
            var scale = Scale.of(points);

            assertThat(scale.from()).isBetween(0, 90);
            assertThat(scale.to()).isBetween(scale.from() + 10, 100);
            for (var one : points) assertThat(scale.at(one)).isBetween(0.0, 100.0);
        }
    }
}
