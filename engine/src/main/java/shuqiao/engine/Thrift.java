package shuqiao.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes structures in the compact protocol of Thrift, in which Parquet keeps its metadata. */
final class Thrift {

    static final int I32 = 5;
    static final int BINARY = 8;
    static final int STRUCT = 12;

    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int I8 = 3;
    private static final int I64 = 6;
    private static final int LIST = 9;
    private static final int SHORT_LIST_MAX = 14;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int last;

    byte[] toBytes() {
        return out.toByteArray();
    }

    /** Begins a structure that is the value of a field. */
    Thrift struct(int field) {
        head(field, STRUCT);
        return item();
    }

    /** Begins a structure that is the next one of a list, or the outermost. */
    Thrift item() {
        outer.push(last);
        last = 0;
        return this;
    }

    Thrift end() {
        out.write(0);
        last = outer.pop();
        return this;
    }

    Thrift number(int field, int value) {
        head(field, I32);
        return varint(zigzag(value));
    }

    Thrift large(int field, long value) {
        head(field, I64);
        return varint(zigzag(value));
    }

    Thrift small(int field, int value) {
        head(field, I8);
        out.write(value);
        return this;
    }

    Thrift flag(int field, boolean value) {
        head(field, value ? TRUE : FALSE);
        return this;
    }

    Thrift text(int field, String value) {
        head(field, BINARY);
        return text(value);
    }

    /** As the next one of a list. */
    Thrift text(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /** As the next one of a list. */
    Thrift number(int value) {
        return varint(zigzag(value));
    }

    Thrift list(int field, int type, int size) {
        head(field, LIST);
        if (size <= SHORT_LIST_MAX) out.write(size << 4 | type);
        else {
            out.write(0xF0 | type);
            varint(size);
        }
        return this;
    }

    private void head(int field, int type) {
        var step = field - last;
        if (step > 0 && step <= 15) out.write(step << 4 | type);
        else {
            out.write(type);
            varint(zigzag(field));
        }
        last = field;
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private Thrift varint(long value) {
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }
}
