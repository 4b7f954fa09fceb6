package shuqiao.upkeep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shuqiao.catalog.Description;
import shuqiao.catalog.Item;
import shuqiao.catalog.SharingKind;
import shuqiao.engine.Scope;

/**
 * What a new version of a resource means for a grant (docs/decisions/0017): nothing, when all that
 * was granted is in it as it was and is shared no more strictly; else a reason for each thing that
 * is not.
 */
final class GrantChange {

    /** In what way a version touches a grant. */
    enum Kind {
        /** The item is in the version no more: a run fails as soon as the column is gone. */
        REMOVED,
        RETYPED,
        /** The item may be shared no more; the grant still gives it until it ends. */
        WITHHELD,
        /** The resource is shared more strictly than before. */
        STRICTER,
        NOT_SHARED,
        /** The version stands on another table; the grant still reads the old one. */
        MOVED,
        /** The rows of the grant are chosen by an item that is in the version no more. */
        FILTER_REMOVED,
        FILTER_RETYPED
    }

    /**
     * @param item name in the version that was granted; empty for the whole resource
     */
    record Reason(Kind kind, String item, String was, String now) {}

    private GrantChange() {}

    /**
     * @param granted the version that the grant was given for; null when it is not known any more
     * @param table of the next version, as {@code schema.table}
     */
    static List<Reason> of(
            Scope scope, @Nullable Description granted, Description next, String table) {
        var reasons = new ArrayList<Reason>();
        var label = scope.schema() + "." + scope.table();
        if (!label.equals(table)) reasons.add(new Reason(Kind.MOVED, "", label, table));
        var before = granted == null ? null : granted.sharingKind();
        var after = next.sharingKind();
        if (after == SharingKind.NOT_SHARED)
            reasons.add(new Reason(Kind.NOT_SHARED, "", "", next.sharingBasis()));
        else if (before == SharingKind.UNCONDITIONAL && after == SharingKind.CONDITIONAL)
            reasons.add(new Reason(Kind.STRICTER, "", "", next.sharingCondition()));
        for (var field : scope.fields()) {
            var old = granted == null ? Optional.<Item>empty() : item(granted, field.name());
            var name = old.map(Item::name).orElse(field.name());
            var now = item(next, field.name());
            if (now.isEmpty()) reasons.add(new Reason(Kind.REMOVED, name, field.type(), ""));
            else touched(field, name, old, now.orElseThrow()).ifPresent(reasons::add);
        }
        var chosenBy = new LinkedHashMap<String, String>();
        for (var condition : scope.filter())
            chosenBy.putIfAbsent(condition.field(), condition.type());
        for (var field : scope.fields()) chosenBy.remove(field.name());
        chosenBy.forEach(
                (column, type) -> filtered(column, type, granted, next).ifPresent(reasons::add));
        return reasons;
    }

    /**
     * What becomes of a column that rows are chosen by and that is not granted itself. One that was
     * never catalogued cannot leave the catalog.
     */
    private static Optional<Reason> filtered(
            String column, String type, @Nullable Description granted, Description next) {
        var old = granted == null ? Optional.<Item>empty() : item(granted, column);
        if (granted != null && old.isEmpty()) return Optional.empty();
        var name = old.map(Item::name).orElse(column);
        var now = item(next, column).map(Item::columnType);
        if (now.isEmpty()) return Optional.of(new Reason(Kind.FILTER_REMOVED, name, type, ""));
        return now.filter(it -> !it.isEmpty() && !it.equals(type))
                .map(it -> new Reason(Kind.FILTER_RETYPED, name, type, it));
    }

    private static Optional<Reason> touched(
            Scope.Field field, String name, Optional<Item> old, Item now) {
        if (!now.columnType().isEmpty() && !now.columnType().equals(field.type()))
            return Optional.of(new Reason(Kind.RETYPED, name, field.type(), now.columnType()));
        var shared = old.map(Item::shareable).orElse(true);
        return shared && !now.shareable()
                ? Optional.of(new Reason(Kind.WITHHELD, name, "", ""))
                : Optional.empty();
    }

    private static Optional<Item> item(Description words, String column) {
        return words.items().stream().filter(it -> it.column().equals(column)).findFirst();
    }
}
