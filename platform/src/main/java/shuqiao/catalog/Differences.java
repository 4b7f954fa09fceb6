package shuqiao.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.organization.Organizations;

/**
 * What changed between two descriptions, in words: metadata in the order of the guide, then items.
 */
@Component
public class Differences {

    /**
     * What changes, in short.
     *
     * @param metadata names of what changes of the whole
     * @param added items that were not there
     * @param changed items that say something else
     * @param removed items that are there no more
     */
    public record Summary(List<String> metadata, int added, int changed, int removed) {
        public Summary {
            metadata = List.copyOf(metadata);
        }
    }

    /**
     * One thing that changed.
     *
     * @param item whether it is an item, as against metadata of the whole
     * @param before empty when it was added
     * @param after empty when it was removed
     */
    record Change(boolean item, String what, List<Piece> before, List<Piece> after) {}

    /** A piece of a text, and whether it is only on this side. */
    record Piece(String text, boolean changed) {}

    record Difference(
            List<Change> changes,
            int added,
            int changed,
            int removed,
            int sameMetadata,
            int sameItems) {
        public boolean none() {
            return changes.isEmpty();
        }
    }

    private record Pair(String key, String before, String after) {}

    private final MessageSource messages;
    private final Organizations organizations;

    Differences(MessageSource messages, Organizations organizations) {
        this.messages = messages;
        this.organizations = organizations;
    }

    public Summary summary(Description before, Description after, Locale locale) {
        var all = between(before, after, locale).changes();
        var items = all.stream().filter(Change::item).toList();
        int added = number(items, it -> it.before().isEmpty());
        int removed = number(items, it -> it.after().isEmpty());
        return new Summary(
                all.stream().filter(it -> !it.item()).map(Change::what).distinct().toList(),
                added,
                items.size() - added - removed,
                removed);
    }

    Difference between(Description before, Description after, Locale locale) {
        var changes = new ArrayList<Change>();
        var pairs = metadata(before, after, locale);
        for (var pair : pairs)
            if (!pair.before().equals(pair.after()))
                changes.add(
                        change(
                                false,
                                word("catalog." + pair.key(), locale),
                                pair.before(),
                                pair.after()));
        var same = items(before.items(), after.items(), changes, locale);
        int added = number(changes, it -> it.before().isEmpty());
        int removed = number(changes, it -> it.after().isEmpty());
        return new Difference(
                changes,
                added,
                changes.size() - added - removed,
                removed,
                pairs.size() - number(changes, it -> !it.item()),
                same);
    }

    /** Pairs items of one name, then of one column: those were renamed. */
    private int items(List<Item> before, List<Item> after, List<Change> changes, Locale locale) {
        int same = 0;
        var paired = new HashSet<Item>();
        for (var old : before) {
            var now = partner(old, before, after);
            if (now.isEmpty()) {
                changes.add(change(true, old.name(), words(old, locale), ""));
                continue;
            }
            var next = now.orElseThrow();
            paired.add(next);
            var renamed = !next.name().equals(old.name());
            var was = (renamed ? old.name() + "，" : "") + words(old, locale);
            var is = (renamed ? next.name() + "，" : "") + words(next, locale);
            if (was.equals(is)) same++;
            else changes.add(change(true, next.name(), was, is));
        }
        for (var now : after)
            if (!paired.contains(now))
                changes.add(change(true, now.name(), "", words(now, locale)));
        return same;
    }

    private static Optional<Item> partner(Item old, List<Item> before, List<Item> after) {
        var named = after.stream().filter(it -> it.name().equals(old.name())).findFirst();
        if (named.isPresent() || old.column().isEmpty()) return named;
        return after.stream()
                .filter(it ->
                        it.column().equals(old.column())
                                && before.stream().noneMatch(b -> b.name().equals(it.name())))
                .findFirst();
    }

    private List<Pair> metadata(Description a, Description b, Locale locale) {
        return List.of(
                new Pair("classification", a.classification(), b.classification()),
                new Pair("name", a.name(), b.name()),
                new Pair("innerDepartment", a.innerDepartment(), b.innerDepartment()),
                new Pair("summary", a.summary(), b.summary()),
                new Pair("format", format(a, locale), format(b, locale)),
                new Pair(
                        "sharingKind",
                        word(a.sharingKind(), locale),
                        word(b.sharingKind(), locale)),
                new Pair("sharingCondition", a.sharingCondition(), b.sharingCondition()),
                new Pair("sharingBasis", a.sharingBasis(), b.sharingBasis()),
                new Pair("sharingMethod", method(a, locale), method(b, locale)),
                new Pair("sharingRange", range(a, locale), range(b, locale)),
                new Pair(
                        "open",
                        word(a.open() ? "catalog.yes" : "catalog.no", locale),
                        word(b.open() ? "catalog.yes" : "catalog.no", locale)),
                new Pair("openCondition", a.openCondition(), b.openCondition()),
                new Pair(
                        "updateCycle",
                        word(a.updateCycle(), locale),
                        word(b.updateCycle(), locale)),
                new Pair("relatedCode", a.relatedCode(), b.relatedCode()),
                new Pair("survey", survey(a, locale), survey(b, locale)));
    }

    private String words(Item it, Locale locale) {
        var words = new ArrayList<String>();
        words.add(
                word(it.dataType(), locale)
                        + (it.length() == null
                                ? ""
                                : " " + word("catalog.length", locale) + " " + it.length()));
        if (!it.column().isEmpty())
            words.add(word("catalog.column", locale) + " " + it.column() + " " + it.columnType());
        if (it.key()) words.add(word("catalog.key", locale));
        words.add(word(it.sensitivity(), locale));
        words.add(word(it.shareable() ? "catalog.item.shared" : "catalog.item.withheld", locale));
        if (!it.nullable()) words.add(word("catalog.item.required", locale));
        if (!it.element().isEmpty())
            words.add(word("catalog.element", locale) + " " + it.element());
        if (!it.codes().isEmpty()) words.add(word("catalog.codes", locale) + " " + it.codes());
        if (!it.description().isEmpty()) words.add(it.description());
        return words.stream()
                .map(String::strip)
                .filter(it2 -> !it2.isEmpty())
                .collect(Collectors.joining(locale.getLanguage().equals("en") ? ", " : "，"));
    }

    private String format(Description it, Locale locale) {
        return (word(it.formatKind(), locale) + " " + it.formatType() + " " + it.formatOther())
                .strip();
    }

    private String method(Description it, Locale locale) {
        return (word(it.sharingMethodKind(), locale) + " " + word(it.sharingMethodType(), locale))
                .strip();
    }

    private String survey(Description it, Locale locale) {
        var six = it.survey();
        if (!six.known()) return "";
        return messages.getMessage(
                "catalog.survey.words",
                new Object[] {
                    six.storage().toPlainString(),
                    six.records(),
                    six.sharedStorage().toPlainString(),
                    six.sharedRecords(),
                    six.openStorage().toPlainString(),
                    six.openRecords()
                },
                locale);
    }

    private String range(Description it, Locale locale) {
        return it.sharingRange().stream()
                .map(code ->
                        organizations.find(code).map(one -> Names.of(one, locale)).orElse(code))
                .collect(Collectors.joining(locale.getLanguage().equals("en") ? ", " : "、"));
    }

    private String word(@Nullable Enum<?> value, Locale locale) {
        return value == null
                ? ""
                : word(value.getDeclaringClass().getSimpleName() + "." + value.name(), locale);
    }

    private String word(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }

    private static int number(List<Change> changes, Predicate<Change> which) {
        return (int) changes.stream().filter(which).count();
    }

    /** What both sides begin and end with stays unmarked. */
    private static Change change(boolean item, String what, String before, String after) {
        var a = before.codePoints().toArray();
        var b = after.codePoints().toArray();
        int from = 0;
        while (from < Math.min(a.length, b.length) && a[from] == b[from]) from++;
        int end = 0;
        while (end < Math.min(a.length, b.length) - from
                && a[a.length - 1 - end] == b[b.length - 1 - end]) end++;
        return new Change(item, what, pieces(a, from, end), pieces(b, from, end));
    }

    private static List<Piece> pieces(int[] text, int from, int end) {
        var pieces = new ArrayList<Piece>();
        add(pieces, text, 0, from, false);
        add(pieces, text, from, text.length - end, true);
        add(pieces, text, text.length - end, text.length, false);
        return pieces;
    }

    private static void add(List<Piece> pieces, int[] text, int from, int to, boolean changed) {
        if (to > from) pieces.add(new Piece(new String(text, from, to - from), changed));
    }
}
