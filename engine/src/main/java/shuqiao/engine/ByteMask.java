package shuqiao.engine;

/**
 * The masks of a database without an encoding, which counts bytes and would cut inside a character.
 * Its texts are UTF-8 or are refused, so a character is a byte that goes on no other one, with
 * those that go on it. No fast path.
 */
final class ByteMask {

    private static final String ONE = "(?:[\\x01-\\x7f]|[\\xc0-\\xff][\\x80-\\xbf]*)";

    private ByteMask() {}

    static String expression(Mask mask, Column column) {
        var text = PostgresDialect.quoted(column.name()) + "::pg_catalog.text";
        return switch (mask) {
            case ID_CARD ->
                    between(
                            text,
                            6,
                            4,
                            10,
                            "pg_catalog.repeat('*', %s operator(pg_catalog.-) 10)"
                                    .formatted(length(text)));
            case PHONE -> between(text, 3, 4, 7, "'****'");
            case NAME ->
                    between(
                            text,
                            1,
                            0,
                            1,
                            "pg_catalog.repeat('*', %s operator(pg_catalog.-) 1)"
                                    .formatted(length(text)));
            case HASH, YEAR_ONLY, REDACT -> mask.expression(column, "");
        };
    }

    /** So many characters of the beginning and of the end where there are more than the fewest. */
    private static String between(String text, int first, int last, int fewest, String stars) {
        var end =
                last == 0
                        ? ""
                        : " operator(pg_catalog.||) pg_catalog.substring(%s, '%s{%d}$' collate pg_catalog.\"C\")"
                                .formatted(text, ONE, last);
        return "case when %s operator(pg_catalog.>) %d then pg_catalog.substring(%s, '^%s{%d}' collate pg_catalog.\"C\") operator(pg_catalog.||) %s%s else pg_catalog.repeat('*', %s) end"
                .formatted(length(text), fewest, text, ONE, first, stars, end, length(text));
    }

    private static String length(String text) {
        return "pg_catalog.length(pg_catalog.regexp_replace(%s, '[\\x80-\\xbf]', '', 'g'))"
                .formatted(text);
    }
}
