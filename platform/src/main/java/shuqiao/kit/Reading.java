package shuqiao.kit;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import shuqiao.kernel.Invalid;
import shuqiao.shell.BodyRefused;

/**
 * Reads what was said in a form, whichever way it came, into one {@link Entry}, and finds all that
 * the declaration forbids. What does not apply, since another field says so, is not read.
 */
final class Reading {

    private static final int TEXT_MAX = 10_000;

    private Reading() {}

    /** As a browser sends it: what does not fit is a fault of its field. */
    static Entry page(Form form, MultiValueMap<String, String> typed, Invalid.Faults faults) {
        var values = new LinkedHashMap<String, Object>();
        for (var field : form.fields()) {
            var value = typed(field, typed, values, faults);
            if (value != null) values.put(field.name(), value);
        }
        return applying(form, values);
    }

    private static @Nullable Object typed(
            Field field,
            MultiValueMap<String, String> typed,
            Map<String, Object> before,
            Invalid.Faults faults) {
        var all = typed.getOrDefault(field.name(), List.of());
        return switch (field.type()) {
            case HEADING -> null;
            case PASSWORD -> all.isEmpty() || all.getFirst().isEmpty() ? null : all.getFirst();
            case PAIRS -> {
                var start = field.cell() + "-";
                var pairs = new LinkedHashMap<String, String>();
                typed.forEach((name, said) -> {
                    if (name.startsWith(start) && !said.getFirst().isBlank())
                        pairs.put(name.substring(start.length()), said.getFirst());
                });
                yield pairs;
            }
            case TEXTS, CHECKS -> {
                if (field.stands() == null) yield List.copyOf(all);
                // a row is ticked; what is meant is the choice that stands in it
                var meant = (Map<?, ?>) before.getOrDefault(field.stands(), Map.of());
                yield all.stream().map(meant::get).filter(Objects::nonNull).toList();
            }
            case TICK -> all.contains("true");
            default -> all.isEmpty() ? null : one(field, all.getFirst(), faults);
        };
    }

    private static @Nullable Object one(Field field, String text, Invalid.Faults faults) {
        if (text.isBlank()) return null;
        var number = text.strip();
        if (field.type() != Field.Type.NUMBER && field.type() != Field.Type.DECIMAL) return number;
        var whole = field.type() == Field.Type.NUMBER;
        if (whole && number.matches("-?[0-9]{1,18}")) return Long.valueOf(number);
        if (!whole && number.matches("-?[0-9]{1,15}([.][0-9]{1,15})?"))
            return Double.valueOf(number);
        faults.add(field.name(), whole ? "kit.number" : "kit.decimal");
        return field.isHidden() ? null : number; // shown again as it was typed
    }

    /** As a program sends it: another type than the declared one is an error of the program. */
    static Entry json(Form form, Map<String, Object> body) {
        var values = new LinkedHashMap<String, Object>();
        body.forEach((name, value) -> {
            if (form.fields().stream().noneMatch(field -> field.name().equals(name)))
                throw new BodyRefused("unknown-property", Map.of("property", name));
            var read = value == null ? null : json(form.field(name), value);
            if (read != null) values.put(name, read);
        });
        return applying(form, values);
    }

    private static @Nullable Object json(Field field, Object value) {
        return switch (field.type()) {
            case PAIRS -> {
                if (!(value instanceof Map<?, ?> map)) throw wrong(field.name());
                var pairs = new LinkedHashMap<String, String>();
                map.forEach((row, one) -> {
                    if (one != null)
                        pairs.put(String.valueOf(row), scalar(field.name() + "." + row, one));
                });
                yield pairs;
            }
            case TEXTS, CHECKS -> {
                if (!(value instanceof List<?> list)) throw wrong(field.name());
                var texts = new ArrayList<String>();
                for (var one : list) if (one != null) texts.add(scalar(field.name(), one));
                yield texts;
            }
            case TICK -> {
                if (!(value instanceof Boolean)) throw wrong(field.name());
                yield value;
            }
            case NUMBER -> {
                if (value instanceof Integer || value instanceof Long)
                    yield ((Number) value).longValue();
                if (value instanceof String text && text.matches("-?[0-9]{1,18}"))
                    yield Long.valueOf(text);
                throw wrong(field.name());
            }
            case DECIMAL -> {
                if (!(value instanceof Number number)) throw wrong(field.name());
                yield number.doubleValue();
            }
            default -> {
                var text = scalar(field.name(), value).strip();
                yield text.isEmpty() ? null : text;
            }
        };
    }

    private static String scalar(String where, Object value) {
        if (value instanceof Map || value instanceof List) throw wrong(where);
        return String.valueOf(value);
    }

    private static BodyRefused wrong(String field) {
        return new BodyRefused("wrong-type", Map.of("field", field));
    }

    private static Entry applying(Form form, Map<String, Object> values) {
        for (var field : form.fields()) {
            if (field.first() != null) values.putIfAbsent(field.name(), field.first());
            var when = field.when();
            if (when != null
                    && !when.values()
                            .contains(String.valueOf(values.getOrDefault(when.field(), ""))))
                values.remove(field.name());
        }
        return new Entry(values);
    }

    /** Finds all that the declaration alone can know. */
    static void check(Form form, Entry entry, Invalid.Faults faults) {
        for (var field : form.fields()) check(field, entry, faults);
    }

    private static void check(Field field, Entry entry, Invalid.Faults faults) {
        var when = field.when();
        if (when != null && !when.values().contains(entry.text(when.field()))) return;
        var value = entry.values().get(field.name());
        var nothing =
                value == null
                        || value instanceof List<?> list && list.isEmpty()
                        || value instanceof Map<?, ?> map && map.isEmpty();
        if (nothing) {
            if (field.needed()) faults.add(field.name(), "required");
            return;
        }
        switch (field.type()) {
            case TEXT, LONG_TEXT, PASSWORD ->
                    faults.optionalText(
                            field.name(),
                            entry.text(field.name()),
                            field.max() == 0 ? TEXT_MAX : field.max());
            case NUMBER -> {
                // what is no number is told already
                if (value instanceof Long number) number(field, number, faults);
            }
            case DATE -> date(field.name(), entry.text(field.name()), faults);
            case CODE, RADIO -> codes(field, List.of(entry.text(field.name())), faults);
            case CHECKS -> codes(field, entry.texts(field.name()), faults);
            case TICK, TIME, DECIMAL, WORDS, HEADING, PAIRS, TEXTS -> {}
        }
    }

    private static void number(Field field, long number, Invalid.Faults faults) {
        if (field.max() != 0 && (number < field.min() || number > field.max()))
            faults.add(field.name(), "range", Map.of("min", field.min(), "max", field.max()));
    }

    private static void date(String field, String text, Invalid.Faults faults) {
        try {
            if (LocalDate.parse(text).getYear() <= 9999) return;
        } catch (DateTimeException _) {
            // told below
        }
        faults.add(field, "date");
    }

    /** Sets that the keeper names are the keeper's to check. */
    private static void codes(Field field, List<String> chosen, Invalid.Faults faults) {
        if (field.codes().isEmpty()) {
            for (var one : chosen)
                if (!StandardCharsets.UTF_8.newEncoder().canEncode(one))
                    faults.add(field.name(), "broken-character");
            return;
        }
        var allowed = field.codes().stream().map(Field.Code::value).toList();
        if (!allowed.containsAll(chosen))
            faults.add(field.name(), "not-one-of", Map.of("allowed", allowed));
    }
}
