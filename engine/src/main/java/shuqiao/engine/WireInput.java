package shuqiao.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads protocol frames through a heap buffer that is as big as the stream deserves. */
final class WireInput {

    /** A row of a COPY, which is passed on and never held whole. */
    private static final int FRAME_MAX = 1 << 30;

    /** A message of a server that has not yet let us in, or that we do not know yet. */
    static final int BEFORE_LOGIN_MAX = 8 << 10;

    /** Every other message that is no row. */
    static final int CONTROL_MAX = 1 << 20;

    private static final int FIRST_PART = 8 << 10;
    private static final int BUFFER_MIN = 8 << 10;
    private static final int BUFFER_MAX = 256 << 10;

    private final InputStream stream;
    private final LineWatch watch;
    private byte[] buffer = new byte[BUFFER_MIN];
    private int position;
    private int limit;
    private long received;
    private int bodyMax = BEFORE_LOGIN_MAX;

    WireInput(InputStream stream, LineWatch watch) {
        this.stream = stream;
        this.watch = watch;
    }

    /** True when something can be read without waiting. */
    boolean ready() throws IOException {
        return position < limit || stream.available() > 0;
    }

    /** Bytes that came over the line so far. */
    long received() {
        return received;
    }

    /** Type of the next frame, which stays unread. */
    int peek() throws IOException {
        need(5);
        return buffer[position];
    }

    /** What speaks to us here, by its first bytes, where it is known and no PostgreSQL. */
    Optional<String> product() throws IOException {
        need(5);
        var first = new String(buffer, position, 5, StandardCharsets.ISO_8859_1);
        if (first.equals("HTTP/")) return Optional.of("HTTP");
        // packet number 0 of protocol 10, or a refusal
        var greeting = first.charAt(4) == 10 || first.charAt(4) == 0xff;
        return first.endsWith("\0" + first.charAt(4)) && first.charAt(2) == 0 && greeting
                ? Optional.of("MySQL")
                : Optional.empty();
    }

    /** Bytes of the next frame's body, which stays unread. */
    int frameLength() throws IOException {
        need(5);
        var length = int32(position + 1) - 4;
        if (length < 0 || length > FRAME_MAX) throw new IOException("not the PostgreSQL protocol");
        return length;
    }

    void skipFrameHeader() {
        position += 5;
    }

    /** True when the next two bytes say that no tuple follows. */
    boolean isTrailerNext() throws IOException {
        need(2);
        return buffer[position] == -1 && buffer[position + 1] == -1;
    }

    boolean isLoggedIn() {
        return bodyMax > BEFORE_LOGIN_MAX;
    }

    /** From now on messages may be as long as in a session. */
    void loggedIn() {
        bodyMax = CONTROL_MAX;
    }

    /** Body of the next frame, which is no row. */
    byte[] body() throws IOException {
        return body(bodyMax);
    }

    /** Body of the next frame, of so many bytes at most. */
    byte[] body(int most) throws IOException {
        var length = frameLength();
        if (length > most) throw StrangeAnswer.of("a message of %d bytes".formatted(length));
        skipFrameHeader();
        return read(new byte[0], length);
    }

    /** Reads so many bytes; room is made as they come, not because they were announced. */
    byte[] read(byte[] into, int length) throws IOException {
        var body = into.length >= length ? into : room(into, Math.min(length, FIRST_PART));
        for (var done = 0; done < length; ) {
            if (done == body.length) body = room(body, (int) Math.min(length, 2L * done));
            var part = Math.min(length, body.length) - done;
            read(body, done, part);
            done += part;
        }
        return body;
    }

    private static byte[] room(byte[] bytes, int size) {
        return bytes.length >= size ? bytes : Arrays.copyOf(bytes, size);
    }

    void read(byte[] target, int offset, int length) throws IOException {
        var done = 0;
        while (done < length) {
            if (position == limit) fill();
            var part = Math.min(length - done, limit - position);
            System.arraycopy(buffer, position, target, offset + done, part);
            position += part;
            done += part;
        }
    }

    private void need(int bytes) throws IOException {
        while (limit - position < bytes) {
            if (position > 0) {
                System.arraycopy(buffer, position, buffer, 0, limit - position);
                limit -= position;
                position = 0;
            }
            fill();
        }
    }

    private void fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = 0;
        }
        var count = 0;
        watch.begin();
        try {
            count = stream.read(buffer, limit, buffer.length - limit);
        } finally {
            watch.end();
        }
        if (count < 0) throw new EOFException("the server closed the connection");
        limit += count;
        received += count;
        if (limit == buffer.length && limit < BUFFER_MAX)
            buffer = Arrays.copyOf(buffer, BUFFER_MAX);
    }

    private int int32(int at) {
        return (buffer[at] & 0xff) << 24
                | (buffer[at + 1] & 0xff) << 16
                | (buffer[at + 2] & 0xff) << 8
                | (buffer[at + 3] & 0xff);
    }
}
