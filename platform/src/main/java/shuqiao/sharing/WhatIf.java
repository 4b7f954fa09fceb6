package shuqiao.sharing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.calendar.Calendars;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Invalid;
import shuqiao.sharing.Deadline.State;
import shuqiao.sharing.RequestState.Move;
import shuqiao.standard.DueDate;

/**
 * What follows if a request is answered on some day: reckoned by the same rules as the clocks
 * themselves; nothing is changed.
 */
@Component
class WhatIf {

    /** How long completion takes when nobody says. */
    private static final int COMPLETION_DAYS = 5;

    private static final int AHEAD_MONTHS = 12;

    /**
     * What a form or an address says.
     *
     * @param on day of the answer, or of giving back
     * @param again day on which it is sent again after completion
     */
    record Entry(@Nullable String on, @Nullable String again) {}

    /** What the day makes of the answer. */
    enum Standing {
        /** No clock of the answer was started. */
        NO_CLOCK,
        /** The clock stands; it goes on when the request is sent again. */
        PAUSED,
        IN_TIME,
        LAST_DAY,
        LATE
    }

    /** What would begin, or move. */
    enum Follows {
        SHARE,
        DISPUTE,
        NEGOTIATION,
        ARBITRATION,
        COMPLETION,
        /** Late already: giving back heals nothing. */
        COMPLETION_LATE,
        EXTENSION
    }

    /**
     * One thing that follows.
     *
     * @param days working days that are counted
     * @param article where the rule stands
     */
    record Line(Follows what, int days, LocalDate due, boolean estimated, String article) {}

    /**
     * The whole answer.
     *
     * @param left working days left on that day; negative when late, 0 without a clock
     * @param due last day of the answer; null without a running clock
     */
    record Outlook(
            LocalDate on,
            LocalDate again,
            boolean workingDay,
            Standing standing,
            int left,
            @Nullable LocalDate due,
            boolean estimated,
            List<Line> lines) {}

    private final Readers readers;
    private final Deadlines deadlines;
    private final Profiles profiles;
    private final ExtensionTable extensions;
    private final Calendars calendars;

    WhatIf(
            Readers readers,
            Deadlines deadlines,
            Profiles profiles,
            ExtensionTable extensions,
            Calendars calendars) {
        this.readers = readers;
        this.deadlines = deadlines;
        this.profiles = profiles;
        this.extensions = extensions;
        this.calendars = calendars;
    }

    /** Whether there is anything to reckon: it was sent, and not answered yet. */
    static boolean offered(Request it) {
        return it.wasSent()
                && switch (it.state()) {
                    case SENT, RETURNED, ACCEPTED, PREPARED, DRAFT -> true;
                    default -> false;
                };
    }

    /** Days left out are today, and some days after the first. */
    Entry filled(Entry entry) {
        var on = blank(entry.on()) ? calendars.today().toString() : entry.on();
        if (!blank(entry.again())) return new Entry(on, entry.again());
        try {
            var from = Clock.day(on == null ? "" : on.strip());
            return new Entry(on, calendars.due(from, COMPLETION_DAYS).date().toString());
        } catch (java.time.DateTimeException _) {
            return new Entry(on, "");
        }
    }

    Outlook of(Actor actor, long id, Entry typed) {
        var request = readers.visible(actor, id);
        var entry = filled(typed);
        var faults = new Invalid.Faults();
        var today = calendars.today();
        var last = today.plusMonths(AHEAD_MONTHS);
        var on = day(faults, "on", entry.on(), today, last);
        var again = day(faults, "again", entry.again(), on == null ? today : on, last);
        faults.refuseIfAny();
        return outlook(
                request,
                java.util.Objects.requireNonNull(on),
                java.util.Objects.requireNonNull(again));
    }

    private Outlook outlook(Request request, LocalDate on, LocalDate again) {
        var profile = request.profile().map(profiles::of);
        var clock = offered(request) ? deadlines.answer(request.id()) : Optional.<Deadline>empty();
        var lines = new ArrayList<Line>();
        var standing = Standing.NO_CLOCK;
        int left = 0;
        @Nullable DueDate due = null;
        if (clock.isPresent())
            switch (clock.get().state()) {
                case State.Running(var from, var counted, var until) -> {
                    due = until;
                    left = between(on, until.date());
                    standing =
                            on.isAfter(until.date())
                                    ? Standing.LATE
                                    : on.equals(until.date())
                                            ? Standing.LAST_DAY
                                            : Standing.IN_TIME;
                    profile.ifPresent(it -> follow(it, on, lines));
                    if (request.state().after(Move.RETURN).isPresent())
                        lines.add(completed(clock.get(), left, again, until));
                    longer(request, profile, from, counted, on, until).ifPresent(lines::add);
                }
                case State.Paused(_, var remaining, var until) -> {
                    standing = Standing.PAUSED;
                    left = remaining;
                    lines.add(completed(clock.get(), remaining, again, until));
                }
                case State.Stopped(_, _) -> {}
            }
        return new Outlook(
                on,
                again,
                calendars.isWorkingDay(on),
                standing,
                left,
                due == null ? null : due.date(),
                due != null && due.estimated(),
                lines);
    }

    /** What an answer of that day begins. */
    private void follow(Profile profile, LocalDate on, List<Line> lines) {
        var clocks =
                Map.of(
                        Follows.SHARE, Limit.SHARE_WITHIN,
                        Follows.DISPUTE, Limit.DISPUTE_WITHIN,
                        Follows.NEGOTIATION, Limit.NEGOTIATION,
                        Follows.ARBITRATION, Limit.ARBITRATION);
        for (var what : Follows.values()) {
            var limit = clocks.get(what);
            if (limit == null) continue;
            profile.limit(limit)
                    .flatMap(Profile.Term::workingDays)
                    .ifPresent(days ->
                            lines.add(line(what, days, calendars.due(on, days), profile, limit)));
        }
    }

    private static Line line(Follows what, int days, DueDate due, Profile profile, Limit limit) {
        return new Line(what, days, due.date(), due.estimated(), profile.article(limit));
    }

    /** What is left when it is given back is left when it is sent again; late stays late. */
    private Line completed(Deadline clock, int left, LocalDate again, DueDate until) {
        var due = left < 0 ? until : calendars.due(again, left);
        return new Line(
                left < 0 ? Follows.COMPLETION_LATE : Follows.COMPLETION,
                Math.max(left, 0),
                due.date(),
                due.estimated(),
                clock.article());
    }

    private Optional<Line> longer(
            Request request,
            Optional<Profile> profile,
            LocalDate from,
            int counted,
            LocalDate on,
            DueDate until) {
        if (profile.isEmpty() || !on.isBefore(until.date()) || counted < 0) return Optional.empty();
        var term = profile.get().limit(Limit.EXTENSION);
        var used = extensions.of(request.id()).stream().filter(Extension::consented).count();
        if (request.state() == RequestState.SENT
                || term.isEmpty()
                || used >= term.get().times().orElse(1)) return Optional.empty();
        return term.get()
                .workingDays()
                .map(days -> {
                    var due = calendars.due(from, counted + days);
                    return new Line(
                            Follows.EXTENSION,
                            days,
                            due.date(),
                            due.estimated(),
                            term.get().article());
                });
    }

    private int between(LocalDate from, LocalDate to) {
        return calendars.current().workingDaysBetween(from, to);
    }

    private static @Nullable LocalDate day(
            Invalid.Faults faults,
            String field,
            @Nullable String text,
            LocalDate first,
            LocalDate last) {
        try {
            var day = Clock.day(text == null ? "" : text.strip());
            if (!day.isBefore(first) && !day.isAfter(last)) return day;
            faults.add(
                    field,
                    "what-if.day",
                    Map.of("first", first.toString(), "last", last.toString()));
        } catch (java.time.DateTimeException _) {
            faults.add(field, "date");
        }
        return null;
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
