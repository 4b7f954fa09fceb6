package shuqiao.standard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DivisionCodeTest {

    @ParameterizedTest
    @CsvSource({
        "210000, PROVINCE, ",
        "211400, CITY, 210000",
        "211402, COUNTY, 211400",
        "990100, CITY, 990000",
        "429004, COUNTY, 429000",
        "110101001, STREET, 110101",
        "110101001000, STREET, 110101",
        "110101001001, VILLAGE, 110101001",
        "441900003, STREET, 441900",
        "441900003001, VILLAGE, 441900003",
        "211400000000, CITY, 210000"
    })
    void the_level_and_the_parent_follow_from_the_zeros(
            String code, DivisionCode.Level level, String parent) {
        assertThat(DivisionCode.of(code).level()).isEqualTo(level);
        assertThat(DivisionCode.of(code).parent().map(DivisionCode::value).orElse(null))
                .isEqualTo(parent);
    }

    @Test
    void a_division_contains_itself_and_what_lies_in_it() {
        var city = DivisionCode.of("211400");

        assertThat(city.contains(city)).isTrue();
        assertThat(city.contains(DivisionCode.of("211402"))).isTrue();
        assertThat(city.contains(DivisionCode.of("211402001003"))).isTrue();
        assertThat(city.contains(DivisionCode.of("211500"))).isFalse();
        assertThat(city.contains(DivisionCode.of("210000"))).isFalse();
        assertThat(DivisionCode.of("211402001").contains(DivisionCode.of("211402"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "21140, length, 0",
        "2114020, length, 0",
        "000000, gap, 1",
        "210001, gap, 3",
        "211402000001, gap, 7",
        "21I400, character, 3",
        "2１1400, full-width, 2",
        "2114 0, space, 5"
    })
    void a_refusal_says_what_is_wrong_and_where(String code, String reason, int position) {
        var refusal = Seed.refusal(() -> DivisionCode.of(code));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.position()).isEqualTo(position);
    }

    @RepeatedTest(200)
    void the_way_up_ends_at_a_province_that_contains_the_whole_way() {
        var random = Seed.random();
        var start =
                DivisionCode.of(
                        Seed.text(random, "123456789", 4)
                                + Seed.text(random, "0123456789", 2)
                                + Seed.text(random, "123456789", 6));

        int steps = 0;
        var at = start;
        for (var up = at.parent(); up.isPresent(); up = at.parent()) {
            assertThat(up.get().contains(at)).isTrue();
            assertThat(at.contains(up.get())).isFalse();
            assertThat(up.get().level()).isLessThan(at.level());
            assertThat(up.get().contains(start)).isTrue();
            at = up.get();
            steps++;
        }
        assertThat(at.level()).isEqualTo(DivisionCode.Level.PROVINCE);
        assertThat(steps).isBetween(3, 4);
        assertThat(start.shortest()).isEqualTo(start);
    }
}
