package shuqiao.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * The sequences that number a table's rows. They know nothing of rows that were brought in with
 * their numbers, so that the department's next row of its own would get one that is taken.
 */
final class Sequences {

    private static final String OF_TABLE =
            """
            select distinct n.nspname, s.relname, a.attname, q.seqincrement > 0, q.seqmin, q.seqmax, q.seqstart,
              has_sequence_privilege(s.oid, 'update') and has_sequence_privilege(s.oid, 'select')
            from (
              select d.objid as seq, d.refobjsubid as num from pg_depend d
              where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = $1::oid and d.deptype in ('a', 'i')
              union
              select d.refobjid, ad.adnum from pg_attrdef ad join pg_depend d on d.classid = 'pg_attrdef'::regclass and d.objid = ad.oid
              where ad.adrelid = $1::oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> $1::oid) x
            join pg_class s on s.oid = x.seq and s.relkind = 'S' join pg_namespace n on n.oid = s.relnamespace
            join pg_sequence q on q.seqrelid = s.oid
            join pg_attribute a on a.attrelid = $1::oid and a.attnum = x.num and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
            order by 1, 2, 3
            """;

    private Sequences() {}

    /** Sets those that are behind to the last number; says so, also where we may not. */
    static List<String> advance(WireConnection target, Standing standing, List<String> delivered) {
        var notes = new ArrayList<String>();
        for (var row : target.query(OF_TABLE, standing.oid())) {
            if (!delivered.contains(row.text(2))) continue;
            var label = row.text(0) + "." + row.text(1);
            var rising = row.flag(3);
            var outermost =
                    target.one(
                            "select %s(%s)::int8 from %s"
                                    .formatted(
                                            rising ? "max" : "min",
                                            PostgresDialect.quoted(row.text(2)),
                                            standing.name()));
            if (outermost.find(0).isEmpty()) continue;
            var last = outermost.number(0);
            if (last < row.number(4) || last > row.number(5)) continue;
            if (!row.flag(7)) {
                notes.add("sequence not advanced, no right: " + label);
                continue;
            }
            var name = PostgresDialect.quoted(row.text(0), row.text(1));
            var stands =
                    target.query(
                                    "select case when is_called then last_value else last_value - %s end from %s"
                                            .formatted(rising ? "1" : "-1", name))
                            .getFirst()
                            .number(0);
            if (rising ? stands >= last : stands <= last) continue;
            target.query("select setval($1::regclass, $2::int8)", name, String.valueOf(last));
            notes.add("sequence advanced: " + label);
        }
        return notes;
    }
}
