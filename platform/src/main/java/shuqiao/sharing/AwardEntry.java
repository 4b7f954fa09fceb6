package shuqiao.sharing;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;
import tools.jackson.databind.JsonNode;

/**
 * An award as the authority writes it, not yet checked.
 *
 * @param outcome PROVIDE, PROVIDE_IN_PART or UPHOLD
 * @param fields of those asked for, the ones to provide; the rest as in a decision
 * @param basis the text it rests on, with its number
 * @param watermark whether files delivered under the grant say who got them; left out for no
 * @param version of the resource that was looked at, as in a decision
 */
public record AwardEntry(
        @Nullable String outcome,
        @Nullable List<@Nullable String> fields,
        @ArraySchema(schema = @Schema(implementation = AskEntry.FilterItem.class))
                @Nullable JsonNode filter,
        @Nullable Map<String, @Nullable String> masks,
        @Nullable String from,
        @Nullable String until,
        @Nullable String reason,
        @Nullable String basis,
        @Nullable Boolean watermark,
        @Nullable Integer version) {

    /** Without a watermark, on whichever version is valid. */
    public AwardEntry(
            @Nullable String outcome,
            @Nullable List<@Nullable String> fields,
            @Nullable JsonNode filter,
            @Nullable Map<String, @Nullable String> masks,
            @Nullable String from,
            @Nullable String until,
            @Nullable String reason,
            @Nullable String basis) {
        this(outcome, fields, filter, masks, from, until, reason, basis, null, null);
    }

    /**
     * @param given what has to be provided; empty when the answer is upheld
     */
    record Checked(
            Dispute.AwardOutcome outcome, String reason, String basis, Optional<Ask> given) {}

    Checked checked(Request request, Profile profile, LocalDate today) {
        var faults = new Invalid.Faults();
        var result = ProfileEntry.word(faults, "outcome", outcome, Dispute.AwardOutcome.class);
        var why = faults.text("reason", reason, 2000);
        var text = faults.text("basis", basis, 2000);
        faults.refuseIfAny();
        var settled = result.orElseThrow();
        var given =
                switch (settled) {
                    case PROVIDE -> given(Decision.Outcome.GRANT, request, profile, today);
                    case PROVIDE_IN_PART ->
                            given(Decision.Outcome.GRANT_IN_PART, request, profile, today);
                    case UPHOLD -> Optional.<Ask>empty();
                };
        return new Checked(settled, why, text, given);
    }

    private Optional<Ask> given(
            Decision.Outcome as, Request request, Profile profile, LocalDate today) {
        var entry =
                new DecisionEntry(
                        as.name(), fields, filter, masks, from, until, null, reason, null, null);
        return switch (entry.checked(request, profile, today)) {
            case DecisionEntry.Ruling.Given(_, var ask, _) -> Optional.of(ask);
            case DecisionEntry.Ruling.Refused(_) -> Optional.empty();
        };
    }
}
