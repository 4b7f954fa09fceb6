package shuqiao.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import shuqiao.engine.WireFailure.DatabaseError;

/** Reads the body of an ErrorResponse. */
final class ErrorFields {

    private static final Pattern STATE = Pattern.compile("[0-9A-Z]{5}");

    /** Before a login is done a server speaks in an encoding of its own. */
    private static final List<Charset> SPOKEN =
            List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"));

    /**
     * What it is about, by the fields of the protocol, which no language changes. Empty where it is
     * about none.
     *
     * @param fatal whether the session ended with it
     */
    record About(
            String schema,
            String table,
            String column,
            String constraint,
            String routine,
            boolean fatal) {}

    private ErrorFields() {}

    static DatabaseError parse(Side side, byte[] body) {
        var state = "XX000";
        var about = new HashMap<Character, String>();
        for (var at = 0; at < body.length && body[at] != 0; ) {
            var end = at + 1;
            while (end < body.length && body[end] != 0) end++;
            var value = spoken(Arrays.copyOfRange(body, at + 1, end)).orElse("");
            if (body[at] == 'C' && STATE.matcher(value).matches()) state = value;
            about.put((char) body[at], Shown.line(value));
            at = end + 1;
        }
        var message = about.getOrDefault('M', "");
        return new DatabaseError(
                side,
                state,
                message.isEmpty() ? state : message,
                new About(
                        about.getOrDefault('s', ""),
                        about.getOrDefault('t', ""),
                        about.getOrDefault('c', ""),
                        about.getOrDefault('n', ""),
                        about.getOrDefault('R', ""),
                        isFatal(about.getOrDefault('V', about.getOrDefault('S', "")))));
    }

    private static boolean isFatal(String severity) {
        return severity.equals("FATAL") || severity.equals("PANIC");
    }

    /** Empty where the bytes are text in no encoding that we would expect. */
    private static Optional<String> spoken(byte[] bytes) {
        for (var charset : SPOKEN)
            try {
                return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
            } catch (CharacterCodingException inAnother) {
                // the next one
            }
        return Optional.empty();
    }
}
