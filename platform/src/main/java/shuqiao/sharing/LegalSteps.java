package shuqiao.sharing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Refusal;
import shuqiao.sharing.RequestState.Move;

/**
 * What the law lets be done about a request beside its answer, and what was done. In pages {@code
 * th:with="legal=${@legalSteps.of(look.actor(), id)}"}, shown by {@code sharing/legal-steps}.
 */
@Component("legalSteps")
class LegalSteps {

    /** What somebody may do now. */
    enum Step {
        ASK_EXTENSION,
        ANSWER_EXTENSION,
        NEGOTIATE,
        ANSWER_NEGOTIATION,
        ARBITRATE,
        AWARD,
        DROP,
        COPY,
        RENEW
    }

    record ExtensionView(
            int days,
            String reason,
            Instant askedAt,
            LocalDate dueBefore,
            Extension.@Nullable Outcome outcome,
            @Nullable Integer given,
            @Nullable String answer,
            @Nullable LocalDate dueAfter) {}

    record DisputeView(
            @Nullable String reason,
            @Nullable Instant openedAt,
            @Nullable String answer,
            @Nullable Instant answeredAt,
            @Nullable String appeal,
            @Nullable Instant appealedAt,
            Dispute.@Nullable AwardOutcome outcome,
            @Nullable String awardReason,
            @Nullable String awardBasis,
            @Nullable Instant awardedAt) {}

    /**
     * When the grant can be renewed, for whom it is to renew.
     *
     * @param until last day of the grant
     * @param from the first day on which the page offers it
     * @param reminded the day on which the department is reminded
     * @param workingDays from that day to the end
     * @param now whether the page offers it
     */
    record RenewalView(
            LocalDate until,
            LocalDate from,
            LocalDate reminded,
            int workingDays,
            boolean estimated,
            boolean now) {}

    /** What a heading names, in this order. */
    private enum Topic {
        EXTENSION(Step.ASK_EXTENSION, Step.ANSWER_EXTENSION),
        DISPUTE(Step.NEGOTIATE, Step.ANSWER_NEGOTIATION, Step.ARBITRATE, Step.AWARD, Step.DROP),
        RENEWAL(Step.RENEW),
        AGAIN(Step.COPY);

        private final List<Step> steps;

        Topic(Step... steps) {
            this.steps = List.of(steps);
        }
    }

    record OriginView(Origin.Kind kind, @Nullable Long grant, long earlier) {}

    /**
     * @param may what the reader may do now
     * @param grant the newest one of this request
     * @param renewal null where the reader has nothing to renew
     */
    record View(
            long request,
            Set<Step> may,
            List<ExtensionView> extensions,
            @Nullable DisputeView dispute,
            @Nullable OriginView origin,
            @Nullable Long grant,
            @Nullable RenewalView renewal) {

        /** Whether there is anything to tell. */
        public boolean told() {
            return !extensions.isEmpty() || dispute != null || origin != null;
        }

        /** Of what anything is told or can be done: the heading names nothing else. */
        public List<String> topics() {
            var told = EnumSet.noneOf(Topic.class);
            if (!extensions.isEmpty()) told.add(Topic.EXTENSION);
            if (dispute != null) told.add(Topic.DISPUTE);
            if (renewal != null) told.add(Topic.RENEWAL);
            if (origin != null)
                told.add(origin.kind() == Origin.Kind.RENEWAL ? Topic.RENEWAL : Topic.AGAIN);
            for (var topic : Topic.values())
                if (topic.steps.stream().anyMatch(may::contains)) told.add(topic);
            return told.stream().map(Topic::name).toList();
        }

        public boolean shows() {
            return told() || !may.isEmpty();
        }

        /** Whether there is a button to press. */
        public boolean offers() {
            return may.stream().anyMatch(it -> it != Step.RENEW)
                    || (renewal != null && renewal.now());
        }

        /** For templates, which know no enums. */
        public boolean lets(String step) {
            return may.contains(Step.valueOf(step));
        }
    }

    private final Readers readers;
    private final Extensions extensions;
    private final Disputes disputes;
    private final Renewals renewals;
    private final Grants grants;

    LegalSteps(
            Readers readers,
            Extensions extensions,
            Disputes disputes,
            Renewals renewals,
            Grants grants) {
        this.readers = readers;
        this.extensions = extensions;
        this.disputes = disputes;
        this.renewals = renewals;
        this.grants = grants;
    }

    public View of(Actor actor, long id) {
        var request = readers.visible(actor, id);
        var grant = Optional.ofNullable(grants.ofRequests(List.of(id)).get(id));
        var may = may(actor, request, grant);
        return new View(
                id,
                may,
                extensions.of(actor, id).stream().map(LegalSteps::view).toList(),
                disputes.of(actor, id).map(LegalSteps::view).orElse(null),
                renewals.origin(actor, id)
                        .map(it -> new OriginView(it.kind(), it.grant().orElse(null), it.earlier()))
                        .orElse(null),
                grant.orElse(null),
                may.contains(Step.RENEW)
                        ? grant.map(it -> view(renewals.window(grants.find(actor, it))))
                                .orElse(null)
                        : null);
    }

    private static RenewalView view(Renewals.Window it) {
        return new RenewalView(
                it.until(), it.from(), it.reminded(), it.workingDays(), it.estimated(), it.now());
    }

    private Set<Step> may(Actor actor, Request request, Optional<Long> grant) {
        var may = EnumSet.noneOf(Step.class);
        for (var step : Step.values())
            if (lets(() -> check(step, actor, request, grant))) may.add(step);
        return may;
    }

    /** Asks the doors themselves, so that nobody is offered what would be refused. */
    private void check(Step step, Actor actor, Request request, Optional<Long> grant) {
        switch (step) {
            case ASK_EXTENSION -> extensions.askable(actor, request);
            case ANSWER_EXTENSION -> extensions.answerable(actor, request, Move.EXTEND);
            case NEGOTIATE -> disputes.negotiable(actor, request);
            case ANSWER_NEGOTIATION -> disputes.talkedTo(actor, request, Move.KEEP);
            case ARBITRATE -> disputes.appealable(actor, request);
            case AWARD -> disputes.awardable(actor, request);
            case DROP -> disputes.droppable(actor, request);
            case COPY -> {
                // a draft is changed, not copied
                if (request.state() == RequestState.DRAFT) throw NotNow.of(request, Move.SEND);
                renewals.copyable(actor, request.id());
            }
            case RENEW -> {
                var given =
                        grants.find(actor, grant.orElseThrow(() -> NotNow.of(request, Move.GRANT)));
                renewals.renewable(actor, given);
                renewals.refuseRenewed(given);
            }
        }
    }

    private static boolean lets(Runnable check) {
        try {
            check.run();
            return true;
        } catch (Refusal _) {
            return false;
        }
    }

    private static ExtensionView view(Extension it) {
        return new ExtensionView(
                it.days(),
                it.reason(),
                it.askedAt(),
                it.dueBefore(),
                it.answer().map(Extension.Answer::outcome).orElse(null),
                it.answer().map(Extension.Answer::days).orElse(null),
                it.answer().map(Extension.Answer::reason).orElse(null),
                it.answer().flatMap(Extension.Answer::due).orElse(null));
    }

    private static DisputeView view(Dispute it) {
        return new DisputeView(
                it.talks().map(Dispute.Talks::reason).orElse(null),
                it.talks().map(Dispute.Talks::at).orElse(null),
                it.talks().map(Dispute.Talks::answer).filter(text -> !text.isEmpty()).orElse(null),
                it.talks().flatMap(Dispute.Talks::ended).orElse(null),
                it.appeal().map(Dispute.Appeal::reason).orElse(null),
                it.appeal().map(Dispute.Appeal::at).orElse(null),
                it.award().map(Dispute.Award::outcome).orElse(null),
                it.award().map(Dispute.Award::reason).orElse(null),
                it.award().map(Dispute.Award::basis).orElse(null),
                it.award().map(Dispute.Award::at).orElse(null));
    }
}
