package shuqiao.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import shuqiao.kernel.Clock;
import shuqiao.kernel.WorkingDays;
import shuqiao.standard.WorkingDayCalendar;

/** When a schedule has its turn, by the clock and by the calendar of 2026. */
class RhythmTests {

    private static final WorkingDays DAYS =
            new WorkingDays() {
                @Override
                public WorkingDayCalendar current() {
                    return WorkingDayCalendar.shipped();
                }

                @Override
                public LocalDate today() {
                    return LocalDate.of(2026, 9, 1);
                }
            };

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(Clock.ZONE).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        "30 2 * * *,   2026-11-22T02:29, 2026-11-22T02:30",
        "30 2 * * *,   2026-11-22T02:30, 2026-11-23T02:30",
        "0 8 * * 1,    2026-11-22T10:00, 2026-11-23T08:00",
        "0 0 1 * *,    2026-11-22T10:00, 2026-12-01T00:00",
        "*/15 * * * *, 2026-11-22T10:01, 2026-11-22T10:15",
        "0 3 29 2 *,   2026-11-22T10:00, 2028-02-29T03:00",
    })
    void an_expression_of_five_fields_is_read_in_beijing_time(
            String cron, String after, String next) {
        assertThat(new Rhythm.Cron(cron).next(at(after), DAYS)).contains(at(next));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * *", "0 30 2 * * *", "61 * * * *", "a b c d e", "@daily"})
    void what_is_no_expression_of_five_fields_is_refused(String cron) {
        assertThatThrownBy(() -> new Rhythm.Cron(cron))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_expression_that_never_comes_true_has_no_turn() {
        assertThat(new Rhythm.Cron("0 0 30 2 *").next(at("2026-11-22T10:00"), DAYS)).isEmpty();
    }

    @Test
    void working_days_leave_out_the_week_of_the_national_day() {
        var rhythm = new Rhythm.OnWorkingDays(LocalTime.of(6, 30));

        assertThat(rhythm.next(at("2026-09-30T06:30"), DAYS)).contains(at("2026-10-08T06:30"));
    }

    @Test
    void a_made_up_saturday_is_a_turn() {
        var rhythm = new Rhythm.OnWorkingDays(LocalTime.of(6, 30));
        var saturday = LocalDate.of(2026, 10, 10);
        assertThat(saturday.getDayOfWeek()).isEqualTo(DayOfWeek.SATURDAY);

        assertThat(rhythm.next(at("2026-10-09T07:00"), DAYS))
                .contains(saturday.atTime(6, 30).atZone(Clock.ZONE).toInstant());
    }

    @Test
    void every_turn_is_later_at_its_time_and_on_a_working_day_and_none_is_left_out() {
        var random = new Random(20261122);
        for (var i = 0; i < 2_000; i++) {
            var time = LocalTime.of(random.nextInt(24), random.nextInt(60));
            var after = at("2025-01-01T00:00").plusSeconds(random.nextInt(2 * 365 * 86_400));
            var next = new Rhythm.OnWorkingDays(time).next(after, DAYS).orElseThrow();
            var local = next.atZone(Clock.ZONE);

            assertThat(next).isAfter(after);
            assertThat(local.toLocalTime()).isEqualTo(time);
            assertThat(DAYS.isWorkingDay(local.toLocalDate())).isTrue();
            for (var day = after.atZone(Clock.ZONE).toLocalDate();
                    day.isBefore(local.toLocalDate());
                    day = day.plusDays(1))
                assertThat(
                                DAYS.isWorkingDay(day)
                                        && day.atTime(time)
                                                .atZone(Clock.ZONE)
                                                .toInstant()
                                                .isAfter(after))
                        .isFalse();
        }
    }

    @Test
    void five_turns_follow_one_another() {
        assertThat(new Rhythm.Cron("0 * * * *").turns(at("2026-11-22T10:30"), 3, DAYS))
                .containsExactly(
                        at("2026-11-22T11:00"), at("2026-11-22T12:00"), at("2026-11-22T13:00"));
    }

    @Test
    void one_that_waits_for_data_has_no_turn_by_the_clock() {
        assertThat(new Rhythm.AfterUpdate().next(at("2026-11-22T10:00"), DAYS))
                .isEqualTo(Optional.empty());
    }
}
