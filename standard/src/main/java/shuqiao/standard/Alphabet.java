package shuqiao.standard;

/**
 * The characters that a code is written in, in the order of their values.
 *
 * @param words what a refusal says is allowed
 */
record Alphabet(String letters, String words) {

    static final Alphabet DIGITS = new Alphabet("0123456789", "0-9");

    static final Alphabet BASE_36 = new Alphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0-9 A-Z");

    /** GB 32100-2015, table 1. */
    static final Alphabet CREDIT =
            new Alphabet("0123456789ABCDEFGHJKLMNPQRTUWXY", "0-9 A-Z without I O S V Z");

    boolean contains(char letter) {
        return letters.indexOf(letter) >= 0;
    }

    /** The value of a letter that {@link #contains} it; -1 for any other. */
    int valueOf(char letter) {
        return letters.indexOf(letter);
    }

    char letter(int value) {
        return letters.charAt(value);
    }

    /** Refuses the first character that is not of this alphabet, from {@code start} (0-based). */
    void check(String kind, String value, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!contains(value.charAt(i))) throw Characters.wrong(kind, value, i, this);
        }
    }
}
