package shuqiao.sharing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.engine.Table;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * What talks or an award give of what was asked for, as their forms show it: which items, behind
 * which masks, which rows. The authority sees no sample of another's data here.
 */
@Component
class TermSheets {

    /**
     * One item.
     *
     * @param masks rule to words; the first is the value as it is
     */
    record Line(Wording.ItemLine item, boolean chosen, String mask, Map<String, String> masks) {}

    /**
     * @param asked the conditions that were asked for; those of the form come beside them
     * @param watermark whether files are to say who got them
     */
    record Sheet(
            List<Line> lines,
            List<TypedCondition> rows,
            List<Wording.ItemLine> filterItems,
            List<String> ops,
            List<Wording.Rule> asked,
            boolean watermark) {}

    /** What is given in part, as doors take it. */
    record Part(
            List<@Nullable String> fields,
            JsonNode filter,
            Map<String, @Nullable String> masks,
            String until) {}

    private final Offers offers;
    private final DecisionSheets answers;
    private final Wording wording;

    TermSheets(Offers offers, DecisionSheets answers, Wording wording) {
        this.offers = offers;
        this.answers = answers;
        this.wording = wording;
    }

    Sheet sheet(Request it, DecisionForm form, Locale locale) {
        var subject = wording.subject(it.subject());
        var live = live(it);
        return new Sheet(
                subject.of(it.ask().fields()).stream()
                        .map(item -> line(it.ask(), item, form, live, locale))
                        .toList(),
                form.rows().isEmpty() ? List.of(TypedCondition.empty()) : form.rows(),
                List.copyOf(subject.items().values()),
                RequestFormPages.ops(),
                wording.rules(it.ask().filter(), subject, locale),
                Boolean.TRUE.equals(form.watermark()));
    }

    /** Refuses what is written by half; nothing chosen would mean everything, so it is missing. */
    Part part(Request it, DecisionForm form) {
        var faults = new Invalid.Faults();
        if (it.ask().fields().stream().noneMatch(form::chosen)) faults.add("fields", "required");
        var filter = TypedCondition.json(faults, form.rows(), names(it));
        faults.refuseIfAny();
        var masks = new LinkedHashMap<String, @Nullable String>();
        for (var column : form.fields()) {
            var rule = form.masks().getOrDefault(column, "");
            if (!rule.isEmpty()) masks.put(column, rule);
        }
        return new Part(List.copyOf(form.fields()), filter, masks, form.until());
    }

    Map<String, String> names(Request it) {
        return wording.subject(it.subject()).names();
    }

    private Line line(
            Ask asked,
            Wording.ItemLine item,
            DecisionForm form,
            Optional<Table> live,
            Locale locale) {
        return new Line(
                item,
                form.chosen(item.column()),
                form.masks()
                        .getOrDefault(item.column(), asked.masks().getOrDefault(item.column(), "")),
                answers.masks(asked, item.column(), live, locale));
    }

    /** A database that is away leaves the form usable: it offers masks that may not suit then. */
    private Optional<Table> live(Request it) {
        try {
            return offers.find(it.subject().resource()).map(offers::live);
        } catch (Refusal _) {
            return Optional.empty();
        }
    }
}
