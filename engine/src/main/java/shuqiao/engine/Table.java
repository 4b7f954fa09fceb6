package shuqiao.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A live table, view or the like with its columns in source order.
 *
 * @param key names of the primary key's columns in key order; empty when it has none
 * @param uniqueKeys names of the columns of each further unique constraint
 */
public record Table(
        Summary summary, List<Column> columns, List<String> key, List<List<String>> uniqueKeys) {

    public Table {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        uniqueKeys = List.copyOf(uniqueKeys);
    }

    /** What a relation is. */
    public enum Kind {
        TABLE,
        PARTITIONED,
        VIEW,
        MATERIALIZED_VIEW,
        FOREIGN
    }

    /**
     * A relation as it stands in a list.
     *
     * @param rowEstimate by the server's statistics; empty when it was never analysed
     * @param bytes on disk, indexes included; 0 for a view
     * @param readable whether our user may select from it
     */
    public record Summary(
            String schema,
            String name,
            Kind kind,
            Optional<String> comment,
            OptionalLong rowEstimate,
            long bytes,
            boolean readable) {}

    public Optional<Column> column(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** For people: {@code schema.table}. */
    public String label() {
        return summary.schema() + "." + summary.name();
    }
}
