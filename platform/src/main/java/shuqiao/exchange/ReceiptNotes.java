package shuqiao.exchange;

import java.util.ArrayList;
import java.util.List;
import shuqiao.engine.DatabaseAddress;
import shuqiao.engine.proof.Receipt;

/** What a receipt says besides its figures, one line each, fit to be signed. */
final class ReceiptNotes {

    private ReceiptNotes() {}

    /** Names a database without telling where it is: {@code source sha256:…}. */
    static String address(String side, DatabaseAddress address) {
        return side + " " + address.digest();
    }

    /**
     * Within what a receipt may hold, whatever the names in them are: controls are written out,
     * what is too long is cut, and of too many the last line says how many there are more.
     */
    static List<String> fit(List<String> notes) {
        var lines = new ArrayList<String>();
        for (var note : notes) {
            var line = line(note);
            if (!line.isBlank()) lines.add(line);
        }
        if (lines.size() <= Receipt.NOTES_MAX) return List.copyOf(lines);
        var more = lines.size() - Receipt.NOTES_MAX + 1;
        var kept = new ArrayList<>(lines.subList(0, Receipt.NOTES_MAX - 1));
        kept.add("and " + more + " more");
        return List.copyOf(kept);
    }

    private static String line(String note) {
        var out = new StringBuilder();
        note.codePoints()
                .forEach(c -> {
                    if (Character.isISOControl(c) || isSurrogate(c))
                        out.append("\\u%04x".formatted(c));
                    else out.appendCodePoint(c);
                });
        if (out.length() <= Receipt.NOTE_MAX) return out.toString();
        var end = Receipt.NOTE_MAX - 1;
        if (Character.isHighSurrogate(out.charAt(end - 1))) end--;
        return out.substring(0, end) + "…";
    }

    /** Half a character, which has no UTF-8. */
    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
