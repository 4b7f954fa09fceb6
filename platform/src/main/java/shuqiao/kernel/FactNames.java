package shuqiao.kernel;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * What a room calls its own things that facts of events point at: beans of this kind turn {@code
 * request=45} into SQ-2026-00044 where an act is told in a sentence. Asked once for many, so that a
 * page of acts costs one query a kind.
 */
@Offered(Offered.As.NAME)
public interface FactNames {

    /**
     * How a thing is called.
     *
     * @param page its page where everybody who is signed in may open it; null where only some may
     */
    record Named(String name, @Nullable String page) {}

    /** What is named, as the sentences write it after the colon, such as {@code request}. */
    String kind();

    /** By the value of the fact; what is not there any more, or never was, is left out. */
    Map<String, Named> named(Set<String> values, Locale locale);

    /** Things whose name is the same in every language, and that have no page for everybody. */
    record Simple(String kind, Function<Set<String>, Map<String, String>> names)
            implements FactNames {

        @Override
        public Map<String, Named> named(Set<String> values, Locale locale) {
            var named = new HashMap<String, Named>();
            names.apply(values).forEach((value, name) -> named.put(value, new Named(name, null)));
            return named;
        }
    }

    /** What people and programs are named by, see {@link #people}. */
    String PERSON = "person";

    /**
     * Names by user name or client id, for pages; who is not known, or not any more, keeps the
     * code.
     */
    static Map<String, String> people(Iterable<FactNames> rooms, Set<String> codes, Locale locale) {
        var names = new HashMap<String, String>();
        codes.forEach(code -> names.put(code, code));
        if (codes.isEmpty()) return names;
        for (var room : rooms)
            if (room.kind().equals(PERSON))
                room.named(codes, locale).forEach((code, it) -> names.put(code, it.name()));
        return names;
    }

    /** What a statement answers with two columns, by the first of them. */
    ResultSetExtractor<Map<String, String>> PAIRS =
            rs -> {
                var pairs = new HashMap<String, String>();
                while (rs.next()) pairs.put(rs.getString(1), rs.getString(2));
                return pairs;
            };

    /** Those of the values that are ids. */
    static Long[] ids(Set<String> values) {
        return values.stream()
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .toArray(Long[]::new);
    }
}
