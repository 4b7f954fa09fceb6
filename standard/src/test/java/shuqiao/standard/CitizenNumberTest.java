package shuqiao.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CitizenNumberTest {

    private static final String VALID = "11010519491231002X";

    @ParameterizedTest
    @CsvSource({"11010519491231002, X", "44052418800101001, 4"})
    void the_check_character_is_that_of_the_standard(String first17, char check) {
        assertThat(CitizenNumber.checkCharacter(first17)).isEqualTo(check);
        assertThat(CitizenNumber.of(first17 + check).value()).isEqualTo(first17 + check);
    }

    @Test
    void it_tells_birth_sex_and_division() {
        assertThat(CitizenNumber.of(VALID).birthDate()).isEqualTo(LocalDate.of(1949, 12, 31));
        assertThat(CitizenNumber.of(VALID).sex()).isEqualTo(CitizenNumber.Sex.FEMALE);
        assertThat(CitizenNumber.of("440524188001010014").sex()).isEqualTo(CitizenNumber.Sex.MALE);
        assertThat(CitizenNumber.of(VALID).division()).isEqualTo("110105");
    }

    @Test
    void neither_text_nor_refusal_shows_the_whole_number() {
        assertThat(CitizenNumber.of(VALID)).hasToString("110105********002X");

        var refusal = Seed.refusal(() -> CitizenNumber.of("110105194912310021"));
        assertThat(refusal.value()).isEqualTo("110105********0021");
        assertThat(refusal.getMessage()).doesNotContain("1949").doesNotContain("110105");

        var impossible = Seed.refusal(() -> CitizenNumber.of("11010519490231002X"));
        assertThat(impossible.value() + impossible.getMessage() + impossible.found())
                .doesNotContain("19490231");
        assertThat(Seed.refusal(() -> CitizenNumber.of("1101051949123")).value())
                .isEqualTo("*************");
    }

    @ParameterizedTest
    @ValueSource(strings = {"19490229", "19491301", "19490431", "17991231", "22000101", "00000000"})
    void a_date_that_does_not_exist_is_refused(String date) {
        var first17 = "110105" + date + "002";
        var number = first17 + CitizenNumber.checkCharacter(first17);

        assertThat(Seed.refusal(() -> CitizenNumber.of(number)).reason()).isEqualTo("date");
        assertThat(Seed.refusal(() -> CitizenNumber.of(number)).position()).isEqualTo(7);
    }

    @Test
    void the_29th_of_february_exists_in_leap_years() {
        var first17 = "11010520000229002";
        assertThat(CitizenNumber.of(first17 + CitizenNumber.checkCharacter(first17)).birthDate())
                .isEqualTo(LocalDate.of(2000, 2, 29));
    }

    @Test
    void a_refusal_says_what_is_wrong() {
        assertThat(Seed.refusal(() -> CitizenNumber.of("11010519491231002x")).reason())
                .isEqualTo("lower-case");
        assertThat(Seed.refusal(() -> CitizenNumber.of("1101051949123100２X")).reason())
                .isEqualTo("full-width");
        assertThat(Seed.refusal(() -> CitizenNumber.of("01010519491231002X")).reason())
                .isEqualTo("division");
        assertThat(Seed.refusal(() -> CitizenNumber.of("110105491231002")).reason())
                .isEqualTo("length");
    }

    @RepeatedTest(200)
    void every_changed_digit_and_every_swap_of_neighbours_is_found() {
        var random = Seed.random();
        var born = LocalDate.of(1900, 1, 1).plusDays(random.nextInt(45_000));
        var first17 =
                (1 + random.nextInt(8))
                        + Seed.text(random, "123456789", 1)
                        + Seed.text(random, "0123456789", 4)
                        + born.toString().replace("-", "")
                        + Seed.text(random, "0123456789", 3);
        var valid = first17 + CitizenNumber.checkCharacter(first17);
        assertThat(CitizenNumber.of(valid).birthDate()).isEqualTo(born);

        int at = random.nextInt(17);
        var changed =
                Seed.with(valid, at, Seed.otherLetter(random, "0123456789", valid.charAt(at)));
        Seed.refusal(() -> CitizenNumber.of(changed));

        int left = random.nextInt(16);
        if (valid.charAt(left) != valid.charAt(left + 1)) {
            Seed.refusal(() -> CitizenNumber.of(Seed.swapped(valid, left, left + 1)));
        }
    }
}
