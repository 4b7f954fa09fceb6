package shuqiao.engine;

import java.util.List;

/**
 * What stands under a relation and answers with rows that we cannot look behind: a foreign table
 * shows what its server shows the user that it logs in as, a materialized view what its owner saw
 * when it was last filled.
 *
 * @param by name of the foreign server, or of the owner
 */
public record Hearsay(Kind kind, String schema, String table, String by) {

    /** Why we cannot know. */
    public enum Kind {
        FOREIGN,
        MATERIALIZED
    }

    /** More of them are counted, not named. */
    private static final int NAMED_MAX = 20;

    /** The relation itself, what its views read, the children and partitions of each. */
    private static final String UNDER =
            """
            with recursive tree(oid) as (
              select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2
              union
              select x.oid from tree t cross join lateral (
                select i.inhrelid from pg_inherits i where i.inhparent = t.oid
                union all
                select d.refobjid from pg_rewrite r join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass
                where r.ev_class = t.oid and r.ev_type = '1') x(oid))
            select c.relkind, n.nspname, c.relname, coalesce(s.srvname, pg_get_userbyid(c.relowner))
            from tree t join pg_class c on c.oid = t.oid join pg_namespace n on n.oid = c.relnamespace
            left join pg_foreign_table f on f.ftrelid = c.oid left join pg_foreign_server s on s.oid = f.ftserver
            where c.relkind in ('f', 'm') order by 2, 3
            """;

    static List<Hearsay> under(WireConnection session, String schema, String table) {
        return session.query(UNDER, schema, table).stream()
                .map(row ->
                        new Hearsay(
                                row.text(0).equals("f") ? Kind.FOREIGN : Kind.MATERIALIZED,
                                Shown.line(row.text(1)),
                                Shown.line(row.text(2)),
                                Shown.line(row.text(3))))
                .toList();
    }

    /** For a receipt: one for each, and how many more there are. */
    static List<String> notes(List<Hearsay> all) {
        var named = all.stream().limit(NAMED_MAX).map(Hearsay::note);
        var more = all.size() - NAMED_MAX;
        return more > 0
                ? java.util.stream.Stream.concat(
                                named,
                                java.util.stream.Stream.of(
                                        "foreign tables and materialized views not named: " + more))
                        .toList()
                : named.toList();
    }

    private String note() {
        var name = schema + "." + table;
        return switch (kind) {
            case FOREIGN ->
                    "foreign table %s: rows that server %s shows its user".formatted(name, by);
            case MATERIALIZED ->
                    "materialized view %s: rows as of its last refresh, as its owner %s sees them"
                            .formatted(name, by);
        };
    }
}
