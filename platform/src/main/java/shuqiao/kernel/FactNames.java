package shuqiao.kernel;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a room calls its own things that facts of events point at: beans of this kind turn {@code
 * request=45} into SQ-2026-00044 where an act is told in a sentence. Asked once for many, so that a
 * page of acts costs one query a kind.
 */
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

    /** Those of the values that are ids. */
    static Long[] ids(Set<String> values) {
        return values.stream()
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .toArray(Long[]::new);
    }
}
