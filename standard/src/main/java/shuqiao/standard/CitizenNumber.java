package shuqiao.standard;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Citizen identification number (公民身份号码), GB 11643-1999: 6 digits of division, 8 of the date of
 * birth, 3 of sequence (odd: male) and a check character by ISO 7064 MOD 11-2.
 *
 * <p>It is a person's: {@link #toString} and refusals show it {@link #masked} only. Whoever needs
 * the whole asks for {@link #value}.
 */
public record CitizenNumber(String value) {

    /** The sex that the 17th digit tells. */
    public enum Sex {
        FEMALE,
        MALE
    }

    static final String KIND = "citizen-number";
    private static final int LENGTH = 18;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final Alphabet CHECKS = new Alphabet("10X98765432", "0-9 X");

    public CitizenNumber {
        Characters.checkLength(KIND, value, LENGTH);
        Alphabet.DIGITS.check(KIND, value, 0, LENGTH - 1);
        CHECKS.check(KIND, value, LENGTH - 1, LENGTH);
        // 9 begins the number of a foreign permanent resident (since 2023)
        if (value.charAt(0) == '0' || value.startsWith("10")) {
            throw new InvalidCode(KIND, value, 1, "division", "", value.substring(0, 2));
        }
        checkDate(value);
        char check = check(value);
        if (value.charAt(LENGTH - 1) != check) {
            throw new InvalidCode(
                    KIND, value, LENGTH, "check", "" + check, "" + value.charAt(LENGTH - 1));
        }
    }

    public static CitizenNumber of(String text) {
        return new CitizenNumber(text);
    }

    /** The 18th character for the first 17 digits. */
    public static char checkCharacter(String first17) {
        Characters.checkLength(KIND, first17, LENGTH - 1);
        Alphabet.DIGITS.check(KIND, first17, 0, LENGTH - 1);
        return check(first17);
    }

    public LocalDate birthDate() {
        return date(value);
    }

    public Sex sex() {
        return (value.charAt(16) - '0') % 2 == 1 ? Sex.MALE : Sex.FEMALE;
    }

    /** The division at the time of issue; it may since have been dissolved. */
    public String division() {
        return value.substring(0, 6);
    }

    /** First 6, stars, last 4: the form that may be shown. */
    public String masked() {
        return mask(value);
    }

    @Override
    public String toString() {
        return masked();
    }

    /** Also for what only tried to be a number: shorter than 14 nothing of it is shown. */
    static String mask(String text) {
        int length = text.length();
        if (length < 14) return "*".repeat(length);
        return text.substring(0, 6) + "*".repeat(length - 10) + text.substring(length - 4);
    }

    private static void checkDate(String value) {
        try {
            int year = date(value).getYear();
            if (year >= 1800 && year <= 2199) return;
        } catch (DateTimeException impossible) {
            // told below, without repeating the date: it is a person's
        }
        throw new InvalidCode(KIND, value, 7, "date", "YYYYMMDD", "");
    }

    private static LocalDate date(String value) {
        return LocalDate.of(
                Integer.parseInt(value, 6, 10, 10),
                Integer.parseInt(value, 10, 12, 10),
                Integer.parseInt(value, 12, 14, 10));
    }

    private static char check(String digits) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) sum += (digits.charAt(i) - '0') * WEIGHTS[i];
        return CHECKS.letter(sum % 11);
    }
}
