package shuqiao.engine;

import java.io.IOException;

/**
 * A binary COPY TO STDOUT as it comes in. Message frames are taken off, rows are counted by frames
 * (the server sends one per row) and never looked into; the stream's header and trailer are told
 * apart from its tuples.
 */
final class CopyOut {

    private static final int SIGNATURE =
            19; // 11 bytes of signature, flags, length of the extension

    /** A row of up to so many bytes is not cut in two. */
    private static final int WHOLE_MAX = Chunk.CAPACITY / 4;

    /** Notices between two rows: a function may warn of each row that a filter leaves out. */
    static final int NOTICES_MAX = 1_000_000;

    private final WireInput in;
    private int notices;
    private long frames;
    private long rows;
    private int rest;
    private boolean trailer;

    CopyOut(WireInput in) {
        this.in = in;
    }

    /**
     * Fills the chunk; false when the stream has ended, after the chunk's bytes, its trailer among
     * them. A server error is left to be read.
     */
    boolean fill(Chunk chunk) throws IOException {
        chunk.clear();
        rows = 0;
        while (true) {
            if (rest == 0) {
                var type = in.peek();
                if (type == 'N' || type == 'S' || type == 'A') {
                    if (++notices > NOTICES_MAX) throw tooManyNotices();
                    in.body(); // a notice or a changed setting, between two rows
                    continue;
                }
                if (type != 'd') {
                    close(chunk);
                    return false;
                }
                var size = in.frameLength();
                if (chunk.room() < Math.min(size, WHOLE_MAX)) {
                    close(chunk);
                    return true;
                }
                in.skipFrameHeader();
                begin(chunk, size);
            }
            var part = Math.min(rest, chunk.room());
            in.read(chunk.bytes, chunk.end, part);
            chunk.end += part;
            rest -= part;
            if (chunk.room() == 0 && !trailer) {
                close(chunk);
                return true;
            }
        }
    }

    private void begin(Chunk chunk, int size) throws IOException {
        notices = 0;
        rest = size;
        if (frames++ == 0) {
            if (size < SIGNATURE) throw new IOException("the stream has no header");
            chunk.tuplesFrom = Chunk.HEADER + SIGNATURE;
            if (size == SIGNATURE + 2) endOfTuples(chunk, Chunk.HEADER + SIGNATURE);
            else if (size > SIGNATURE) rows++;
        } else if (size == 2 && in.isTrailerNext()) {
            endOfTuples(chunk, chunk.end);
        } else {
            rows++;
        }
    }

    private void endOfTuples(Chunk chunk, int at) {
        trailer = true;
        chunk.tuplesTo = at;
    }

    static StrangeAnswer tooManyNotices() {
        return StrangeAnswer.of("more than " + NOTICES_MAX + " notices");
    }

    private void close(Chunk chunk) {
        if (!trailer) chunk.tuplesTo = chunk.end;
        else if (chunk.tuplesTo == Chunk.HEADER) chunk.tuplesFrom = Chunk.HEADER;
        chunk.rows = rows;
        chunk.open = rest > 0;
    }
}
