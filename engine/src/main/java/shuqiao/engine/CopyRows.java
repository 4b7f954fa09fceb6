package shuqiao.engine;

import java.io.IOException;
import java.util.Map;

/** A COPY TO STDOUT row by row: the server sends each row in a frame of its own. */
final class CopyRows {

    /** One row must fit into memory where it is looked into. */
    static final int ROW_MAX = 32 << 20;

    private static final int FIRST = 64 << 10;

    /** 11 bytes of signature, flags, length of the extension. */
    private static final int SIGNATURE = 19;

    private static final byte[] LINE_END = {'\r', '\n'};

    private final WireInput in;
    private byte[] row = new byte[FIRST];
    private int length;
    private boolean begun;
    private long rows;
    private long bytes;

    CopyRows(WireInput in) {
        this.in = in;
    }

    /** Rows begun so far. */
    long rows() {
        return rows;
    }

    /** Bytes of the rows begun so far. */
    long bytes() {
        return bytes;
    }

    /** Goes to the next row, whose bytes must then be taken; false at the end, or at an error. */
    boolean next() throws IOException {
        while (true) {
            var type = in.peek();
            if (type == 'd') {
                length = in.frameLength();
                in.skipFrameHeader();
                rows++;
                bytes += length;
                return true;
            }
            if (type != 'N' && type != 'S' && type != 'A') return false;
            in.body(); // a notice or a changed setting, between two rows
        }
    }

    /**
     * As {@link #next} for the binary form, which begins with a header before its first row and
     * ends with a frame that says that no tuple follows.
     */
    boolean nextTuple() throws IOException {
        if (!next()) return false;
        if (!begun) {
            begun = true;
            in.read(row, 0, SIGNATURE);
            length -= SIGNATURE;
            bytes -= SIGNATURE;
        }
        if (length > 2) return true;
        take();
        rows--;
        if (length == 2 && row[0] == -1 && row[1] == -1) return false;
        if (length == 0) return nextTuple();
        throw new IOException("not a tuple");
    }

    /** Bytes of this row, valid until the next is asked for. */
    byte[] take() throws IOException {
        if (length > ROW_MAX)
            throw new EngineFailure(
                    Reason.ROW_TOO_LONG,
                    Map.of("row", String.valueOf(rows), "max", String.valueOf(ROW_MAX >> 20)));
        if (length > row.length) row = new byte[Math.max(length, row.length * 2)];
        in.read(row, 0, length);
        return row;
    }

    int length() {
        return length;
    }

    /** Passes a line on as it is, but for its end, however long it is. */
    void passLine(Handover out) throws IOException {
        out.fill(in, length - 1);
        in.read(row, 0, 1);
        out.write(LINE_END);
    }
}
