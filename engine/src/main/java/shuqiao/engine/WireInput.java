package shuqiao.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads protocol frames through a heap buffer that is as big as the stream deserves. */
final class WireInput {

    private static final int FRAME_MAX = 1 << 30;
    private static final int BUFFER_MIN = 8 << 10;
    private static final int BUFFER_MAX = 256 << 10;

    private final InputStream stream;
    private final LineWatch watch;
    private byte[] buffer = new byte[BUFFER_MIN];
    private int position;
    private int limit;

    WireInput(InputStream stream, LineWatch watch) {
        this.stream = stream;
        this.watch = watch;
    }

    /** True when something can be read without waiting. */
    boolean ready() throws IOException {
        return position < limit || stream.available() > 0;
    }

    /** Type of the next frame, which stays unread. */
    int peek() throws IOException {
        need(5);
        return buffer[position];
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

    /** Body of the next frame. */
    byte[] body() throws IOException {
        var length = frameLength();
        if (length > 64 << 20) throw new IOException("a message of " + length + " bytes");
        skipFrameHeader();
        var body = new byte[length];
        read(body, 0, length);
        return body;
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
