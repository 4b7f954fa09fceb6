package shuqiao.sharing;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * An answer as a reviewer or a program writes it, not yet checked. What is left out is as it was
 * asked.
 *
 * @param fields of those asked for, the ones that are granted
 * @param filter conditions beside those asked for
 * @param masks rules beside, or in place of, those wished for
 * @param basisKind what a refusal rests on
 * @param basis the text it rests on, with its number
 * @param watermark whether files delivered under the grant say who got them; left out for no
 * @param version of the resource that was looked at: where another one is valid by now, nothing is
 *     given; left out for whichever is valid
 */
public record DecisionEntry(
        @Nullable String outcome,
        @Nullable List<@Nullable String> fields,
        @ArraySchema(schema = @Schema(implementation = AskEntry.FilterItem.class))
                @Nullable JsonNode filter,
        @Nullable Map<String, @Nullable String> masks,
        @Nullable String from,
        @Nullable String until,
        @Nullable String opinion,
        @Nullable String reason,
        @Nullable String basisKind,
        @Nullable String basis,
        @Nullable Boolean watermark,
        @Nullable Integer version) {

    /** Without a watermark, on whichever version is valid. */
    public DecisionEntry(
            @Nullable String outcome,
            @Nullable List<@Nullable String> fields,
            @Nullable JsonNode filter,
            @Nullable Map<String, @Nullable String> masks,
            @Nullable String from,
            @Nullable String until,
            @Nullable String opinion,
            @Nullable String reason,
            @Nullable String basisKind,
            @Nullable String basis) {
        this(
                outcome, fields, filter, masks, from, until, opinion, reason, basisKind, basis,
                null, null);
    }

    /** An answer whose words are in order; whether the rows can be had is for the engine to say. */
    sealed interface Ruling {
        Decision decision();

        /**
         * @param granted what was asked for, as far as it is given
         */
        record Given(Decision decision, Ask granted, boolean watermark) implements Ruling {}

        record Refused(Decision decision) implements Ruling {}
    }

    Ruling checked(Request request, Profile profile, LocalDate today) {
        var faults = new Invalid.Faults();
        var result = ProfileEntry.word(faults, "outcome", outcome, Decision.Outcome.class);
        var view = faults.optionalText("opinion", opinion, 2000);
        faults.refuseIfAny();
        return switch (result.orElseThrow()) {
            case GRANT -> whole(faults, request, view, today);
            case GRANT_IN_PART -> part(faults, request, view, today);
            case REFUSE -> refused(faults, profile, view);
        };
    }

    private Ruling whole(Invalid.Faults faults, Request request, String view, LocalDate today) {
        var why = faults.optionalText("reason", reason, 2000);
        var given = given(faults, request.ask(), today);
        if (!faults.any() && !given.equals(request.ask()))
            faults.add("outcome", "sharing.grant-gives-less");
        faults.refuseIfAny();
        return new Ruling.Given(
                new Decision(Decision.Outcome.GRANT, view, why, Optional.empty(), ""),
                given,
                Boolean.TRUE.equals(watermark));
    }

    private Ruling part(Invalid.Faults faults, Request request, String view, LocalDate today) {
        var why = faults.text("reason", reason, 2000);
        var given = given(faults, request.ask(), today);
        if (!faults.any() && given.equals(request.ask()))
            faults.add("outcome", "sharing.part-gives-all");
        faults.refuseIfAny();
        return new Ruling.Given(
                new Decision(Decision.Outcome.GRANT_IN_PART, view, why, Optional.empty(), ""),
                given,
                Boolean.TRUE.equals(watermark));
    }

    private Ruling refused(Invalid.Faults faults, Profile profile, String view) {
        var why = faults.text("reason", reason, 2000);
        var text = faults.text("basis", basis, 2000);
        var kind = ProfileEntry.word(faults, "basisKind", basisKind, BasisKind.class);
        if (kind.isPresent() && !profile.bases().contains(kind.get()))
            faults.add(
                    "basisKind",
                    "sharing.basis-not-accepted",
                    Map.of(
                            "kind", kind.get(),
                            "accepted", List.copyOf(profile.bases()),
                            "article", profile.article(Limit.REFUSAL_BASIS)));
        faults.refuseIfAny();
        return new Ruling.Refused(new Decision(Decision.Outcome.REFUSE, view, why, kind, text));
    }

    private Ask given(Invalid.Faults faults, Ask asked, LocalDate today) {
        var granted = granted(faults, asked);
        var rules = new HashMap<>(asked.masks());
        rules.putAll(AskEntry.masks(faults, masks, granted));
        rules.keySet().retainAll(granted);
        var first = AskEntry.day(faults, "from", from, asked.from());
        var last = AskEntry.day(faults, "until", until, asked.until());
        if (first != null && first.isBefore(asked.from()))
            faults.add("from", "sharing.longer-than-asked");
        if (last != null && last.isAfter(asked.until()))
            faults.add("until", "sharing.longer-than-asked");
        if (first != null && last != null && last.isBefore(first))
            faults.add("until", "sharing.term-backwards");
        else if (last != null && last.isBefore(today)) faults.add("until", "sharing.term-over");
        return new Ask(
                granted.isEmpty() ? asked.fields() : granted,
                and(asked.filter(), AskEntry.filter(faults, "filter", filter)),
                rules,
                asked.purpose(),
                asked.purposeText(),
                asked.basis(),
                asked.matter(),
                asked.mode(),
                first == null ? asked.from() : first,
                last == null ? asked.until() : last);
    }

    private List<String> granted(Invalid.Faults faults, Ask asked) {
        if (fields == null || fields.isEmpty()) return asked.fields();
        for (int at = 0; at < fields.size(); at++) {
            var name = fields.get(at);
            if (name == null || !asked.fields().contains(name))
                faults.add(
                        "fields[" + at + "]",
                        "sharing.field-not-asked",
                        Map.of("field", AskEntry.shortened(name == null ? "" : name)));
        }
        return asked.fields().stream().filter(fields::contains).toList();
    }

    /**
     * Both lists, one after the other; all items have to hold. An item asked for already adds
     * nothing.
     */
    static String and(String asked, String added) {
        if (added.equals(Ask.NO_FILTER)) return asked;
        var all = (ArrayNode) JsonMapper.shared().readTree(asked);
        for (var item : JsonMapper.shared().readTree(added)) {
            var there = false;
            for (var known : all) there |= known.equals(item);
            if (!there) all.add(item);
        }
        return all.toString();
    }
}
