package shuqiao.sharing;

import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.calendar.Calendars;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;
import shuqiao.sharing.DisputeEvent.ArbitrationAsked;
import shuqiao.sharing.DisputeEvent.ArbitrationDecided;
import shuqiao.sharing.DisputeEvent.DisputeDropped;
import shuqiao.sharing.DisputeEvent.NegotiationEnded;
import shuqiao.sharing.DisputeEvent.NegotiationOpened;
import shuqiao.sharing.RequestState.Move;

/**
 * When an answer gives less than was asked: the two departments negotiate, and where they do not
 * agree the authority settles it. Only as far as the profile of the request knows these ways. What
 * asks the department's database does so before the transaction begins.
 */
@Door
public class Disputes {

    private final DisputeTable table;
    private final Causes causes;
    private final Docket docket;
    private final Readers readers;
    private final Offers offers;
    private final Profiles profiles;
    private final Granting granting;
    private final Deadlines deadlines;
    private final Calendars calendars;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Disputes(
            DisputeTable table,
            Causes causes,
            Docket docket,
            Readers readers,
            Offers offers,
            Profiles profiles,
            Granting granting,
            Deadlines deadlines,
            Calendars calendars,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.causes = causes;
        this.docket = docket;
        this.readers = readers;
        this.offers = offers;
        this.profiles = profiles;
        this.granting = granting;
        this.deadlines = deadlines;
        this.calendars = calendars;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Seen by whoever sees the request. */
    public Optional<Dispute> of(Actor actor, long request) {
        return table.find(readers.visible(actor, request).id());
    }

    /** The consumer's reviewer holds reasons against the answer; the provider's turn. */
    public Request negotiate(Actor actor, long id, @Nullable String reasonText) {
        var seen = readers.visible(actor, id);
        var profile = negotiable(actor, seen);
        var reason = text("reason", reasonText);
        return write(() -> {
            var request = docket.move(actor, seen, Move.NEGOTIATE, reason, it -> it);
            var now = clock.instant();
            table.open(id, reason, actor.subject(), now);
            deadlines.stop(id, Limit.DISPUTE_WITHIN);
            deadlines.start(id, Limit.NEGOTIATION, profile);
            events.publishEvent(new NegotiationOpened(id, request.number(), actor, now));
            return request;
        });
    }

    /** The provider's reviewer keeps the answer. */
    public Request keep(Actor actor, long id, @Nullable String reasonText) {
        var seen = readers.visible(actor, id);
        var profile = talkedTo(actor, seen, Move.KEEP);
        var reason = text("reason", reasonText);
        return write(() -> {
            var request = docket.move(actor, seen, Move.KEEP, reason, it -> it);
            endTalks(id, reason);
            deadlines.start(id, Limit.DISPUTE_WITHIN, profile);
            events.publishEvent(
                    new NegotiationEnded(id, request.number(), false, actor, clock.instant()));
            return request;
        });
    }

    /** The provider's reviewer answers anew: all, or another part. An earlier grant ends. */
    public Request agree(Actor actor, long id, DecisionEntry entry) {
        var seen = readers.visible(actor, id);
        var profile = talkedTo(actor, seen, Move.AGREE);
        return switch (entry.checked(seen, profile, calendars.today())) {
            case DecisionEntry.Ruling.Refused(_) ->
                    throw Invalid.field("outcome", "sharing.keep-instead");
            case DecisionEntry.Ruling.Given(var decision, var given, var watermark) -> {
                var move =
                        decision.outcome() == Decision.Outcome.GRANT
                                ? Move.AGREE
                                : Move.AGREE_IN_PART;
                var what =
                        what(seen, given, entry.version(), Grant.Rule.DECISION, profile, watermark);
                yield write(() -> {
                    endTalks(id, "");
                    var request =
                            granting.grant(
                                    actor,
                                    seen,
                                    move,
                                    decision.note(),
                                    it -> it.decided(decision),
                                    what);
                    events.publishEvent(
                            new NegotiationEnded(
                                    id, request.number(), true, actor, clock.instant()));
                    return request;
                });
            }
        };
    }

    /** The consumer's reviewer asks the authority to settle it. */
    public Request appeal(Actor actor, long id, @Nullable String reasonText) {
        var seen = readers.visible(actor, id);
        var profile = appealable(actor, seen);
        var reason = text("reason", reasonText);
        return write(() -> {
            var request = docket.move(actor, seen, Move.ARBITRATE, reason, it -> it);
            endTalks(id, "");
            var now = clock.instant();
            table.appeal(id, reason, actor.subject(), now);
            deadlines.stop(id, Limit.DISPUTE_WITHIN);
            deadlines.start(id, Limit.ARBITRATION, profile);
            events.publishEvent(new ArbitrationAsked(id, request.number(), actor, now));
            return request;
        });
    }

    /** The authority settles it; both sides are bound. */
    public Request award(Actor actor, long id, AwardEntry entry) {
        var seen = readers.visible(actor, id);
        awardable(actor, seen);
        var profile = profiles.of(seen.profile().orElseThrow());
        var award = entry.checked(seen, profile, calendars.today());
        var note = award.reason() + "\n" + award.basis();
        var marked = Boolean.TRUE.equals(entry.watermark());
        var what =
                award.given()
                        .map(it ->
                                what(
                                        seen,
                                        it,
                                        entry.version(),
                                        Grant.Rule.ARBITRATION,
                                        profile,
                                        marked));
        return write(() -> {
            var now = clock.instant();
            deadlines.stop(id, Limit.ARBITRATION);
            table.award(id, new Dispute.Award(award.outcome(), award.reason(), award.basis(), now));
            var request =
                    what.isPresent()
                            ? granting.grant(
                                    actor, seen, move(award.outcome()), note, it -> it, what.get())
                            : docket.move(actor, seen, move(award.outcome()), note, it -> it);
            events.publishEvent(
                    new ArbitrationDecided(
                            id, request.number(), award.outcome(), profile.label(), actor, now));
            return request;
        });
    }

    /** The consumer's reviewer lets it rest: the answer stands. */
    public Request drop(Actor actor, long id, @Nullable String reasonText) {
        var seen = readers.visible(actor, id);
        droppable(actor, seen);
        var faults = new Invalid.Faults();
        var reason = faults.optionalText("reason", reasonText, 2000);
        faults.refuseIfAny();
        return write(() -> {
            var request = docket.move(actor, seen, Move.DROP, reason, it -> it);
            endTalks(id, "");
            deadlines.stop(id, Limit.ARBITRATION);
            events.publishEvent(new DisputeDropped(id, request.number(), actor, clock.instant()));
            return request;
        });
    }

    /** Refuses whoever may not open talks, or not now. */
    Profile negotiable(Actor actor, Request seen) {
        var profile = ofConsumer(actor, seen, Move.NEGOTIATE);
        if (!profile.negotiation()) throw unknownWay("sharing:no-negotiation", seen, profile);
        if (table.find(seen.id()).isPresent())
            throw new Conflict("sharing:negotiated-before", Map.of("number", seen.number()));
        refuseTooLate(seen, profile);
        return profile;
    }

    /** Refuses whoever may not answer in the talks. */
    Profile talkedTo(Actor actor, Request seen, Move move) {
        actor.require(Role.REVIEWER);
        actor.requireOrganization(seen.subject().provider());
        seen.after(move);
        Granting.refuseSameHand(actor, seen.preparer());
        return profiles.of(seen.profile().orElseThrow());
    }

    /**
     * Refuses whoever may not go to the authority. Talks come first where the profile knows them,
     * and a provider who still may answer is let answer.
     */
    Profile appealable(Actor actor, Request seen) {
        var profile = ofConsumer(actor, seen, Move.ARBITRATE);
        if (!profile.arbitration()) throw unknownWay("sharing:no-arbitration", seen, profile);
        causes.refuseWhereAuthorityIsParty(seen);
        var dispute = table.find(seen.id());
        if (dispute.flatMap(Dispute::appeal).isPresent())
            throw new Conflict("sharing:settled-before", Map.of("number", seen.number()));
        if (profile.negotiation() && dispute.flatMap(Dispute::talks).isEmpty())
            throw new Conflict("sharing:negotiate-first", Map.of("number", seen.number()));
        if (seen.state() == RequestState.NEGOTIATING) refuseWhileItMayAnswer(seen);
        refuseTooLate(seen, profile);
        return profile;
    }

    /** Refuses whoever may not settle it: nobody judges in his own cause. */
    void awardable(Actor actor, Request seen) {
        actor.require(Role.AUTHORITY);
        Causes.refuseOwn(actor, seen);
        seen.after(Move.UPHOLD);
        Granting.refuseSameHand(actor, seen.writer());
        Granting.refuseSameHand(actor, seen.preparer());
        table.find(seen.id())
                .flatMap(Dispute::appeal)
                .ifPresent(it -> Granting.refuseSameHand(actor, it.by()));
    }

    void droppable(Actor actor, Request seen) {
        ofConsumer(actor, seen, Move.DROP);
    }

    private Profile ofConsumer(Actor actor, Request seen, Move move) {
        actor.require(Role.REVIEWER);
        actor.requireOrganization(seen.consumer());
        seen.after(move);
        Granting.refuseSameHand(actor, seen.writer());
        return profiles.of(seen.profile().orElseThrow());
    }

    private void refuseTooLate(Request seen, Profile profile) {
        if (deadlines.over(seen.id(), Limit.DISPUTE_WITHIN))
            throw new Conflict(
                    "sharing:dispute-too-late",
                    Map.of(
                            "number", seen.number(),
                            "article", profile.article(Limit.DISPUTE_WITHIN)));
    }

    private void refuseWhileItMayAnswer(Request seen) {
        var running =
                deadlines
                        .find(seen.id(), Limit.NEGOTIATION)
                        .filter(it -> !it.late(calendars.today()));
        if (running.isPresent())
            throw new Conflict(
                    "sharing:negotiation-runs",
                    Map.of(
                            "number", seen.number(),
                            "due", running.get().state().due().date().toString()));
    }

    private static Conflict unknownWay(String key, Request seen, Profile profile) {
        return new Conflict(key, Map.of("number", seen.number(), "profile", profile.label()));
    }

    private void endTalks(long request, String answer) {
        table.end(request, answer, clock.instant());
        deadlines.stop(request, Limit.NEGOTIATION);
    }

    private Granting.What what(
            Request seen,
            Ask given,
            @Nullable Integer version,
            Grant.Rule rule,
            Profile profile,
            boolean watermark) {
        var offer = granting.offered(seen.subject().resource(), seen.consumer());
        Offers.refuseUnseen(version, offer);
        Granting.refuseNoLongerOffered(given, offer);
        return new Granting.What(
                offer, Scopes.of(offers.live(offer), given), rule, profile, watermark);
    }

    private static Move move(Dispute.AwardOutcome outcome) {
        return switch (outcome) {
            case PROVIDE -> Move.AWARD;
            case PROVIDE_IN_PART -> Move.AWARD_IN_PART;
            case UPHOLD -> Move.UPHOLD;
        };
    }

    private static String text(String field, @Nullable String value) {
        var faults = new Invalid.Faults();
        var text = faults.text(field, value, 2000);
        faults.refuseIfAny();
        return text;
    }

    private Request write(Supplier<Request> step) {
        return Objects.requireNonNull(transaction.execute(_ -> step.get()));
    }
}
