package shuqiao.catalog;

import org.jspecify.annotations.Nullable;

/**
 * 挂接: the live table behind a resource. Which column an item is stands in the item.
 *
 * @param source id in the room {@code source}
 * @param rowEstimate when it was mounted, by the server's statistics
 */
public record Mount(long source, String schema, String table, @Nullable Long rowEstimate) {

    public String label() {
        return schema + "." + table;
    }
}
