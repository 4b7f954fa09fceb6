package shuqiao.sharing;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import shuqiao.engine.Scope;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NotAllowed;
import shuqiao.sharing.RequestEvent.RequestDecided;
import shuqiao.sharing.RequestState.Move;

/** What sending and deciding have in common: the checks before a grant, and its issue. */
@Component
class Granting {

    /** What a grant is made of. */
    record What(Offer offer, Scope scope, Grant.Rule rule, Profile profile, boolean watermark) {}

    private final Docket docket;
    private final Offers offers;
    private final Grants grants;
    private final Deadlines deadlines;
    private final Profiles profiles;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Granting(
            Docket docket,
            Offers offers,
            Grants grants,
            Deadlines deadlines,
            Profiles profiles,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.docket = docket;
        this.offers = offers;
        this.grants = grants;
        this.deadlines = deadlines;
        this.profiles = profiles;
        this.events = events;
        this.clock = clock;
    }

    /** Answers with a grant, in the caller's transaction. */
    Request grant(
            Actor by,
            Request seen,
            Move move,
            String note,
            UnaryOperator<Request> change,
            What what) {
        offers.hold(what.offer());
        var request = docket.move(by, seen, move, note, change);
        clocks(request, outcome(move), what.rule());
        var grant = grants.write(request, what);
        deadlines.start(request.id(), Limit.SHARE_WITHIN, what.profile());
        tell(by, request, outcome(move), what.rule());
        // who hears of the new one finds the earlier one as it was, to carry over what is its
        grants.tell(by, grant);
        grants.supersede(by, grant);
        return request;
    }

    /** The clock of the answer stops; the one for contradicting it starts, if there is one. */
    void answered(Actor by, Request request, Decision.Outcome outcome, Grant.Rule rule) {
        clocks(request, outcome, rule);
        tell(by, request, outcome, rule);
    }

    private void clocks(Request request, Decision.Outcome outcome, Grant.Rule rule) {
        deadlines.stop(request.id(), Limit.ANSWER_CONDITIONAL);
        if (outcome != Decision.Outcome.GRANT && rule == Grant.Rule.DECISION)
            request.profile()
                    .map(profiles::of)
                    .ifPresent(it -> deadlines.start(request.id(), Limit.DISPUTE_WITHIN, it));
    }

    private void tell(Actor by, Request request, Decision.Outcome outcome, Grant.Rule rule) {
        events.publishEvent(
                new RequestDecided(
                        request.id(), request.number(), outcome, rule, by, clock.instant()));
    }

    /** The version valid now; refused when it is one's own. */
    Offer offered(long resource, String consumer) {
        var offer = offers.required(resource);
        if (offer.provider().equals(consumer))
            throw new Conflict("sharing:own-resource", Map.of("title", offer.title()));
        return offer;
    }

    static void refuseNoLongerOffered(Ask ask, Offer offer) {
        var faults = new Invalid.Faults();
        AskEntry.fields(
                faults, "fields", List.copyOf(ask.fields()), offer.columns(), offer.shareable());
        faults.refuseIfAny();
    }

    /**
     * Four eyes: nobody signs what the same hand wrote, a person, the person's programs, or the one
     * a substitute signs for.
     */
    static void refuseSameHand(Actor actor, String writer) {
        if (actor.isHandOf(writer)) throw NotAllowed.because("sharing-four-eyes");
    }

    private static Decision.Outcome outcome(Move move) {
        return switch (move) {
            case GRANT_IN_PART, AGREE_IN_PART, AWARD_IN_PART -> Decision.Outcome.GRANT_IN_PART;
            case GRANT, GRANT_AT_ONCE, AGREE, AWARD -> Decision.Outcome.GRANT;
            case DRAFT,
                    CHANGE,
                    SEND,
                    ACCEPT,
                    RETURN,
                    TAKE_BACK,
                    PREPARE,
                    SEND_BACK,
                    REFUSE,
                    WITHDRAW ->
                    throw new IllegalArgumentException("grants nothing: " + move);
            case ASK_EXTENSION,
                    EXTEND,
                    REFUSE_EXTENSION,
                    NEGOTIATE,
                    KEEP,
                    ARBITRATE,
                    DROP,
                    UPHOLD ->
                    throw new IllegalArgumentException("grants nothing: " + move);
        };
    }
}
