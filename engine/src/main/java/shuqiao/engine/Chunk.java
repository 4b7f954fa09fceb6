package shuqiao.engine;

/**
 * A reusable piece of a tuple stream, with room in front for the header of the message that will
 * carry it.
 */
final class Chunk {

    static final int HEADER = 5;
    static final int CAPACITY = 256 << 10;

    final byte[] bytes = new byte[HEADER + CAPACITY];

    /** End of what is filled. */
    int end = HEADER;

    /** Part that belongs to tuples: without the stream's header and trailer. */
    int tuplesFrom = HEADER;

    int tuplesTo = HEADER;

    /** Rows that begin in this chunk. */
    long rows;

    /** True where the last row goes on in the stream's next chunk. */
    boolean open;

    /** True for the chunk that ends the stream. */
    boolean last;

    void clear() {
        end = HEADER;
        tuplesFrom = HEADER;
        tuplesTo = HEADER;
    }

    int room() {
        return bytes.length - end;
    }

    boolean isEmpty() {
        return end == HEADER;
    }
}
