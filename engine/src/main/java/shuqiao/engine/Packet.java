package shuqiao.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Messages of the PostgreSQL protocol 3.0, gathered to be sent at once. */
final class Packet {

    private byte[] bytes = new byte[512];
    private int length;
    private int start;

    /** Opens a message; type 0 is for the startup packet, which has none. */
    Packet message(int type) {
        if (type != 0) raw(type);
        start = length;
        return number(0);
    }

    /** Closes the open message: writes its length. */
    Packet end() {
        var size = length - start;
        for (var i = 0; i < 4; i++) bytes[start + i] = (byte) (size >>> (24 - 8 * i));
        return this;
    }

    Packet number(int value) {
        return raw(value >>> 24).raw(value >>> 16).raw(value >>> 8).raw(value);
    }

    Packet small(int value) {
        return raw(value >>> 8).raw(value);
    }

    /**
     * A text that ends with a zero byte.
     *
     * @throws EngineFailure name-too-long when it holds one itself: the server would read a part
     */
    Packet text(String value) {
        if (value.indexOf('\0') >= 0)
            throw new EngineFailure(Reason.NAME_TOO_LONG, Map.of("name", "\\0"));
        return data(value.getBytes(StandardCharsets.UTF_8)).raw(0);
    }

    Packet data(byte[] data) {
        room(data.length);
        System.arraycopy(data, 0, bytes, length, data.length);
        length += data.length;
        return this;
    }

    Packet raw(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (bytes.length - length < more)
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
}
