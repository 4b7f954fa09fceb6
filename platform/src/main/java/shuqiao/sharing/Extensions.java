package shuqiao.sharing;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.calendar.Calendars;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;
import shuqiao.sharing.RequestEvent.ExtensionAnswered;
import shuqiao.sharing.RequestEvent.ExtensionAsked;
import shuqiao.sharing.RequestState.Move;

/**
 * More time for the answer: the provider's reviewer asks before the last day, the authority
 * consents or refuses, both within what the profile of the request allows.
 */
@Door
public class Extensions {

    private final ExtensionTable table;
    private final Causes causes;
    private final Docket docket;
    private final Readers readers;
    private final Profiles profiles;
    private final Deadlines deadlines;
    private final Calendars calendars;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Extensions(
            ExtensionTable table,
            Causes causes,
            Docket docket,
            Readers readers,
            Profiles profiles,
            Deadlines deadlines,
            Calendars calendars,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.causes = causes;
        this.docket = docket;
        this.readers = readers;
        this.profiles = profiles;
        this.deadlines = deadlines;
        this.calendars = calendars;
        this.events = events;
        this.clock = clock;
    }

    /** Oldest first; seen by whoever sees the request. */
    public List<Extension> of(Actor actor, long request) {
        return table.of(readers.visible(actor, request).id());
    }

    /** The provider's reviewer asks for more time. */
    @Transactional
    public Request ask(Actor actor, long id, ExtensionEntry entry) {
        var seen = readers.visible(actor, id);
        var rule = askable(actor, seen);
        var faults = new Invalid.Faults();
        if (entry.days() == null && !rule.counted()) faults.add("days", "required");
        var days = days(faults, entry.days(), rule.most());
        var reason = faults.text("reason", entry.reason(), 2000);
        faults.refuseIfAny();
        var request = docket.move(actor, seen, Move.ASK_EXTENSION, reason, it -> it);
        var now = clock.instant();
        table.insert(
                new Extension(
                        0, id, days, reason, actor.subject(), now, rule.due(), Optional.empty()));
        events.publishEvent(new ExtensionAsked(id, request.number(), days, actor, now));
        return request;
    }

    /** The authority consents, to fewer days if it likes: the due date moves. */
    @Transactional
    public Request consent(Actor actor, long id, ExtensionEntry entry) {
        var seen = readers.visible(actor, id);
        var wish = answerable(actor, seen, Move.EXTEND);
        var faults = new Invalid.Faults();
        var days = days(faults, entry.days(), wish.days());
        var reason = faults.optionalText("reason", entry.reason(), 2000);
        faults.refuseIfAny();
        var profile = profiles.of(seen.profile().orElseThrow());
        var article = profile.article(Limit.EXTENSION);
        var note = profile.label() + " " + article + "：" + wish.reason();
        var request = docket.move(actor, seen, Move.EXTEND, note, it -> it);
        deadlines.extend(id, Limit.ANSWER_CONDITIONAL, days, article, note);
        var due = deadlines.answer(id).map(it -> it.state().due().date());
        var now = clock.instant();
        table.answer(
                wish.id(),
                new Extension.Answer(Extension.Outcome.CONSENTED, days, reason, due, now));
        events.publishEvent(
                new ExtensionAnswered(
                        id, request.number(), Extension.Outcome.CONSENTED, due, actor, now));
        return request;
    }

    /** The authority refuses: the due date stays. */
    @Transactional
    public Request refuse(Actor actor, long id, @Nullable String reasonText) {
        var seen = readers.visible(actor, id);
        var wish = answerable(actor, seen, Move.REFUSE_EXTENSION);
        var faults = new Invalid.Faults();
        var reason = faults.text("reason", reasonText, 2000);
        faults.refuseIfAny();
        var request = docket.move(actor, seen, Move.REFUSE_EXTENSION, reason, it -> it);
        var now = clock.instant();
        table.answer(
                wish.id(),
                new Extension.Answer(Extension.Outcome.REFUSED, 0, reason, Optional.empty(), now));
        events.publishEvent(
                new ExtensionAnswered(
                        id,
                        request.number(),
                        Extension.Outcome.REFUSED,
                        Optional.empty(),
                        actor,
                        now));
        return request;
    }

    /**
     * What may be asked for now.
     *
     * @param most working days
     * @param counted false where the rule names no number, so that the wish has to
     * @param due the present due date
     */
    record Allowed(int most, boolean counted, LocalDate due) {}

    /** Refuses whoever may not ask, or not now; who asks in time is not asked to hurry. */
    Allowed askable(Actor actor, Request seen) {
        actor.require(Role.REVIEWER);
        actor.requireOrganization(seen.subject().provider());
        seen.after(Move.ASK_EXTENSION);
        causes.refuseWhereAuthorityIsParty(seen);
        var profile = profiles.of(seen.profile().orElseThrow());
        var term =
                profile.limit(Limit.EXTENSION)
                        .orElseThrow(() ->
                                new Conflict(
                                        "sharing:no-extension",
                                        Map.of(
                                                "number", seen.number(),
                                                "profile", profile.label())));
        var due =
                deadlines
                        .answer(seen.id())
                        .filter(it -> it.state() instanceof Deadline.State.Running)
                        .map(it -> it.state().due().date())
                        .orElseThrow(() -> NotNow.of(seen, Move.ASK_EXTENSION));
        if (!calendars.today().isBefore(due))
            throw new Conflict(
                    "sharing:extension-too-late",
                    Map.of("number", seen.number(), "due", due.toString()));
        var before = table.of(seen.id());
        if (before.stream().anyMatch(it -> it.answer().isEmpty()))
            throw new Conflict("sharing:extension-waits", Map.of("number", seen.number()));
        var times = term.times().orElse(1);
        if (before.stream().filter(Extension::consented).count() >= times)
            throw new Conflict(
                    "sharing:extension-used",
                    Map.of(
                            "number", seen.number(),
                            "times", times,
                            "article", term.article()));
        return new Allowed(
                term.workingDays().orElse(ProfileEntry.DAYS_MAX),
                term.workingDays().isPresent(),
                due);
    }

    /** The wish that waits; refuses whoever may not answer it. */
    Extension answerable(Actor actor, Request seen, Move move) {
        actor.require(Role.AUTHORITY);
        Causes.refuseOwn(actor, seen);
        seen.after(move);
        var wish =
                table.of(seen.id()).stream()
                        .filter(it -> it.answer().isEmpty())
                        .findFirst()
                        .orElseThrow(() ->
                                new Conflict(
                                        "sharing:no-extension-asked",
                                        Map.of("number", seen.number())));
        Granting.refuseSameHand(actor, wish.askedBy());
        return wish;
    }

    private static int days(Invalid.Faults faults, @Nullable Integer wanted, int most) {
        if (wanted == null) return most;
        if (wanted < 1 || wanted > most) faults.add("days", "range", Map.of("min", 1, "max", most));
        return wanted;
    }
}
