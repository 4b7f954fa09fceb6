package shuqiao.engine.proof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * JSON Canonicalization Scheme, RFC 8785: the one byte form of a JSON value that is digested and
 * signed.
 *
 * <p>Takes Map, List, String, Boolean, null, whole numbers within 2^53 - 1, Double, BigDecimal that
 * a double holds without loss, and JsonNode. Everything else is refused, so that nothing is signed
 * that another program would read differently.
 */
public final class CanonicalJson {

    private static final BigInteger INTEGER_MAX = BigInteger.valueOf((1L << 53) - 1);

    private CanonicalJson() {}

    public static byte[] bytes(@Nullable Object value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws IllegalArgumentException naming what has no canonical form
     */
    public static String text(@Nullable Object value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case JsonNode node -> writeNode(node, out);
            case Map<?, ?> map -> writeObject(map, out);
            case List<?> list -> writeArray(list, out);
            case String text -> writeString(text, out);
            case Boolean truth -> out.append(truth);
            case Byte n -> out.append(n);
            case Short n -> out.append(n);
            case Integer n -> out.append(n);
            case Long n -> writeInteger(BigInteger.valueOf(n), out);
            case BigInteger n -> writeInteger(n, out);
            case Float n -> out.append(EcmaNumber.text(exact(new BigDecimal(n.toString()))));
            case Double n -> out.append(EcmaNumber.text(n));
            case BigDecimal n -> out.append(EcmaNumber.text(exact(n)));
            default ->
                    throw new IllegalArgumentException(
                            "no canonical JSON for " + value.getClass().getName());
        }
    }

    private static void writeNode(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                var members = new TreeMap<String, Object>();
                node.properties().forEach(entry -> members.put(entry.getKey(), entry.getValue()));
                writeObject(members, out);
            }
            case ARRAY -> writeArray(List.copyOf(node.values()), out);
            case STRING -> writeString(node.stringValue(), out);
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case NUMBER -> write(node.numberValue(), out);
            default ->
                    throw new IllegalArgumentException(
                            "no canonical JSON for a " + node.getNodeType() + " node");
        }
    }

    /** Members are sorted by UTF-16 code units (clause 3.2.3), which is how String compares. */
    private static void writeObject(Map<?, ?> map, StringBuilder out) {
        var sorted = new TreeMap<String, @Nullable Object>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException("a member name must be text");
            }
            sorted.put(name, value);
        });
        out.append('{');
        boolean first = true;
        for (var member : sorted.entrySet()) {
            if (!first) out.append(',');
            first = false;
            writeString(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
        }
        out.append('}');
    }

    private static void writeArray(List<?> list, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) out.append(',');
            write(list.get(i), out);
        }
        out.append(']');
    }

    private static void writeInteger(BigInteger n, StringBuilder out) {
        if (n.abs().compareTo(INTEGER_MAX) > 0) {
            throw new IllegalArgumentException("whole number beyond 2^53 - 1; write it as text");
        }
        out.append(n);
    }

    private static double exact(BigDecimal number) {
        double nearest = number.doubleValue();
        if (Double.isInfinite(nearest)
                || new BigDecimal(Double.toString(nearest)).compareTo(number) != 0) {
            throw new IllegalArgumentException(
                    "number with more digits than a double holds; write it as text");
        }
        return nearest;
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u%04x".formatted((int) c));
                    } else if (Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))) {
                        out.append(c).append(text.charAt(++i));
                    } else if (Character.isSurrogate(c)) {
                        throw new IllegalArgumentException("half a surrogate pair in a text");
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
