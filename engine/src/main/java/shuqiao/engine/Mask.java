package shuqiao.engine;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What stays of a value. Null stays null. A text of which a rule would hide nothing (10 characters
 * or fewer for id-card, 7 for phone, 1 for name) becomes all {@code *}. Characters are code points.
 */
public enum Mask {
    ID_CARD("id-card"),
    PHONE("phone"),
    NAME("name"),
    HASH("hash"),
    YEAR_ONLY("year-only"),
    REDACT("redact");

    /** HMAC-SHA-256 from its two inner keys; each is read once for the whole statement. */
    private static final String HMAC =
            """
            pg_catalog.encode(pg_catalog.sha256((select pg_catalog.decode(pg_catalog.current_setting('shuqiao.outer'), 'hex')) \
            operator(pg_catalog.||) pg_catalog.sha256((select pg_catalog.decode(pg_catalog.current_setting('shuqiao.inner'), 'hex')) \
            operator(pg_catalog.||) pg_catalog.convert_to(%s, 'UTF8'))), 'hex')\
            """;

    private static final int PHONE_SHORTEST = 8;
    private static final int PHONE_GROWS_TO = 11;

    private final String rule;

    Mask(String rule) {
        this.rule = rule;
    }

    /** The word of the rule, as the contract writes it. */
    public String rule() {
        return rule;
    }

    public static Optional<Mask> named(String rule) {
        return Arrays.stream(values()).filter(m -> m.rule.equals(rule)).findFirst();
    }

    /**
     * Checks that the rule suits the column.
     *
     * @throws InvalidMask naming it
     */
    void check(Column column) {
        var fits =
                switch (this) {
                    case ID_CARD, PHONE, NAME -> column.kind() == TypeKind.TEXT;
                    case YEAR_ONLY ->
                            switch (column.kind()) {
                                case DATE, TIMESTAMP, TIMESTAMP_WITH_ZONE -> true;
                                default -> false;
                            };
                    case HASH, REDACT -> true;
                };
        if (!fits) throw new InvalidMask(column.name(), "wrong-type", rule + ": " + column.type());
        if (this == PHONE
                && column.lengthMax().isPresent()
                && column.lengthMax().getAsInt() >= PHONE_SHORTEST
                && column.lengthMax().getAsInt() < PHONE_GROWS_TO)
            throw new InvalidMask(column.name(), "too-narrow", rule + ": " + column.type());
    }

    /** Whether it goes by the number of characters. */
    boolean isByLength() {
        return this == ID_CARD || this == PHONE || this == NAME;
    }

    /**
     * The expression at the source.
     *
     * @param cast to the column's type, for a padded one; what fills it needs none
     */
    String expression(Column column, String cast) {
        var quoted = PostgresDialect.quoted(column.name());
        var text =
                column.base().equals("text") && column.carriedAsItself()
                        ? quoted
                        : quoted + "::pg_catalog.text";
        // a padded text has a length of its own, which spares a copy of it
        var counted = column.base().equals("bpchar") ? quoted : text;
        return switch (this) {
            case ID_CARD ->
                    cases(
                            cast,
                            usual(column, counted, text, 18, 7, "********", cast),
                            when(
                                    counted,
                                    ">",
                                    10,
                                    concat(left(text, 6), stars(text, 10), right(text, 4)),
                                    cast),
                            stars(text, 0));
            case PHONE ->
                    cases(
                            cast,
                            usual(column, counted, text, 11, 4, "****", cast),
                            when(
                                    counted,
                                    ">",
                                    7,
                                    concat(left(text, 3), "'****'", right(text, 4)),
                                    cast),
                            stars(text, 0));
            case NAME ->
                    cases(
                            cast,
                            when(counted, "=", 3, concat(left(text, 1), "'**'"), cast),
                            when(counted, "=", 2, concat(left(text, 1), "'*'"), cast),
                            when(counted, ">", 1, concat(left(text, 1), stars(text, 1)), cast),
                            stars(text, 0));
            case HASH -> HMAC.formatted(TextForm.of(column, quoted));
            case YEAR_ONLY ->
                    "extract(year from %s)::smallint"
                            .formatted(
                                    column.kind() == TypeKind.TIMESTAMP_WITH_ZONE
                                            ? quoted + " at time zone 'Asia/Shanghai'"
                                            : quoted);
            case REDACT -> "null";
        };
    }

    /** The usual length first: for it the server counts and walks the text once. */
    private static String cases(String cast, String... branches) {
        var all = new StringBuilder("case");
        for (var i = 0; i < branches.length - 1; i++) all.append(branches[i]);
        var last = branches[branches.length - 1];
        return all.append(" else ").append(as(last, cast)).append(" end").toString();
    }

    private static String when(String text, String operator, int length, String then, String cast) {
        return " when pg_catalog.length(%s) operator(pg_catalog.%s) %d then %s"
                .formatted(text, operator, length, as(then, cast));
    }

    private static String as(String expression, String cast) {
        return cast.isEmpty() ? expression : "(" + expression + ")" + cast;
    }

    /**
     * Stars from a place on, in a text of that length, by what costs the server least for each
     * type: right() with a negative count walks a text once, overlay() three times; but the cast of
     * a padded text costs more than both, and overlay() needs it once. A padded text that is full
     * has no blanks to lose and needs none at its end: concat() makes a text of it for less.
     */
    private static String usual(
            Column column,
            String counted,
            String text,
            int length,
            int from,
            String stars,
            String cast) {
        var padded = column.base().equals("bpchar");
        if (padded && !column.lengthMax().equals(OptionalInt.of(length)))
            return when(
                    counted,
                    "=",
                    length,
                    "pg_catalog.overlay(%s, '%s', %d, %d)"
                            .formatted(text, stars, from, stars.length()),
                    cast);
        var whole = padded ? "pg_catalog.concat(%s)".formatted(counted) : text;
        var starred =
                concat(
                        left(whole, from - 1),
                        "'" + stars + "'",
                        right(whole, -(from - 1 + stars.length())));
        return when(
                counted,
                "=",
                length,
                starred,
                padded && !cast.isEmpty() ? "::pg_catalog.bpchar" : "");
    }

    private static String left(String text, int count) {
        return "pg_catalog.left(%s, %d)".formatted(text, count);
    }

    private static String right(String text, int count) {
        return "pg_catalog.right(%s, %d)".formatted(text, count);
    }

    private static String stars(String text, int fewer) {
        var count = "pg_catalog.length(%s)".formatted(text);
        return "pg_catalog.repeat('*', %s)"
                .formatted(fewer == 0 ? count : count + " operator(pg_catalog.-) " + fewer);
    }

    private static String concat(String... parts) {
        return String.join(" operator(pg_catalog.||) ", parts);
    }

    /** The column's type in the target. */
    Optional<String> type(Column column) {
        return switch (this) {
            case HASH -> Optional.of("text");
            case YEAR_ONLY -> Optional.of("smallint");
            case ID_CARD, PHONE, NAME, REDACT -> column.carried();
        };
    }
}
