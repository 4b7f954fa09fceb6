package shuqiao.engine;

import java.util.ArrayList;
import java.util.List;

/** Owner, grants and comments of the old table, given to the new one. */
final class Carried {

    private Carried() {}

    static List<String> over(WireConnection target, ExistingTarget existing, Staging staging) {
        var notes = new ArrayList<String>();
        comments(target, existing, staging);
        owner(target, existing, staging, notes);
        grants(target, existing, staging, notes);
        return notes;
    }

    private static void comments(WireConnection target, ExistingTarget existing, Staging staging) {
        var words = new ArrayList<String>();
        if (existing.table().summary().comment().isPresent())
            words.add(staging.comment(existing.table().summary().comment()));
        for (var column : existing.table().columns())
            column.comment().ifPresent(text -> words.add(staging.comment(column.name(), text)));
        if (!words.isEmpty()) target.runTheirs(String.join("; ", words));
    }

    private static void owner(
            WireConnection target, ExistingTarget existing, Staging staging, List<String> notes) {
        var me = target.one("select current_user").text(0);
        if (existing.owner().equals(me)) return;
        target.runTheirs(
                "alter table %s owner to %s"
                        .formatted(staging.quoted(), PostgresDialect.quoted(existing.owner())));
        notes.add("owner kept: " + existing.owner());
    }

    private static void grants(
            WireConnection target, ExistingTarget existing, Staging staging, List<String> notes) {
        for (var row : acl(target, stagingOid(target, staging)))
            target.runTheirs("revoke all on %s from %s".formatted(staging.quoted(), grantee(row)));
        var granted = acl(target, existing.oid());
        for (var row : granted)
            target.runTheirs(
                    "grant %s on %s to %s%s"
                            .formatted(
                                    privilege(row),
                                    staging.quoted(),
                                    grantee(row),
                                    row.flag(2) ? " with grant option" : ""));
        if (!granted.isEmpty()) notes.add("grants kept: " + granted.size());
    }

    /** Privileges of others than the owner, whose own are never taken from them. */
    private static List<Row> acl(WireConnection target, String oid) {
        return target.query(
                """
                select coalesce(r.rolname, ''), x.privilege_type, x.is_grantable
                from pg_class c cross join lateral aclexplode(c.relacl) x left join pg_roles r on r.oid = x.grantee
                where c.oid = $1::oid and x.grantee <> c.relowner
                """,
                oid);
    }

    private static String stagingOid(WireConnection target, Staging staging) {
        return target.one(
                        "select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2",
                        staging.schema(),
                        staging.name())
                .text(0);
    }

    /** A word, whichever there are. */
    private static String privilege(Row row) {
        if (!row.text(1).matches("[A-Z]{1,20}")) throw row.strange("no privilege");
        return row.text(1);
    }

    private static String grantee(Row row) {
        return row.text(0).isEmpty() ? "public" : PostgresDialect.quoted(row.text(0));
    }
}
