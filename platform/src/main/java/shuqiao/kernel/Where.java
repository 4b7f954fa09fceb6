package shuqiao.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The changing part of a query: conditions that are our own text, values that are parameters. Only
 * constants of the program may stand in a condition.
 */
public final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    public static Where of(String condition, String parameter, Object value) {
        return new Where().and(condition, parameter, value);
    }

    public Where and(String condition) {
        conditions.add(condition);
        return this;
    }

    public Where and(String condition, String parameter, Object value) {
        parameters.put(parameter, value);
        return and(condition);
    }

    /** A further value that a condition names. */
    public Where with(String parameter, Object value) {
        parameters.put(parameter, value);
        return this;
    }

    /** As it is now, whatever is added to this one later. */
    public Where copy() {
        var copy = new Where();
        copy.conditions.addAll(conditions);
        copy.parameters.putAll(parameters);
        return copy;
    }

    /** {@code " where a and b"}, or the empty text. */
    public String sql() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    public Map<String, Object> parameters() {
        return parameters;
    }
}
