package shuqiao.standard;

import java.util.List;

/**
 * Licence identifier (证照标识), GB/T 36904-2018: {@code root.type.issuer.serial.version.check}, where
 * the type is a credit code and 3 digits, the version 3 digits, and the check character ISO/IEC
 * 7064 MOD 37,36 over all that lies between root and check, without dots.
 */
public record LicenceIdentifier(String value) {

    /** The object identifier that every licence identifier begins with. */
    public static final String ROOT = "1.2.156.3005.2";

    static final String KIND = "licence-identifier";
    private static final int TYPE = 21;
    private static final int VERSION = 3;
    private static final List<String> PARTS =
            List.of("type", "issuer", "serial", "version", "check");

    public LicenceIdentifier {
        Characters.refuseSpaces(KIND, value);
        if (!value.startsWith(ROOT + ".")) {
            throw new InvalidCode(KIND, value, 1, "root", ROOT + ".", "");
        }
        var parts = parts(value);
        if (parts.length != PARTS.size()) {
            throw new InvalidCode(
                    KIND,
                    value,
                    0,
                    "parts",
                    ROOT + ".<" + String.join(">.<", PARTS) + ">",
                    "" + parts.length);
        }
        int start = ROOT.length() + 1;
        for (int i = 0; i < parts.length; i++) {
            checkPart(value, i, parts[i], start);
            start += parts[i].length() + 1;
        }
        char check = check(parts[0] + parts[1] + parts[2] + parts[3]);
        if (parts[4].charAt(0) != check) {
            throw new InvalidCode(KIND, value, value.length(), "check", "" + check, parts[4]);
        }
    }

    public static LicenceIdentifier of(String text) {
        return new LicenceIdentifier(text);
    }

    /** Puts the parts together and adds the check character. */
    public static LicenceIdentifier of(String type, String issuer, String serial, String version) {
        var body = type + issuer + serial + version;
        return new LicenceIdentifier(
                String.join(".", ROOT, type, issuer, serial, version, "" + checkCharacter(body)));
    }

    /** ISO/IEC 7064 MOD 37,36 over a text of 0-9 and A-Z. */
    public static char checkCharacter(String text) {
        Alphabet.BASE_36.check(KIND, text, 0, text.length());
        return check(text);
    }

    /** Type of licence (证照类型代码): credit code of the body that defined it, and 3 digits. */
    public String type() {
        return parts(value)[0];
    }

    /** Issuing body (颁发机构代码): mostly a credit code, in older licences a division. */
    public String issuer() {
        return parts(value)[1];
    }

    public String serial() {
        return parts(value)[2];
    }

    public String version() {
        return parts(value)[3];
    }

    @Override
    public String toString() {
        return value;
    }

    private static String[] parts(String value) {
        return value.substring(ROOT.length() + 1).split("\\.", -1);
    }

    private static void checkPart(String value, int part, String text, int start) {
        if (text.isEmpty()) {
            throw new InvalidCode(KIND, value, start + 1, "empty", PARTS.get(part), "");
        }
        int length =
                switch (PARTS.get(part)) {
                    case "type" -> TYPE;
                    case "version" -> VERSION;
                    case "check" -> 1;
                    default -> text.length();
                };
        if (text.length() != length) {
            throw new InvalidCode(
                    KIND, value, start + 1, "length", "" + length, "" + text.length());
        }
        int digitsFrom = part == 0 ? TYPE - 3 : part == 3 ? 0 : length;
        Alphabet.BASE_36.check(KIND, value, start, start + digitsFrom);
        Alphabet.DIGITS.check(KIND, value, start + digitsFrom, start + length);
    }

    private static char check(String text) {
        int product = 36;
        for (int i = 0; i < text.length(); i++) {
            int sum = (product + Alphabet.BASE_36.valueOf(text.charAt(i))) % 36;
            product = (sum == 0 ? 36 : sum) * 2 % 37;
        }
        return Alphabet.BASE_36.letter((37 - product) % 36);
    }
}
