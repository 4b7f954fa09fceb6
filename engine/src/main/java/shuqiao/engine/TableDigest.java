package shuqiao.engine;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Shows whether two tables hold the same rows, whatever their order: how many, and the sums (mod
 * 2^64) of the four quarters of each row's SHA-256. Made by the database from the text forms of the
 * columns.
 */
public record TableDigest(long rows, String value) {

    private static final int QUARTERS = 4;

    /** Sum of a quarter, mod 2^64: what does not fit is laid off before and put back after. */
    private static final String QUARTER =
            """
            pg_catalog.lpad(pg_catalog.to_hex((pg_catalog.mod(coalesce(pg_catalog.sum((pg_catalog.concat('x', pg_catalog.substr(h, %d, 16)))::bit(64)::bigint::numeric), 0)
              operator(pg_catalog.+) 170141183460469231731687303715884105728::numeric, 18446744073709551616::numeric) operator(pg_catalog.-) 9223372036854775808::numeric)::bigint), 16, '0')\
            """;

    static TableDigest of(WireConnection session, Table table) {
        var forms =
                table.columns().stream()
                        .map(column ->
                                TextForm.isSettled(column)
                                        ? PostgresDialect.quoted(column.name())
                                        : TextForm.of(
                                                column, PostgresDialect.quoted(column.name())))
                        .collect(Collectors.joining(", "));
        var from = PostgresDialect.quoted(table.summary().schema(), table.summary().name());
        session.run("begin isolation level repeatable read read only");
        var digest =
                session.theirs(() ->
                        compute(
                                session,
                                "select %s from (select * from %s offset 0) r"
                                        .formatted(forms, from)));
        session.run("commit");
        return digest;
    }

    static TableDigest of(WireConnection session, Scope scope, HashKey key) {
        Snapshot.begin(session);
        var live =
                new Catalogue(session)
                        .table(scope.schema(), scope.table())
                        .orElseThrow(() -> SourceChanged.vanished(scope.label()));
        var compiled = CompiledScope.of(scope, live, key, session.serverEncoding());
        compiled.select().bind(session);
        var digest = session.theirs(() -> compute(session, compiled.texts("")));
        session.run("commit");
        return digest;
    }

    static TableDigest compute(WireConnection session, String select) {
        var sums =
                IntStream.range(0, QUARTERS)
                        .mapToObj(i -> QUARTER.formatted(1 + 16 * i))
                        .collect(Collectors.joining(", "));
        var row =
                session.one(
                        "select pg_catalog.count(*), pg_catalog.concat(%s) from (select pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to((whole.*)::pg_catalog.text, 'UTF8')), 'hex') as h from (%s) whole) d"
                                .formatted(sums, select));
        return new TableDigest(row.count(0), row.text(1));
    }
}
