package shuqiao.compilation;

import java.util.regex.Pattern;
import shuqiao.kernel.NormalForm;

/** Words of cells as they are compared and quoted. */
final class CellWords {

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cf}]+");

    private CellWords() {}

    /** Codes and numbers: full width and blanks are slips of the hand. */
    static String code(String words) {
        return BLANKS.matcher(NormalForm.of(words)).replaceAll("");
    }

    static String plain(String words) {
        return code(words).toLowerCase(java.util.Locale.ROOT);
    }

    static String cut(String words) {
        return words.length() > 40 ? words.substring(0, 40) + "…" : words;
    }

    static String unbroken(String text) {
        return ended(text.replace("\r\n", "\n"));
    }

    /** By hand: a pattern for blanks at an end tries each blank of the text as their beginning. */
    private static String ended(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) from++;
        while (from < to && isBlank(text.charAt(to - 1))) to--;
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' '
                || c >= '\t' && c <= '\r'
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
