package shuqiao.sharing;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shuqiao.engine.Mask;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Invalid;
import tools.jackson.databind.JsonNode;

/**
 * A request as a steward or a program writes it, not yet checked.
 *
 * @param resource id in the catalog
 * @param fields columns; all that are shareable when left out or empty
 * @param filter items {@code {"field","op","value"}}
 * @param masks wishes, column to rule
 * @param matter name of the task (对应事项); may be left out
 * @param mode snapshot when left out
 * @param from today when left out
 */
public record AskEntry(
        @Nullable Long resource,
        @Nullable List<@Nullable String> fields,
        @ArraySchema(schema = @Schema(implementation = FilterItem.class)) @Nullable JsonNode filter,
        @Nullable Map<String, @Nullable String> masks,
        @Nullable String purpose,
        @Nullable String purposeText,
        @Nullable String basis,
        @Nullable String matter,
        @Nullable String mode,
        @Nullable String from,
        @Nullable String until) {

    /** One condition; for documentation. */
    @Schema(name = "FilterItem")
    record FilterItem(String field, String op, @Nullable Object value) {}

    static final int FILTER_MAX = 100_000;
    private static final Set<String> LATER = Set.of("incremental", "stream");

    Ask checked(Offer offer, LocalDate today) {
        var faults = new Invalid.Faults();
        var wanted = fields(faults, "fields", fields, offer.columns(), offer.shareable());
        var rows = filter(faults, "filter", filter);
        var rules = masks(faults, masks, wanted);
        var use = ProfileEntry.word(faults, "purpose", purpose, Purpose.class);
        var words = faults.text("purposeText", purposeText, 2000);
        var law = faults.text("basis", basis, 2000);
        var task = faults.optionalText("matter", matter, 200);
        var way = mode(faults, mode);
        var first = day(faults, "from", from, today);
        var last = day(faults, "until", until, null);
        term(faults, first, last, today);
        faults.refuseIfAny();
        return new Ask(
                wanted,
                rows,
                rules,
                use.orElseThrow(),
                words,
                law,
                task,
                way,
                java.util.Objects.requireNonNull(first),
                java.util.Objects.requireNonNull(last));
    }

    /**
     * Checks names against those there are; those that may be had, in source order, when none is
     * named.
     */
    static List<String> fields(
            Invalid.Faults faults,
            String field,
            @Nullable List<@Nullable String> named,
            List<String> known,
            List<String> allowed) {
        if (named == null || named.isEmpty()) {
            if (allowed.isEmpty()) faults.add(field, "sharing.nothing-shareable");
            return allowed;
        }
        var wanted = new HashSet<String>();
        for (int at = 0; at < named.size(); at++) {
            var name = named.get(at) == null ? "" : named.get(at);
            var where = field + "[" + at + "]";
            if (!known.contains(name))
                faults.add(where, "sharing.unknown-field", Map.of("field", shortened(name)));
            else if (!allowed.contains(name))
                faults.add(where, "sharing.field-not-shareable", Map.of("field", name));
            else if (!wanted.add(name))
                faults.add(where, "sharing.field-twice", Map.of("field", name));
        }
        return allowed.stream().filter(wanted::contains).toList();
    }

    /** Only its shape; the engine reads it against the live table. */
    static String filter(Invalid.Faults faults, String field, @Nullable JsonNode filter) {
        if (filter == null || filter.isNull() || filter.isMissingNode()) return Ask.NO_FILTER;
        if (!filter.isArray()) {
            faults.add(field, "sharing.filter-list");
            return Ask.NO_FILTER;
        }
        return faults.optionalText(field, filter.toString(), FILTER_MAX);
    }

    static Map<String, String> masks(
            Invalid.Faults faults,
            @Nullable Map<String, @Nullable String> masks,
            List<String> fields) {
        var rules = new HashMap<String, String>();
        if (masks == null) return rules;
        masks.forEach((column, rule) -> {
            var known = Mask.named(rule == null ? "" : rule);
            if (!fields.contains(column))
                faults.add(
                        "masks." + shortened(column),
                        "sharing.mask-elsewhere",
                        Map.of("field", shortened(column)));
            else if (known.isEmpty())
                faults.add(
                        "masks." + column,
                        "not-one-of",
                        Map.of(
                                "allowed",
                                java.util.Arrays.stream(Mask.values()).map(Mask::rule).toList()));
            else rules.put(column, known.get().rule());
        });
        return rules;
    }

    private static Ask.Mode mode(Invalid.Faults faults, @Nullable String word) {
        var mode = word == null || word.isBlank() ? Ask.Mode.SNAPSHOT.word() : word.strip();
        if (LATER.contains(mode)) faults.add("mode", "sharing.mode-later", Map.of("mode", mode));
        else if (!mode.equals(Ask.Mode.SNAPSHOT.word()))
            faults.add("mode", "not-one-of", Map.of("allowed", List.of(Ask.Mode.SNAPSHOT.word())));
        return Ask.Mode.SNAPSHOT;
    }

    /** A date; the one that stands for none where it may be left out. */
    static @Nullable LocalDate day(
            Invalid.Faults faults, String field, @Nullable String text, @Nullable LocalDate none) {
        if (text == null || text.isBlank()) {
            if (none == null) faults.add(field, "required");
            return none;
        }
        try {
            return Clock.day(text.strip());
        } catch (java.time.DateTimeException _) {
            faults.add(field, "date");
            return null;
        }
    }

    private static void term(
            Invalid.Faults faults,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            LocalDate today) {
        if (from == null || until == null) return;
        if (until.isBefore(today)) faults.add("until", "sharing.term-over");
        else if (until.isBefore(from)) faults.add("until", "sharing.term-backwards");
        else if (until.isAfter(from.plusYears(Ask.YEARS_MAX)))
            faults.add("until", "sharing.term-too-long", Map.of("years", Ask.YEARS_MAX));
        if (from.isAfter(today.plusYears(Ask.YEARS_MAX)))
            faults.add("from", "sharing.term-too-long", Map.of("years", Ask.YEARS_MAX));
    }

    /** What a caller wrote, short enough to be said back. */
    static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= 64
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 64)) + "…";
    }
}
