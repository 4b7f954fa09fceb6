package shuqiao.standard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganizationCodeTest {

    @ParameterizedTest
    @CsvSource({"M000100Y, 4", "D2143569, X", "00612224, 4", "0A1B2C3D, 8"})
    void the_check_character_is_that_of_the_standard(String first8, char check) {
        assertThat(OrganizationCode.checkCharacter(first8)).isEqualTo(check);
        assertThat(OrganizationCode.of(first8 + check).printed()).isEqualTo(first8 + "-" + check);
    }

    @Test
    void both_printed_forms_are_the_same_code() {
        assertThat(OrganizationCode.of("D2143569-X")).isEqualTo(OrganizationCode.of("D2143569X"));
        assertThat(OrganizationCode.of("D2143569-X")).hasToString("D2143569X");
    }

    @Test
    void a_refusal_says_what_is_wrong() {
        assertThat(Seed.refusal(() -> OrganizationCode.of("D2143569_X")).reason())
                .isEqualTo("hyphen");
        assertThat(Seed.refusal(() -> OrganizationCode.of("D21435690")).expected()).isEqualTo("X");
        assertThat(Seed.refusal(() -> OrganizationCode.of("D2143569x")).reason())
                .isEqualTo("lower-case");
        assertThat(Seed.refusal(() -> OrganizationCode.of("D214356")).reason()).isEqualTo("length");
    }

    @RepeatedTest(200)
    void in_digits_every_change_and_every_swap_of_neighbours_is_found() {
        var random = Seed.random();
        var first8 = Seed.text(random, "0123456789", 8);
        var valid = first8 + OrganizationCode.checkCharacter(first8);

        int at = random.nextInt(8);
        var changed =
                Seed.with(valid, at, Seed.otherLetter(random, "0123456789", valid.charAt(at)));
        assertThat(Seed.refusal(() -> OrganizationCode.of(changed)).reason()).isEqualTo("check");

        int left = random.nextInt(7);
        if (valid.charAt(left) != valid.charAt(left + 1)) {
            var swapped = Seed.swapped(valid, left, left + 1);
            assertThat(Seed.refusal(() -> OrganizationCode.of(swapped)).reason())
                    .isEqualTo("check");
        }
        assertThat(OrganizationCode.of(OrganizationCode.of(valid).printed()).value())
                .isEqualTo(valid);
    }
}
