package shuqiao.kit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * Words in both languages: a key of the room's messages, or the words themselves, as a package has
 * them.
 *
 * @param key of the messages; null where the words stand here
 * @param facts what the message is filled with, words too; a declaration has none
 */
public record Words(
        @Nullable String key, @Nullable String zh, @Nullable String en, List<Object> facts) {

    public Words {
        if ((key == null) != (zh != null && en != null))
            throw new IllegalArgumentException("words have a key, or both languages");
        facts = List.copyOf(facts);
    }

    public static Words of(String key, Object... facts) {
        return new Words(key, null, null, List.of(facts));
    }

    /** A name or a number, the same in every language. */
    public static Words plain(String text) {
        return both(text, text);
    }

    public static Words both(String zh, String en) {
        return new Words(null, zh, en, List.of());
    }

    /** In a file: the key alone, or {@code {zh: …, en: …}}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Words read(Object written) {
        if (written instanceof String key) return of(key);
        if (written instanceof Map<?, ?> words
                && words.size() == 2
                && words.get("zh") instanceof String zh
                && words.get("en") instanceof String en) return both(zh, en);
        throw new IllegalArgumentException("words are a key, or zh and en");
    }

    @JsonValue
    Object written() {
        if (key != null) return key;
        return Map.of("zh", Objects.requireNonNull(zh), "en", Objects.requireNonNull(en));
    }

    public String in(MessageSource messages, Locale locale) {
        if (key != null)
            return Objects.requireNonNull(
                    messages.getMessage(key, said(messages, locale), key, locale));
        return Objects.requireNonNull(locale.getLanguage().equals("zh") ? zh : en);
    }

    /** What it is filled with, words among it in the same language. */
    private Object[] said(MessageSource messages, Locale locale) {
        return facts.stream()
                .map(fact -> fact instanceof Words words ? words.in(messages, locale) : fact)
                .toArray();
    }

    /** What people typed: it keeps its language on a page in another. */
    boolean isPlain() {
        return zh != null && zh.equals(en);
    }
}
