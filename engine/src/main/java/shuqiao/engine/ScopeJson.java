package shuqiao.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads back what {@link Scope#toJson} wrote. */
public final class ScopeJson {

    private ScopeJson() {}

    /**
     * A scope equal to the one that was written.
     *
     * @throws IllegalArgumentException when the text is no scope
     */
    public static Scope parse(String json) {
        var tree = JsonMapper.shared().readTree(json);
        var fields = new ArrayList<Scope.Field>();
        for (var field : tree.path("fields"))
            fields.add(new Scope.Field(text(field, "name"), text(field, "type")));
        var filter = new ArrayList<Condition>();
        for (var item : tree.path("filter")) filter.add(condition(item));
        Map<String, Mask> masks = new LinkedHashMap<>();
        for (var entry : tree.path("masks").properties())
            masks.put(
                    entry.getKey(),
                    Mask.named(entry.getValue().asString()).orElseThrow(() -> bad("mask")));
        var term = tree.path("term");
        var until =
                term.has("until")
                        ? Optional.of(LocalDate.parse(text(term, "until")))
                        : Optional.<LocalDate>empty();
        return new Scope(
                text(tree, "schema"),
                text(tree, "table"),
                fields,
                filter,
                masks,
                text(tree, "purpose"),
                LocalDate.parse(text(term, "from")),
                until);
    }

    private static Condition condition(JsonNode item) {
        var operator = Operator.named(text(item, "op")).orElseThrow(() -> bad("op"));
        var values = new ArrayList<String>();
        var value = item.path("value");
        if (value.isArray()) for (var one : value) values.add(one.stringValue());
        else if (value.isString()) values.add(value.stringValue());
        return new Condition(text(item, "field"), text(item, "type"), operator, values);
    }

    private static String text(JsonNode node, String name) {
        var value = node.path(name);
        if (!value.isString()) throw bad(name);
        return value.stringValue();
    }

    private static IllegalArgumentException bad(String name) {
        return new IllegalArgumentException("not a scope: " + name);
    }
}
