package shuqiao.engine;

import java.util.Map;
import java.util.Set;

/** What must be so before a table is made: names that PostgreSQL keeps for itself, or gave away. */
final class NewTable {

    /** PostgreSQL's own columns of each table; a view may have columns of these names. */
    private static final Set<String> OWN =
            Set.of("ctid", "xmin", "cmin", "xmax", "cmax", "tableoid");

    /** A table's row has a type of its name; types of arrays make room by themselves. */
    private static final String TYPE =
            """
            select 1 from pg_type t join pg_namespace n on n.oid = t.typnamespace
            where n.nspname = $1 and t.typname = $2
              and not exists (select from pg_type e where e.oid = t.typelem and e.typarray = t.oid)
            """;

    private NewTable() {}

    /**
     * @throws EngineFailure system-column-name, target-encoding-name
     */
    static void requireNames(WireConnection to, CompiledScope compiled) {
        Encodings.requireNames(to, compiled);
        for (var column : compiled.columns())
            if (OWN.contains(column.name()))
                throw new EngineFailure(Reason.SYSTEM_COLUMN_NAME, Map.of("field", column.name()));
    }

    /**
     * @throws EngineFailure target-name-taken
     */
    static void requirePlace(WireConnection session, CopyRequest request) {
        var schema = request.targetSchema();
        var name = request.targetTable();
        if (!session.query(TYPE, schema, name).isEmpty())
            throw new EngineFailure(
                    Reason.TARGET_NAME_TAKEN, Map.of("table", request.targetLabel()));
    }
}
