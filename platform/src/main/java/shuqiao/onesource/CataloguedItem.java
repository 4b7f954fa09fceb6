package shuqiao.onesource;

import org.jspecify.annotations.Nullable;
import shuqiao.catalog.DataType;

/**
 * An item as a department catalogues it.
 *
 * @param key what it stands for; see {@link Elements}
 * @param nameKey its name as it is compared
 * @param column of the mounted table
 */
record CataloguedItem(
        long resource,
        int position,
        String provider,
        String code,
        String resourceName,
        String name,
        String key,
        String nameKey,
        @Nullable DataType type,
        @Nullable Integer length,
        String column) {

    /** Kinds of types that can hold the same values. */
    private enum Family {
        WORDS,
        NUMBERS,
        DAYS,
        YES_OR_NO
    }

    boolean suits(@Nullable DataType other) {
        return type == null || other == null || family(type) == family(other);
    }

    private static Family family(DataType type) {
        return switch (type) {
            case C, M, G -> Family.WORDS;
            case N, Y, I, B, F -> Family.NUMBERS;
            case D, T -> Family.DAYS;
            case L -> Family.YES_OR_NO;
        };
    }
}
