package shuqiao.standard;

/**
 * What is the same for every code: its length, stray spaces and letters typed in the wrong form.
 */
final class Characters {

    private Characters() {}

    /**
     * A space comes in by copying; it is told apart from a wrong length, which it would look like.
     */
    static void refuseSpaces(String kind, String value) {
        for (int i = 0; i < value.length(); i++) {
            if (isSpace(value.charAt(i)))
                throw new InvalidCode(kind, value, i + 1, "space", "", "");
        }
    }

    static void checkLength(String kind, String value, int length) {
        refuseSpaces(kind, value);
        if (value.length() != length) {
            throw new InvalidCode(
                    kind, value, 0, "length", String.valueOf(length), "" + value.length());
        }
    }

    /** Says of one wrong character whether it is full-width, lower-case or just wrong. */
    static InvalidCode wrong(String kind, String value, int index, Alphabet alphabet) {
        char letter = value.charAt(index);
        char half = halfWidth(letter);
        char upper = half >= 'a' && half <= 'z' ? (char) (half - 'a' + 'A') : half;
        if (alphabet.contains(upper) && half != letter) {
            return new InvalidCode(kind, value, index + 1, "full-width", "" + upper, "" + letter);
        }
        if (alphabet.contains(upper)) {
            return new InvalidCode(kind, value, index + 1, "lower-case", "" + upper, "" + letter);
        }
        return new InvalidCode(
                kind, value, index + 1, "character", alphabet.words(), shown(letter));
    }

    static String shown(char letter) {
        boolean visible =
                !Character.isISOControl(letter)
                        && !Character.isSurrogate(letter)
                        && Character.getType(letter) != Character.FORMAT;
        return visible ? String.valueOf(letter) : "U+%04X".formatted((int) letter);
    }

    private static char halfWidth(char letter) {
        return letter >= '\uFF01' && letter <= '\uFF5E' ? (char) (letter - 0xFEE0) : letter;
    }

    private static boolean isSpace(char letter) {
        return Character.isWhitespace(letter)
                || Character.isSpaceChar(letter)
                || letter == '\uFEFF'
                || letter == '\u200B';
    }
}
