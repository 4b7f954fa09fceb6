package shuqiao.engine;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;

/**
 * The values of one column in one row group: as indexes into a dictionary while few differ, plain
 * after that.
 */
final class ParquetColumn {

    private static final int DICTIONARY_BYTES_MAX = 512 << 10;
    private static final int DICTIONARY_VALUES_MAX = 32_768;
    private static final int LOOK_AFTER = 8_192;
    private static final int DAYS_TO_2000 = 10_957;
    private static final long MICROS_TO_2000 = 946_684_800_000_000L;
    private static final int SLOTS_FIRST = 256;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int GROUP = 10_000;
    private static final int GROUP_DIGITS = 4;

    /** Thirty-eight digits before the point, and one group more. */
    private static final int WEIGHT_MAX = 10;

    private final String name;
    private final ParquetType type;

    /** Whether a dictionary is worth trying; once it was not, it is not tried again. */
    private boolean tries;

    private int rows;
    private int values;
    private byte[] defined = new byte[1024];
    private byte[] plain = new byte[1024];
    private int plainEnd;

    private boolean indexed;
    private int[] indexes = new int[1024];
    private int[] starts = new int[1024];
    private int distinct;
    private int[] slots = new int[0];
    private int[] hashes = new int[0];
    private final byte[] value = new byte[16];

    ParquetColumn(String name, ParquetType type) {
        this.name = name;
        this.type = type;
        this.tries = type.kind() != ParquetType.Kind.BOOLEAN;
        clear();
    }

    void clear() {
        rows = 0;
        values = 0;
        plainEnd = 0;
        indexed = tries;
        distinct = 0;
        if (!indexed) return;
        if (slots.length == 0) slots = new int[SLOTS_FIRST];
        if (hashes.length == 0) hashes = new int[SLOTS_FIRST];
        Arrays.fill(slots, -1);
    }

    ParquetType type() {
        return type;
    }

    int rows() {
        return rows;
    }

    int values() {
        return values;
    }

    boolean isIndexed() {
        return indexed && distinct > 0;
    }

    int distinct() {
        return distinct;
    }

    int[] indexes() {
        return indexes;
    }

    /** Values in the plain encoding: of the dictionary, or one after the other. */
    byte[] plain() {
        return plain;
    }

    int plainLength() {
        return plainEnd;
    }

    /** Memory that this row group takes. */
    int bytes() {
        return plainEnd + values * (indexed ? 4 : 0) + rows / 8;
    }

    /** One bit for each row, lowest first, set where there is a value. */
    byte[] defined() {
        return defined;
    }

    void none() {
        row(false);
    }

    /** A value as the binary form of COPY has it. */
    void add(byte[] from, int at, int length) {
        row(true);
        values++;
        switch (type.kind()) {
            case BOOLEAN -> bit(from[at] != 0);
            case SMALLINT -> small(from[at] << 8 | from[at + 1] & 0xff);
            case INTEGER, REAL -> small(int32(from, at));
            case BIGINT, DOUBLE -> large(int64(from, at));
            case DATE -> small(finite(int32(from, at)) + DAYS_TO_2000);
            case TIMESTAMP, TIMESTAMP_WITH_ZONE -> large(since1970(int64(from, at)));
            case DECIMAL -> decimal(from, at);
            case UUID -> {
                System.arraycopy(from, at, value, 0, 16);
                keep(value, 0, 16);
            }
            case BYTES, TEXT, AS_TEXT -> keep(from, at, length);
        }
    }

    private void row(boolean there) {
        var at = rows++;
        if (at >> 3 == defined.length) defined = Arrays.copyOf(defined, defined.length * 2);
        var bit = 1 << (at & 7);
        if (there) defined[at >> 3] |= (byte) bit;
        else defined[at >> 3] &= (byte) ~bit;
    }

    private void bit(boolean on) {
        var at = values - 1;
        if ((at & 7) == 0) {
            room(1);
            plain[plainEnd++] = 0;
        }
        if (on) plain[at >> 3] |= (byte) (1 << (at & 7));
    }

    private void small(int number) {
        for (var i = 0; i < 4; i++) value[i] = (byte) (number >> 8 * i);
        keep(value, 0, 4);
    }

    private void large(long number) {
        for (var i = 0; i < 8; i++) value[i] = (byte) (number >> 8 * i);
        keep(value, 0, 8);
    }

    private int finite(int days) {
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) throw notCarried("infinity");
        return days;
    }

    /** The last thirty of the years that the server knows do not fit. */
    private long since1970(long micros) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) throw notCarried("infinity");
        if (micros > Long.MAX_VALUE - MICROS_TO_2000) throw notCarried("year > 294246");
        return micros + MICROS_TO_2000;
    }

    private EngineFailure notCarried(String what) {
        return new EngineFailure(Reason.VALUE_NOT_CARRIED, Map.of("field", name, "value", what));
    }

    /** Groups of four decimal digits, as the server keeps them, to one whole number. */
    private void decimal(byte[] from, int at) {
        var groups = int16(from, at);
        var weight = int16(from, at + 2);
        var sign = int16(from, at + 4) & 0xffff;
        if (sign != 0 && sign != NEGATIVE) throw notCarried(sign == NAN ? "NaN" : "infinity");
        if (weight > WEIGHT_MAX) throw notCarried("a number of too many digits");
        var last = (type.scale() + GROUP_DIGITS - 1) / GROUP_DIGITS;
        var cut = last * GROUP_DIGITS - type.scale();
        if (type.size() == 16) {
            wide(from, at, groups, weight, sign, last, cut);
            return;
        }
        var number = 0L;
        for (var power = weight; power >= -last; power--) {
            var digit = group(from, at, groups, weight - power);
            number =
                    power == -last
                            ? number * ten(GROUP_DIGITS - cut) + digit / ten(cut)
                            : number * GROUP + digit;
        }
        if (sign == NEGATIVE) number = -number;
        if (type.size() == 4) small((int) number);
        else large(number);
    }

    private void wide(byte[] from, int at, int groups, int weight, int sign, int last, int cut) {
        var number = BigInteger.ZERO;
        for (var power = weight; power >= -last; power--)
            number =
                    number.multiply(BigInteger.valueOf(GROUP))
                            .add(BigInteger.valueOf(group(from, at, groups, weight - power)));
        number = number.divide(BigInteger.valueOf(ten(cut)));
        if (sign == NEGATIVE) number = number.negate();
        var bytes = number.toByteArray();
        Arrays.fill(value, (byte) (number.signum() < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, value, 16 - bytes.length, bytes.length);
        keep(value, 0, 16);
    }

    private static int group(byte[] from, int at, int groups, int place) {
        return place >= 0 && place < groups ? int16(from, at + 8 + 2 * place) : 0;
    }

    private static int ten(int power) {
        var number = 1;
        for (var i = 0; i < power; i++) number *= 10;
        return number;
    }

    // keeping

    private void keep(byte[] from, int at, int length) {
        if (!indexed) {
            append(from, at, length);
            return;
        }
        if (values > indexes.length) indexes = Arrays.copyOf(indexes, indexes.length * 2);
        indexes[values - 1] = index(from, at, length);
        var useless = values == LOOK_AFTER && distinct > LOOK_AFTER / 2;
        if (useless || distinct > DICTIONARY_VALUES_MAX || plainEnd > DICTIONARY_BYTES_MAX)
            spread();
    }

    private int index(byte[] from, int at, int length) {
        var hash = hash(from, at, length);
        var head = type.size() == 0 ? 4 : 0;
        var slot = hash & slots.length - 1;
        while (slots[slot] >= 0) {
            var known = slots[slot];
            if (hashes[known] == hash) {
                var start = starts[known] + head;
                var stop = known + 1 < distinct ? starts[known + 1] : plainEnd;
                if (Arrays.equals(plain, start, stop, from, at, at + length)) return known;
            }
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = distinct;
        if (distinct == starts.length) starts = Arrays.copyOf(starts, distinct * 2);
        if (distinct == hashes.length) hashes = Arrays.copyOf(hashes, distinct * 2);
        starts[distinct] = plainEnd;
        hashes[distinct] = hash;
        append(from, at, length);
        if (++distinct > slots.length / 2) widen();
        return distinct - 1;
    }

    private static int hash(byte[] from, int at, int length) {
        var hash = length;
        for (var i = at; i < at + length; i++) hash = hash * 31 + from[i];
        hash ^= hash >>> 15;
        hash *= 0x2c1b3c6d;
        return hash ^ hash >>> 13;
    }

    private void widen() {
        slots = new int[slots.length * 2];
        Arrays.fill(slots, -1);
        for (var known = 0; known < distinct; known++) {
            var slot = hashes[known] & slots.length - 1;
            while (slots[slot] >= 0) slot = slot + 1 & slots.length - 1;
            slots[slot] = known;
        }
    }

    /** Too many differ: all so far are written out one after the other. */
    private void spread() {
        var dictionary = Arrays.copyOf(plain, plainEnd);
        indexed = false;
        tries = false;
        slots = new int[0];
        hashes = new int[0];
        plainEnd = 0;
        for (var i = 0; i < values; i++) {
            var known = indexes[i];
            var stop = known + 1 < distinct ? starts[known + 1] : dictionary.length;
            var length = stop - starts[known];
            room(length);
            System.arraycopy(dictionary, starts[known], plain, plainEnd, length);
            plainEnd += length;
        }
    }

    private void append(byte[] from, int at, int length) {
        room(length + 4);
        if (type.size() == 0)
            for (var i = 0; i < 4; i++) plain[plainEnd++] = (byte) (length >> 8 * i);
        System.arraycopy(from, at, plain, plainEnd, length);
        plainEnd += length;
    }

    private void room(int length) {
        if (plainEnd + length > plain.length)
            plain = Arrays.copyOf(plain, Math.max(plain.length * 2, plainEnd + length));
    }

    private static int int16(byte[] from, int at) {
        return (short) (from[at] << 8 | from[at + 1] & 0xff);
    }

    private static int int32(byte[] from, int at) {
        return from[at] << 24
                | (from[at + 1] & 0xff) << 16
                | (from[at + 2] & 0xff) << 8
                | from[at + 3] & 0xff;
    }

    private static long int64(byte[] from, int at) {
        return (long) int32(from, at) << 32 | int32(from, at + 4) & 0xffffffffL;
    }
}
