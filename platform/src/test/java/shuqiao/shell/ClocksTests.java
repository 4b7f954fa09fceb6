package shuqiao.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import shuqiao.kernel.WorkingDays;
import shuqiao.standard.WorkingDayCalendar;

/** A statutory period is ten ticks; the words say all that the ticks show. */
class ClocksTests {

    private static Clocks on(String today) {
        return new Clocks(
                new WorkingDays() {
                    @Override
                    public LocalDate today() {
                        return LocalDate.parse(today);
                    }

                    @Override
                    public WorkingDayCalendar current() {
                        return WorkingDayCalendar.shipped();
                    }
                });
    }

    @Test
    void six_days_left_are_three_passed_today_and_six_to_come() {
        var chip = on("2026-11-12").chip(LocalDate.parse("2026-11-20"), false);

        assertThat(chip.look()).isEqualTo("plain");
        assertThat(chip.days()).isEqualTo(6);
        assertThat(Collections.frequency(chip.ticks(), "past")).isEqualTo(3);
        assertThat(Collections.frequency(chip.ticks(), "now")).isEqualTo(1);
        assertThat(Collections.frequency(chip.ticks(), "rest")).isEqualTo(6);
    }

    @Test
    void three_days_or_less_are_soon_and_the_last_day_is_today() {
        assertThat(on("2026-11-17").chip(LocalDate.parse("2026-11-20"), false).look())
                .isEqualTo("soon");
        assertThat(on("2026-11-20").chip(LocalDate.parse("2026-11-20"), false).look())
                .isEqualTo("today");
    }

    @Test
    void after_the_last_day_the_clock_is_late_by_working_days() {
        var chip = on("2026-11-24").chip(LocalDate.parse("2026-11-20"), false);

        assertThat(chip.look()).isEqualTo("late");
        assertThat(chip.days()).isEqualTo(2);
        assertThat(chip.ticks()).hasSize(12);
    }

    @Test
    void on_the_weekend_after_the_last_day_it_is_late_by_no_working_day_yet() {
        var chip = on("2026-11-21").chip(LocalDate.parse("2026-11-20"), false);

        assertThat(chip.key()).isEqualTo("clock.late-since");
        assertThat(chip.look()).isEqualTo("late");
    }

    @Test
    void without_a_due_date_no_clock_runs() {
        assertThat(on("2026-11-21").chip(null, false)).isNull();
    }

    @Test
    void the_ruler_shows_each_working_day_names_the_gaps_and_marks_today_and_the_last() {
        var ruler = on("2026-10-09").ruler(LocalDate.parse("2026-09-28"), due("2026-10-16"));

        assertThat(ruler.days()).hasSize(10);
        assertThat(ruler.days().get(1).date()).isEqualTo("2026-09-30");
        assertThat(ruler.days().get(2).gap()).isEqualTo("国庆节");
        assertThat(ruler.days().get(2).date()).isEqualTo("2026-10-08");
        assertThat(ruler.days().get(3).look()).isEqualTo("now");
        assertThat(ruler.days().get(4).madeUp()).isTrue(); // Saturday the 10th is worked
        assertThat(ruler.days().getLast().look()).isEqualTo("due");
    }

    @Test
    void a_ruler_that_is_late_goes_on_beyond_the_last_day() {
        var ruler = on("2026-11-24").ruler(LocalDate.parse("2026-11-17"), due("2026-11-20"));

        assertThat(ruler.days().stream().map(Clocks.Day::look).toList())
                .containsExactly("past", "past", "past due", "over", "over now");
    }

    @Test
    void a_period_too_long_to_be_read_has_no_ruler() {
        assertThat(on("2026-11-24").ruler(LocalDate.parse("2026-09-01"), due("2026-11-30")))
                .isNull();
    }

    private static LocalDate due(String date) {
        return LocalDate.parse(date);
    }
}
