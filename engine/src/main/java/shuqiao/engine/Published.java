package shuqiao.engine;

import java.util.Map;

/** Publications that take in every new table: its rows would go out to followers that have none. */
final class Published {

    private static final String ALL =
            "select pubname from pg_publication where puballtables and pubinsert and current_setting('wal_level') = 'logical' order by 1 limit 1";

    private static final String SCHEMAS_KNOWN =
            "select to_regclass('pg_catalog.pg_publication_namespace') is not null";

    private static final String SCHEMA =
            """
            select p.pubname from pg_publication p join pg_publication_namespace s on s.pnpubid = p.oid join pg_namespace n on n.oid = s.pnnspid
            where n.nspname = $1 and p.pubinsert and current_setting('wal_level') = 'logical' order by 1 limit 1
            """;

    private Published() {}

    /**
     * Before a table is made.
     *
     * @throws EngineFailure target-published: a follower stands still for good at the first row of
     *     a table that it does not have
     */
    static void requireNot(WireConnection session, CopyRequest request) {
        var found = session.query(ALL);
        if (found.isEmpty() && session.one(SCHEMAS_KNOWN).flag(0))
            found = session.query(SCHEMA, request.targetSchema());
        if (found.isEmpty()) return;
        throw new EngineFailure(
                Reason.TARGET_PUBLISHED,
                Map.of(
                        "table", request.targetLabel(),
                        "publication", found.getFirst().text(0)));
    }
}
