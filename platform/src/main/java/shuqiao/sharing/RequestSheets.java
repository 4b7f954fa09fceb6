package shuqiao.sharing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Role;
import shuqiao.kernel.WorkingDays;
import shuqiao.sharing.RequestState.Move;
import shuqiao.shell.Clocks;
import shuqiao.shell.Fact;
import shuqiao.shell.Mark;

/** Requests as pages show them. */
@Component
class RequestSheets {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(Clock.ZONE);
    private static final int BARS = 5;

    /**
     * What the reader may do with it now; each is what a door would let the reader do.
     *
     * @param sendOther the reader wrote it: another reviewer has to send it
     */
    record May(
            boolean edit,
            boolean send,
            boolean sendOther,
            boolean accept,
            boolean giveBack,
            boolean takeBack,
            boolean withdraw,
            boolean prepare,
            boolean decide) {}

    /**
     * One line of the list.
     *
     * @param bars class of each of the five: done, now, failed, ended or empty
     * @param look class of the state
     */
    record Row(
            Request request,
            String consumer,
            String provider,
            String look,
            Clocks.@Nullable Chip chip,
            List<String> bars) {}

    /**
     * What happened to one of its clocks.
     *
     * @param before the due date that a notice of holidays moved; null for other changes
     */
    record ClockChange(
            Limit limit,
            String change,
            String at,
            LocalDate due,
            @Nullable LocalDate before,
            String reason) {}

    /**
     * The whole page.
     *
     * @param received when it was first sent; empty before
     * @param prepared the answer in the making, for the provider's own people only
     * @param moved whether a notice of holidays has moved one of its due dates
     * @param connect the reader's next act is to take the data: granted, and nothing came yet
     */
    record Sheet(
            Request request,
            Wording.Subject subject,
            String consumer,
            String provider,
            List<Wording.ItemLine> items,
            List<Wording.Rule> rules,
            List<String> notes,
            Optional<String> received,
            String look,
            Clocks.@Nullable Chip chip,
            Clocks.@Nullable Ruler ruler,
            List<Mark> marks,
            List<Fact> history,
            List<RequestViews.ClockView> clocks,
            Optional<Profile> profile,
            Optional<Grant> grant,
            Optional<String> prepared,
            boolean moved,
            List<ClockChange> changes,
            boolean connect,
            May may) {

        /** Whether an answer of some day can be reckoned with. */
        public boolean reckons() {
            return !clocks.isEmpty() && WhatIf.offered(request);
        }
    }

    private final Docket docket;
    private final Deadlines deadlines;
    private final Profiles profiles;
    private final Grants grants;
    private final RequestViews views;
    private final FilterNotes notes;
    private final Wording wording;
    private final OrganizationNames names;
    private final Clocks clocks;
    private final WorkingDays days;
    private final Causes causes;

    RequestSheets(
            Docket docket,
            Deadlines deadlines,
            Profiles profiles,
            Grants grants,
            RequestViews views,
            FilterNotes notes,
            Wording wording,
            OrganizationNames names,
            Clocks clocks,
            WorkingDays days,
            Causes causes) {
        this.docket = docket;
        this.causes = causes;
        this.deadlines = deadlines;
        this.profiles = profiles;
        this.grants = grants;
        this.views = views;
        this.notes = notes;
        this.wording = wording;
        this.names = names;
        this.clocks = clocks;
        this.days = days;
    }

    List<Row> rows(Collection<Request> requests, Locale locale) {
        var ids = requests.stream().map(Request::id).toList();
        var answers = deadlines.answers(ids);
        var delivered = grants.deliveredOf(ids);
        return requests.stream()
                .map(it ->
                        new Row(
                                it,
                                names.shortName(it.consumer(), locale),
                                names.shortName(it.subject().provider(), locale),
                                look(it.state()),
                                chip(it, Optional.ofNullable(answers.get(it.id()))),
                                bars(it.state(), delivered.contains(it.id()))))
                .toList();
    }

    Sheet sheet(Actor actor, Request it, Locale locale) {
        var answer = deadlines.answer(it.id());
        var steps = docket.history(it.id());
        var subject = wording.subject(it.subject());
        var grant =
                Optional.ofNullable(grants.ofRequests(List.of(it.id())).get(it.id()))
                        .flatMap(grants::grant);
        var delivered = grant.map(one -> grants.delivered(one.id()));
        var said = notes.of(it.ask(), subject.names());
        var changes = changes(it.id(), locale);
        return new Sheet(
                it,
                subject,
                names.shortName(it.consumer(), locale),
                names.shortName(it.subject().provider(), locale),
                subject.of(it.ask().fields()),
                wording.rules(it.ask().filter(), subject, locale),
                notes.withDeclared(
                        locale.getLanguage().equals("en") ? said.en() : said.zh(),
                        subject.published(),
                        locale),
                steps.stream()
                        .filter(step -> step.move() == Move.SEND)
                        .findFirst()
                        .map(step -> MINUTE.format(step.at())),
                look(it.state()),
                chip(it, answer),
                ruler(answer),
                marks(it, steps, delivered.flatMap(GrantTable.Delivered::last), locale),
                history(it, RequestViews.steps(actor, it, steps), locale),
                deadlines.of(it.id()).stream().map(views::clock).toList(),
                it.profile().map(profiles::of),
                grant,
                prepared(actor, it),
                changes.stream().anyMatch(one -> one.before() != null),
                changes,
                actor.has(Role.STEWARD)
                        && actor.belongsTo(it.consumer())
                        && grant.filter(one -> one.effective(grants.now())).isPresent()
                        && delivered.flatMap(GrantTable.Delivered::last).isEmpty(),
                may(actor, it));
    }

    private List<ClockChange> changes(long request, Locale locale) {
        return deadlines.history(request).stream()
                .map(it ->
                        new ClockChange(
                                it.what(),
                                wording.say("Change." + it.change(), locale),
                                MINUTE.format(it.at()),
                                it.due().date(),
                                it.before().orElse(null),
                                it.reason()))
                .toList();
    }

    /** What is not decided yet is the provider's own. */
    private static Optional<String> prepared(Actor actor, Request it) {
        var inside = actor.belongsTo(it.subject().provider());
        return inside && !it.proposal().isEmpty() && it.decision().isEmpty()
                ? Optional.of(it.proposal())
                : Optional.empty();
    }

    May may(Actor actor, Request it) {
        var steward = actor.has(Role.STEWARD);
        var reviewer = actor.has(Role.REVIEWER);
        var consumer = actor.belongsTo(it.consumer());
        var provider = actor.belongsTo(it.subject().provider());
        var sendable = consumer && reviewer && can(it, Move.SEND);
        var own = actor.isHandOf(it.writer());
        return new May(
                consumer && steward && can(it, Move.CHANGE),
                sendable && !own,
                sendable && own,
                causes.mayReceive(actor, it) && can(it, Move.ACCEPT),
                causes.mayReceive(actor, it) && can(it, Move.RETURN),
                consumer && steward && can(it, Move.TAKE_BACK),
                consumer && (steward || reviewer) && can(it, Move.WITHDRAW),
                provider && steward && can(it, Move.PREPARE),
                provider && reviewer && can(it, Move.GRANT));
    }

    private static boolean can(Request it, Move move) {
        return it.state().after(move).isPresent();
    }

    Clocks.@Nullable Chip chip(Request it, Optional<Deadline> answer) {
        if (answer.isEmpty()) return null;
        return switch (answer.get().state()) {
            case Deadline.State.Running(_, _, var due) -> clocks.chip(due.date(), due.estimated());
            case Deadline.State.Paused(_, _, _) -> clocks.stopped();
            case Deadline.State.Stopped(var on, var due) -> {
                if (it.state() == RequestState.WITHDRAWN || on.isAfter(due.date())) yield null;
                var left = days.current().workingDaysBetween(on, due.date());
                yield clocks.answered(Math.max(0, answer.get().workingDays() - left));
            }
        };
    }

    Clocks.@Nullable Ruler ruler(Optional<Deadline> answer) {
        return answer.map(Deadline::state)
                .filter(Deadline.State.Running.class::isInstance)
                .map(Deadline.State.Running.class::cast)
                .map(it -> clocks.ruler(it.countedFrom(), it.due().date()))
                .orElse(null);
    }

    static String look(RequestState state) {
        return switch (state) {
            case DRAFT, WITHDRAWN -> "draft";
            case SENT, ACCEPTED, PREPARED, NEGOTIATING, ARBITRATING -> "waiting";
            case RETURNED, REFUSED, KEPT, UPHELD -> "failed";
            case GRANTED, AWARDED -> "";
            case GRANTED_IN_PART, AWARDED_IN_PART -> "part";
        };
    }

    /** Written, accepted, answered, delivered, in use; red where it ended. */
    static List<String> bars(RequestState state, boolean delivered) {
        var done =
                switch (state) {
                    case DRAFT, WITHDRAWN -> 0;
                    case SENT, RETURNED -> 1;
                    case ACCEPTED, PREPARED -> 2;
                    case REFUSED, KEPT, UPHELD, NEGOTIATING, ARBITRATING -> 2;
                    case GRANTED, GRANTED_IN_PART, AWARDED, AWARDED_IN_PART -> delivered ? BARS : 3;
                };
        var bars = new ArrayList<String>();
        for (int at = 0; at < BARS; at++)
            bars.add(
                    done == BARS
                            ? "used"
                            : at < done
                                    ? "done"
                                    : at == done && look(state).equals("failed") && done == 2
                                            ? "failed"
                                            : "");
        return bars;
    }

    private List<Mark> marks(
            Request it, List<Step> steps, Optional<Instant> delivered, Locale locale) {
        var direct = steps.stream().anyMatch(step -> step.move() == Move.GRANT_AT_ONCE);
        var marks = new ArrayList<Mark>();
        marks.add(mark("sent", last(steps, Move.SEND), reached(it, RequestState.SENT), it, locale));
        if (!direct) {
            marks.add(
                    mark(
                            "accepted",
                            last(steps, Move.ACCEPT),
                            reached(it, RequestState.ACCEPTED),
                            it,
                            locale));
            marks.add(
                    mark(
                            "prepared",
                            last(steps, Move.PREPARE),
                            reached(it, RequestState.PREPARED),
                            it,
                            locale));
        }
        var answer =
                steps.stream()
                        .filter(step ->
                                switch (step.move()) {
                                    case GRANT, GRANT_IN_PART, REFUSE, GRANT_AT_ONCE -> true;
                                    default -> false;
                                })
                        .findFirst();
        marks.add(mark("answered", answer, answer.isPresent(), it, locale));
        marks.add(
                new Mark(
                        wording.say("sharing.mark.delivered", locale),
                        delivered.map(MINUTE::format).orElse(""),
                        delivered.isPresent() ? "done" : "later"));
        return current(marks, it, locale);
    }

    /** The first that is not done is where it stands; what failed stands where it failed. */
    private List<Mark> current(List<Mark> marks, Request it, Locale locale) {
        var all = new ArrayList<Mark>();
        var found = it.state() == RequestState.WITHDRAWN;
        for (var mark : marks) {
            if (!mark.look().equals("later") || found) {
                all.add(mark);
                continue;
            }
            found = true;
            var failed = it.state() == RequestState.RETURNED;
            all.add(
                    new Mark(
                            mark.word(),
                            failed ? wording.say("RequestState.RETURNED", locale) : mark.note(),
                            failed ? "failed" : "now"));
        }
        if (it.state() == RequestState.REFUSED) {
            var last = all.size() - 2;
            all.set(last, new Mark(all.get(last).word(), all.get(last).note(), "failed"));
            all.set(last + 1, new Mark(all.get(last + 1).word(), "", "later"));
        }
        return all;
    }

    private Mark mark(String word, Optional<Step> step, boolean done, Request it, Locale locale) {
        return new Mark(
                wording.say("sharing.mark." + word, locale),
                done ? step.map(one -> MINUTE.format(one.at())).orElse("") : "",
                done ? "done" : "later");
    }

    private static Optional<Step> last(List<Step> steps, Move move) {
        return steps.reversed().stream().filter(step -> step.move() == move).findFirst();
    }

    /** Whether it stands there or beyond; taken back or returned it stands before all of them. */
    private static boolean reached(Request it, RequestState state) {
        return switch (it.state()) {
            case DRAFT, RETURNED, WITHDRAWN -> false;
            case SENT -> state == RequestState.SENT;
            case ACCEPTED -> state == RequestState.SENT || state == RequestState.ACCEPTED;
            case PREPARED, GRANTED, GRANTED_IN_PART, REFUSED -> true;
            case NEGOTIATING, KEPT, ARBITRATING, AWARDED, AWARDED_IN_PART, UPHELD -> true;
        };
    }

    private List<Fact> history(Request it, List<Step> steps, Locale locale) {
        var facts = new ArrayList<Fact>();
        for (var step : steps.reversed()) {
            var word = wording.say("Move." + step.move(), locale);
            var note =
                    step.note().isBlank() || step.move() == Move.PREPARE
                            ? ""
                            : wording.say("sharing.colon", locale) + note(step, locale);
            facts.add(
                    new Fact(
                            word + note,
                            MINUTE.format(step.at())
                                    + "　"
                                    + step.by()
                                    + step.organization()
                                            .map(code -> "　" + names.shortName(code, locale))
                                            .orElse(""),
                            facts.isEmpty() && it.state().open() ? "now" : "open"));
        }
        return facts;
    }

    /** What the platform wrote itself is said in words. */
    private String note(Step step, Locale locale) {
        if (step.move() != Move.GRANT_AT_ONCE) return step.note();
        for (var rule : Grant.Rule.values())
            if (step.note().startsWith(rule + " · "))
                return wording.say("Rule." + rule, locale)
                        + "　"
                        + step.note().substring(rule.name().length() + 3).replace(" · ", "　");
        return step.note();
    }

    static String minute(Instant at) {
        return MINUTE.format(at);
    }

    String organization(String code, Locale locale) {
        return names.shortName(code, locale);
    }

    LocalDate today() {
        return days.today();
    }
}
