package shuqiao.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;
import shuqiao.engine.Operator;
import shuqiao.kernel.Invalid;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of a row filter as it is typed: several values stand in one text, parted by 、 or a
 * comma; one that holds such a mark itself stands in double quotes.
 */
record TypedCondition(String field, String op, String value) {

    static final int LINES_MAX = 20;
    private static final String MARKS = "、,，;；";

    TypedCondition {
        field = field.strip();
        op = op.isBlank() ? Operator.EQ.word() : op.strip();
        value = value.strip();
    }

    static TypedCondition empty() {
        return new TypedCondition("", "", "");
    }

    boolean blank() {
        return field.isEmpty() && value.isEmpty();
    }

    /** The lines of a form, blank ones too. */
    static List<TypedCondition> read(MultiValueMap<String, String> form) {
        var fields = form.getOrDefault("row-field", List.of());
        var ops = form.getOrDefault("row-op", List.of());
        var values = form.getOrDefault("row-value", List.of());
        var lines = new ArrayList<TypedCondition>();
        for (int at = 0; at < Math.min(fields.size(), LINES_MAX); at++)
            lines.add(new TypedCondition(fields.get(at), at(ops, at), at(values, at)));
        return lines;
    }

    private static String at(List<String> texts, int at) {
        return at < texts.size() ? texts.get(at) : "";
    }

    /** The filter of the contract; a line that is written by half is a fault of {@code filter}. */
    static ArrayNode json(
            Invalid.Faults faults, List<TypedCondition> lines, Map<String, String> names) {
        var filter = JsonMapper.shared().createArrayNode();
        for (var line : lines) {
            if (line.blank()) continue;
            var operator = Operator.named(line.op());
            if (line.field().isEmpty()) faults.add("filter", "sharing.filter-no-field");
            else if (operator.isEmpty()) faults.add("filter", "sharing.filter-no-op");
            else if (line.takesValue(operator.get()) && line.value().isEmpty())
                faults.add(
                        "filter",
                        "sharing.filter-no-value",
                        Map.of("field", names.getOrDefault(line.field(), line.field())));
            else filter.add(line.item(operator.get()));
        }
        return filter;
    }

    private ObjectNode item(Operator operator) {
        var item = JsonMapper.shared().createObjectNode();
        item.put("field", field);
        item.put("op", op);
        switch (operator) {
            case IS_NULL, NOT_NULL -> {}
            case IN, BETWEEN -> {
                var list = item.putArray("value");
                parts(value).forEach(list::add);
            }
            case EQ, NE, LT, LE, GT, GE, LIKE -> item.put("value", value);
        }
        return item;
    }

    private boolean takesValue(Operator operator) {
        return operator != Operator.IS_NULL && operator != Operator.NOT_NULL;
    }

    /** The lines that would be typed for a filter. */
    static List<TypedCondition> of(String filter) {
        var lines = new ArrayList<TypedCondition>();
        for (var item : JsonMapper.shared().readTree(filter)) lines.add(of(item));
        return lines;
    }

    private static TypedCondition of(JsonNode item) {
        return new TypedCondition(
                item.path("field").asString(""), item.path("op").asString(""), text(item));
    }

    private static String text(JsonNode item) {
        var value = item.path("value");
        if (!value.isArray()) return value.isMissingNode() ? "" : value.asString("");
        var parts = new ArrayList<String>();
        for (var one : value) parts.add(quoted(one.asString("")));
        return String.join("、", parts);
    }

    private static String quoted(String part) {
        var plain = part.chars().noneMatch(c -> MARKS.indexOf(c) >= 0 || c == '"');
        return plain ? part : '"' + part.replace("\"", "\"\"") + '"';
    }

    /** Parted by marks outside of quotes. */
    static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        var part = new StringBuilder();
        var inside = false;
        for (int at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == '"') {
                var twice = inside && at + 1 < text.length() && text.charAt(at + 1) == '"';
                if (twice) part.append(text.charAt(++at));
                else inside = !inside;
            } else if (!inside && MARKS.indexOf(c) >= 0) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else part.append(c);
        }
        parts.add(part.toString().strip());
        return parts.stream().filter(one -> !one.isEmpty()).toList();
    }
}
