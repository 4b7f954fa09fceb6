package shuqiao.sharing;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import shuqiao.calendar.CalendarImpact;
import shuqiao.calendar.CalendarImported;
import shuqiao.calendar.Calendars;
import shuqiao.sharing.Deadline.State;
import shuqiao.sharing.DeadlineTable.Change;
import shuqiao.sharing.RequestEvent.DeadlineMoved;
import shuqiao.standard.DueDate;
import shuqiao.standard.WorkingDayCalendar;

/**
 * Starts, pauses and stops the clocks of requests. Every method runs in its caller's transaction.
 */
@Component
record Deadlines(
        DeadlineTable table,
        Calendars calendars,
        ApplicationEventPublisher events,
        InstantSource clock)
        implements CalendarImpact {

    private static final int PIECE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    /** Starts the clock today, unless the profile sets no number of days for it. */
    void start(long request, Limit what, Profile profile) {
        var days = profile.limit(what).flatMap(Profile.Term::workingDays);
        if (days.isEmpty()) return;
        var today = calendars.today();
        var state = new State.Running(today, days.get(), calendars.due(today, days.get()));
        write(
                new Deadline(request, what, profile.id(), profile.article(what), days.get(), state),
                Change.STARTED,
                profile.label());
    }

    /** A clock that does not run stays as it is. */
    void pause(long request, Limit what, String reason) {
        table.find(request, what)
                .ifPresent(deadline -> {
                    if (deadline.state() instanceof State.Running(_, _, var due)) {
                        var left = calendars.left(due.date());
                        write(
                                deadline.with(new State.Paused(calendars.today(), left, due)),
                                Change.PAUSED,
                                reason);
                    }
                });
    }

    /**
     * Lets a paused clock run on with the working days it had left; one too late stays too late.
     */
    void resume(long request, Limit what, String reason) {
        table.find(request, what)
                .ifPresent(deadline -> {
                    if (deadline.state() instanceof State.Paused(_, var left, var due)) {
                        var today = calendars.today();
                        write(
                                deadline.with(
                                        new State.Running(today, left, due(today, left, due))),
                                Change.RESUMED,
                                reason);
                    }
                });
    }

    /**
     * Lengthens a running clock by working days, counted on from where it counts; its rule is from
     * then on the one that allows it.
     */
    void extend(long request, Limit what, int days, String article, String reason) {
        table.find(request, what)
                .ifPresent(deadline -> {
                    if (deadline.state() instanceof State.Running(var from, var counted, var due)) {
                        var longer =
                                new State.Running(
                                        from, counted + days, due(from, counted + days, due));
                        write(deadline.longer(days, article, longer), Change.EXTENDED, reason);
                    }
                });
    }

    /** Whether this clock was started and its last day has passed while it still runs. */
    boolean over(long request, Limit what) {
        return table.find(request, what)
                .filter(it -> it.state() instanceof State.Running)
                .filter(it -> it.late(calendars.today()))
                .isPresent();
    }

    Optional<Deadline> find(long request, Limit what) {
        return table.find(request, what);
    }

    void stop(long request, Limit what) {
        table.find(request, what)
                .ifPresent(deadline -> {
                    switch (deadline.state()) {
                        case State.Running(_, _, var due) -> stop(deadline, due);
                        case State.Paused(_, _, var due) -> stop(deadline, due);
                        case State.Stopped(_, _) -> {}
                    }
                });
    }

    private void stop(Deadline deadline, DueDate due) {
        write(deadline.with(new State.Stopped(calendars.today(), due)), Change.STOPPED, "");
    }

    /**
     * Starts the clock of the answer if this is the event that does so, and it did not start
     * before.
     */
    void startOn(Profile.ClockStart event, Request request, Profile profile) {
        if (profile.clockStart() == event && answer(request.id()).isEmpty())
            start(request.id(), Limit.ANSWER_CONDITIONAL, profile);
    }

    List<Deadline> of(long request) {
        return table.of(request);
    }

    /** The clock of the answer of each of these requests that has one. */
    Map<Long, Deadline> answers(Collection<Long> requests) {
        return table.of(requests, Limit.ANSWER_CONDITIONAL).stream()
                .collect(Collectors.toMap(Deadline::request, it -> it));
    }

    Optional<Deadline> answer(long request) {
        return table.find(request, Limit.ANSWER_CONDITIONAL);
    }

    List<DeadlineTable.Entry> history(long request) {
        return table.history(request);
    }

    /**
     * A notice was imported: what it moves is dated anew, in the same transaction, recorded, and
     * told to who has to act and who waits.
     */
    @EventListener
    void on(CalendarImported imported) {
        long request = 0;
        var what = "";
        int moved = 0;
        var notice = imported.year() + "/" + imported.version();
        for (var piece = table.running(request, what, PIECE);
                !piece.isEmpty();
                piece = table.running(request, what, PIECE)) {
            for (var deadline : piece) {
                if (deadline.state() instanceof State.Running(var from, var days, var due)) {
                    var fresh = due(from, days, due);
                    if (fresh.equals(due)) continue;
                    var anew = deadline.with(new State.Running(from, days, fresh));
                    write(anew, Change.MOVED, imported.year() + ": " + imported.source());
                    if (fresh.date().equals(due.date())) continue;
                    table.moved(anew, due.date(), notice);
                    events.publishEvent(
                            new DeadlineMoved(
                                    deadline.request(),
                                    deadline.what(),
                                    due.date(),
                                    fresh.date(),
                                    notice,
                                    imported.by(),
                                    imported.at()));
                    moved++;
                }
            }
            request = piece.getLast().request();
            what = piece.getLast().what().name();
        }
        LOG.info("the notice {} moved {} due dates", notice, moved);
    }

    @Override
    public Moved under(WorkingDayCalendar next) {
        long request = 0;
        var what = "";
        long open = 0;
        long moved = 0;
        for (var piece = table.seen(request, what, PIECE);
                !piece.isEmpty();
                piece = table.seen(request, what, PIECE)) {
            for (var deadline : piece)
                if (deadline.state() instanceof State.Running(var from, var days, var due)) {
                    open++;
                    if (days >= 0 && !Calendars.due(next, from, days).date().equals(due.date()))
                        moved++;
                }
            request = piece.getLast().request();
            what = piece.getLast().what().name();
        }
        return new Moved(open, moved);
    }

    /** Negative days mean that it was late when it was paused; its due date stays. */
    private DueDate due(LocalDate from, int days, DueDate before) {
        return days < 0 ? before : calendars.due(from, days);
    }

    private void write(Deadline deadline, Change change, String reason) {
        var due = deadline.state().due().date();
        table.write(deadline, change, calendars.left(due), reason, clock.instant());
    }
}
