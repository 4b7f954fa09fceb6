package shuqiao.standard;

/**
 * Organization code (组织机构代码), GB 11714-1997: 8 characters and a check character, here without the
 * hyphen that is printed before it.
 */
public record OrganizationCode(String value) {

    static final String KIND = "organization-code";
    private static final int LENGTH = 9;
    private static final int[] WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "0123456789X";

    public OrganizationCode {
        Characters.checkLength(KIND, value, LENGTH);
        Alphabet.BASE_36.check(KIND, value, 0, LENGTH);
        char check = check(value);
        if (value.charAt(LENGTH - 1) != check) {
            throw new InvalidCode(
                    KIND, value, LENGTH, "check", "" + check, "" + value.charAt(LENGTH - 1));
        }
    }

    /** Reads both printed forms, {@code M000100Y4} and {@code M000100Y-4}. */
    public static OrganizationCode of(String text) {
        if (text.length() != LENGTH + 1) return new OrganizationCode(text);
        Characters.refuseSpaces(KIND, text);
        char hyphen = text.charAt(LENGTH - 1);
        if (hyphen != '-') {
            throw new InvalidCode(KIND, text, LENGTH, "hyphen", "-", Characters.shown(hyphen));
        }
        return new OrganizationCode(text.substring(0, LENGTH - 1) + text.substring(LENGTH));
    }

    /** The 9th character for the first 8. */
    public static char checkCharacter(String first8) {
        Characters.checkLength(KIND, first8, LENGTH - 1);
        Alphabet.BASE_36.check(KIND, first8, 0, LENGTH - 1);
        return check(first8);
    }

    /** As it stands on a certificate: with the hyphen. */
    public String printed() {
        return value.substring(0, LENGTH - 1) + "-" + value.charAt(LENGTH - 1);
    }

    @Override
    public String toString() {
        return value;
    }

    /** For nine characters of which each is of {@link Alphabet#BASE_36}. */
    static boolean isValid(String nine) {
        return nine.charAt(LENGTH - 1) == check(nine);
    }

    private static char check(String code) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += Alphabet.BASE_36.valueOf(code.charAt(i)) * WEIGHTS[i];
        }
        return CHECKS.charAt((11 - sum % 11) % 11);
    }
}
