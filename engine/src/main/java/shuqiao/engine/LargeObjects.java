package shuqiao.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Numbers that stand for content which lies elsewhere in their database. Whoever gets them has
 * nothing, so they are not delivered: neither where the type says it ({@code lo}) nor where such a
 * number is found among the values.
 */
final class LargeObjects {

    /** By which a value may be such a number: alone, in an array, in a vector. */
    private static final Set<String> NUMBERS = Set.of("oid", "_oid", "oidvector");

    /** The type of PostgreSQL's own extension, a domain; some made one themselves. */
    private static final String DECLARED = "lo";

    private static final String ANY =
            """
            select coalesce(has_table_privilege(to_regclass('pg_catalog.pg_largeobject_metadata'), 'select'), false)
            """;

    private LargeObjects() {}

    /** Whether values of this built-in type may be numbers of large objects. */
    static boolean areNumbers(String base) {
        return NUMBERS.contains(base);
    }

    /** Whether a type that somebody made is called as the one for large objects. */
    static boolean isDeclared(String name) {
        return name.equals(DECLARED) || name.endsWith("." + DECLARED);
    }

    /**
     * Looks at all rows that are to go over, before the first one does.
     *
     * @param compiled with its values bound, in the transaction that reads
     * @throws EngineFailure large-object, naming the field
     */
    static void requireNone(WireConnection source, CompiledScope compiled) {
        var columns = compiled.columns();
        var names = columns.stream().map(TargetColumn::name).toList();
        for (var column : columns) {
            if (!isNumber(column.type())) continue;
            var rows = "(%s) r(%s)".formatted(compiled.select().text(), renamed(names.size()));
            var name = "c" + names.indexOf(column.name());
            if (!areThere(source) || !found(source, rows, name, column.type())) continue;
            var table = compiled.source().schema() + "." + compiled.source().name();
            throw refused(table, column.name());
        }
    }

    static EngineFailure refused(String table, String field) {
        return new EngineFailure(Reason.LARGE_OBJECT, Map.of("table", table, "field", field));
    }

    /**
     * Those columns of a live table of which one of the first rows holds such a number.
     *
     * @param rowsMax how many are looked at
     */
    static Set<String> among(WireConnection source, Table table, int rowsMax) {
        if (!areThere(source)) return Set.of();
        var summary = table.summary();
        return table.columns().stream()
                .filter(LargeObjects::isSuspect)
                .filter(column -> {
                    var quoted = PostgresDialect.quoted(column.name());
                    var rows =
                            "(select %s as c from %s limit %d) r"
                                    .formatted(
                                            quoted,
                                            PostgresDialect.quoted(
                                                    summary.schema(), summary.name()),
                                            rowsMax);
                    return found(source, rows, "c", column.carried().orElse(""));
                })
                .map(Column::name)
                .collect(Collectors.toSet());
    }

    /** Whether a column of the table is worth a look. */
    static boolean mayBeIn(Table table) {
        return table.columns().stream().anyMatch(LargeObjects::isSuspect);
    }

    private static boolean isSuspect(Column column) {
        return column.carried().filter(LargeObjects::isNumber).isPresent();
    }

    private static boolean isNumber(String type) {
        return type.equals("oid") || type.equals("oid[]") || type.equals("oidvector");
    }

    private static String renamed(int columns) {
        return java.util.stream.IntStream.range(0, columns)
                .mapToObj(at -> "c" + at)
                .collect(Collectors.joining(", "));
    }

    /** Whether the database has any, and lets us ask for their numbers. */
    private static boolean areThere(WireConnection source) {
        return source.one(ANY).flag(0)
                && !source.query("select 1 from pg_largeobject_metadata limit 1").isEmpty();
    }

    private static boolean found(WireConnection source, String rows, String column, String type) {
        var one = type.equals("oid");
        var text =
                "select 1 from %s%s join pg_catalog.pg_largeobject_metadata m on m.oid operator(pg_catalog.=) %s limit 1"
                        .formatted(
                                rows,
                                one
                                        ? ""
                                        : " cross join lateral pg_catalog.unnest(r.%s) u(number)"
                                                .formatted(column),
                                one ? "r." + column + "::pg_catalog.oid" : "u.number");
        Supplier<List<Row>> question = () -> source.query(text);
        return !source.theirs(question).isEmpty();
    }
}
