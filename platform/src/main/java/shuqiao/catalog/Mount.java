package shuqiao.catalog;

import org.jspecify.annotations.Nullable;

/**
 * 挂接: the live table behind a resource. Which column an item is stands in the item.
 *
 * @param source id in the room {@code source}
 * @param rowEstimate when it was mounted, by the server's statistics
 * @param rowSecurity declared by the provider: of this table only the rows are meant that its row
 *     security shows our role; absent for no
 */
public record Mount(
        long source,
        String schema,
        String table,
        @Nullable Long rowEstimate,
        @Nullable Boolean rowSecurity) {

    /** Whether the provider declared that row security shows just the rows that are meant. */
    boolean isPartByPolicy() {
        return Boolean.TRUE.equals(rowSecurity);
    }

    public String label() {
        return schema + "." + table;
    }
}
