package shuqiao.engine;

import java.util.Arrays;
import java.util.Optional;

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
        return switch (this) {
            case ID_CARD ->
                    "case when %2$s then %3$s else %4$s end"
                            .formatted(
                                    text,
                                    longer(text, 10),
                                    concat(left(text, 6), stars(text, 10), right(text, 4)),
                                    stars(text, 0));
            case PHONE ->
                    "case when %2$s then %3$s else %4$s end"
                            .formatted(
                                    text,
                                    longer(text, 7),
                                    concat(left(text, 3), "'****'", right(text, 4)),
                                    stars(text, 0));
            case NAME ->
                    "case when %2$s then %3$s else %4$s end"
                            .formatted(
                                    text,
                                    longer(text, 1),
                                    concat(left(text, 1), stars(text, 1)),
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

    private static String longer(String text, int than) {
        return "pg_catalog.length(%s) operator(pg_catalog.>) %d".formatted(text, than);
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
