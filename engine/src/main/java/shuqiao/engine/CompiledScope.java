package shuqiao.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** The SELECT, held to a further condition of ours. */
    String where(String condition) {
        return select.text() + (filtered ? " and " : " where ") + condition;
    }

    /**
     * Compiles, checking that the source still is what the scope was made for.
     *
     * @throws SourceChanged naming the field
     */
    static CompiledScope of(Scope scope, Table live, HashKey hashKey) {
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
                            .orElseThrow(() -> notCarried(column));
            expressions.add(
                    mask.map(m -> masked(m, column, type)).orElseGet(() -> plain(column, type)));
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
        var text = new StringBuilder("select ").append(String.join(", ", expressions));
        text.append(" from ").append(PostgresDialect.quoted(scope.schema(), scope.table()));
        var where = new ArrayList<String>();
        for (var condition : scope.filter()) {
            var column = unchanged(live, condition.field(), condition.type());
            where.add(ConditionSql.of(condition, column, settings));
        }
        if (!where.isEmpty()) text.append(" where ").append(String.join(" and ", where));
        return new CompiledScope(
                new Sql(text.toString(), settings),
                !where.isEmpty(),
                columns,
                key(scope, live),
                live.summary());
    }

    private static String plain(Column column, String type) {
        var quoted = PostgresDialect.quoted(column.name());
        return type.equals(column.type()) ? quoted : quoted + "::" + type;
    }

    private static String masked(Mask mask, Column column, String type) {
        var expression = mask.expression(column);
        var padded = column.base().equals("bpchar") && !type.equals("text");
        return padded && mask != Mask.HASH ? "(" + expression + ")::" + type : expression;
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

    private static EngineFailure notCarried(Column column) {
        return new EngineFailure(
                Reason.TYPE_NOT_CARRIED,
                java.util.Map.of("field", column.name(), "type", column.type()));
    }
}
