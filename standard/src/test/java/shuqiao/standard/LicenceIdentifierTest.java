package shuqiao.standard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LicenceIdentifierTest {

    private static final String VALID =
            "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U";

    @ParameterizedTest
    @CsvSource({
        "11100000000013338W01111430000006122244L20230000403001, U",
        "11100000000013338W00911330105002500287C2025052201002, 0",
        "11100000MB03271699022340100000000016001, 9"
    })
    void the_check_character_is_mod_37_36(String text, char check) {
        assertThat(LicenceIdentifier.checkCharacter(text)).isEqualTo(check);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                VALID,
                "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
                "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9"
            })
    void real_identifiers_are_read_and_put_together_again(String text) {
        var read = LicenceIdentifier.of(text);

        assertThat(read).hasToString(text);
        assertThat(LicenceIdentifier.of(read.type(), read.issuer(), read.serial(), read.version()))
                .isEqualTo(read);
    }

    @Test
    void the_parts_are_told_apart() {
        var read = LicenceIdentifier.of(VALID);

        assertThat(read.type()).isEqualTo("11100000000013338W011");
        assertThat(read.issuer()).isEqualTo("11430000006122244L");
        assertThat(read.serial()).isEqualTo("20230000403");
        assertThat(read.version()).isEqualTo("001");
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.156.3005.3.11100000000013338W011.11430000006122244L.20230000403.001.U, root, 1",
        "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001, parts, 0",
        "1.2.156.3005.2.11100000000013338W01.11430000006122244L.20230000403.001.U, length, 16",
        "1.2.156.3005.2.11100000000013338W011..20230000403.001.U, empty, 38",
        "1.2.156.3005.2.11100000000013338W011.1.2.0A1.U, character, 43",
        "1.2.156.3005.2.11100000000013338W0A1.1.2.001.U, character, 35",
        "1.2.156.3005.2.11100000000013338W011.a.2.001.U, lower-case, 38",
        "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.V, check, 73"
    })
    void a_refusal_says_what_is_wrong_and_where(String text, String reason, int position) {
        var refusal = Seed.refusal(() -> LicenceIdentifier.of(text));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.position()).isEqualTo(position);
    }

    @RepeatedTest(200)
    void every_changed_character_is_found() {
        var random = Seed.random();
        var valid =
                LicenceIdentifier.of(
                        Seed.text(random, Alphabet.BASE_36.letters(), 18)
                                + Seed.text(random, "0123456789", 3),
                        Seed.text(random, Alphabet.BASE_36.letters(), 6 + random.nextInt(13)),
                        Seed.text(random, Alphabet.BASE_36.letters(), 1 + random.nextInt(20)),
                        Seed.text(random, "0123456789", 3));
        var text = valid.value();
        int at =
                LicenceIdentifier.ROOT.length()
                        + random.nextInt(text.length() - LicenceIdentifier.ROOT.length());
        if (text.charAt(at) == '.') at++;
        var changed =
                Seed.with(
                        text,
                        at,
                        Seed.otherLetter(random, Alphabet.BASE_36.letters(), text.charAt(at)));

        Seed.refusal(() -> LicenceIdentifier.of(changed));
        assertThat(LicenceIdentifier.of(text)).isEqualTo(valid);
    }
}
