package shuqiao.upkeep;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import shuqiao.catalog.Item;
import shuqiao.catalog.PublishedResource;
import shuqiao.engine.Column;
import shuqiao.engine.Table;

/**
 * A published version beside its live table. What the catalog says itself, columns and types, is
 * compared with the catalog; the rest with the table as it was first seen for this version, for a
 * steward may describe it in other words.
 */
final class Comparison {

    /** What was found. */
    record Found(DifferenceKind kind, String item, String column, String was, String now) {}

    private Comparison() {}

    /**
     * @param before null when the version was not looked at yet
     */
    static List<Found> of(PublishedResource version, @Nullable Shape before, Table now) {
        var found = new ArrayList<Found>();
        var items = version.description().items();
        for (var item : items) {
            var column = now.column(item.column());
            if (column.isEmpty())
                found.add(found(DifferenceKind.COLUMN_LOST, item, item.columnType(), ""));
            else compare(item, column.orElseThrow(), before, found);
        }
        if (before == null) return found;
        for (var column : now.columns())
            if (before.column(column.name()).isEmpty()
                    && items.stream().noneMatch(it -> it.column().equals(column.name())))
                found.add(
                        new Found(
                                DifferenceKind.COLUMN_ADDED,
                                "",
                                column.name(),
                                "",
                                column.type() + column.comment().map(it -> "　" + it).orElse("")));
        if (!before.key().equals(now.key()))
            found.add(
                    new Found(
                            DifferenceKind.KEY_CHANGED,
                            "",
                            "",
                            String.join(", ", before.key()),
                            String.join(", ", now.key())));
        return found;
    }

    static Found gone(PublishedResource version) {
        return new Found(
                DifferenceKind.TABLE_GONE, "", "", version.schema() + "." + version.table(), "");
    }

    private static void compare(
            Item item, Column column, @Nullable Shape before, List<Found> found) {
        if (!column.type().equals(item.columnType()))
            found.add(
                    found(
                            base(column.type()).equals(base(item.columnType()))
                                    ? DifferenceKind.LENGTH_CHANGED
                                    : DifferenceKind.TYPE_CHANGED,
                            item,
                            item.columnType(),
                            column.type()));
        var was = before == null ? null : before.column(column.name()).orElse(null);
        if (was == null) return;
        if (was.nullable() != column.nullable())
            found.add(
                    found(
                            DifferenceKind.NULLABILITY_CHANGED,
                            item,
                            nullability(was.nullable()),
                            nullability(column.nullable())));
        var comment = column.comment().map(String::strip).orElse("");
        if (!was.comment().equals(comment))
            found.add(found(DifferenceKind.COMMENT_CHANGED, item, was.comment(), comment));
    }

    private static Found found(DifferenceKind kind, Item item, String was, String now) {
        return new Found(kind, item.name(), item.column(), was, now);
    }

    /** {@code varchar(12)} and {@code varchar(20)} differ in length alone. */
    private static String base(String type) {
        return type.replaceAll("\\([^)]*\\)", "");
    }

    private static String nullability(boolean nullable) {
        return nullable ? "NULL" : "NOT NULL";
    }
}
