package shuqiao.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import shuqiao.engine.Sql.Setting;

/**
 * A scope compiled against the live table: the SELECT at the source and the shape of the target.
 *
 * @param key columns of the target's primary key; empty when it gets none
 */
record CompiledScope(
        Sql select,
        boolean filtered,
        List<TargetColumn> columns,
        List<String> key,
        Table.Summary source) {

    /** The source's comment. */
    Optional<String> comment() {
        return source.comment();
    }

    /** Whether no code of the department computes the rows. */
    boolean isPlain() {
        return source.kind() != Table.Kind.VIEW;
    }

    /** Whether the server would answer it, without asking for a row. */
    void explain(WireConnection session) {
        select.bind(session);
        session.theirs(() -> session.query("explain (costs off) " + select.text()));
    }

    /** The SELECT with each column in its one text form. */
    String texts(String more) {
        var names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).toList();
        var forms =
                IntStream.range(0, columns.size())
                        .mapToObj(i -> TextForm.of(columns.get(i).type(), names.get(i)))
                        .toList();
        return "select %s from (%s%s offset 0) r(%s)"
                .formatted(String.join(", ", forms), select.text(), more, String.join(", ", names));
    }

    /** The SELECT, held to a further condition of ours. */
    String where(String condition) {
        return select.text() + (filtered ? " and " : " where ") + condition;
    }

    /**
     * Compiles, checking that the source still is what the scope was made for.
     *
     * @param encoding of the source's database
     * @throws SourceChanged naming the field
     */
    static CompiledScope of(Scope scope, Table live, HashKey hashKey, String encoding) {
        var expressions = new ArrayList<String>();
        var columns = new ArrayList<TargetColumn>();
        var settings = new ArrayList<Setting>();
        for (var field : scope.fields()) {
            var column = unchanged(live, field.name(), field.type());
            var mask = Optional.ofNullable(scope.masks().get(field.name()));
            mask.ifPresent(m -> m.check(column));
            var type =
                    mask.map(m -> m.type(column))
                            .orElse(column.carried())
                            .orElseThrow(() -> column.refused(live.label()));
            expressions.add(
                    mask.map(m -> masked(m, column, type, encoding))
                            .orElseGet(() -> plain(column, type)));
            columns.add(
                    new TargetColumn(
                            column.name(),
                            type,
                            column.nullable() || mask.filter(m -> m == Mask.REDACT).isPresent(),
                            column.comment()));
        }
        if (scope.masks().containsValue(Mask.HASH)) {
            settings.add(new Setting("shuqiao.inner", hashKey.inner()));
            settings.add(new Setting("shuqiao.outer", hashKey.outer()));
        }
        var where = new ArrayList<String>();
        for (var condition : scope.filter()) {
            var column = unchanged(live, condition.field(), condition.type());
            where.add(ConditionSql.of(condition, column, settings));
        }
        var text = text(expressions, PostgresDialect.quoted(scope.schema(), scope.table()), where);
        return new CompiledScope(
                new Sql(fenced(live, text, expressions, where), settings),
                !where.isEmpty(),
                columns,
                key(scope, live),
                live.summary());
    }

    private static String text(List<String> expressions, String from, List<String> where) {
        var text = "select " + String.join(", ", expressions) + " from " + from;
        return where.isEmpty() ? text : text + " where " + String.join(" and ", where);
    }

    /**
     * Where an expression works under settings of ours, the columns of a view are computed before:
     * what they stand for is the department's code.
     */
    private static String fenced(
            Table live, String text, List<String> expressions, List<String> where) {
        var ours = expressions.stream().anyMatch(e -> e.contains("pg_catalog.set_config"));
        if (!ours || live.summary().kind() != Table.Kind.VIEW) return text;
        var view = PostgresDialect.quoted(live.summary().schema(), live.summary().name());
        return text(
                expressions, "(" + text(List.of("*"), view, where) + " offset 0) as r", List.of());
    }

    private static String plain(Column column, String type) {
        var quoted = PostgresDialect.quoted(column.name());
        if (type.equals(column.type())) return quoted;
        var cast = quoted + "::" + PostgresDialect.type(type);
        return TextForm.isSettled(column) || type.startsWith("numeric")
                ? cast
                : TextForm.under(cast);
    }

    private static String masked(Mask mask, Column column, String type, String encoding) {
        var padded = column.base().equals("bpchar") && !type.equals("text");
        var cast = padded ? "::" + PostgresDialect.type(type) : "";
        if (!encoding.equals(Encodings.NONE) && mask.isByLength())
            return mask.expression(column, cast);
        var expression =
                encoding.equals(Encodings.NONE)
                        ? ByteMask.expression(mask, column)
                        : mask.expression(column, "");
        return padded && mask != Mask.HASH ? "(" + expression + ")" + cast : expression;
    }

    private static Column unchanged(Table live, String field, String type) {
        var column = live.column(field).orElseThrow(() -> SourceChanged.lost(live.label(), field));
        if (!column.type().equals(type))
            throw SourceChanged.type(live.label(), field, type, column.type());
        return column;
    }

    /** The source's key when every column of it is granted and still tells rows apart. */
    private static List<String> key(Scope scope, Table live) {
        for (var name : live.key()) {
            var mask = Optional.ofNullable(scope.masks().get(name));
            var granted = scope.fields().stream().anyMatch(f -> f.name().equals(name));
            if (!granted || mask.filter(m -> m != Mask.HASH).isPresent()) return List.of();
        }
        return live.key();
    }
}
