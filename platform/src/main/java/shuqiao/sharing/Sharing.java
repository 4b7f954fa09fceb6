package shuqiao.sharing;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.calendar.Calendars;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.sharing.RequestEvent.RequestChanged;
import shuqiao.sharing.RequestEvent.RequestDrafted;
import shuqiao.sharing.RequestEvent.RequestSent;
import shuqiao.sharing.RequestEvent.RequestTakenBack;
import shuqiao.sharing.RequestEvent.RequestWithdrawn;
import shuqiao.sharing.RequestState.Move;
import shuqiao.standard.DueDate;

/**
 * The consumer's side of a request: written, sent, taken back. What asks the department's database
 * does so before the transaction begins.
 */
@Door
public class Sharing {

    /** Why a clock goes on when the sender gave no reason; kept with the clock. */
    private static final String SENT_AGAIN = "使用部门补正后重新提交";

    private final Docket docket;
    private final Readers readers;
    private final Offers offers;
    private final Profiles profiles;
    private final Granting granting;
    private final Deadlines deadlines;
    private final Proposals proposals;
    private final Calendars calendars;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Sharing(
            Docket docket,
            Readers readers,
            Offers offers,
            Profiles profiles,
            Granting granting,
            Deadlines deadlines,
            Proposals proposals,
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
        this.proposals = proposals;
        this.calendars = calendars;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Writes a request down. The consumer's reviewer sends it. */
    public Request draft(Actor actor, AskEntry entry) {
        return draft(actor, entry, _ -> {});
    }

    Request draft(Actor actor, AskEntry entry, Consumer<Request> also) {
        return draft(actor, entry, new Invalid.Faults(), also);
    }

    /**
     * @param half what a form found already, refused together with what is found here
     * @param also what else is to be written in the same transaction
     */
    Request draft(Actor actor, AskEntry entry, Invalid.Faults half, Consumer<Request> also) {
        actor.require(Role.STEWARD);
        var consumer = actor.requiredOrganization();
        profiles.required();
        var resource = entry.resource();
        if (resource == null) throw Invalid.field("resource", "required");
        var offer = granting.offered(resource, consumer);
        var ask = checked(entry, offer, half);
        return write(() -> {
            offers.hold(offer);
            var request = docket.open(actor, subject(offer), consumer, ask);
            events.publishEvent(
                    new RequestDrafted(
                            request.id(),
                            request.number(),
                            offer.resource(),
                            consumer,
                            offer.provider(),
                            actor,
                            clock.instant()));
            also.accept(request);
            return request;
        });
    }

    /** Writes a draft, or a request that came back, anew; its resource stays. */
    public Request change(Actor actor, long id, AskEntry entry) {
        return change(actor, id, entry, new Invalid.Faults());
    }

    /**
     * @param half what a form found already, refused together with what is found here
     */
    Request change(Actor actor, long id, AskEntry entry, Invalid.Faults half) {
        actor.require(Role.STEWARD);
        var seen = ofConsumer(actor, id);
        seen.after(Move.CHANGE);
        var resource = entry.resource();
        if (resource != null && resource != seen.subject().resource())
            throw Invalid.field("resource", "sharing.other-resource");
        var offer = granting.offered(seen.subject().resource(), seen.consumer());
        var ask = checked(entry, offer, half);
        return write(() -> {
            offers.hold(offer);
            var request =
                    docket.move(
                            actor,
                            seen,
                            Move.CHANGE,
                            "",
                            it -> it.asking(subject(offer), ask, actor.subject()));
            events.publishEvent(new RequestChanged(id, request.number(), actor, clock.instant()));
            return request;
        });
    }

    /** The department's signature. Where no answer is needed, the grant is issued at once. */
    public Request send(Actor actor, long id) {
        return send(actor, id, null, null);
    }

    /**
     * The same.
     *
     * @param noteText what was completed or changed since it was sent before; it is why a clock
     *     that stood goes on
     * @param version of the resource that was looked at; null for whichever is valid
     */
    public Request send(
            Actor actor, long id, @Nullable String noteText, @Nullable Integer version) {
        actor.require(Role.REVIEWER);
        var faults = new Invalid.Faults();
        var note = faults.optionalText("reason", noteText, 2000);
        faults.refuseIfAny();
        var seen = ofConsumer(actor, id);
        seen.after(Move.SEND);
        Granting.refuseSameHand(actor, seen.writer());
        var profile =
                seen.profile().isPresent()
                        ? profiles.of(seen.profile().get())
                        : profiles.required();
        var offer = granting.offered(seen.subject().resource(), seen.consumer());
        Offers.refuseUnseen(version, offer);
        Granting.refuseNoLongerOffered(seen.ask(), offer);
        if (seen.ask().until().isBefore(calendars.today()))
            throw Invalid.field("until", "sharing.term-over");
        return switch (Course.of(offer, profile, seen.consumer())) {
            case Course.Application() -> write(() -> sent(actor, seen, offer, profile, note));
            case Course.AtOnce(var rule, var article) -> {
                var scope = Scopes.of(offers.live(offer), seen.ask());
                Scopes.refuseHiddenColumns(scope, offer);
                yield write(() -> {
                    var sent = sent(actor, seen, offer, profile, note);
                    return granting.grant(
                            Actor.PLATFORM,
                            sent,
                            Move.GRANT_AT_ONCE,
                            rule + " · " + profile.label() + " · " + article,
                            it -> it,
                            new Granting.What(offer, scope, rule, profile, false));
                });
            }
        };
    }

    /** The version that is valid now, for a page to carry; 0 where none is. */
    int shown(Request seen) {
        return offers.find(seen.subject().resource()).map(Offer::version).orElse(0);
    }

    /** The consumer takes it back before it is decided. */
    public Request withdraw(Actor actor, long id, @Nullable String reasonText) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        var seen = ofConsumer(actor, id);
        seen.after(Move.WITHDRAW);
        var faults = new Invalid.Faults();
        var reason = faults.optionalText("reason", reasonText, 2000);
        faults.refuseIfAny();
        return write(() -> {
            var request = docket.move(actor, seen, Move.WITHDRAW, reason, it -> it);
            deadlines.stop(id, Limit.ANSWER_CONDITIONAL);
            events.publishEvent(new RequestWithdrawn(id, request.number(), actor, clock.instant()));
            return request;
        });
    }

    /**
     * The consumer takes a sent request back to write it anew; the clock stands until it is sent
     * again, and an answer that was being prepared is void.
     */
    public Request takeBack(Actor actor, long id, @Nullable String reasonText) {
        actor.require(Role.STEWARD);
        var seen = ofConsumer(actor, id);
        seen.after(Move.TAKE_BACK);
        var faults = new Invalid.Faults();
        var reason = faults.text("reason", reasonText, 2000);
        faults.refuseIfAny();
        return write(() -> {
            var request =
                    docket.move(actor, seen, Move.TAKE_BACK, reason, it -> it.prepared("", ""));
            proposals.forget(id);
            deadlines.pause(id, Limit.ANSWER_CONDITIONAL, reason);
            events.publishEvent(new RequestTakenBack(id, request.number(), actor, clock.instant()));
            return request;
        });
    }

    private Request sent(Actor actor, Request seen, Offer offer, Profile profile, String note) {
        offers.hold(offer);
        var request =
                docket.move(
                        actor,
                        seen,
                        Move.SEND,
                        note,
                        it -> it.sentAs(subject(offer), profile.id()));
        if (Course.of(offer, profile, seen.consumer()) instanceof Course.Application) {
            deadlines.resume(
                    request.id(), Limit.ANSWER_CONDITIONAL, note.isEmpty() ? SENT_AGAIN : note);
            deadlines.startOn(Profile.ClockStart.SENT, request, profile);
        }
        events.publishEvent(
                new RequestSent(
                        request.id(),
                        request.number(),
                        offer.resource(),
                        offer.version(),
                        profile.label(),
                        actor,
                        clock.instant()));
        return request;
    }

    /**
     * Before the transaction: asks the live table where a filter or a mask has to suit it. All
     * faults are told at once, those of the filter beside those of the words.
     */
    private Ask checked(AskEntry entry, Offer offer, Invalid.Faults faults) {
        Ask ask = null;
        try {
            ask = entry.checked(offer, calendars.today());
        } catch (Invalid wrong) {
            faults.addAll(wrong.faults());
        }
        if (ask != null && !faults.any()) {
            if (ask.needsLiveTable()) Scopes.of(offers.live(offer), ask);
            return ask;
        }
        try {
            var filter = entry.filter();
            if (filter != null && filter.isArray() && !filter.isEmpty())
                Scopes.readFilter(offers.live(offer), filter.toString());
        } catch (Refusal wrong) {
            // a database that is away is told when nothing else is to be mended
            faults.addAll(wrong.faults());
        }
        faults.refuseIfAny();
        throw new IllegalStateException("no fault in what was refused");
    }

    public Request find(Actor actor, long id) {
        return readers.visible(actor, id);
    }

    /** Newest first. */
    public Page<Request> list(
            Actor actor, @Nullable RequestState state, @Nullable Long resource, Page.Request page) {
        return readers.list(actor, state, resource, page);
    }

    /** A page of one segment of what the actor sees. */
    ListQuery.Numbered<Request> listed(Actor actor, Readers.Asked asked, ListQuery query) {
        return readers.listed(actor, asked, query);
    }

    List<Request> exported(Actor actor, Readers.Asked asked, ListQuery query) {
        return readers.exported(actor, asked, query);
    }

    /** Who stands on either side of a segment. */
    List<String> departments(Actor actor, Readers.Asked asked) {
        return readers.departments(actor, asked);
    }

    /** How many there are in a segment: as many as its list has. */
    long count(Actor actor, Readers.Asked asked) {
        return readers.count(actor, asked);
    }

    /**
     * What sending would lead to today, so that the writer knows it before.
     *
     * @param due null when no answer is needed, or when no number of days is set
     */
    record Prospect(
            boolean answerNeeded,
            Grant.@Nullable Rule rule,
            @Nullable DueDate due,
            int workingDays,
            String article,
            Profile profile) {}

    Prospect prospect(Actor actor, long resource) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        var consumer = actor.requiredOrganization();
        var profile = profiles.required();
        return switch (Course.of(granting.offered(resource, consumer), profile, consumer)) {
            case Course.AtOnce(var rule, var article) ->
                    new Prospect(false, rule, null, 0, article, profile);
            case Course.Application() -> {
                var days =
                        profile.limit(Limit.ANSWER_CONDITIONAL).flatMap(Profile.Term::workingDays);
                yield new Prospect(
                        true,
                        null,
                        days.map(it -> calendars.due(calendars.today(), it)).orElse(null),
                        days.orElse(0),
                        profile.article(Limit.ANSWER_CONDITIONAL),
                        profile);
            }
        };
    }

    /** What a writer may begin from: the newest of the own department. */
    Optional<Request> last(Actor actor, long resource) {
        return readers.last(actor, resource);
    }

    /** Those that the actor's own department made, newest first. */
    public Page<Request> own(Actor actor, Page.Request page) {
        return readers.own(actor, page);
    }

    Request ofConsumer(Actor actor, long id) {
        var request = readers.visible(actor, id);
        actor.requireOrganization(request.consumer());
        return request;
    }

    private static Request.Subject subject(Offer offer) {
        return new Request.Subject(
                offer.resource(), offer.code(), offer.version(), offer.title(), offer.provider());
    }

    private Request write(java.util.function.Supplier<Request> step) {
        return java.util.Objects.requireNonNull(transaction.execute(_ -> step.get()));
    }
}
