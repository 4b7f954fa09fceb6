package shuqiao.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import shuqiao.engine.WireFailure.DatabaseError;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A target that stays, with what stands on it: what may change or keep rows that are written, and
 * what may lose rows of the department when rows of the target go.
 *
 * @param name quoted, with {@code only} where tables with rows of their own inherit from it
 * @param bending what may make of the rows something else, in words
 * @param deletesHeard whether something is done when rows are deleted
 * @param writable whether we may read and correct rows
 * @param publication one that sends deletions and corrections, where the table has nothing by which
 *     followers could know a row
 * @param alwaysIdentity columns that may not be corrected
 */
record Standing(
        String oid,
        String label,
        String name,
        boolean rowSecurityActive,
        boolean writable,
        Optional<String> publication,
        List<String> bending,
        boolean deletesHeard,
        List<Reference> references,
        List<String> alwaysIdentity) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private static final String FACTS =
            """
            select c.oid, c.relkind, row_security_active(c.oid), has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'update'),
              c.relkind = 'r' and (c.relreplident = 'n'
                or c.relreplident = 'd' and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and i.indimmediate and i.indisvalid)
                or c.relreplident = 'i' and not exists (select from pg_index i where i.indrelid = c.oid and i.indisreplident and i.indisvalid)),
              c.relrowsecurity
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2
            """;

    private static final String BENDING =
            """
            with recursive tree(oid) as (
              select $1::oid union all select i.inhrelid from pg_inherits i join tree t on t.oid = i.inhparent where $2 = 'p')
            select 'trigger ' || g.tgname, (g.tgtype & 8) <> 0 from tree t join pg_trigger g on g.tgrelid = t.oid
              where not g.tgisinternal and g.tgenabled <> 'D' and g.tgparentid = 0
            union all
            select 'rule ' || r.rulename, r.ev_type = '4' from tree t join pg_rewrite r on r.ev_class = t.oid where r.ev_enabled <> 'D'
            union all
            select 'child table ' || c.relname, false from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::oid and $2 = 'r'
            union all
            select 'generated column ' || a.attname, false from pg_attribute a where a.attrelid = $1::oid and a.attgenerated <> '' and not a.attisdropped
            order by 1
            """;

    /** Before version 13 a trigger did not know its parent. */
    private static final String CLONED = " and g.tgparentid = 0";

    private static final int CLONES_KNOWN = 13;

    /**
     * To the table or to one of its partitions; what a parent's key was copied to stands there
     * once.
     */
    private static final String REFERENCES =
            """
            with recursive tree(oid) as (
              select $1::oid union all select i.inhrelid from pg_inherits i join tree t on t.oid = i.inhparent where $2 = 'p')
            select k.conname, n.nspname, r.relname, k.confdeltype, k.confupdtype,
              to_json(array(select a.attname from unnest(k.conkey) with ordinality u(num, place) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num order by u.place)),
              to_json(array(select a.attname from unnest(k.confkey) with ordinality u(num, place) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num order by u.place)),
              k.conrelid in (select oid from tree), has_table_privilege(r.oid, 'select') and not row_security_active(r.oid),
              case when k.confrelid <> $1::oid then pn.nspname end, p.relname
            from tree t join pg_constraint k on k.confrelid = t.oid join pg_class p on p.oid = k.confrelid join pg_namespace pn on pn.oid = p.relnamespace
            join pg_class r on r.oid = k.conrelid join pg_namespace n on n.oid = r.relnamespace
            where k.contype = 'f' and not exists (select from pg_constraint o join tree ot on ot.oid = o.confrelid where o.oid = k.conparentid)
            order by k.conname
            """;

    private static final String PUBLISHED =
            """
            select p.pubname from pg_publication p join pg_publication_tables t on t.pubname = p.pubname
            where t.schemaname = $1 and t.tablename = $2 and (p.pubupdate or p.pubdelete) order by 1 limit 1
            """;

    /**
     * A foreign key of another table, or of itself, to the target.
     *
     * @param onDelete as the catalogue writes it: a and r refuse, c deletes, n and d overwrite
     * @param seen whether we can read all rows of the child
     * @param partition quoted name of the part of the target that it points at; empty for all of it
     */
    record Reference(
            String constraint,
            String schema,
            String child,
            char onDelete,
            char onUpdate,
            List<String> columns,
            List<String> referenced,
            boolean itself,
            boolean seen,
            Optional<String> partition) {

        String label() {
            return schema + "." + child;
        }

        /** Rows of the child change without a word when the row that they point at goes. */
        boolean isSilent() {
            return onDelete == 'c' || onDelete == 'n' || onDelete == 'd';
        }
    }

    static Standing on(WireConnection session, CopyRequest request) {
        var facts =
                session.query(FACTS, request.targetSchema(), request.targetTable()).stream()
                        .findFirst()
                        .orElseThrow(() ->
                                new EngineFailure(
                                        Reason.TABLE_VANISHED,
                                        Map.of(
                                                "side",
                                                Side.TARGET.key(),
                                                "table",
                                                request.targetLabel())));
        var oid = facts.text(0);
        var partitioned = facts.text(1).equals("p");
        var text = session.serverMajor() < CLONES_KNOWN ? BENDING.replace(CLONED, "") : BENDING;
        var bending = new ArrayList<String>();
        var deletes = false;
        for (var row : session.query(text, oid, facts.text(1))) {
            bending.add(row.text(0));
            deletes |= row.flag(1);
        }
        if (facts.flag(5)) bending.add("row security");
        var quoted = PostgresDialect.quoted(request.targetSchema(), request.targetTable());
        return new Standing(
                oid,
                request.targetLabel(),
                partitioned ? quoted : "only " + quoted,
                facts.flag(2),
                facts.flag(3),
                facts.flag(4) ? published(session, request) : Optional.empty(),
                List.copyOf(bending),
                deletes,
                session.query(REFERENCES, oid, facts.text(1)).stream()
                        .map(Standing::reference)
                        .toList(),
                session
                        .query(
                                "select attname from pg_attribute where attrelid = $1::oid and attidentity = 'a'",
                                oid)
                        .stream()
                        .map(row -> row.text(0))
                        .toList());
    }

    private static Optional<String> published(WireConnection session, CopyRequest request) {
        return session.query(PUBLISHED, request.targetSchema(), request.targetTable()).stream()
                .map(row -> row.text(0))
                .findFirst();
    }

    private static Reference reference(Row row) {
        return new Reference(
                row.text(0),
                row.text(1),
                row.text(2),
                row.text(3).charAt(0),
                row.text(4).charAt(0),
                JSON.readValue(row.text(5), NAMES),
                JSON.readValue(row.text(6), NAMES),
                row.flag(7),
                row.flag(8),
                row.find(9).map(schema -> PostgresDialect.quoted(schema, row.text(10))));
    }

    /**
     * Before anything is sent.
     *
     * @throws EngineFailure target-row-security, target-replica-identity
     */
    void require() {
        if (rowSecurityActive)
            throw new EngineFailure(Reason.TARGET_ROW_SECURITY, Map.of("table", label));
        publication.ifPresent(publication -> {
            throw new EngineFailure(
                    Reason.TARGET_REPLICA_IDENTITY,
                    Map.of("table", label, "publication", publication));
        });
    }

    boolean bends() {
        return !bending.isEmpty();
    }

    /** The table does not hold what was written. */
    EngineFailure bent(String sent, String stored) {
        return new EngineFailure(
                Reason.TARGET_BENT,
                Map.of(
                        "table", label,
                        "objects", String.join(", ", bending),
                        "sent", sent,
                        "stored", stored));
    }

    EngineFailure referenced(Reference by, String rows) {
        return new EngineFailure(
                Reason.TARGET_REFERENCED,
                Map.of(
                        "table",
                        label,
                        "child",
                        by.label(),
                        "constraint",
                        by.constraint(),
                        "rows",
                        rows));
    }

    /** What it means that the server did not take a row of ours, or let one go. */
    RuntimeException meaning(DatabaseError e) {
        if (e.sqlState().equals("23503"))
            for (var reference : references)
                if (reference.constraint().equals(e.constraint()) && !reference.itself())
                    return referenced(reference, "");
        if ((e.sqlState().equals("23505") || e.sqlState().equals("23P01"))
                && label.endsWith("." + e.table()))
            return new EngineFailure(
                    Reason.TARGET_UNIQUE, Map.of("table", label, "constraint", e.constraint()), e);
        return e;
    }
}
