package shuqiao.kernel;

/**
 * A cell of a CSV that the platform itself writes, for people: spreadsheets run what begins like a
 * formula, so an apostrophe stands before it. Rows that are delivered are given as they are and do
 * not pass here.
 */
public final class CsvCell {

    /** Half and full width; a tab or an end of line in front is passed over by some programs. */
    private static final String RISKY = "=+-@\t\r\n＝＋－＠";

    private CsvCell() {}

    /** The words, of which nothing is taken for a formula and nothing turns the writing around. */
    public static String safe(String given) {
        var words = VisibleText.shown(given);
        return !words.isEmpty() && RISKY.indexOf(words.charAt(0)) >= 0 ? "'" + words : words;
    }

    /** The same as it stands in a line, RFC 4180, always in quotes. */
    public static String quoted(String words) {
        return '"' + safe(words).replace("\"", "\"\"") + '"';
    }
}
