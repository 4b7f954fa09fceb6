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
import shuqiao.engine.Scope;
import shuqiao.engine.Table;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;
import shuqiao.sharing.RequestEvent.AnswerSentBack;
import shuqiao.sharing.RequestEvent.RequestAccepted;
import shuqiao.sharing.RequestEvent.RequestPrepared;
import shuqiao.sharing.RequestEvent.RequestReturned;
import shuqiao.sharing.RequestState.Move;
import shuqiao.source.Sources;

/**
 * The other side of a request: the authority accepts it, the provider prepares and decides. What
 * asks the department's database does so before the transaction begins.
 */
@Door
public class Decisions {

    private final Causes causes;
    private final Docket docket;
    private final Readers readers;
    private final Offers offers;
    private final Sources sources;
    private final Profiles profiles;
    private final Granting granting;
    private final Deadlines deadlines;
    private final Proposals proposals;
    private final Wording wording;
    private final Calendars calendars;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Decisions(
            Causes causes,
            Docket docket,
            Readers readers,
            Offers offers,
            Sources sources,
            Profiles profiles,
            Granting granting,
            Deadlines deadlines,
            Proposals proposals,
            Wording wording,
            Calendars calendars,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.causes = causes;
        this.docket = docket;
        this.readers = readers;
        this.offers = offers;
        this.sources = sources;
        this.profiles = profiles;
        this.granting = granting;
        this.deadlines = deadlines;
        this.proposals = proposals;
        this.wording = wording;
        this.calendars = calendars;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The authority finds it complete; the provider's turn. Where the authority is a party, the
     * provider's reviewer does.
     */
    public Request accept(Actor actor, long id) {
        var seen = readers.visible(actor, id);
        causes.requireReceiver(actor, seen);
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
        var seen = readers.visible(actor, id);
        causes.requireReceiver(actor, seen);
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
            proposals.forget(id);
            var request =
                    docket.move(
                            actor,
                            seen,
                            Move.PREPARE,
                            proposal,
                            it -> it.prepared(proposal, actor.subject()));
            events.publishEvent(
                    new RequestPrepared(id, request.number(), null, actor, clock.instant()));
            return request;
        });
    }

    /** What is typed so far, checked by nobody, for the provider's steward to go on with. */
    void keep(Actor actor, long id, DecisionForm form) {
        actor.require(Role.STEWARD);
        var seen = ofProvider(actor, id);
        // what the reviewer has on the desk is changed by proposing anew, never underneath
        if (seen.state() != RequestState.ACCEPTED) throw NotNow.of(seen, Move.PREPARE);
        proposals.write(id, form, false, actor.name(), clock.instant());
    }

    /**
     * The provider's steward prepares a whole answer. It is checked like the answer itself, so that
     * the reviewer can sign it as it stands.
     */
    Request propose(Actor actor, long id, DecisionForm form) {
        actor.require(Role.STEWARD);
        var seen = ofProvider(actor, id);
        seen.after(Move.PREPARE);
        var profile =
                seen.profile().map(profiles::of).orElseThrow(() -> NotNow.of(seen, Move.PREPARE));
        var ruling = ruling(seen, profile, form);
        var offer = checked(seen, ruling, form.version());
        var words = ruling.decision().note();
        return write(() -> {
            if (offer != null) offers.hold(offer);
            proposals.write(id, form, true, actor.name(), clock.instant());
            var request =
                    docket.move(
                            actor,
                            seen,
                            Move.PREPARE,
                            words,
                            it -> it.prepared(words, actor.subject()));
            events.publishEvent(
                    new RequestPrepared(
                            id,
                            request.number(),
                            ruling.decision().outcome(),
                            actor,
                            clock.instant()));
            return request;
        });
    }

    /** What a form says; all that is wrong with it is told at once. */
    private DecisionEntry.Ruling ruling(Request seen, Profile profile, DecisionForm form) {
        var faults = form.incomplete(seen.ask(), names(seen));
        var half = faults.any();
        DecisionEntry.Ruling ruling = null;
        try {
            ruling = form.entry(seen.ask(), names(seen)).checked(seen, profile, calendars.today());
        } catch (Invalid wrong) {
            // where the reason of an item is missing, it is asked for there alone
            faults.addAll(
                    wrong.faults().stream()
                            .filter(fault -> !(half && fault.field().equals("reason")))
                            .toList());
        }
        faults.refuseIfAny();
        return Objects.requireNonNull(ruling);
    }

    /**
     * Refuses an answer that could not be given; asks the live table where rows are given.
     *
     * @return what they are given of; null where none are
     */
    private @Nullable Offer checked(
            Request seen, DecisionEntry.Ruling ruling, @Nullable Integer version) {
        return switch (ruling) {
            case DecisionEntry.Ruling.Refused(_) -> null;
            case DecisionEntry.Ruling.Given(_, var given, _) -> {
                var offer = granting.offered(seen.subject().resource(), seen.consumer());
                Offers.refuseUnseen(version, offer);
                Granting.refuseNoLongerOffered(given, offer);
                Scopes.of(offers.live(offer), given);
                yield offer;
            }
        };
    }

    /** The reviewer decides with what was typed. */
    Request decide(Actor actor, long id, DecisionForm form) {
        actor.require(Role.REVIEWER);
        var seen = ofProvider(actor, id);
        seen.profile().map(profiles::of).ifPresent(profile -> ruling(seen, profile, form));
        return decide(actor, id, form.entry(seen.ask(), names(seen)));
    }

    /**
     * The reviewer signs the prepared answer.
     *
     * @param revision of the request that the reviewer looked at; another one is refused
     * @param version of the resource that the page showed; null for whichever is valid
     * @param remark added to the opinion; may be empty
     */
    Request sign(
            Actor actor,
            long id,
            int revision,
            @Nullable Integer version,
            @Nullable String remark) {
        actor.require(Role.REVIEWER);
        var seen = ofProvider(actor, id);
        if (seen.revision() != revision) throw NotNow.changed(seen);
        var proposal =
                proposals
                        .find(id)
                        .filter(ProposalTable.Proposal::ready)
                        .orElseThrow(() -> NotNow.of(seen, Move.GRANT));
        var faults = new Invalid.Faults();
        var more = faults.optionalText("reason", remark, 1000);
        faults.refuseIfAny();
        var form = proposal.form().withRemark(more).seen(version);
        return decide(actor, id, form.entry(seen.ask(), names(seen)));
    }

    /** The reviewer gives the prepared answer back to the steward, saying what to mend. */
    public Request sendBack(Actor actor, long id, @Nullable String reasonText) {
        actor.require(Role.REVIEWER);
        var seen = ofProvider(actor, id);
        seen.after(Move.SEND_BACK);
        var reason = text("reason", reasonText);
        return write(() -> {
            proposals.reopen(id);
            var request = docket.move(actor, seen, Move.SEND_BACK, reason, it -> it);
            events.publishEvent(new AnswerSentBack(id, request.number(), actor, clock.instant()));
            return request;
        });
    }

    /**
     * What the consumer would see under this answer, from the provider's own table, for the
     * provider's own people.
     */
    Sources.Preview preview(Actor actor, Request seen, Scope scope) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        actor.requireOrganization(seen.subject().provider());
        var offer = offer(seen);
        return sources.preview(actor, offer.source(), scope, offer.rowSecurity());
    }

    /** Refuses what was typed while another version was shown. */
    void refuseUnseen(Request seen, @Nullable Integer version) {
        offers.find(seen.subject().resource())
                .ifPresent(offer -> Offers.refuseUnseen(version, offer));
    }

    /** The live table behind the request. */
    Table live(Actor actor, Request seen) {
        actor.requireOrganization(seen.subject().provider());
        return offers.live(offer(seen));
    }

    /** The answer in the making, for the provider's own people. */
    Optional<ProposalTable.Proposal> proposal(Actor actor, Request seen) {
        actor.requireOrganization(seen.subject().provider());
        return proposals.find(seen.id());
    }

    private Offer offer(Request seen) {
        return offers.find(seen.subject().resource())
                .orElseThrow(() -> new Unknown("resource", seen.subject().resource()));
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
            case DecisionEntry.Ruling.Given(var decision, var given, var watermark) -> {
                var offer = granting.offered(seen.subject().resource(), seen.consumer());
                Offers.refuseUnseen(entry.version(), offer);
                Granting.refuseNoLongerOffered(given, offer);
                var scope = Scopes.of(offers.live(offer), given);
                yield write(() ->
                        granting.grant(
                                actor,
                                seen,
                                decision.move(),
                                note,
                                it -> it.decided(decision),
                                new Granting.What(
                                        offer, scope, Grant.Rule.DECISION, profile, watermark)));
            }
        };
    }

    private Map<String, String> names(Request request) {
        return wording.subject(request.subject()).names();
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
