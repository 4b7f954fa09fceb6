package shuqiao.engine;

import java.util.List;

/**
 * A filter item, read: the values are in the one spelling of the column's type, so that two ways to
 * write a number are the same condition.
 *
 * @param type the column's type when the item was read; a copy refuses when it has changed
 * @param values none, one, two for between, 1–1,000 for in
 */
public record Condition(String field, String type, Operator operator, List<String> values) {

    public Condition {
        values = List.copyOf(values);
    }
}
