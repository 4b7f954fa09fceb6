package shuqiao.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import shuqiao.engine.Column;
import shuqiao.engine.Table;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Refusal.Fault;
import shuqiao.source.Sources;

/**
 * Between a description and the live table: a draft from it, a mount on it, and whether they still
 * agree.
 */
@Component
class LiveTables {

    private final Sources sources;

    LiveTables(Sources sources) {
        this.sources = sources;
    }

    /** Of the columns that may be read; comments become names, where there are any. */
    Description draft(Table table) {
        var items = new ArrayList<Item>();
        var taken = new HashSet<String>();
        for (var column : table.columns()) {
            if (!column.readable()) continue;
            var name = name(column, taken);
            items.add(item(name, column, table.key().contains(column.name())));
        }
        var name = table.summary().comment().map(LiveTables::firstLine).orElse("");
        return new Description(
                name.isEmpty() ? table.summary().name() : name,
                "",
                table.summary().comment().map(String::strip).orElse(""),
                "",
                FormatKind.DATABASE,
                "PostgreSQL",
                "",
                null,
                "",
                "",
                SharingMethodKind.PLATFORM,
                SharingMethodType.DATABASE,
                List.of(),
                false,
                "",
                null,
                "",
                items);
    }

    Mount mount(long source, Table table, boolean rowSecurity) {
        var estimate = table.summary().rowEstimate();
        return new Mount(
                source,
                table.summary().schema(),
                table.summary().name(),
                estimate.isPresent() ? estimate.getAsLong() : null,
                rowSecurity ? true : null);
    }

    /**
     * The items on columns of the table: by the mapping (name of item to column), else the column
     * they have, else the column of the same name.
     *
     * @throws Invalid naming every item that has no column or one of another type
     */
    List<Item> mounted(List<Item> items, Table table, Map<String, String> mapping) {
        var faults = new Invalid.Faults();
        if (!table.summary().readable())
            faults.add("table", "catalog.table-unreadable", Map.of("table", table.label()));
        for (var name : mapping.keySet())
            if (items.stream().noneMatch(item -> item.name().equals(name.strip())))
                faults.add("mapping", "catalog.unknown-item", Map.of("name", name));
        if (items.isEmpty()) faults.add("items", "catalog.no-items");
        var mounted = new ArrayList<Item>();
        var used = new HashSet<String>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var field = "items[" + i + "].column";
            var wanted =
                    mapping.getOrDefault(
                            item.name(), item.column().isEmpty() ? item.name() : item.column());
            var column = table.column(wanted);
            if (column.isEmpty()) {
                faults.add(
                        field, "catalog.no-column", Map.of("name", item.name(), "column", wanted));
                continue;
            }
            check(item, column.orElseThrow(), field, faults);
            if (!used.add(wanted))
                faults.add(field, "catalog.column-twice", Map.of("column", wanted));
            mounted.add(item.mountedOn(wanted, column.orElseThrow().type()));
        }
        faults.refuseIfAny();
        return mounted;
    }

    /**
     * Asks the live table whether it is still what was mounted. Never inside a transaction.
     *
     * @throws TableChanged naming every item that no longer fits
     */
    void requireUnchanged(Mount mount, List<Item> items) {
        var table = sources.describe(mount.source(), mount.schema(), mount.table());
        var faults = new ArrayList<Fault>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var field = "items[" + i + "].column";
            var column = table.column(item.column());
            if (column.isEmpty())
                faults.add(
                        new Fault(
                                field,
                                "catalog.column-lost",
                                Map.of("name", item.name(), "column", item.column())));
            else if (!column.orElseThrow().type().equals(item.columnType())
                    || (item.dataType() != null && !item.dataType().suits(column.orElseThrow())))
                faults.add(
                        new Fault(
                                field,
                                "catalog.type-changed",
                                Map.of(
                                        "column",
                                        item.column(),
                                        "was",
                                        item.columnType(),
                                        "now",
                                        column.orElseThrow().type())));
            else if (item.shareable() && !column.orElseThrow().readable())
                faults.add(
                        new Fault(
                                field,
                                "catalog.column-unreadable",
                                Map.of("column", item.column())));
        }
        if (!faults.isEmpty()) throw new TableChanged(table.label(), faults);
    }

    /** The table behind a mount, as it is now. Never inside a transaction. */
    Table table(Mount mount) {
        return sources.describe(mount.source(), mount.schema(), mount.table());
    }

    /**
     * Items for further columns of a table, which are not shared until somebody says so.
     *
     * @param there the items that stand already
     */
    List<Item> proposed(Table table, Collection<String> columns, List<Item> there) {
        var taken = new HashSet<String>();
        there.forEach(item -> taken.add(Names.key(item.name())));
        var items = new ArrayList<Item>();
        for (var column : table.columns()) {
            if (!columns.contains(column.name())) continue;
            var item =
                    item(name(column, taken), column, table.key().contains(column.name()))
                            .withheld();
            items.add(item);
        }
        return items;
    }

    /** Columns that the table has and no item stands for. */
    static List<String> extra(Table table, List<Item> items) {
        return table.columns().stream()
                .map(Column::name)
                .filter(name -> items.stream().noneMatch(item -> item.column().equals(name)))
                .toList();
    }

    private static void check(Item item, Column column, String field, Invalid.Faults faults) {
        var declared = item.dataType();
        if (declared != null && !declared.suits(column))
            faults.add(
                    field,
                    "catalog.type-differs",
                    Map.of(
                            "name",
                            item.name(),
                            "declared",
                            declared,
                            "column",
                            column.name(),
                            "type",
                            column.type()));
        if (item.shareable() && !column.readable())
            faults.add(field, "catalog.column-unreadable", Map.of("column", column.name()));
        if (item.shareable() && column.carried().isEmpty())
            faults.add(
                    field,
                    column.isLargeObject()
                            ? "catalog.column-large-object"
                            : "catalog.column-not-carried",
                    Map.of("column", column.name(), "type", column.type()));
    }

    /** Its comment, where it has one that is not taken yet. */
    private static String name(Column column, Set<String> taken) {
        var comment = column.comment().map(LiveTables::firstLine).orElse("");
        var name = comment.isEmpty() ? column.name() : comment;
        if (taken.add(Names.key(name))) return name;
        var own = cut(name, 60) + "（" + column.name() + "）";
        name = own;
        // columns whose names differ in capitals only clash here, too
        for (var number = 2; !taken.add(Names.key(name)); number++) name = own + number;
        return name;
    }

    private static Item item(String name, Column column, boolean key) {
        return new Item(
                name,
                column.comment().map(comment -> cut(comment.strip(), 2_000)).orElse(""),
                DataType.of(column),
                column.lengthMax().isPresent() ? column.lengthMax().getAsInt() : null,
                column.name(),
                column.type(),
                key,
                Sensitivity.guessed(name + " " + column.name()),
                column.carried().isPresent(),
                column.nullable(),
                "",
                column.comment().map(comment -> CodeSet.inComment(comment).text()).orElse(""));
    }

    private static String firstLine(String comment) {
        var line = comment.strip().lines().findFirst().orElse("").strip();
        // 「性别（1男 2女）」 is called 性别
        var name =
                CodeSet.inComment(line).codes().isEmpty() ? line : line.split("[(（\\[【:：]", 2)[0];
        return cut(name.strip(), 60);
    }

    private static String cut(String text, int max) {
        return text.codePointCount(0, text.length()) <= max
                ? text
                : text.substring(0, text.offsetByCodePoints(0, max));
    }
}
