package shuqiao.engine;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Columns granted one by one: the server names the table alone when one of them is not. */
final class Granted {

    private static final String NOT_GRANTED =
            """
            select a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped
              and not has_column_privilege(a.attrelid, a.attnum, 'select')
              and exists (select from pg_attribute o where o.attrelid = a.attrelid and o.attnum > 0 and not o.attisdropped and has_column_privilege(o.attrelid, o.attnum, 'select'))
            """;

    private Granted() {}

    /**
     * @throws EngineFailure column-not-granted, where others of the table are
     */
    static void require(WireConnection session, Scope scope) {
        var used =
                Stream.concat(
                                scope.fields().stream().map(Scope.Field::name),
                                scope.filter().stream().map(Condition::field))
                        .collect(Collectors.toSet());
        var lacking =
                session.query(NOT_GRANTED, scope.schema(), scope.table()).stream()
                        .map(row -> row.text(0))
                        .filter(used::contains)
                        .collect(Collectors.joining(", "));
        if (lacking.isEmpty()) return;
        throw new EngineFailure(
                Reason.COLUMN_NOT_GRANTED,
                Map.of(
                        "table", scope.label(),
                        "field", lacking,
                        "user", session.endpoint().user()));
    }
}
