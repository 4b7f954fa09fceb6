package shuqiao.engine;

import java.util.regex.Pattern;

/**
 * What a column of a source is in Parquet. What has no exact form of its own there goes as its
 * text.
 *
 * @param physical by number, as the format has it
 * @param size bytes of one value; 0 for texts and bytes, whose length varies
 */
record ParquetType(Kind kind, int physical, int size, int precision, int scale) {

    enum Kind {
        BOOLEAN,
        SMALLINT,
        INTEGER,
        BIGINT,
        REAL,
        DOUBLE,
        DATE,
        TIMESTAMP,
        TIMESTAMP_WITH_ZONE,
        DECIMAL,
        UUID,
        BYTES,
        /** The server's binary form is the text. */
        TEXT,
        /** To be cast to text by the server. */
        AS_TEXT
    }

    static final int BOOLEAN = 0;
    static final int INT32 = 1;
    static final int INT64 = 2;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int BYTE_ARRAY = 6;
    static final int FIXED = 7;

    private static final Pattern DECIMAL = Pattern.compile("numeric\\((\\d+),(\\d+)\\)");
    private static final int INT32_DIGITS = 9;
    private static final int INT64_DIGITS = 18;
    private static final int DIGITS_MAX = 38;
    private static final int WIDE = 16;

    static ParquetType of(String type) {
        return switch (type) {
            case "boolean" -> new ParquetType(Kind.BOOLEAN, BOOLEAN, 1);
            case "smallint" -> new ParquetType(Kind.SMALLINT, INT32, 4);
            case "integer" -> new ParquetType(Kind.INTEGER, INT32, 4);
            case "bigint" -> new ParquetType(Kind.BIGINT, INT64, 8);
            case "real" -> new ParquetType(Kind.REAL, FLOAT, 4);
            case "double precision" -> new ParquetType(Kind.DOUBLE, DOUBLE, 8);
            case "date" -> new ParquetType(Kind.DATE, INT32, 4);
            case "uuid" -> new ParquetType(Kind.UUID, FIXED, WIDE);
            case "bytea" -> new ParquetType(Kind.BYTES, BYTE_ARRAY, 0);
            case "text", "bpchar", "name", "json" -> new ParquetType(Kind.TEXT, BYTE_ARRAY, 0);
            default -> ofMore(type);
        };
    }

    private static ParquetType ofMore(String type) {
        if (type.endsWith("[]")) return new ParquetType(Kind.AS_TEXT, BYTE_ARRAY, 0);
        if (type.startsWith("character")) return new ParquetType(Kind.TEXT, BYTE_ARRAY, 0);
        if (type.startsWith("timestamp"))
            return new ParquetType(
                    type.endsWith("with time zone") ? Kind.TIMESTAMP_WITH_ZONE : Kind.TIMESTAMP,
                    INT64,
                    8);
        var decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            var precision = Integer.parseInt(decimal.group(1));
            var scale = Integer.parseInt(decimal.group(2));
            if (precision <= DIGITS_MAX && scale <= precision)
                return precision <= INT32_DIGITS
                        ? new ParquetType(Kind.DECIMAL, INT32, 4, precision, scale)
                        : precision <= INT64_DIGITS
                                ? new ParquetType(Kind.DECIMAL, INT64, 8, precision, scale)
                                : new ParquetType(Kind.DECIMAL, FIXED, WIDE, precision, scale);
        }
        return new ParquetType(Kind.AS_TEXT, BYTE_ARRAY, 0);
    }

    private ParquetType(Kind kind, int physical, int size) {
        this(kind, physical, size, 0, 0);
    }
}
