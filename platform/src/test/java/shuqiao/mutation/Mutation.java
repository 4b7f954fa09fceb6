package shuqiao.mutation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One change at one place of one source.
 *
 * @param file from the root of the repository
 * @param method the enclosing method, or the class for what stands in a field
 * @param start where the replaced text begins, in characters
 * @param ordinal tells the same change apart when a method has it more than once
 */
record Mutation(
        String part,
        Path file,
        int line,
        String method,
        String operator,
        int start,
        int end,
        String before,
        String after,
        int ordinal) {

    private static final int WORDS_MAX = 70;

    /** The source with this change in it. */
    String in(String source) {
        return source.substring(0, start) + after + source.substring(end);
    }

    String place() {
        return file.getFileName() + ":" + line;
    }

    /** {@code standard}, {@code engine} or {@code platform}. */
    String module() {
        return file.getName(0).toString();
    }

    /**
     * Its place in the draw. It hangs on the seed and the changed text alone, so that a change of
     * other sources, or of other lines of this one, draws the same mutations again.
     */
    String lot(long seed) {
        var name = String.join("|", file.toString(), method, operator, before, after);
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            var words = seed + "|" + name + "|" + ordinal;
            return HexFormat.of().formatHex(sha.digest(words.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What changed, in one short line. */
    String words() {
        var was = before;
        var is = after;
        if (was.length() > WORDS_MAX && is.length() > WORDS_MAX / 2) {
            var same = same(was, is) - WORDS_MAX / 4;
            if (same > 0) {
                was = "…" + was.substring(same);
                is = "…" + is.substring(same);
            }
        }
        return is.equals("{}") ? oneLine(was) : oneLine(was) + " → " + oneLine(is);
    }

    private static int same(String one, String other) {
        int at = 0;
        while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at))
            at++;
        return at;
    }

    private static String oneLine(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= WORDS_MAX ? line : line.substring(0, WORDS_MAX - 1) + "…";
    }
}
