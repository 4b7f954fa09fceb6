package shuqiao.engine;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.WireFailure.DatabaseError;

/**
 * Reads what a server answers, message by message, up to where it waits for us again, and keeps
 * what it tells of the session meanwhile. More than we bargained for is strange. Used by the
 * session's own thread.
 */
final class ServerAnswers {

    /** Rows of one answer; what has more is copied, not asked. */
    static final int ROWS_MAX = 100_000;

    /** Bytes of the rows of one answer. */
    static final int BYTES_MAX = 32 << 20;

    /** A column number is a 16-bit number; PostgreSQL's most is 1,664. */
    private static final int VALUES_MAX = 1_664;

    /** Notices and the like in the answer to one statement. */
    private static final int NOTICES_MAX = 1_000_000;

    /** A server has some twenty settings to tell after a login. */
    private static final int NOTICES_OF_LOGIN_MAX = 1_000;

    private static final String KNOWN_MESSAGES = "123ACDEGHIKNSTWZcdnstv";
    private static final int VERSION_MAX = 64;
    private static final int COUNT_DIGITS_MAX = 18;

    private final Side side;
    private final WireInput in;
    private int noticesMax = NOTICES_OF_LOGIN_MAX;
    private int pid;
    private int key;
    private String serverVersion = "";
    private String serverEncoding = "";
    private boolean idle;
    private StatementLimit bounds = StatementLimit.NONE;

    ServerAnswers(Side side, WireInput in) {
        this.side = side;
        this.in = in;
    }

    /** The server process of the session. */
    int pid() {
        return pid;
    }

    /** By which another connection may ask to stop it. */
    int key() {
        return key;
    }

    String serverVersion() {
        return serverVersion;
    }

    String serverEncoding() {
        return serverEncoding;
    }

    /** 14 for 14.2; 0 for what does not begin with a number. */
    int serverMajor() {
        var end = 0;
        while (end < serverVersion.length()
                && end < 4
                && serverVersion.charAt(end) >= '0'
                && serverVersion.charAt(end) <= '9') end++;
        return end == 0 ? 0 : Integer.parseInt(serverVersion.substring(0, end));
    }

    /** Whether the server has answered everything and waits. */
    boolean isIdle() {
        return idle;
    }

    /** Something was sent that it will answer. */
    void asked() {
        idle = false;
    }

    /** What bounds the statements of the session from here on. */
    void boundBy(StatementLimit limit) {
        bounds = limit;
    }

    /** The rows of a statement by the server's count, of several the last that counts. */
    long counted() throws IOException {
        return finish(new Answer());
    }

    List<Row> rows() throws IOException {
        var answer = new Answer();
        finish(answer);
        return answer.rows;
    }

    /** What a server tells of itself, and that it waits for us. */
    void loggedIn() throws IOException {
        finish(new Answer());
        in.loggedIn();
        noticesMax = NOTICES_MAX;
    }

    /** The answer to a COPY, which begins with a message of this type. */
    void copyBegins(int expected) throws IOException {
        for (var messages = 0; messages < noticesMax; messages++) {
            var type = in.peek();
            if (type == expected) {
                in.body();
                return;
            }
            if (type == 'E' || type == 'Z') {
                finish(new Answer());
                throw new IOException("the server did not start the copy");
            }
            in.body();
        }
        throw StrangeAnswer.of("more than " + noticesMax + " messages");
    }

    private DatabaseError complaint(byte[] body) {
        return ErrorFields.parse(side, body).under(bounds);
    }

    /** Throws what the server has said meanwhile against what we are sending. */
    void complaints() throws IOException {
        while (in.ready()) {
            var type = in.peek();
            var body = in.body();
            if (type != 'E') continue;
            var error = complaint(body);
            try {
                finish(new Answer());
            } catch (IOException _) {
                // a fatal one: the line is gone, and was cut because of it
            }
            throw error;
        }
    }

    /** The rows of one answer, as many as we read. */
    private final class Answer {
        private final List<Row> rows = new ArrayList<>();
        private int bytes;

        void add() throws IOException {
            var length = in.frameLength();
            if (rows.size() == ROWS_MAX || length > BYTES_MAX - bytes)
                throw StrangeAnswer.tooLarge(ROWS_MAX, BYTES_MAX);
            bytes += length;
            rows.add(row(in.body(BYTES_MAX)));
        }
    }

    /** Reads until the server is ready again; throws what it complained about, if it did. */
    private long finish(Answer answer) throws IOException {
        long count = 0;
        DatabaseError error = null;
        for (var messages = 0; ; messages++) {
            if (messages - answer.rows.size() > noticesMax)
                throw StrangeAnswer.of("more than " + noticesMax + " messages");
            int type;
            try {
                type = in.peek();
            } catch (IOException e) {
                if (error != null) throw error; // a fatal one: the server hung up after saying why
                throw e;
            }
            if (KNOWN_MESSAGES.indexOf(type) < 0 || type == 'D' && !in.isLoggedIn())
                throw StrangeAnswer.of("an unknown message");
            if (type == 'D') {
                answer.add();
                continue;
            }
            var body = in.body();
            switch (type) {
                case 'Z' -> {
                    idle = true;
                    if (error != null) throw error;
                    return count;
                }
                case 'E' -> error = error == null ? complaint(body) : error;
                case 'C' -> count = count(count, body);
                case 'K' -> {
                    if (body.length < 8) throw StrangeAnswer.of("a key of a session that is none");
                    pid = ByteBuffer.wrap(body).getInt(0);
                    key = ByteBuffer.wrap(body).getInt(4);
                }
                case 'S' -> {
                    var words = new String(body, StandardCharsets.UTF_8).split("\0", 3);
                    if (words.length == 3 && words[0].equals("server_version"))
                        serverVersion = Shown.line(words[1], VERSION_MAX);
                    if (words.length == 3 && words[0].equals("server_encoding"))
                        serverEncoding = Shown.line(words[1], VERSION_MAX);
                }
                default -> {
                    // notices, row descriptions, completions: nothing to do
                }
            }
        }
    }

    /** Of several statements the last one that counts. */
    private static long count(long before, byte[] body) throws StrangeAnswer {
        var tag = new String(body, StandardCharsets.US_ASCII).replace("\0", "");
        var last = tag.substring(tag.lastIndexOf(' ') + 1);
        if (!last.matches("[0-9]+")) return before;
        if (last.length() > COUNT_DIGITS_MAX) throw StrangeAnswer.of("a count beyond all numbers");
        return Long.parseLong(last);
    }

    private Row row(byte[] body) throws StrangeAnswer {
        var bytes = ByteBuffer.wrap(body);
        try {
            var count = bytes.getShort();
            if (count < 0 || count > VALUES_MAX)
                throw StrangeAnswer.of("a row of " + count + " values");
            var values = new @Nullable String[count];
            for (var i = 0; i < count; i++) {
                var length = bytes.getInt();
                if (length < 0) continue;
                values[i] = value(body, bytes.position(), length);
                bytes.position(bytes.position() + length);
            }
            return Row.of(side, values);
        } catch (BufferUnderflowException | IllegalArgumentException cutShort) {
            throw StrangeAnswer.of("a row that is cut short");
        }
    }

    private static String value(byte[] body, int at, int length) throws StrangeAnswer {
        if (length > body.length - at) throw StrangeAnswer.of("a row that is cut short");
        for (var i = at; i < at + length; i++)
            if (body[i] == 0) throw StrangeAnswer.of("a text with a null character");
        return new String(body, at, length, StandardCharsets.UTF_8);
    }
}
