package shuqiao.engine;

import java.io.IOException;
import java.util.Map;

/** What came over the line is nothing that a PostgreSQL server says, or more than we read. */
final class StrangeAnswer extends IOException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Map<String, String> arguments;

    private StrangeAnswer(Reason reason, String message, Map<String, String> arguments) {
        super(message);
        this.reason = reason;
        this.arguments = arguments;
    }

    /** Against the protocol. */
    static StrangeAnswer of(String what) {
        return new StrangeAnswer(Reason.STRANGE_ANSWER, what, Map.of("detail", what));
    }

    /** Of more rows or bytes than one answer may have. */
    static StrangeAnswer tooLarge(long rowsMax, long bytesMax) {
        return new StrangeAnswer(
                Reason.ANSWER_TOO_LARGE,
                "an answer of more than " + rowsMax + " rows or " + bytesMax + " bytes",
                Map.of(
                        "rows",
                        String.valueOf(rowsMax),
                        "megabytes",
                        String.valueOf(bytesMax >> 20)));
    }

    Reason reason() {
        return reason;
    }

    Map<String, String> arguments() {
        return arguments;
    }
}
