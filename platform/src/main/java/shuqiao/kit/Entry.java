package shuqiao.kit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was said in a form, by a person, a program or a row of a workbook. */
public final class Entry {

    public static final Entry EMPTY = new Entry(Map.of());

    private final Map<String, Object> values;

    public Entry(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** Names and values by turns; what is null was not said. */
    public static Entry of(@Nullable Object... said) {
        var values = new HashMap<String, Object>();
        for (int at = 0; at < said.length; at += 2) {
            var value = said[at + 1];
            if (value != null) values.put(String.valueOf(said[at]), value);
        }
        return new Entry(values);
    }

    /** The same, with this said otherwise, or not at all. */
    public Entry with(String field, @Nullable Object value) {
        var other = new HashMap<>(values);
        if (value == null) other.remove(field);
        else other.put(field, value);
        return new Entry(other);
    }

    public boolean has(String field) {
        return values.containsKey(field);
    }

    /** Empty where nothing was said. */
    public String text(String field) {
        return String.valueOf(values.getOrDefault(field, ""));
    }

    /** Of a field that must be there; one that is not is a bug. */
    public long number(String field) {
        if (values.get(field) instanceof Long number) return number;
        throw new IllegalArgumentException("no number " + field);
    }

    public @Nullable Long maybe(String field) {
        return values.get(field) instanceof Long number ? number : null;
    }

    public boolean ticked(String field) {
        return Boolean.TRUE.equals(values.get(field));
    }

    /**
     * As a record whose parts have the names of fields. What was not said, or is no value of such a
     * part, is null, or false; the checks of the record tell what is wrong with that.
     */
    public <R extends Record> R as(Class<R> type) {
        return Parts.made(type, values);
    }

    /** Row to text. */
    @SuppressWarnings("unchecked")
    public Map<String, String> pairs(String field) {
        return values.get(field) instanceof Map<?, ?> map ? (Map<String, String>) map : Map.of();
    }

    @SuppressWarnings("unchecked")
    public List<String> texts(String field) {
        return values.get(field) instanceof List<?> list ? (List<String>) list : List.of();
    }

    Map<String, Object> values() {
        return values;
    }
}
