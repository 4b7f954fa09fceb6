package shuqiao.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table that is to be replaced, as it is.
 *
 * @param hindrances why it cannot be swapped by renaming, in words for the result; empty when it
 *     can
 */
record ExistingTarget(
        String oid, Table table, String owner, String tablespace, List<String> hindrances) {

    private static final String FACTS =
            """
            select c.oid, c.relkind, pg_get_userbyid(c.relowner), pg_has_role(c.relowner, 'usage'), coalesce(s.spcname, ''),
              c.relpersistence <> 'p', c.reloptions is not null, c.relreplident <> 'd', c.relrowsecurity or c.relforcerowsecurity,
              exists (select from pg_inherits i where i.inhrelid = c.oid or i.inhparent = c.oid),
              exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                and (a.attacl is not null or a.attcollation not in (0, (select typcollation from pg_type where oid = a.atttypid))
                  or exists (select from unnest(a.attoptions) o where not starts_with(o, 'pg_')))),
              exists (select from pg_seclabel l where l.objoid = c.oid and l.classoid = 'pg_class'::regclass),
              exists (select from pg_publication where puballtables),
              c.reltype, t.typarray, c.reltoastrelid
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            left join pg_tablespace s on s.oid = c.reltablespace left join pg_type t on t.oid = c.reltype
            where n.nspname = $1 and c.relname = $2
            """;

    /**
     * What else hangs on the table or on its row type: views, foreign keys, triggers, rules,
     * policies, publications, indexes, defaults.
     */
    private static final String HANGING =
            """
            select distinct pg_describe_object(d.classid, d.objid, d.objsubid)
            from pg_depend d
            where (d.refclassid = 'pg_class'::regclass and d.refobjid = $1::oid or d.refclassid = 'pg_type'::regclass and d.refobjid in ($2::oid, $3::oid))
              and not (d.classid = 'pg_type'::regclass and d.objid in ($2::oid, $3::oid))
              and not (d.classid = 'pg_class'::regclass and d.objid in ($1::oid, $4::oid))
              and not (d.classid = 'pg_constraint'::regclass and exists (
                select from pg_constraint k where k.oid = d.objid and k.conrelid = $1::oid and k.contype in ('p', 'n') and not k.condeferrable))
            limit 3
            """;

    static Optional<ExistingTarget> find(
            WireConnection session, CopyRequest request, CompiledScope compiled) {
        var found = session.query(FACTS, request.targetSchema(), request.targetTable());
        if (found.isEmpty()) return Optional.empty();
        var row = found.getFirst();
        if (!row.text(1).equals("r") && !row.text(1).equals("p"))
            throw new EngineFailure(
                    Reason.TARGET_NOT_A_TABLE, Map.of("table", request.targetLabel()));
        var table =
                new Catalogue(session)
                        .table(request.targetSchema(), request.targetTable())
                        .orElseThrow(() ->
                                new EngineFailure(
                                        Reason.TARGET_NOT_A_TABLE,
                                        Map.of("table", request.targetLabel())));
        requireSameColumns(table, compiled);
        var hindrances = new ArrayList<String>();
        if (row.text(1).equals("p")) hindrances.add("partitioned");
        if (!row.flag(3)) hindrances.add("owned by another role");
        if (row.flag(5)) hindrances.add("unlogged");
        if (row.flag(6)) hindrances.add("storage options");
        if (row.flag(7)) hindrances.add("replica identity");
        if (row.flag(8)) hindrances.add("row security");
        if (row.flag(9)) hindrances.add("inheritance");
        if (row.flag(10)) hindrances.add("column grants or options");
        if (row.flag(11)) hindrances.add("security label");
        if (row.flag(12) || schemaPublished(session, request.targetSchema()))
            hindrances.add("publication");
        if (!shape(table).equals(shape(compiled)) || !table.key().equals(compiled.key()))
            hindrances.add("other order, key or NOT NULL");
        for (var hanging :
                session.query(
                        HANGING, row.text(0), row.text(13), row.find(14).orElse("0"), row.text(15)))
            hindrances.add(hanging.text(0));
        return Optional.of(
                new ExistingTarget(
                        row.text(0), table, row.text(2), row.text(4), List.copyOf(hindrances)));
    }

    private static boolean schemaPublished(WireConnection session, String schema) {
        if (session.one("select to_regclass('pg_catalog.pg_publication_namespace') is not null")
                .flag(0))
            return session.one(
                            "select exists (select from pg_publication_namespace p join pg_namespace n on n.oid = p.pnnspid where n.nspname = $1)",
                            schema)
                    .flag(0);
        return false;
    }

    private static void requireSameColumns(Table table, CompiledScope compiled) {
        var label = table.label();
        var expected = new HashMap<String, String>();
        for (var column : compiled.columns()) {
            expected.put(column.name(), column.type());
            var there = table.column(column.name());
            if (there.isEmpty()) throw TargetDiffers.missing(label, column.name(), column.type());
            if (!there.get().type().equals(column.type()))
                throw TargetDiffers.type(label, column.name(), column.type(), there.get().type());
        }
        for (var column : table.columns())
            if (column.generated() && expected.containsKey(column.name()))
                throw TargetDiffers.generated(label, column.name(), column.type());
        for (var column : table.columns())
            if (!expected.containsKey(column.name()))
                throw TargetDiffers.extra(label, column.name(), column.type());
    }

    private static List<String> shape(Table table) {
        return table.columns().stream()
                .map(c -> c.name() + (c.nullable() ? "" : " not null"))
                .toList();
    }

    private static List<String> shape(CompiledScope compiled) {
        return compiled.columns().stream()
                .map(c -> c.name() + (c.nullable() ? "" : " not null"))
                .toList();
    }
}
