package shuqiao.kernel;

/**
 * Words of others as people are shown them: what would turn the writing around, and what nobody
 * sees, is written as {@code \\}{@code u202E}. A name read as {@code exe.png} while it was {@code
 * gnp.exe}. Pages, files for people, mails and letters pass here; what programs read stays as it
 * is.
 */
public final class VisibleText {

    private VisibleText() {}

    public static String shown(String words) {
        if (words.chars().noneMatch(VisibleText::isHidden)) return words;
        var shown = new StringBuilder(words.length() + 16);
        words.chars()
                .forEach(c -> {
                    if (isHidden(c)) shown.append(String.format("\\u%04X", c));
                    else shown.append((char) c);
                });
        return shown.toString();
    }

    /** The name of a file that somebody saves: what would be written out is left out. */
    public static String fileName(String name) {
        return name.chars()
                .filter(c -> !isHidden(c) && c != '\t' && c != '\n' && c != '\r')
                .collect(
                        StringBuilder::new, (all, c) -> all.append((char) c), StringBuilder::append)
                .toString();
    }

    /** Controls, and the marks, embeddings, overrides and isolates of writing to the left. */
    private static boolean isHidden(int c) {
        return c < 0x20 && c != '\t' && c != '\n' && c != '\r'
                || c >= 0x7F && c <= 0x9F
                || c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || c >= 0x202A && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069;
    }
}
