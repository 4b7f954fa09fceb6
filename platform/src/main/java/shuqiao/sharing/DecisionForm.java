package shuqiao.sharing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import shuqiao.kernel.Invalid;

/**
 * An answer as it is typed, kept until it is decided.
 *
 * @param fields columns that are ticked
 * @param masks column to rule; left out or empty for as asked
 * @param whyNot column that is not ticked to the reason
 * @param rows conditions beside those asked for
 * @param reason of what else is given less, or of the refusal
 * @param watermark null in what was kept by an earlier release
 * @param version of the resource that was shown; null in what was kept by an earlier release
 */
record DecisionForm(
        String outcome,
        List<String> fields,
        Map<String, String> masks,
        Map<String, String> whyNot,
        List<TypedCondition> rows,
        String from,
        String until,
        String opinion,
        String reason,
        String basisKind,
        String basis,
        @Nullable Boolean watermark,
        @Nullable Integer version) {

    static final int WHY_MAX = 200;

    /** Nothing chosen yet; all as asked. */
    static DecisionForm of(Ask asked) {
        return new DecisionForm(
                "",
                asked.fields(),
                asked.masks(),
                Map.of(),
                List.of(),
                asked.from().toString(),
                asked.until().toString(),
                "",
                "",
                "",
                "",
                false,
                null);
    }

    static DecisionForm of(MultiValueMap<String, String> form) {
        return new DecisionForm(
                first(form, "outcome"),
                form.getOrDefault("fields", List.of()),
                starting(form, "mask-"),
                starting(form, "why-"),
                TypedCondition.read(form),
                first(form, "from"),
                first(form, "until"),
                first(form, "opinion"),
                first(form, "reason"),
                first(form, "basisKind"),
                first(form, "basis"),
                !first(form, "watermark").isEmpty(),
                number(first(form, "version")));
    }

    public boolean gives() {
        return outcome.equals("GRANT") || outcome.equals("GRANT_IN_PART");
    }

    public boolean chosen(String column) {
        return fields.contains(column);
    }

    /**
     * Who refuses an item, hides or narrows something gives in part: the ticks say it, nobody has
     * to say it twice. A refusal is never deduced, nor that all is given.
     */
    DecisionForm deduced(Ask asked) {
        if (!outcome.isEmpty() && !outcome.equals("GRANT")) return this;
        var some = asked.fields().stream().anyMatch(this::chosen);
        return some && givesLess(asked) ? with("GRANT_IN_PART", rows, opinion) : this;
    }

    private boolean givesLess(Ask asked) {
        return !asked.fields().stream().allMatch(this::chosen)
                || masks.entrySet().stream()
                        .anyMatch(it ->
                                chosen(it.getKey())
                                        && !it.getValue().isEmpty()
                                        && !it.getValue().equals(asked.masks().get(it.getKey())))
                || rows.stream().anyMatch(line -> !line.blank())
                || !(from.isEmpty() || from.equals(asked.from().toString()))
                || !(until.isEmpty() || until.equals(asked.until().toString()));
    }

    /** The other faults are found where the answer itself is checked. */
    Invalid.Faults incomplete(Ask asked, Map<String, String> names) {
        var faults = new Invalid.Faults();
        if (outcome.isEmpty()) faults.add("outcome", "sharing.no-outcome");
        if (gives()) {
            if (asked.fields().stream().noneMatch(this::chosen))
                faults.add("fields", "sharing.no-field-given");
            for (var column : asked.fields())
                if (!chosen(column)) faults.text("why-" + column, whyNot.get(column), WHY_MAX);
            TypedCondition.json(faults, rows, names);
        }
        return faults;
    }

    /**
     * All that was asked for, as this answer would show it so far; what is typed by half is left
     * out.
     */
    Ask glance(Ask asked) {
        var rules = new LinkedHashMap<>(asked.masks());
        for (var column : asked.fields()) {
            var rule = masks.getOrDefault(column, "");
            if (chosen(column) && !rule.isEmpty()) rules.put(column, rule);
        }
        return new Ask(
                asked.fields(),
                DecisionEntry.and(
                        asked.filter(),
                        TypedCondition.json(new Invalid.Faults(), rows, Map.of()).toString()),
                rules,
                asked.purpose(),
                asked.purposeText(),
                asked.basis(),
                asked.matter(),
                asked.mode(),
                asked.from(),
                asked.until());
    }

    /** The answer as doors take it. */
    DecisionEntry entry(Ask asked, Map<String, String> names) {
        if (!gives())
            return new DecisionEntry(
                    outcome, null, null, null, null, null, opinion, reason, basisKind, basis, null,
                    version);
        var rules = new LinkedHashMap<String, @Nullable String>();
        for (var column : fields) {
            var rule = masks.getOrDefault(column, "");
            if (!rule.isEmpty()) rules.put(column, rule);
        }
        return new DecisionEntry(
                outcome,
                List.copyOf(fields),
                TypedCondition.json(new Invalid.Faults(), rows, names),
                rules,
                from,
                until,
                opinion,
                reasons(asked, names),
                null,
                null,
                watermark,
                version);
    }

    /** What is not given and why, then what else there is to say. */
    private String reasons(Ask asked, Map<String, String> names) {
        var all = new ArrayList<String>();
        for (var column : asked.fields()) {
            var why = whyNot.getOrDefault(column, "").strip();
            if (!chosen(column) && !why.isEmpty())
                all.add(names.getOrDefault(column, column) + "：" + why);
        }
        if (!reason.isBlank()) all.add(reason.strip());
        return String.join("；", all);
    }

    DecisionForm withRows(List<TypedCondition> lines) {
        return with(outcome, lines, opinion);
    }

    /** A sentence more in the opinion, on a line of its own. */
    DecisionForm withRemark(String more) {
        if (more.isBlank()) return this;
        return with(
                outcome,
                rows,
                opinion.isBlank() ? more.strip() : opinion.strip() + "\n" + more.strip());
    }

    /** By who looked at this version of the resource. */
    DecisionForm seen(@Nullable Integer shown) {
        return new DecisionForm(
                outcome, fields, masks, whyNot, rows, from, until, opinion, reason, basisKind,
                basis, watermark, shown);
    }

    private DecisionForm with(String result, List<TypedCondition> lines, String words) {
        return new DecisionForm(
                result, fields, masks, whyNot, lines, from, until, words, reason, basisKind, basis,
                watermark, version);
    }

    /** What no page of ours wrote there is no version. */
    private static @Nullable Integer number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : null;
    }

    static String first(MultiValueMap<String, String> form, String name) {
        var value = form.getFirst(name);
        return value == null ? "" : value.strip();
    }

    private static Map<String, String> starting(MultiValueMap<String, String> form, String prefix) {
        var found = new LinkedHashMap<String, String>();
        form.forEach((name, values) -> {
            if (name.startsWith(prefix) && !values.isEmpty())
                found.put(name.substring(prefix.length()), values.getFirst().strip());
        });
        return found;
    }
}
