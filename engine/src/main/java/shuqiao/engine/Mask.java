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

    /** The expression at the source. */
    String expression(Column column) {
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
                            when(counted, "=", 18, starred(column, text, 18, 7, "********")),
                            when(
                                    counted,
                                    ">",
                                    10,
                                    concat(left(text, 6), stars(text, 10), right(text, 4))),
                            stars(text, 0));
            case PHONE ->
                    cases(
                            when(counted, "=", 11, starred(column, text, 11, 4, "****")),
                            when(counted, ">", 7, concat(left(text, 3), "'****'", right(text, 4))),
                            stars(text, 0));
            case NAME ->
                    cases(
                            when(counted, "=", 3, concat(left(text, 1), "'**'")),
                            when(counted, "=", 2, concat(left(text, 1), "'*'")),
                            when(counted, ">", 1, concat(left(text, 1), stars(text, 1))),
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
    private static String cases(String... branches) {
        var all = new StringBuilder("case");
        for (var i = 0; i < branches.length - 1; i++) all.append(branches[i]);
        return all.append(" else ").append(branches[branches.length - 1]).append(" end").toString();
    }

    private static String when(String text, String operator, int length, String then) {
        return " when pg_catalog.length(%s) operator(pg_catalog.%s) %d then %s"
                .formatted(text, operator, length, then);
    }

    /**
     * Stars from a place on, in a text of that length. What costs the server least for each type:
     * right() with a negative count walks a text once, overlay() three times; but the cast of a
     * padded text costs more than both, and is needed once for overlay(). A padded text that is
     * full has no blanks to lose, so that concat() makes a text of it for less.
     */
    private static String starred(
            Column column, String text, int length, int from, String stars) {
        var padded = column.base().equals("bpchar");
        var full = padded && column.lengthMax().equals(OptionalInt.of(length));
        if (padded && !full)
            return "pg_catalog.overlay(%s, '%s', %d, %d)"
                    .formatted(text, stars, from, stars.length());
        var whole =
                full
                        ? "pg_catalog.concat(%s)".formatted(PostgresDialect.quoted(column.name()))
                        : text;
        return concat(
                left(whole, from - 1),
                "'" + stars + "'",
                right(whole, -(from - 1 + stars.length())));
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
