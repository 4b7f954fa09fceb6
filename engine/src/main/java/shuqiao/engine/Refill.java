package shuqiao.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import shuqiao.engine.WireFailure.DatabaseError;

/**
 * Makes a table that stays hold exactly the staged rows, inside the copy's transaction. Where it
 * has a key, a row whose key comes again stays and is corrected, so that what points at it goes on
 * pointing; where it has none and somebody listens to deletions, only rows that are gone go.
 */
final class Refill {

    private final WireConnection target;
    private final CopyRequest request;
    private final CompiledScope compiled;
    private final Staging staging;
    private final Standing standing;
    private final List<String> columns;

    Refill(
            WireConnection target,
            CopyRequest request,
            CompiledScope compiled,
            Staging staging,
            Standing standing) {
        this.target = target;
        this.request = request;
        this.compiled = compiled;
        this.staging = staging;
        this.standing = standing;
        this.columns = compiled.columns().stream().map(TargetColumn::name).toList();
    }

    /** The table is locked by the caller. */
    void run(Table table) {
        standing.require();
        BlindKeys.requireToldApart(
                target,
                standing,
                staging,
                columns.stream()
                        .collect(
                                Collectors.toMap(
                                        name -> name,
                                        name -> "s." + PostgresDialect.quoted(name))));
        var key = key(table);
        var others = standing.references().stream().filter(r -> !r.itself()).toList();
        try {
            if (!others.isEmpty()) {
                if (key.isEmpty()) throw standing.referenced(others.getFirst(), "");
                byKey(key);
            } else if (!key.isEmpty() && standing.references().isEmpty()) {
                byKeyOrRow(key);
            } else {
                byRow();
            }
        } catch (DatabaseError e) {
            throw standing.meaning(e);
        }
    }

    /** Two rows may exchange what is unique: then they go and come again. */
    private void byKeyOrRow(List<String> key) {
        target.run("savepoint by_key");
        try {
            byKey(key);
        } catch (DatabaseError e) {
            if (!e.sqlState().equals("23505") && !e.sqlState().equals("23P01")) throw e;
            target.run("rollback to savepoint by_key");
            byRow();
        }
        // it stays until the commit: a released one would hide the number its rows were written
        // under from the mark
    }

    /** Columns by which rows of the table are told apart; empty where there are none. */
    private List<String> key(Table table) {
        if (!standing.writable()) return List.of();
        if (!table.key().isEmpty()) return mayBeCorrected(table.key());
        for (var unique : table.uniqueKeys())
            if (unique.stream().noneMatch(name -> table.column(name).orElseThrow().nullable()))
                return mayBeCorrected(unique);
        return List.of();
    }

    private List<String> mayBeCorrected(List<String> key) {
        return key.containsAll(standing.alwaysIdentity()) ? key : List.of();
    }

    private void byKey(List<String> key) {
        var same = new LinkedHashMap<String, String>();
        for (var column : columns) same.put(column, column);
        var into = new Into(same, key, Into.Absent.DELETE);
        Merge.prepare(target, request, into, compiled).change(staging, standing);
    }

    /** All, unless somebody listens to deletions. */
    private void byRow() {
        if (standing.deletesHeard() && standing.name().startsWith("only ")) byRowAlone();
        else all();
    }

    private void all() {
        target.runTheirs("delete from " + standing.name());
        insert(staging.quoted());
    }

    /** As many of each row as the delivery has, by their text. */
    private void byRowAlone() {
        var stored = numbered(standing.name(), "ctid, ");
        var staged = numbered(staging.quoted(), PostgresDialect.list(columns) + ", ");
        target.runTheirs(
                "delete from %s where ctid operator(pg_catalog.=) any (array(select a.ctid from %s a left join %s b on b.f operator(pg_catalog.=) a.f where a.n operator(pg_catalog.>) coalesce(b.c, 0)))"
                        .formatted(standing.name(), stored, counted(staging.quoted())));
        insert(
                "%s a left join %s b on b.f operator(pg_catalog.=) a.f where a.n operator(pg_catalog.>) coalesce(b.c, 0)"
                        .formatted(staged, counted(standing.name())));
    }

    private String numbered(String from, String more) {
        return "(select %s f, pg_catalog.row_number() over (partition by f) as n from (select %s %s as f from %s) r)"
                .formatted(more, more, text(), from);
    }

    private String counted(String from) {
        return "(select f, pg_catalog.count(*) as c from (select %s as f from %s) r group by f)"
                .formatted(text(), from);
    }

    private String text() {
        return "row(%s)::pg_catalog.text".formatted(PostgresDialect.list(columns));
    }

    private void insert(String from) {
        var list = PostgresDialect.list(columns);
        target.runTheirs(
                "insert into %s (%s) overriding system value select %s from %s"
                        .formatted(
                                PostgresDialect.quoted(
                                        request.targetSchema(), request.targetTable()),
                                list,
                                list,
                                from));
    }
}
