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
import org.springframework.context.support.ResourceBundleMessageSource;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Messages;
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

    private static final CronWords WORDS = new CronWords(words());

    private static ResourceBundleMessageSource words() {
        var words = new ResourceBundleMessageSource();
        words.setBasenames("shuqiao/schedule/messages", "shuqiao/shell/messages");
        words.setDefaultEncoding("UTF-8");
        return words;
    }

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 2 1,15 * 5 | 2026-12-27T00:00 | 2027-01-01T02:00",
                "0 2 1,15 * 5 | 2027-01-01T02:00 | 2027-01-08T02:00",
                "0 2 1,15 * 5 | 2027-01-08T02:00 | 2027-01-15T02:00",
                "0 2 13 * FRI | 2027-01-08T02:00 | 2027-01-13T02:00",
                "0 2 */2 * 5  | 2027-01-01T02:00 | 2027-01-15T02:00",
                "0 2 L * *    | 2027-01-31T02:00 | 2027-02-28T02:00",
                "0 2 ? * 1#1  | 2027-01-01T02:00 | 2027-01-04T02:00"
            })
    void either_day_is_enough_where_both_are_restricted(String cron, String after, String next) {
        assertThat(new Rhythm.Cron(cron).next(at(after), DAYS)).contains(at(next));
    }

    @ParameterizedTest
    @CsvSource({
        "0 2 ? * 1, true", "0 2 1W * *, true", "0 2 L-2 * *, true", "0 2 * * 5L, true",
        "0 2 * * 1#1, true", "0 2 L * *, false", "0 2 * JUL WED, false", "0 2 1 * 1, false"
    })
    void words_of_other_programs_are_known(String cron, boolean quartz) {
        assertThat(CronFields.isQuartz(cron)).isEqualTo(quartz);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 2 * * *        | 每天 02:00",
                "0 2,14 1,15 * 5  | 每月 1、15 日，以及每周五 02:00、14:00",
                "30 8 * * 1-5     | 每周一至周五 08:30",
                "0 2 * * 0        | 每周日 02:00",
                "0 2 L * *        | 每月最后一天 02:00",
                "0 2 1 1,7 *      | 每月 1 日（只在 1、7 月） 02:00",
                "*/15 * * * *     | 每天 每 15 分钟",
                "5 * * * *        | 每天 每小时的第 5 分",
                "*/20 8-18 * * *  | 每天 8至18 时的第 0、20、40 分",
                "0 2 */10 * MON   | 每周一且每月 1、11、21、31 日 02:00",
                "0 2 ? * 1#1      | 按 cron：0 2 ? * 1#1"
            })
    void an_expression_is_said_in_words(String cron, String words) {
        assertThat(WORDS.of(cron, Messages.CHINESE)).isEqualTo(words);
    }

    @Test
    void days_that_months_do_not_have_are_told() {
        assertThat(WORDS.remarks("0 2 31 * *", Messages.CHINESE))
                .containsExactly("2、4、6、9、11 月没有 31 日，这一天不运行；要在每月最后一天运行，请在日的位置写 L");
        assertThat(WORDS.remarks("0 2 30,31 1,2 *", Messages.CHINESE))
                .containsExactly(
                        "2 月没有 31 日，这一天不运行；要在每月最后一天运行，请在日的位置写 L",
                        "2 月没有 30 日，这一天不运行；要在每月最后一天运行，请在日的位置写 L");
        assertThat(WORDS.remarks("0 2 29 2 *", Messages.CHINESE)).hasSize(1);
        assertThat(WORDS.remarks("0 2 28 * *", Messages.CHINESE)).isEmpty();
        assertThat(WORDS.remarks("0 2 * * 5", Messages.CHINESE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "DAILY, 06:30, -, -, CRON, 30 6 * * *",
                "WEEKLY, 06:30, 1, 5, CRON, 30 6 * * 1",
                "MONTHLY, 06:30, 1, 5, CRON, 30 6 5 * *",
                "MONTHLY, 06:30, 1, L, CRON, 30 6 L * *",
                "MONTHLY, 06:30, 1, x, CRON, 30 6 ? * *",
                "WEEKLY, 25:00, 1, 5, WORKING_DAYS, -",
                "CRON, 06:30, 1, 5, CRON, -",
                "-, 06:30, 1, 5, -, -"
            })
    void a_choice_in_words_is_an_expression(
            String way, String time, String weekday, String day, String rhythm, String cron) {
        assertThat(PlainRhythm.of(way, time, weekday, day))
                .isEqualTo(new PlainRhythm(rhythm, cron));
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
