package shuqiao.engine;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.regex.Pattern;
import shuqiao.engine.WireFailure.DatabaseError;

/** Reads the body of an ErrorResponse. */
final class ErrorFields {

    private static final Pattern STATE = Pattern.compile("[0-9A-Z]{5}");

    private ErrorFields() {}

    static DatabaseError parse(Side side, byte[] body) {
        var state = "XX000";
        var message = "";
        var about = new HashMap<Character, String>();
        for (var at = 0; at < body.length && body[at] != 0; ) {
            var end = at + 1;
            while (end < body.length && body[end] != 0) end++;
            var value = new String(body, at + 1, end - at - 1, StandardCharsets.UTF_8);
            if (body[at] == 'C' && STATE.matcher(value).matches()) state = value;
            if (body[at] == 'M') message = Shown.line(value);
            about.put((char) body[at], Shown.line(value));
            at = end + 1;
        }
        return new DatabaseError(
                side,
                state,
                message,
                about.getOrDefault('t', ""),
                about.getOrDefault('n', ""),
                about.getOrDefault('R', ""));
    }
}
