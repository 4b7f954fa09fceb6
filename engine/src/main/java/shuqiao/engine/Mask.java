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
                        : quoted + "::text";
        return switch (this) {
            case ID_CARD ->
                    "case when length(%1$s) > 10 then left(%1$s, 6) || repeat('*', length(%1$s) - 10) || right(%1$s, 4) else repeat('*', length(%1$s)) end"
                            .formatted(text);
            case PHONE ->
                    "case when length(%1$s) > 7 then left(%1$s, 3) || '****' || right(%1$s, 4) else repeat('*', length(%1$s)) end"
                            .formatted(text);
            case NAME ->
                    "case when length(%1$s) > 1 then left(%1$s, 1) || repeat('*', length(%1$s) - 1) else repeat('*', length(%1$s)) end"
                            .formatted(text);
            case HASH ->
                    "encode(sha256((select decode(current_setting('shuqiao.outer'), 'hex')) || sha256((select decode(current_setting('shuqiao.inner'), 'hex')) || convert_to(%s::text, 'UTF8'))), 'hex')"
                            .formatted(quoted);
            case YEAR_ONLY -> "extract(year from %s)::smallint".formatted(quoted);
            case REDACT -> "null";
        };
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
