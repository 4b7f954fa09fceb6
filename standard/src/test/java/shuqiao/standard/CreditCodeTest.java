package shuqiao.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditCodeTest {

    private static final String VALID = "91350100M000100Y43";

    @ParameterizedTest
    @CsvSource({
        "91350100M000100Y4, 3",
        "11430000006122244, L",
        "11330105002500287, C",
        "11110000000021135, M",
        "91330106673959654, P",
        "112114000A1B2C3D8, 3",
        "112111000A1B2C3D8, K",
        "113704000A1B2C3D8, 6",
        "113213000A1B2C3D8, Q",
        "116109000A1B2C3D8, B"
    })
    void the_check_character_is_that_of_the_standard(String first17, char check) {
        assertThat(CreditCode.checkCharacter(first17)).isEqualTo(check);
        assertThat(CreditCode.of(first17 + check)).hasToString(first17 + check);
    }

    @ParameterizedTest
    @CsvSource({"913700000045046442, R, 2", "91350100M000100Y44, 3, 4"})
    void a_wrong_check_character_is_refused_with_the_right_one(
            String wrong, String expected, String found) {
        var refusal = refused(wrong);

        assertThat(refusal.position()).isEqualTo(18);
        assertThat(refusal.reason()).isEqualTo("check");
        assertThat(refusal.expected()).isEqualTo(expected);
        assertThat(refusal.found()).isEqualTo(found);
        assertThat(refusal)
                .hasMessage(
                        "credit-code, position 18: the check character must be %s, but is %s",
                        expected, found);
    }

    @Test
    void lower_case_and_full_width_letters_are_named_and_not_tidied() {
        var lower = refused("91350100m000100Y43");
        var wide = refused("91350100Ｍ000100Y43");
        var wideDigit = refused("９1350100M000100Y43");

        assertThat(lower.reason()).isEqualTo("lower-case");
        assertThat(lower.position()).isEqualTo(9);
        assertThat(lower.expected()).isEqualTo("M");
        assertThat(wide.reason()).isEqualTo("full-width");
        assertThat(wide.expected()).isEqualTo("M");
        assertThat(wideDigit.reason()).isEqualTo("full-width");
        assertThat(wideDigit.position()).isEqualTo(1);
        assertThat(wideDigit.expected()).isEqualTo("9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"I", "O", "S", "V", "Z", "-", "码"})
    void letters_outside_the_alphabet_are_refused(String letter) {
        var refusal = refused("91350100M" + letter + "00100Y43");

        assertThat(refusal.reason()).isEqualTo("character");
        assertThat(refusal.position()).isEqualTo(10);
        assertThat(refusal.found()).isEqualTo(letter);
    }

    @ParameterizedTest
    @CsvSource({
        "' 91350100M000100Y43', 1",
        "'91350100M000100Y43\u3000', 19",
        "'9135 0100M000100Y4', 5"
    })
    void a_space_is_named_as_such(String copied, int position) {
        assertThat(refused(copied).reason()).isEqualTo("space");
        assertThat(refused(copied).position()).isEqualTo(position);
    }

    @Test
    void length_and_division_are_checked() {
        assertThat(refused("").reason()).isEqualTo("length");
        assertThat(refused(VALID + "0").found()).isEqualTo("19");
        assertThat(refused("9135A100M000100Y43").reason()).isEqualTo("division");
        assertThat(refused("9135A100M000100Y43").position()).isEqualTo(5);
    }

    @Test
    void the_organization_code_inside_is_given_when_it_is_one() {
        assertThat(CreditCode.of(VALID).organizationCode())
                .contains(new OrganizationCode("M000100Y4"));
        assertThat(CreditCode.of(VALID).division()).isEqualTo("350100");

        var otherInner = "91350100M000100Y5";
        assertThat(
                        CreditCode.of(otherInner + CreditCode.checkCharacter(otherInner))
                                .organizationCode())
                .isEmpty();
    }

    @Test
    void a_code_of_a_certificate_may_have_another_check_character_and_nothing_else_wrong() {
        var first17 = VALID.substring(0, 17);
        var odd = first17 + (VALID.endsWith("9") ? "8" : "9");

        assertThat(CreditCode.certified(odd).value()).isEqualTo(odd);
        assertThat(CreditCode.certified(odd).checks()).isFalse();
        assertThat(CreditCode.certified(odd).rightCheck()).isEqualTo(VALID.charAt(17));
        assertThat(CreditCode.certified(VALID)).isEqualTo(CreditCode.of(VALID));
        assertThat(CreditCode.certified(VALID).checks()).isTrue();
        assertRefused(odd);
        assertThatThrownBy(() -> CreditCode.certified("9135A100M000100Y43"))
                .isInstanceOf(InvalidCode.class);
    }

    @RepeatedTest(200)
    void every_changed_character_and_every_swap_before_the_check_is_found() {
        var random = Seed.random();
        var valid = any(random);

        int at = random.nextInt(18);
        var letter = Seed.otherLetter(random, Alphabet.CREDIT.letters(), valid.charAt(at));
        assertRefused(Seed.with(valid, at, letter));

        int a = random.nextInt(17);
        int b = random.nextInt(17);
        if (valid.charAt(a) != valid.charAt(b)) assertRefused(Seed.swapped(valid, a, b));
        assertThat(CreditCode.of(valid).value()).isEqualTo(valid);
    }

    private static String any(Random random) {
        var letters = Alphabet.CREDIT.letters();
        var first17 =
                Seed.text(random, letters, 2)
                        + Seed.text(random, "0123456789", 6)
                        + Seed.text(random, letters, 9);
        return first17 + CreditCode.checkCharacter(first17);
    }

    private static void assertRefused(String code) {
        assertThatThrownBy(() -> CreditCode.of(code)).as(code).isInstanceOf(InvalidCode.class);
    }

    private static InvalidCode refused(String code) {
        return Seed.refusal(() -> CreditCode.of(code));
    }
}
