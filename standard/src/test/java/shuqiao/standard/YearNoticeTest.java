package shuqiao.standard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YearNoticeTest {

    private static final String FIXED =
            """
            2027-01-01,off,元旦
            2027-05-01,off,劳动节
            2027-10-01,off,国庆节
            2027-10-02,off,国庆节
            2027-10-03,off,国庆节
            """;

    @ParameterizedTest
    @CsvSource({
        "'2027-02-30,off,春节', date, 6",
        "'2027/02/06,off,春节', date, 6",
        "'2027-02-06,free,春节', kind, 6",
        "'2027-02-06', columns, 6",
        "'2027-02-06,off,春节,x', columns, 6",
        "'2027-01-01,off,元旦', twice, 6",
        "'2027-01-01,work,元旦', twice, 6",
        "'2027-02-05,work,春节', weekday-work, 0",
        "'2026-11-30,off,春节', elsewhere, 0",
        "'2028-02-01,off,春节', elsewhere, 0"
    })
    void a_wrong_line_is_refused_by_its_number(String line, String reason, int position) {
        var refusal = Seed.refusal(() -> YearNotice.parse(2027, FIXED + line + "\n", "x"));

        assertThat(refusal.kind()).isEqualTo("year-notice");
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.position()).isEqualTo(position);
    }

    @Test
    void half_a_notice_is_refused() {
        var half = FIXED.replace("2027-10-03,off,国庆节\n", "");

        var refusal = Seed.refusal(() -> YearNotice.parse(2027, half, "x"));

        assertThat(refusal.reason()).isEqualTo("statutory");
        assertThat(refusal.expected()).isEqualTo("2027-10-03");
        assertThat(YearNotice.parse(2027, FIXED, "x").off()).hasSize(5);
    }

    @Test
    void another_years_notice_is_refused() {
        assertThat(Seed.refusal(() -> YearNotice.parse(2026, FIXED, "x")).reason())
                .isEqualTo("elsewhere");
        assertThat(Seed.refusal(() -> YearNotice.parse(1, FIXED, "x")).reason()).isEqualTo("year");
    }
}
