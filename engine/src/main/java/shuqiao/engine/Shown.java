package shuqiao.engine;

import java.util.Optional;

/**
 * Texts of other servers, made fit to be shown, stored and logged: cut to a stated length, and with
 * everything that a terminal, a log or a page would obey instead of show (control characters, marks
 * of direction, half characters) written as {@code \}{@code u202E}.
 */
final class Shown {

    /** Characters of a text on one line: an error, a version, a name. */
    static final int LINE_MAX = 500;

    /** Characters of a comment, which may have lines. */
    static final int COMMENT_MAX = 4_000;

    private static final String CUT = "…";

    private Shown() {}

    static String line(String text) {
        return written(text, LINE_MAX, false);
    }

    static String line(String text, int charactersMax) {
        return written(text, charactersMax, false);
    }

    /** Empty where there is nothing to read. */
    static Optional<String> comment(String text) {
        var written = written(text, COMMENT_MAX, true);
        return written.isEmpty() ? Optional.empty() : Optional.of(written);
    }

    private static String written(String text, int charactersMax, boolean lines) {
        var out = new StringBuilder(Math.min(text.length(), charactersMax));
        var count = 0;
        for (int at = 0; at < text.length(); count++) {
            if (count == charactersMax) return out.append(CUT).toString();
            var point = text.codePointAt(at);
            at += Character.charCount(point);
            if (isObeyed(point, lines)) out.append("\\u%04X".formatted(point));
            else out.appendCodePoint(point);
        }
        return out.toString();
    }

    private static boolean isObeyed(int point, boolean lines) {
        if (lines && (point == '\n' || point == '\r' || point == '\t')) return false;
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    true;
            case Character.FORMAT -> isDirection(point);
            default -> false;
        };
    }

    /** Unicode's Bidi_Control. */
    private static boolean isDirection(int point) {
        return point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || point >= 0x202A && point <= 0x202E
                || point >= 0x2066 && point <= 0x2069;
    }
}
