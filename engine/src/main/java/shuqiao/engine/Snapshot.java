package shuqiao.engine;

/**
 * The instant at which a source is read. Whoever empties, fills anew or rewrites a table as a whole
 * (TRUNCATE, some forms of ALTER TABLE, a new table under the old name) is not held back by it: a
 * reader whose snapshot is older then finds an empty table that never was.
 */
final class Snapshot {

    /** What this transaction has locked, so read, that is not the file its snapshot knows. */
    private static final String REWRITTEN =
            """
            select count(*) from pg_locks l left join pg_class c on c.oid = l.relation
            where l.pid = pg_backend_pid() and l.locktype = 'relation' and l.relation::bigint >= 16384
              and l.database = (select d.oid from pg_database d where d.datname = current_database())
              and (c.oid is null or c.relkind in ('r', 'm') and c.relfilenode <> pg_relation_filenode(c.oid))
            """;

    private Snapshot() {}

    /** The first release that may compile what it computes. */
    private static final int JIT_SINCE = 11;

    /**
     * Where rows may not be hidden by row security, the server refuses instead. Nothing is
     * compiled: from about 800,000 masked rows on the server would think it worth it, and lose a
     * third of a second for each million.
     */
    static void begin(WireConnection source) {
        var settings = new StringBuilder();
        if (source.serverMajor() >= JIT_SINCE) settings.append("; set local jit = off");
        if (!source.endpoint().rowSecurity()) settings.append("; set local row_security = off");
        source.run("begin isolation level repeatable read read only" + settings);
    }

    /**
     * Ends it, after all rows were read under it.
     *
     * @throws SourceChanged when something was rewritten between the snapshot and the reading
     */
    static void end(WireConnection source, String table) {
        source.run("set local search_path = ''");
        var rewritten = source.one(REWRITTEN).count(0);
        source.run("commit");
        if (rewritten > 0) throw SourceChanged.rewritten(table);
    }
}
