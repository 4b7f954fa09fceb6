package shuqiao.engine;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The table that a copy fills before the swap. It is made in the copy's own transaction, so that a
 * death at any moment leaves nothing visible, and so that its rows can be stored frozen: a reader
 * whose snapshot is older than the swap then sees the new content whole instead of an empty table.
 *
 * @param unlogged where it never takes the target's name: followers of a publication of all tables
 *     do not hear of it
 * @param counted how many rows the server found while it built the key; empty where it built none,
 *     or where that number may be rounded or out of date
 */
record Staging(String schema, String name, boolean unlogged, OptionalLong counted) {

    static final String PREFIX = "shuqiao_staging_";

    /** Up to here a real, in which the server keeps the count of a table, is exact. */
    private static final long COUNTED_MAX = 1L << 24;

    private static final String MARK = "shuqiao staging of ";

    static Staging in(String schema, boolean unlogged) {
        var bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return new Staging(
                schema, PREFIX + HexFormat.of().formatHex(bytes), unlogged, OptionalLong.empty());
    }

    String quoted() {
        return PostgresDialect.quoted(schema, name);
    }

    /** Makes the table with the columns, types and NOT NULL of the target to be. */
    void create(
            WireConnection target, CompiledScope compiled, String targetTable, String tablespace) {
        var columns =
                compiled.columns().stream()
                        .map(c ->
                                PostgresDialect.quoted(c.name())
                                        + " "
                                        + PostgresDialect.type(c.type())
                                        + (c.nullable() ? "" : " not null"))
                        .toList();
        var place = tablespace.isEmpty() ? "" : " tablespace " + PostgresDialect.quoted(tablespace);
        target.runTheirs(
                "create %stable %s (%s)%s; %s"
                        .formatted(
                                unlogged ? "unlogged " : "",
                                quoted(),
                                String.join(", ", columns),
                                place,
                                comment(Optional.of(MARK + targetTable))));
    }

    /**
     * Gives the table its key. The server reads all rows for it and notes how many they were, which
     * spares another reading: the table is seen by nobody else up to the commit, but for an event
     * trigger of the department, which runs at our own statements.
     */
    Staging keyed(WireConnection target, List<String> key) {
        if (key.isEmpty()) return this;
        target.runTheirs(
                "alter table %s add primary key (%s)"
                        .formatted(quoted(), PostgresDialect.list(key)));
        var counted =
                target
                        .query(
                                """
                                select reltuples::bigint from pg_class where oid = $1::regclass
                                  and not exists (select from pg_event_trigger where evtenabled <> 'D')
                                """,
                                quoted())
                        .stream()
                        .mapToLong(row -> row.number(0))
                        .filter(rows -> rows > 0 && rows <= COUNTED_MAX)
                        .findFirst();
        return new Staging(schema, name, unlogged, counted);
    }

    /** The source's comments; a character that the target does not have becomes a question mark. */
    void comment(WireConnection target, CompiledScope compiled) {
        var encoding = target.serverEncoding();
        var words = new ArrayList<String>();
        words.add(comment(compiled.comment().map(text -> Encodings.fit(text, encoding))));
        for (var column : compiled.columns())
            column.comment()
                    .map(text -> Encodings.fit(text, encoding))
                    .ifPresent(text -> words.add(comment(column.name(), text)));
        target.runTheirs(String.join("; ", words));
    }

    /** The statement that comments the table. */
    String comment(Optional<String> text) {
        return "comment on table %s is%s"
                .formatted(quoted(), text.map(PostgresDialect::literal).orElse(" null"));
    }

    /** The statement that comments a column. */
    String comment(String column, String text) {
        return "comment on column %s.%s is%s"
                .formatted(quoted(), PostgresDialect.quoted(column), PostgresDialect.literal(text));
    }

    /**
     * Drops staging tables that no session is working on, in the whole database. One that is at
     * work holds the lock of its target. Returns how many were dropped.
     */
    static int sweep(WireConnection session) {
        var found =
                session.query(
                        """
                        select n.nspname, c.relname, obj_description(c.oid, 'pg_class')
                        from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where c.relkind = 'r' and starts_with(c.relname, $1)
                          and starts_with(obj_description(c.oid, 'pg_class'), $2) and pg_has_role(c.relowner, 'usage')
                        """,
                        PREFIX,
                        MARK);
        var dropped = 0;
        for (var row : found) {
            var lock = TargetLock.of(row.text(0), row.text(2).substring(MARK.length()));
            if (!lock.tryTake(session)) continue;
            session.run("drop table if exists " + PostgresDialect.quoted(row.text(0), row.text(1)));
            lock.free(session);
            dropped++;
        }
        return dropped;
    }
}
