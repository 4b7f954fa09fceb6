package shuqiao.sharing;

import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.calendar.Calendars;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;
import shuqiao.sharing.RequestState.Move;

/**
 * The other side of a request: the authority accepts it, the provider prepares and decides. What
 * asks the department's database does so before the transaction begins.
 */
@Door
public class Decisions {

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

    Decisions(
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

    /** The authority finds it complete; the provider's turn. */
    public Request accept(Actor actor, long id) {
        actor.require(Role.AUTHORITY);
        var seen = readers.visible(actor, id);
        seen.after(Move.ACCEPT);
        var profile = profiles.of(seen.profile().orElseThrow());
        return write(() -> {
            var request = docket.move(actor, seen, Move.ACCEPT, "", it -> it);
            deadlines.startOn(Profile.ClockStart.ACCEPTED, request, profile);
            events.publishEvent(new RequestAccepted(id, request.number(), actor, clock.instant()));
            return request;
        });
    }

    /** Back to the consumer for completion; the clock stands until it is sent again. */
    public Request giveBack(Actor actor, long id, @Nullable String reasonText) {
        actor.require(Role.AUTHORITY);
        var seen = readers.visible(actor, id);
        seen.after(Move.RETURN);
        var reason = text("reason", reasonText);
        return write(() -> {
            var request = docket.move(actor, seen, Move.RETURN, reason, it -> it);
            deadlines.pause(id, Limit.ANSWER_CONDITIONAL, reason);
            events.publishEvent(new RequestReturned(id, request.number(), actor, clock.instant()));
            return request;
        });
    }

    /** The provider's steward writes what to answer; may be written anew until it is decided. */
    public Request prepare(Actor actor, long id, @Nullable String proposalText) {
        actor.require(Role.STEWARD);
        var seen = ofProvider(actor, id);
        seen.after(Move.PREPARE);
        var proposal = text("proposal", proposalText);
        return write(() -> {
            var request =
                    docket.move(
                            actor,
                            seen,
                            Move.PREPARE,
                            proposal,
                            it -> it.prepared(proposal, actor.subject()));
            events.publishEvent(new RequestPrepared(id, request.number(), actor, clock.instant()));
            return request;
        });
    }

    /** The provider's answer, signed by its reviewer. */
    public Request decide(Actor actor, long id, DecisionEntry entry) {
        actor.require(Role.REVIEWER);
        var seen = ofProvider(actor, id);
        var profile =
                seen.profile().map(profiles::of).orElseThrow(() -> NotNow.of(seen, Move.GRANT));
        var ruling = entry.checked(seen, profile, calendars.today());
        seen.after(ruling.decision().move());
        Granting.refuseSameHand(actor, seen.preparer());
        var note = ruling.decision().note();
        return switch (ruling) {
            case DecisionEntry.Ruling.Refused(var decision) ->
                    write(() -> {
                        var request =
                                docket.move(
                                        actor,
                                        seen,
                                        decision.move(),
                                        note,
                                        it -> it.decided(decision));
                        granting.answered(
                                actor, request, Decision.Outcome.REFUSE, Grant.Rule.DECISION);
                        return request;
                    });
            case DecisionEntry.Ruling.Given(var decision, var given) -> {
                var offer = granting.offered(seen.subject().resource(), seen.consumer());
                Granting.refuseNoLongerOffered(given, offer);
                var scope = Scopes.of(offers.live(offer), given);
                yield write(() ->
                        granting.grant(
                                actor,
                                seen,
                                decision.move(),
                                note,
                                it -> it.decided(decision),
                                new Granting.What(offer, scope, Grant.Rule.DECISION, profile)));
            }
        };
    }

    private Request ofProvider(Actor actor, long id) {
        var request = readers.visible(actor, id);
        actor.requireOrganization(request.subject().provider());
        return request;
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
