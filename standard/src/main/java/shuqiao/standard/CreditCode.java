package shuqiao.standard;

import java.util.Optional;

/**
 * Unified social credit code (统一社会信用代码), GB 32100-2015: 18 characters, of which 3 to 8 are the
 * division of the registering authority, 9 to 17 the organization code, and the last a check
 * character.
 */
public record CreditCode(String value) {

    static final String KIND = "credit-code";
    private static final int LENGTH = 18;
    private static final int MODULUS = 31;

    /**
     * Refuses anything that is not written exactly as the standard writes it; nothing is tidied.
     */
    public CreditCode {
        Characters.checkLength(KIND, value, LENGTH);
        Alphabet.CREDIT.check(KIND, value, 0, LENGTH);
        for (int i = 2; i < 8; i++) {
            if (!Alphabet.DIGITS.contains(value.charAt(i))) {
                throw new InvalidCode(KIND, value, i + 1, "division", "0-9", "" + value.charAt(i));
            }
        }
        char check = check(value);
        if (value.charAt(LENGTH - 1) != check) {
            throw new InvalidCode(
                    KIND, value, LENGTH, "check", "" + check, "" + value.charAt(LENGTH - 1));
        }
    }

    public static CreditCode of(String text) {
        return new CreditCode(text);
    }

    /** The 18th character for the first 17 (clause 5.5 and annex A). */
    public static char checkCharacter(String first17) {
        Characters.checkLength(KIND, first17, LENGTH - 1);
        Alphabet.CREDIT.check(KIND, first17, 0, LENGTH - 1);
        return check(first17);
    }

    /** The division of the registering authority, positions 3 to 8, as it is written. */
    public String division() {
        return value.substring(2, 8);
    }

    /**
     * The organization code inside, positions 9 to 17; empty when its own check character is wrong,
     * which GB 32100 does not forbid and registers contain.
     */
    public Optional<OrganizationCode> organizationCode() {
        var inner = value.substring(8, 17);
        return OrganizationCode.isValid(inner)
                ? Optional.of(new OrganizationCode(inner))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }

    private static char check(String code) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += Alphabet.CREDIT.valueOf(code.charAt(i)) * weight;
            weight = weight * 3 % MODULUS;
        }
        return Alphabet.CREDIT.letter((MODULUS - sum % MODULUS) % MODULUS);
    }
}
