package shuqiao.standard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Unified social credit code (统一社会信用代码), GB 32100-2015: 18 characters, of which 3 to 8 are the
 * division of the registering authority, 9 to 17 the organization code, and the last a check
 * character.
 */
public final class CreditCode {

    static final String KIND = "credit-code";
    private static final int LENGTH = 18;
    private static final int MODULUS = 31;

    private final String value;

    /**
     * Refuses anything that is not written exactly as the standard writes it; nothing is tidied.
     */
    public CreditCode(String value) {
        this(value, true);
    }

    private CreditCode(String value, boolean checked) {
        Characters.checkLength(KIND, value, LENGTH);
        Alphabet.CREDIT.check(KIND, value, 0, LENGTH);
        for (int i = 2; i < 8; i++) {
            if (!Alphabet.DIGITS.contains(value.charAt(i))) {
                throw new InvalidCode(KIND, value, i + 1, "division", "0-9", "" + value.charAt(i));
            }
        }
        this.value = value;
        if (checked && !checks())
            throw new InvalidCode(
                    KIND, value, LENGTH, "check", "" + check(value), "" + last(value));
    }

    public static CreditCode of(String text) {
        return new CreditCode(text);
    }

    /**
     * A code as it stands on a certificate: everything holds but, perhaps, the check character.
     * Such codes were given out, and their holders have no other.
     */
    public static CreditCode certified(String text) {
        return new CreditCode(text, false);
    }

    public String value() {
        return value;
    }

    /** Whether the check character is the one that the first 17 ask for. */
    public boolean checks() {
        return last(value) == rightCheck();
    }

    /** The check character that the first 17 ask for. */
    public char rightCheck() {
        return check(value);
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
    public boolean equals(@Nullable Object other) {
        return other instanceof CreditCode it && it.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }

    private static char last(String code) {
        return code.charAt(LENGTH - 1);
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
