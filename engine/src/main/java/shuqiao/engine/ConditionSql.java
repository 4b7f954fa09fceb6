package shuqiao.engine;

import java.util.List;
import shuqiao.engine.Sql.Setting;

/** A condition as SQL that reads its values from settings, each once for the whole statement. */
final class ConditionSql {

    private ConditionSql() {}

    static String of(Condition condition, Column column, List<Setting> settings) {
        var type = type(column);
        var left = left(condition, column);
        var operator = condition.operator();
        return switch (operator) {
            case IS_NULL, NOT_NULL -> PostgresDialect.quoted(column.name()) + " " + operator.sql();
            case EQ, NE, LT, LE, GT, GE ->
                    compared(
                            left,
                            operator.sql(),
                            value(condition.values().getFirst(), type, settings));
            case LIKE ->
                    compared(left, "~~", value(condition.values().getFirst(), "text", settings));
            case BETWEEN ->
                    compared(left, ">=", value(condition.values().getFirst(), type, settings))
                            + " and "
                            + compared(
                                    left,
                                    "<=",
                                    value(condition.values().getLast(), type, settings));
            case IN ->
                    "%s operator(pg_catalog.=) any (select pg_catalog.unnest(pg_catalog.current_setting('%s')::pg_catalog.%s[]))"
                            .formatted(left, add(array(condition.values()), settings), type);
        };
    }

    /** By the built-in operator, whatever the search path offers. */
    private static String compared(String left, String operator, String right) {
        return "%s operator(pg_catalog.%s) %s".formatted(left, operator, right);
    }

    private static String left(Condition condition, Column column) {
        var quoted = PostgresDialect.quoted(column.name());
        if (condition.operator() == Operator.LIKE) return quoted + "::pg_catalog.text";
        if (column.carriedAsItself()) return quoted;
        return quoted + "::pg_catalog." + type(column);
    }

    /** The built-in type that both sides of a comparison have. */
    private static String type(Column column) {
        return switch (column.kind()) {
            case TEXT -> column.base().equals("citext") ? "text" : column.base();
            case ENUM, OTHER -> "text";
            case INTEGER, NUMERIC, FLOAT, BOOLEAN, DATE, TIMESTAMP, TIMESTAMP_WITH_ZONE, UUID ->
                    column.base();
        };
    }

    private static String value(String value, String type, List<Setting> settings) {
        return "(select pg_catalog.current_setting('%s')::pg_catalog.%s)"
                .formatted(add(value, settings), type);
    }

    private static String add(String value, List<Setting> settings) {
        var name = "shuqiao.p" + (settings.size() + 1);
        settings.add(new Setting(name, value));
        return name;
    }

    /** An array in PostgreSQL's text form, every element quoted. */
    private static String array(List<String> values) {
        var text = new StringBuilder("{");
        for (var value : values) {
            if (text.length() > 1) text.append(',');
            text.append('"').append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
        }
        return text.append('}').toString();
    }
}
