package shuqiao.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import shuqiao.engine.proof.CanonicalJson;

/** A digest that stands in a grant and in its receipts is the same in every version. */
class ScopeDigestTests {

    @Test
    void a_scope_has_the_bytes_and_the_digest_it_always_had() {
        var scope =
                new Scope(
                        "public",
                        "person",
                        List.of(
                                new Scope.Field("姓名", "text"),
                                new Scope.Field("a\"b\\c", "integer")),
                        List.of(
                                new Condition(
                                        "姓名", "text", Operator.IN, List.of("张\u001f三", "😀\n"))),
                        Map.of("姓名", Mask.NAME),
                        "核验\t",
                        LocalDate.of(2026, 12, 1),
                        Optional.of(LocalDate.of(2027, 11, 30)));

        assertThat(scope.canonicalJson())
                .isEqualTo(
                        """
                        {"fields":[{"name":"姓名","type":"text"},{"name":"a\\"b\\\\c","type":"integer"}],\
                        "filter":[{"field":"姓名","op":"in","type":"text","value":["张\\u001f三","😀\\n"]}],\
                        "masks":{"姓名":"name"},"purpose":"核验\\t",\
                        "term":{"from":"2026-12-01","until":"2027-11-30"}}\
                        """);
        assertThat(ScopeJson.parse(scope.toJson())).isEqualTo(scope);
        assertThat(scope.digest())
                .isEqualTo(
                        "sha256:0f5ca60f2cbe6a1096d93f46f048317af04a5e38623f195316f5e2b3e2419b19");
    }

    @Test
    void whatever_a_scope_may_hold_is_written_as_grants_were_written_before() {
        var random = new Random(8785);
        for (int i = 0; i < 20_000; i++) {
            var value = value(random, 3);
            assertThat(CanonicalJson.text(value)).isEqualTo(former(value));
        }
    }

    private static Object value(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(3)) {
            case 0 -> text(random);
            case 1 -> {
                var list = new ArrayList<Object>();
                for (int i = random.nextInt(4); i > 0; i--) list.add(value(random, depth - 1));
                yield list;
            }
            default -> {
                var map = new HashMap<String, Object>();
                for (int i = random.nextInt(4); i > 0; i--)
                    map.put(text(random), value(random, depth - 1));
                yield map;
            }
        };
    }

    /** Any characters that can be written in UTF-8, the awkward ones often. */
    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--)
            switch (random.nextInt(5)) {
                case 0 -> text.append((char) random.nextInt(0x80));
                case 1 -> text.append("\"\\/\b\f\u007f\u2028".charAt(random.nextInt(7)));
                case 2 -> text.append((char) (0x4e00 + random.nextInt(0x5000)));
                case 3 -> text.append((char) (0xe000 + random.nextInt(0x1ff0)));
                default -> text.appendCodePoint(0x10000 + random.nextInt(0xfffff));
            }
        return text.toString();
    }

    /** The writer of the first versions, kept to compare with. */
    private static String former(Object value) {
        return switch (value) {
            case String text -> formerText(text);
            case List<?> list -> {
                var parts = list.stream().map(ScopeDigestTests::former).toList();
                yield "[" + String.join(",", parts) + "]";
            }
            case Map<?, ?> map -> {
                var sorted = new TreeMap<String, Object>();
                map.forEach((name, one) -> sorted.put((String) name, one));
                var parts = new ArrayList<String>();
                sorted.forEach((name, one) -> parts.add(formerText(name) + ":" + former(one)));
                yield "{" + String.join(",", parts) + "}";
            }
            default -> throw new IllegalArgumentException("not canonical");
        };
    }

    private static String formerText(String value) {
        var text = new StringBuilder("\"");
        for (var c : value.toCharArray())
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
        return text.append('"').toString();
    }
}
