package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Figures;
import shuqiao.kernel.Figures.Figure;
import shuqiao.kernel.Figures.First;
import shuqiao.kernel.Figures.Group;
import shuqiao.kernel.Figures.Shape;
import shuqiao.kernel.ToDos.ToDo;
import shuqiao.kernel.WorkingDays;

/** In which order the desk is laid, and how its figures become bars. */
class DeskOrderTests {

    private static final WorkingDays DAYS =
            new WorkingDays() {
                @Override
                public shuqiao.standard.WorkingDayCalendar current() {
                    return shuqiao.standard.WorkingDayCalendar.shipped();
                }

                @Override
                public LocalDate today() {
                    return LocalDate.parse("2026-11-20");
                }
            };

    private static ToDo toDo(String title, String due) {
        return new ToDo(
                "sharing.PREPARED",
                title,
                "",
                "/",
                due == null ? null : LocalDate.parse(due),
                false);
    }

    private static Desk desk(List<ToDo> one, List<ToDo> other, Figures... figures) {
        return new Desk(
                List.of(_ -> one, _ -> other), List.of(), List.of(figures), new Clocks(DAYS));
    }

    @Test
    void what_is_late_leads_and_what_has_no_clock_ends() {
        var desk =
                desk(
                        List.of(toDo("不急", null), toDo("将到期", "2026-11-25")),
                        List.of(toDo("今天", "2026-11-20"), toDo("超期", "2026-11-12")));

        var rows = desk.waiting(Actor.PLATFORM).stream().map(desk::row).toList();

        assertThat(rows)
                .extracting(row -> row.toDo().title())
                .containsExactly("超期", "今天", "将到期", "不急");
        assertThat(rows.getFirst().room()).isEqualTo("sharing");
        assertThat(rows.getFirst().chip().look()).isEqualTo("late");
        assertThat(rows.getFirst().chip().days()).isEqualTo(6);
        assertThat(rows.getLast().chip()).isNull();
    }

    @Test
    void parts_fill_one_bar_and_must_add_up() {
        var parts = List.of(new Figure("同意", 3, "/a", "good"), new Figure("办理中", 1, "/b", "next"));
        var desk = desk(List.of(), List.of(), (_, _) -> List.of(group(4, Shape.PARTS, parts)));

        var chart = desk.charts(Actor.PLATFORM, java.util.Locale.CHINESE).getFirst();

        assertThat(chart.pieces())
                .containsExactly(new Chart.Piece("good", 0, 75), new Chart.Piece("c2", 75, 25));
        assertThatThrownBy(() -> group(5, Shape.PARTS, parts))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bars_are_measured_by_the_longest() {
        var bars = List.of(new Figure("民政", 8, "/a", "next"), new Figure("公安", 2, "/b", "next"));
        var desk = desk(List.of(), List.of(), (_, _) -> List.of(group(40, Shape.BARS, bars)));

        assertThat(desk.charts(Actor.PLATFORM, java.util.Locale.CHINESE).getFirst().pieces())
                .extracting(Chart.Piece::width)
                .containsExactly(100.0, 25.0);
    }

    private static Group group(long total, Shape shape, List<Figure> figures) {
        return new Group("题", "句", total, "/", shape, figures, List.of(), new First("先", null, ""));
    }
}
