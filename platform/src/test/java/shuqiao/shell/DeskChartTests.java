package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import shuqiao.kernel.Figures.Figure;
import shuqiao.kernel.Figures.First;
import shuqiao.kernel.Figures.Group;
import shuqiao.kernel.Figures.Shape;

/** How groups of figures are drawn. */
class DeskChartTests {

    private static Group group(Shape shape, Figure... figures) {
        return new Group(
                "超期",
                "一句话",
                Arrays.stream(figures).mapToLong(Figure::number).sum(),
                "/late",
                shape,
                Arrays.asList(figures),
                java.util.List.of(),
                new First("", null, ""));
    }

    private static Figure figure(long number, String look) {
        return new Figure("某某", number, "/late", look);
    }

    @Test
    void a_single_figure_is_told_and_not_drawn() {
        for (var shape : Shape.values()) {
            assertThat(Chart.of(group(shape, figure(3, "bad"))).drawn()).isFalse();
            assertThat(Chart.of(group(shape, figure(3, "bad"), figure(1, "bad"))).drawn()).isTrue();
        }
    }

    @Test
    void bars_that_are_compared_have_one_colour_and_keep_that_of_their_meaning() {
        assertThat(Chart.of(group(Shape.BARS, figure(3, "next"), figure(1, "next"))).looks())
                .containsExactly("c1", "c1");
        assertThat(Chart.of(group(Shape.BARS, figure(3, "bad"), figure(1, "bad"))).looks())
                .containsExactly("bad", "bad");
        assertThat(Chart.of(group(Shape.PARTS, figure(3, "next"), figure(1, "next"))).looks())
                .containsExactly("c1", "c2");
    }
}
