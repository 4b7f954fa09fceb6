package shuqiao.engine;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** RFC 8785 for what a scope is made of: objects, lists and strings. */
final class CanonicalJson {

    private CanonicalJson() {}

    static String of(Object value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(Object value, StringBuilder text) {
        switch (value) {
            case String string -> string(string, text);
            case List<?> list -> list(list, text);
            case Map<?, ?> map -> object(map, text);
            default -> throw new IllegalArgumentException("not canonical: " + value.getClass());
        }
    }

    private static void list(List<?> list, StringBuilder text) {
        text.append('[');
        var first = true;
        for (var item : list) {
            if (!first) text.append(',');
            first = false;
            write(item, text);
        }
        text.append(']');
    }

    /** Names sorted by their UTF-16 code units, which is how Java compares strings. */
    private static void object(Map<?, ?> map, StringBuilder text) {
        SortedMap<String, Object> sorted = new TreeMap<>();
        map.forEach((name, value) -> sorted.put((String) name, value));
        text.append('{');
        var first = true;
        for (var entry : sorted.entrySet()) {
            if (!first) text.append(',');
            first = false;
            string(entry.getKey(), text);
            text.append(':');
            write(entry.getValue(), text);
        }
        text.append('}');
    }

    private static void string(String value, StringBuilder text) {
        text.append('"');
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> {
                    if (c < 0x20) text.append("\\u%04x".formatted((int) c));
                    else text.append(c);
                }
            }
        }
        text.append('"');
    }
}
