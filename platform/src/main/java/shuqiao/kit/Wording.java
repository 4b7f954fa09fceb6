package shuqiao.kit;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import shuqiao.kernel.Clock;

/** Values of a register as words of one reader. */
record Wording(Register register, MessageSource messages, Locale locale, Keeper.Shown shown) {

    Wording(Register register, MessageSource messages, Locale locale) {
        this(register, messages, locale, Keeper.Shown.NOTHING);
    }

    /** No word is longer; what is, such as an address, is broken where the line ends. */
    private static final int WORD_MAX = 24;

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    String say(Words words) {
        return words.in(messages, locale);
    }

    @Nullable String maybe(@Nullable Words words) {
        return words == null ? null : say(words);
    }

    String text(Listing.Column column, @Nullable Object value) {
        if (value == null) return "";
        if (column.name().equals("state")) return say(stateLabel(String.valueOf(value)));
        return switch (value) {
            case Instant at -> MINUTE.format(at.atZone(Clock.ZONE));
            case Words words -> say(words);
            case List<?> many ->
                    many.stream()
                            .map(one -> coded(column, String.valueOf(one)))
                            .collect(Collectors.joining(separator()));
            case Map<?, ?> pairs ->
                    pairs.entrySet().stream()
                            .map(pair -> pair.getKey() + " → " + pair.getValue())
                            .collect(Collectors.joining(separator()));
            default -> coded(column, String.valueOf(value));
        };
    }

    /** What is told of a thing in a column. */
    String text(Listing.Column column, Keeper.Item item) {
        var said = item.values().get(column.name() + ".said");
        return text(column, said == null ? DataKit.value(item, column.name()) : said);
    }

    /** What stands below it; mostly nothing. */
    String small(Keeper.Item item, String column) {
        var small = item.values().get(column + ".small");
        return small == null ? "" : value(small);
    }

    /** As a cell of an export: numbers stay numbers. */
    Object exported(Listing.Column column, Keeper.Item item) {
        return DataKit.value(item, column.name()) instanceof Number number
                ? number
                : text(column, item);
    }

    /** A time, words or a text as they are read. */
    String value(Object value) {
        return switch (value) {
            case Instant at -> MINUTE.format(at.atZone(Clock.ZONE));
            case Words words -> say(words);
            case List<?> many ->
                    many.stream()
                            .map(one -> one == null ? "" : value(one))
                            .collect(Collectors.joining(separator()));
            default -> String.valueOf(value);
        };
    }

    String separator() {
        return locale.getLanguage().equals("zh") ? "、" : ", ";
    }

    /** Of a column without an enum: as the field of its name words it. */
    private String coded(Listing.Column column, String value) {
        if (column.of() != null) return say(Words.of(column.of() + "." + value));
        return Stream.concat(
                        register.forms().stream().flatMap(form -> form.fields().stream()),
                        filters())
                .filter(field -> field.name().equals(column.name()))
                .flatMap(field ->
                        codes(field, shown).stream()
                                .filter(code -> code.value().equals(value))
                                .map(code -> say(field.wordOf(code))))
                .findFirst()
                .orElse(value);
    }

    private Stream<Field> filters() {
        return register.listing() == null ? Stream.of() : register.listing().filters().stream();
    }

    Words stateLabel(String name) {
        var label = state(name).label();
        return label == null ? Words.plain(name) : label;
    }

    Transitions.State state(String name) {
        return Objects.requireNonNull(register.transitions()).state(name);
    }

    /** The codes a field may have, each with its word. */
    Map<String, String> choices(Field field, Keeper.Shown shown) {
        var choices = new LinkedHashMap<String, String>();
        for (var code : codes(field, shown)) choices.put(code.value(), say(field.wordOf(code)));
        return choices;
    }

    private static List<Field.Code> codes(Field field, Keeper.Shown shown) {
        return field.codes().isEmpty() && field.of() != null
                ? shown.codes().getOrDefault(field.of(), List.of())
                : field.codes();
    }

    /** An identifier, such as a name of a column: it is set in type of one width. */
    static boolean isLongCode(String text) {
        return text.length() > WORD_MAX && isCode(text);
    }

    static boolean isCode(String text) {
        return text.matches("[\\x21-\\x7e]+");
    }
}
