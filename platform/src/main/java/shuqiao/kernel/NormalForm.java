package shuqiao.kernel;

import java.text.Normalizer;

/**
 * One way to write what can be written in several, for comparing: NFKC of UAX #15. Of more than
 * thirty marks in a row the standard's joiner is put between them (its stream-safe form): ordering
 * a heap of 32,000 would take a second of a core, and a form holds twenty such.
 */
public final class NormalForm {

    private static final int MARKS_MAX = 30;
    private static final int JOINER = 0x034F;

    private NormalForm() {}

    public static String of(String text) {
        return Normalizer.normalize(isHeapOfMarks(text) ? apart(text) : text, Normalizer.Form.NFKC);
    }

    /** Whether more than thirty marks stand in a row. */
    public static boolean isHeapOfMarks(String text) {
        int marks = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            marks = isMark(text.codePointAt(at)) ? marks + 1 : 0;
            if (marks > MARKS_MAX) return true;
        }
        return false;
    }

    private static String apart(String text) {
        var apart = new StringBuilder(text.length() + text.length() / MARKS_MAX + 1);
        int marks = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            marks = isMark(point) ? marks + 1 : 0;
            if (marks > MARKS_MAX) {
                apart.appendCodePoint(JOINER);
                marks = 1;
            }
            apart.appendCodePoint(point);
            at += Character.charCount(point);
        }
        return apart.toString();
    }

    /** The two marks of half width are letters by their category and marks once they are wide. */
    private static boolean isMark(int point) {
        if (point < 0x300) return false;
        if (point == 0xFF9E || point == 0xFF9F) return true;
        if (point == JOINER) return false;
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK ->
                    true;
            default -> false;
        };
    }
}
