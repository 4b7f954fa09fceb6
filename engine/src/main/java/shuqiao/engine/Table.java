package shuqiao.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A live table, view or the like with its columns in source order.
 *
 * @param key names of the primary key's columns in key order; empty when it has none
 * @param uniqueKeys names of the columns of each further unique constraint
 * @param hearsay what of its rows we cannot look behind; empty where nobody asked
 */
public record Table(
        Summary summary,
        List<Column> columns,
        List<String> key,
        List<List<String>> uniqueKeys,
        List<Hearsay> hearsay) {

    public Table {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        uniqueKeys = List.copyOf(uniqueKeys);
        hearsay = List.copyOf(hearsay);
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
     * @param columns how many of what kind it has
     */
    public record Summary(
            String schema,
            String name,
            Kind kind,
            Optional<String> comment,
            OptionalLong rowEstimate,
            long bytes,
            boolean readable,
            Columns columns) {

        /** Whether there is anything to be catalogued. */
        public boolean draftable() {
            return readable && columns.all() > 0;
        }
    }

    /**
     * How many columns a relation has.
     *
     * @param readable that our user may select
     * @param shareable of them, those whose type can be carried
     */
    public record Columns(int all, int readable, int shareable) {

        static final Columns NONE = new Columns(0, 0, 0);

        Columns and(Columns more) {
            return new Columns(
                    all + more.all, readable + more.readable, shareable + more.shareable);
        }

        /** Those that our user may not select. */
        public int unreadable() {
            return all - readable;
        }
    }

    /**
     * @param uncarried names of columns whose values would mean nothing elsewhere
     */
    Table looked(Set<String> uncarried, List<Hearsay> under) {
        var all =
                columns.stream()
                        .map(c -> uncarried.contains(c.name()) ? c.notCarried() : c)
                        .toList();
        return new Table(summary, all, key, uniqueKeys, under);
    }

    public Optional<Column> column(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** For people: {@code schema.table}. */
    public String label() {
        return summary.schema() + "." + summary.name();
    }
}
