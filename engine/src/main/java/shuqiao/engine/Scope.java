package shuqiao.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import shuqiao.engine.proof.CanonicalJson;

/**
 * What a decision grants of one table: fields in source order, rows, masks, purpose and term. Every
 * rail takes its rows through one.
 *
 * @param from first day of the term
 * @param until last day of the term; empty for without end
 */
public record Scope(
        String schema,
        String table,
        List<Field> fields,
        List<Condition> filter,
        Map<String, Mask> masks,
        String purpose,
        LocalDate from,
        Optional<LocalDate> until) {

    /** A granted column with the type it had when the decision was made. */
    public record Field(String name, String type) {}

    public Scope {
        fields = List.copyOf(fields);
        filter = List.copyOf(filter);
        masks = Map.copyOf(masks);
        if (fields.isEmpty()) throw new IllegalArgumentException("a scope without fields");
        PostgresDialect.quoted(schema, table);
        var names = new HashSet<String>();
        for (var field : fields) {
            PostgresDialect.quoted(field.name());
            if (!names.add(field.name()))
                throw new IllegalArgumentException("twice: " + field.name());
        }
        for (var name : masks.keySet())
            if (!names.contains(name))
                throw new EngineFailure(Reason.UNKNOWN_FIELD, Map.of("field", name));
    }

    /**
     * Makes a scope against the live table, checking everything that can be checked before a row is
     * sent.
     *
     * @param granted names in any order; all columns when empty
     * @throws EngineFailure unknown-field, invalid-mask, type-not-carried
     */
    public static Scope of(
            Table table,
            List<String> granted,
            List<Condition> filter,
            Map<String, Mask> masks,
            String purpose,
            LocalDate from,
            Optional<LocalDate> until) {
        for (var name : granted) known(table, name);
        for (var name : masks.keySet()) known(table, name);
        var fields = new ArrayList<Field>();
        for (var column : table.columns()) {
            if (!granted.isEmpty() && !granted.contains(column.name())) continue;
            var mask = Optional.ofNullable(masks.get(column.name()));
            mask.ifPresent(m -> m.check(column));
            if (mask.map(m -> m.type(column)).orElse(column.carried()).isEmpty())
                throw column.refused(table.label());
            fields.add(new Field(column.name(), column.type()));
        }
        var summary = table.summary();
        return new Scope(
                summary.schema(), summary.name(), fields, filter, masks, purpose, from, until);
    }

    /** For people: {@code schema.table}. */
    public String label() {
        return schema + "." + table;
    }

    /** Fields, filter, masks, purpose and term as RFC 8785 JSON. */
    public String canonicalJson() {
        return CanonicalJson.text(granted());
    }

    /** {@code sha256:} and the lower-case hex digest of {@link #canonicalJson}. */
    public String digest() {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(canonicalJson().getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Everything, for {@link ScopeJson#parse}. */
    public String toJson() {
        var all = new LinkedHashMap<>(granted());
        all.put("schema", schema);
        all.put("table", table);
        return CanonicalJson.text(all);
    }

    private Map<String, Object> granted() {
        var rules = new LinkedHashMap<String, Object>();
        masks.forEach((name, mask) -> rules.put(name, mask.rule()));
        var term = new LinkedHashMap<String, Object>();
        term.put("from", from.toString());
        until.ifPresent(day -> term.put("until", day.toString()));
        var all = new LinkedHashMap<String, Object>();
        all.put(
                "fields",
                fields.stream().map(f -> Map.of("name", f.name(), "type", f.type())).toList());
        all.put("filter", filter.stream().map(Scope::json).toList());
        all.put("masks", rules);
        all.put("purpose", purpose);
        all.put("term", term);
        return all;
    }

    private static Map<String, Object> json(Condition condition) {
        var item = new LinkedHashMap<String, Object>();
        item.put("field", condition.field());
        item.put("type", condition.type());
        item.put("op", condition.operator().word());
        switch (condition.operator()) {
            case IS_NULL, NOT_NULL -> {}
            case IN, BETWEEN -> item.put("value", condition.values());
            case EQ, NE, LT, LE, GT, GE, LIKE -> item.put("value", condition.values().getFirst());
        }
        return item;
    }

    private static void known(Table table, String name) {
        if (table.column(name).isEmpty())
            throw new EngineFailure(Reason.UNKNOWN_FIELD, Map.of("field", name));
    }
}
