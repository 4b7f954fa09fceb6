package shuqiao.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How rows enter a table that the consumer already has and goes on keeping: columns of other names,
 * local columns beside them, rows of its own.
 *
 * @param columns granted field to column of the table, in the order of the form; a field that is
 *     not named is sent but not stored
 * @param key columns of the table by which a row is known, each filled by a field; the table has a
 *     primary key or a unique constraint on just these
 * @param absent what becomes of rows whose key the delivery does not hold
 */
public record Into(Map<String, String> columns, List<String> key, Absent absent) {

    /** Rows of the table that the delivery does not hold. */
    public enum Absent {
        /** They stay: the delivery only adds and corrects. */
        KEEP,
        /** They go, also those that the consumer wrote. */
        DELETE
    }

    /** At most so many fields; a table has no more columns than this. */
    public static final int COLUMNS_MAX = 1_600;

    public Into {
        columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        key = List.copyOf(key);
        if (columns.isEmpty() || columns.size() > COLUMNS_MAX)
            throw new IllegalArgumentException(columns.size() + " columns");
        if (columns.values().stream().distinct().count() != columns.size())
            throw new IllegalArgumentException("two fields for one column");
        if (key.isEmpty() || !columns.values().containsAll(key))
            throw new IllegalArgumentException("key " + key);
        columns.values().forEach(PostgresDialect::quoted);
    }
}
