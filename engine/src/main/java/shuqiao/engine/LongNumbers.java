package shuqiao.engine;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fields of numbers of which some do not fit into a cell: a spreadsheet keeps 15 digits, and no
 * NaN. Numbers and texts in one column add up to less than there is, without a word; so such a
 * field is text from top to bottom.
 */
final class LongNumbers {

    static final int DIGITS_EXACT = 15;

    private static final String EXACT_MAX = "999999999999999";
    private static final Pattern BOUND = Pattern.compile("numeric\\(\\d+,(-?\\d+)\\)");

    private LongNumbers() {}

    /**
     * Looks at all rows that are to go over, before the first one does; not at all where no type of
     * a field allows such a number.
     *
     * @param compiled with its values bound, in the transaction that reads
     */
    static Set<String> among(WireConnection source, CompiledScope compiled) {
        var columns = compiled.columns();
        var asked = new LinkedHashMap<String, String>();
        for (var i = 0; i < columns.size(); i++) {
            var name = columns.get(i).name();
            condition(columns.get(i).type(), "c" + i).ifPresent(it -> asked.put(name, it));
        }
        if (asked.isEmpty()) return Set.of();
        var text =
                "select %s from (%s%s) r(%s)"
                        .formatted(
                                asked.values().stream()
                                        .map(it ->
                                                "coalesce(pg_catalog.bool_or(%s), false)"
                                                        .formatted(it))
                                        .collect(Collectors.joining(", ")),
                                compiled.select().text(),
                                compiled.isPlain() ? "" : " offset 0",
                                IntStream.range(0, columns.size())
                                        .mapToObj(i -> "c" + i)
                                        .collect(Collectors.joining(", ")));
        var found = source.theirs(() -> source.one(text));
        var texts = new LinkedHashSet<String>();
        var at = 0;
        for (var name : asked.keySet()) if (found.flag(at++)) texts.add(name);
        return texts;
    }

    /** That a value of this type is none for a cell; empty where none can be. */
    private static Optional<String> condition(String type, String name) {
        return switch (type) {
            case "bigint" -> Optional.of(beyond(name, EXACT_MAX, ">", "::pg_catalog.int8"));
            case "real", "double precision" ->
                    Optional.of(beyond(name, "Infinity", ">=", "::pg_catalog.float8"));
            case "numeric" -> Optional.of(digits(name));
            default -> {
                var bound = BOUND.matcher(type);
                yield bound.matches()
                        ? Optional.of(
                                beyond(
                                        name,
                                        least(Integer.parseInt(bound.group(1))),
                                        ">=",
                                        "::pg_catalog.numeric"))
                        : Optional.empty();
            }
        };
    }

    /** The least number of more digits, where so many always stand after the point. */
    private static String least(int scale) {
        return "1e" + (DIGITS_EXACT - Math.max(scale, 0));
    }

    /** NaN is greater than every other number. */
    private static String beyond(String name, String bound, String operator, String type) {
        return "%1$s operator(pg_catalog.%3$s) '%2$s'%4$s or %1$s operator(pg_catalog.%5$s) '-%2$s'%4$s"
                .formatted(name, bound, operator, type, operator.replace('>', '<'));
    }

    /** Each value has digits of its own after the point. */
    private static String digits(String name) {
        var text = name + "::pg_catalog.text";
        return "pg_catalog.length(pg_catalog.ltrim(pg_catalog.translate(%1$s, '.-', ''), '0')) operator(pg_catalog.>) %2$d or pg_catalog.length(pg_catalog.translate(%1$s, '0123456789.-', '')) operator(pg_catalog.>) 0"
                .formatted(text, DIGITS_EXACT);
    }
}
