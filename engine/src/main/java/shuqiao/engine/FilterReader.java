package shuqiao.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import shuqiao.engine.InvalidFilter.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON list of filter items against a live table, or refuses it naming the field. */
public final class FilterReader {

    private static final int ITEMS_MAX = 100;
    private static final int LIST_MAX = 1000;
    private static final Set<String> PROPERTIES = Set.of("field", "op", "value");

    private final Table table;

    public FilterReader(Table table) {
        this.table = table;
    }

    /**
     * Reads {@code [{"field":…,"op":…,"value":…}, …]}; items are joined by AND.
     *
     * @throws InvalidFilter for the first item that is wrong
     */
    public List<Condition> read(String json) {
        try {
            return read(JsonMapper.shared().readTree(json));
        } catch (JacksonException _) {
            throw new InvalidFilter("", Problem.NOT_A_LIST, "not JSON");
        }
    }

    /** The same from a tree. */
    public List<Condition> read(JsonNode items) {
        if (!items.isArray()) throw new InvalidFilter("", Problem.NOT_A_LIST, "items");
        if (items.size() > ITEMS_MAX)
            throw new InvalidFilter("", Problem.LIST_LENGTH, "at most " + ITEMS_MAX + " items");
        var conditions = new ArrayList<Condition>();
        for (var item : items) conditions.add(condition(item));
        return List.copyOf(conditions);
    }

    private Condition condition(JsonNode item) {
        if (!item.isObject()) throw new InvalidFilter("", Problem.NOT_A_LIST, "item");
        var field = item.path("field").isString() ? item.path("field").stringValue() : "";
        for (var name : item.propertyNames())
            if (!PROPERTIES.contains(name))
                throw new InvalidFilter(field, Problem.UNKNOWN_PROPERTY, name);
        var column =
                table.column(field)
                        .orElseThrow(() ->
                                new InvalidFilter(field, Problem.UNKNOWN_FIELD, table.label()));
        var word = item.path("op").isString() ? item.path("op").stringValue() : "";
        var operator =
                Operator.named(word)
                        .orElseThrow(
                                () -> new InvalidFilter(field, Problem.UNKNOWN_OPERATOR, word));
        if (!operator.suits(column.kind()))
            throw new InvalidFilter(
                    field, Problem.OPERATOR_NOT_FOR_TYPE, word + ": " + column.type());
        if (operator == Operator.LIKE && column.withoutPatterns())
            throw new InvalidFilter(field, Problem.NO_PATTERN_IN_COLLATION, word);
        return new Condition(
                field, column.type(), operator, values(column, operator, item.path("value")));
    }

    private static List<String> values(Column column, Operator operator, JsonNode value) {
        var field = column.name();
        if (operator.takesNoValue()) {
            if (value.isMissingNode()) return List.of();
            throw new InvalidFilter(field, Problem.VALUE_NOT_ALLOWED, operator.word());
        }
        if (value.isMissingNode() || value.isNull())
            throw new InvalidFilter(field, Problem.VALUE_MISSING, operator.word());
        return switch (operator) {
            case IN -> list(column, value, 1, LIST_MAX);
            case BETWEEN -> list(column, value, 2, 2);
            case LIKE -> List.of(pattern(column, value));
            case EQ, NE, LT, LE, GT, GE -> List.of(FilterValue.read(column, value));
            case IS_NULL, NOT_NULL -> List.of();
        };
    }

    private static List<String> list(Column column, JsonNode value, int min, int max) {
        if (!value.isArray()) throw new InvalidFilter(column.name(), Problem.NOT_A_LIST, "value");
        if (value.size() < min || value.size() > max)
            throw new InvalidFilter(column.name(), Problem.LIST_LENGTH, min + "–" + max);
        var values = new ArrayList<String>();
        for (var one : value) values.add(FilterValue.read(column, one));
        return values;
    }

    private static String pattern(Column column, JsonNode value) {
        var pattern = FilterValue.read(column, value);
        var escapes = 0;
        for (var at = pattern.length() - 1; at >= 0 && pattern.charAt(at) == '\\'; at--) escapes++;
        if (escapes % 2 == 1)
            throw new InvalidFilter(column.name(), Problem.BAD_PATTERN, "ends with an escape");
        return pattern;
    }
}
