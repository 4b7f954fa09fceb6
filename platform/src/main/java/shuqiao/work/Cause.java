package shuqiao.work;

/**
 * Why something broke, in one line of a bounded length: each class and its words, down to the
 * first. The words may be another server's.
 */
final class Cause {

    private static final int LENGTH_MAX = 500;
    private static final int DEPTH_MAX = 5;

    private Cause() {}

    static String of(Throwable why) {
        var line = new StringBuilder();
        var depth = 0;
        for (Throwable one = why; one != null && depth++ < DEPTH_MAX; one = one.getCause()) {
            if (depth > 1) line.append(" ← ");
            line.append(one.getClass().getSimpleName());
            if (one.getMessage() != null) line.append(": ").append(one.getMessage());
        }
        // PostgreSQL keeps no NUL
        var words = line.toString().replace("\0", "").replaceAll("\\s+", " ");
        if (words.length() <= LENGTH_MAX) return words;
        var end = Character.isHighSurrogate(words.charAt(LENGTH_MAX - 1)) ? 1 : 0;
        return words.substring(0, LENGTH_MAX - end) + "…";
    }
}
