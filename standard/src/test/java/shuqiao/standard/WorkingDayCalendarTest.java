package shuqiao.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDayCalendarTest {

    private final WorkingDayCalendar calendar = WorkingDayCalendar.shipped();

    @ParameterizedTest
    @CsvSource({
        "2024-02-05, 2024-02-23",
        "2025-01-20, 2025-02-08",
        "2025-09-24, 2025-10-14",
        "2026-02-10, 2026-03-02",
        "2026-02-13, 2026-03-05",
        "2026-04-29, 2026-05-15",
        "2026-09-24, 2026-10-15",
        "2026-09-30, 2026-10-20"
    })
    void ten_working_days_end_where_the_notices_say(LocalDate received, LocalDate due) {
        assertThat(calendar.due(received, 10)).isEqualTo(new DueDate(due, false));
        assertThat(calendar.workingDaysBetween(received, due)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"2024, 251", "2025, 248", "2026, 248"})
    void a_year_has_as_many_working_days_as_the_notices_leave(int year, int days) {
        assertThat(
                        calendar.workingDaysBetween(
                                LocalDate.of(year - 1, 12, 31), LocalDate.of(year, 12, 31)))
                .isEqualTo(days);
    }

    @ParameterizedTest
    @CsvSource({
        "2024, 01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07, 02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
        "2025, 01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08, 01-26 02-08 04-27 09-28 10-11",
        "2026, 01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07, 01-04 02-14 02-28 05-09 09-20 10-10"
    })
    void the_notices_are_shipped_day_by_day(int year, String off, String work) {
        assertThat(calendar.notice(year).orElseThrow().off()).isEqualTo(days(year, off));
        assertThat(calendar.notice(year).orElseThrow().work()).isEqualTo(days(year, work));
    }

    @Test
    void the_years_2004_to_2026_are_covered() {
        assertThat(calendar.years())
                .containsExactlyElementsOf(IntStream.rangeClosed(2004, 2026).boxed().toList());
        assertThat(calendar.covers(2027)).isFalse();
    }

    @Test
    void days_have_the_names_of_their_holidays() {
        assertThat(calendar.nameOf(LocalDate.of(2026, 2, 17))).contains("春节");
        assertThat(calendar.nameOf(LocalDate.of(2026, 2, 14))).isEmpty();
        assertThat(calendar.workedFor(LocalDate.of(2026, 2, 14))).contains("春节");
        assertThat(calendar.workedFor(LocalDate.of(2026, 2, 17))).isEmpty();
        assertThat(calendar.nameOf(LocalDate.of(2026, 3, 7))).isEmpty();
    }

    @Test
    void receipt_is_dated_in_china_and_the_deadline_is_the_end_of_the_day_there() {
        var lateInChina = Instant.parse("2026-09-23T16:00:00Z");
        var beforeMidnight = lateInChina.minusMillis(1);

        assertThat(calendar.due(lateInChina, 10).date()).isEqualTo("2026-10-15");
        assertThat(calendar.due(beforeMidnight, 10).date()).isEqualTo("2026-10-14");
        assertThat(calendar.due(lateInChina, 10).end()).isEqualTo("2026-10-15T16:00:00Z");
    }

    @Test
    void without_a_notice_a_due_date_is_estimated_with_the_fixed_holidays() {
        var due = calendar.due(LocalDate.of(2026, 12, 22), 10);

        assertThat(due).isEqualTo(new DueDate(LocalDate.of(2027, 1, 6), true));
        assertThat(calendar.isWorkingDay(LocalDate.of(2027, 1, 1))).isFalse();
        assertThat(calendar.nameOf(LocalDate.of(2027, 10, 1))).contains("国庆节");
        assertThat(calendar.due(LocalDate.of(2026, 12, 22), 7).estimated()).isFalse();
    }

    @Test
    void an_imported_notice_ends_the_estimate_and_leaves_the_shipped_calendar_alone() {
        var notice =
                YearNotice.parse(
                        2027,
                        """
                        \uFEFFdate,kind,name
                        2026-12-31,off,元旦
                        2027-01-01,off,元旦
                        2027-01-02,work,元旦
                        # 其余
                        2027-05-01,off,劳动节
                        2027-10-01,off,国庆节
                        2027-10-02,off,国庆节
                        2027-10-03,off
                        """,
                        "国办发明电〔2026〕1号");

        var imported = calendar.withYear(notice);

        assertThat(imported.due(LocalDate.of(2026, 12, 30), 1))
                .isEqualTo(new DueDate(LocalDate.of(2027, 1, 2), false));
        assertThat(imported.isWorkingDay(LocalDate.of(2026, 12, 31))).isFalse();
        assertThat(imported.nameOf(LocalDate.of(2027, 10, 3))).isEmpty();
        assertThat(calendar.isWorkingDay(LocalDate.of(2026, 12, 31))).isTrue();
        assertThat(calendar.covers(2027)).isFalse();
    }

    @Test
    void importing_a_year_again_replaces_it() {
        var fixed = days(2026, "01-01 05-01 10-01..10-03");

        var changed = calendar.withYear(new YearNotice(2026, fixed, Set.of(), "更正"));

        assertThat(changed.isWorkingDay(LocalDate.of(2026, 2, 17))).isTrue();
        assertThat(changed.isWorkingDay(LocalDate.of(2026, 10, 1))).isFalse();
    }

    @Test
    void the_number_of_days_has_limits() {
        var day = LocalDate.of(2026, 1, 5);
        assertThatThrownBy(() -> calendar.due(day, 0)).hasMessageContaining("0");
        assertThatThrownBy(() -> calendar.due(day, WorkingDayCalendar.WORKING_DAYS_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @RepeatedTest(300)
    void due_dates_are_working_days_in_order_and_counted_back() {
        var random = Seed.random();
        var received = LocalDate.of(2003, 6, 1).plusDays(random.nextInt(9_000));
        int n = 1 + random.nextInt(60);

        var due = calendar.due(received, n);

        assertThat(calendar.isWorkingDay(due.date())).isTrue();
        assertThat(due.date()).isAfter(received).isBefore(calendar.due(received, n + 1).date());
        assertThat(calendar.workingDaysBetween(received, due.date())).isEqualTo(n);
        assertThat(calendar.workingDaysBetween(due.date(), received)).isEqualTo(-n);
        assertThat(calendar.workingDaysBetween(received, due.date().minusDays(1))).isEqualTo(n - 1);
        assertThat(calendar.due(received.plusDays(1), n).date()).isAfterOrEqualTo(due.date());
        assertThat(due.estimated())
                .isEqualTo(
                        received.plusDays(1)
                                .datesUntil(due.date().plusDays(1))
                                .anyMatch(day -> day.getYear() < 2004 || day.getYear() > 2026));
    }

    static Set<LocalDate> days(int year, String ranges) {
        var days = new HashSet<LocalDate>();
        for (var range : ranges.split(" ")) {
            var ends = range.split("\\.\\.");
            var first = LocalDate.parse(year + "-" + ends[0]);
            var last = LocalDate.parse(year + "-" + ends[ends.length - 1]);
            first.datesUntil(last.plusDays(1)).forEach(days::add);
        }
        return days;
    }

    @Test
    void a_shipped_year_names_its_notice_and_says_where_that_is_not_known() {
        assertThat(calendar.notice(2026).orElseThrow().source())
                .isEqualTo("国办发明电〔2025〕7号，日期整理自 chinese-days 1.5.7");
        assertThat(calendar.notice(2010).orElseThrow().source())
                .isEqualTo("文号待核，日期整理自 chinese-days 1.5.7");
    }
}
