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
    private int notices;
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
                notices = 0;
                length = in.frameLength();
                in.skipFrameHeader();
                rows++;
                bytes += length;
                return true;
            }
            if (type != 'N' && type != 'S' && type != 'A') return false;
            if (++notices > CopyOut.NOTICES_MAX) throw CopyOut.tooManyNotices();
            in.body(); // a notice or a changed setting, between two rows
        }
    }

    /**
     * As {@link #next} for the binary form, which begins with a header before its first row and
     * ends with a frame that says that no tuple follows.
     */
    boolean nextTuple() throws IOException {
        while (next()) {
            var first = !begun;
            if (first) {
                begun = true;
                if (length < SIGNATURE) throw StrangeAnswer.of("a stream without a header");
                in.read(row, 0, SIGNATURE);
                length -= SIGNATURE;
                bytes -= SIGNATURE;
            }
            if (length > 2) return true;
            take();
            rows--;
            if (length == 2 && row[0] == -1 && row[1] == -1) return false;
            if (!first || length > 0) throw StrangeAnswer.of("no tuple");
        }
        return false;
    }

    /** Bytes of this row, valid until the next is asked for. */
    byte[] take() throws IOException {
        if (length > ROW_MAX)
            throw new EngineFailure(
                    Reason.ROW_TOO_LONG,
                    Map.of("row", String.valueOf(rows), "max", String.valueOf(ROW_MAX >> 20)));
        row = in.read(row, length);
        return row;
    }

    int length() {
        return length;
    }

    /** Of this line, its end left out. */
    int lineLength() throws IOException {
        if (length < 1) throw StrangeAnswer.of("a line without an end");
        return length - 1;
    }

    /** Passes a line on as it is, but for its end, however long it is. */
    void passLine(Handover out) throws IOException {
        out.fill(in, lineLength());
        in.read(row, 0, 1);
        out.write(LINE_END);
    }
}
