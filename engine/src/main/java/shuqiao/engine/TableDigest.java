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

    static TableDigest of(WireConnection session, Table table) {
        var names = PostgresDialect.list(table.columns().stream().map(Column::name).toList());
        var from = PostgresDialect.quoted(table.summary().schema(), table.summary().name());
        return compute(session, "select " + names + " from " + from);
    }

    static TableDigest of(WireConnection session, Scope scope, HashKey key) {
        session.run("begin isolation level repeatable read read only");
        var live =
                new Catalogue(session)
                        .table(scope.schema(), scope.table())
                        .orElseThrow(() -> SourceChanged.vanished(scope.label()));
        var compiled = CompiledScope.of(scope, live, key);
        compiled.select().bind(session);
        var names = IntStream.range(0, compiled.columns().size()).mapToObj(i -> "c" + i).toList();
        var typed =
                IntStream.range(0, names.size())
                        .mapToObj(i -> "c" + i + "::" + compiled.columns().get(i).type())
                        .collect(Collectors.joining(", "));
        var digest =
                compute(
                        session,
                        "select %s from (%s) t(%s)"
                                .formatted(
                                        typed, compiled.select().text(), String.join(", ", names)));
        session.run("commit");
        return digest;
    }

    static TableDigest compute(WireConnection session, String select) {
        var sums =
                IntStream.range(0, QUARTERS)
                        .mapToObj(i ->
                                "lpad(to_hex((mod(coalesce(sum(('x' || substr(h, %d, 16))::bit(64)::bigint::numeric), 0) + 18446744073709551616::numeric * 9223372036854775808::numeric, 18446744073709551616::numeric) - 9223372036854775808::numeric)::bigint), 16, '0')"
                                        .formatted(1 + 16 * i))
                        .collect(Collectors.joining(" || "));
        var row =
                session.query(
                                "select count(*), %s from (select encode(sha256(convert_to((whole.*)::text, 'UTF8')), 'hex') h from (%s) whole) d"
                                        .formatted(sums, select))
                        .getFirst();
        return new TableDigest(row.number(0), row.text(1));
    }
}
