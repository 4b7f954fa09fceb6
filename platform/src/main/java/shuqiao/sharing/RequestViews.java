package shuqiao.sharing;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.calendar.Calendars;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Page;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests as they are shown: with their clocks, their grant, notes and history. */
@Component
class RequestViews {

    /**
     * A deadline as it stands today.
     *
     * @param due null while it is paused
     * @param workingDaysLeft null when it has stopped; negative when late
     */
    record ClockView(
            Limit limit,
            String profile,
            String article,
            int workingDays,
            State state,
            @Nullable LocalDate due,
            boolean estimated,
            @Nullable Integer workingDaysLeft,
            boolean late) {

        enum State {
            RUNNING,
            PAUSED,
            STOPPED
        }
    }

    record ClockEntry(
            Limit limit,
            DeadlineTable.Change change,
            LocalDate due,
            boolean estimated,
            int workingDaysLeft,
            String reason,
            Instant at) {}

    record DecisionView(
            Decision.Outcome outcome,
            String opinion,
            String reason,
            @Nullable BasisKind basisKind,
            String basis) {}

    record StepView(
            RequestState.Move move,
            RequestState state,
            String by,
            @Nullable String organization,
            String note,
            Instant at) {}

    /** What a reader has to know beside the request, in both languages. */
    record Notes(List<String> zh, List<String> en) {}

    record Line(
            long id,
            String number,
            RequestState state,
            long resource,
            String code,
            int version,
            String title,
            String provider,
            String consumer,
            List<String> fields,
            @ArraySchema(schema = @Schema(implementation = AskEntry.FilterItem.class))
                    JsonNode filter,
            Map<String, String> masks,
            Purpose purpose,
            String purposeText,
            String basis,
            String matter,
            String mode,
            LocalDate from,
            LocalDate until,
            @Nullable String profile,
            @Nullable ClockView clock,
            @Nullable Long grant,
            Instant createdAt,
            Instant changedAt) {}

    record Whole(
            @com.fasterxml.jackson.annotation.JsonUnwrapped Line request,
            String proposal,
            @Nullable DecisionView decision,
            Notes notes,
            @Schema(
                            description =
                                    "The provider declared at the mount that only the rows are meant that row security of its table shows our account")
                    boolean rowSecurity,
            List<ClockView> clocks,
            List<ClockEntry> clockHistory,
            List<StepView> history) {}

    private final Docket docket;
    private final Deadlines deadlines;
    private final Profiles profiles;
    private final Grants grants;
    private final Calendars calendars;
    private final FilterNotes notes;
    private final Wording wording;

    RequestViews(
            Docket docket,
            Deadlines deadlines,
            Profiles profiles,
            Grants grants,
            Calendars calendars,
            FilterNotes notes,
            Wording wording) {
        this.docket = docket;
        this.deadlines = deadlines;
        this.profiles = profiles;
        this.grants = grants;
        this.calendars = calendars;
        this.notes = notes;
        this.wording = wording;
    }

    Page<Line> lines(Page<Request> page) {
        var ids = page.items().stream().map(Request::id).toList();
        var clocks = deadlines.answers(ids);
        var given = grants.ofRequests(ids);
        return page.map(it -> line(it, clocks.get(it.id()), given.get(it.id())));
    }

    /** What the provider's people say among themselves is theirs until they answer. */
    static boolean inside(Actor actor, Request it) {
        return actor.belongsTo(it.subject().provider());
    }

    /** The history that the reader may see; see {@link #inside}. */
    static List<Step> steps(Actor actor, Request it, List<Step> all) {
        if (inside(actor, it)) return all;
        return all.stream()
                .filter(step -> step.move() != RequestState.Move.SEND_BACK)
                .map(step ->
                        step.move() == RequestState.Move.PREPARE
                                ? new Step(
                                        step.move(),
                                        step.state(),
                                        step.by(),
                                        step.organization(),
                                        "",
                                        step.at())
                                : step)
                .toList();
    }

    /** As anybody may see it who sees the request at all. */
    Whole whole(Request it) {
        return whole(Actor.PLATFORM, it);
    }

    Whole whole(Actor actor, Request it) {
        var clocks = deadlines.of(it.id());
        var answer = deadlines.answer(it.id()).orElse(null);
        var published = wording.subject(it.subject()).published();
        return new Whole(
                line(it, answer, grants.ofRequests(List.of(it.id())).get(it.id())),
                inside(actor, it) || it.decision().isPresent() ? it.proposal() : "",
                it.decision().map(RequestViews::decision).orElse(null),
                notes.of(it.ask(), published),
                published != null && published.rowSecurity(),
                clocks.stream().map(this::clock).toList(),
                deadlines.history(it.id()).stream().map(RequestViews::entry).toList(),
                steps(actor, it, docket.history(it.id())).stream()
                        .map(RequestViews::step)
                        .toList());
    }

    private Line line(Request it, @Nullable Deadline answer, @Nullable Long grant) {
        var subject = it.subject();
        var ask = it.ask();
        return new Line(
                it.id(),
                it.number(),
                it.state(),
                subject.resource(),
                subject.code(),
                subject.version(),
                subject.title(),
                subject.provider(),
                it.consumer(),
                ask.fields(),
                JsonMapper.shared().readTree(ask.filter()),
                ask.masks(),
                ask.purpose(),
                ask.purposeText(),
                ask.basis(),
                ask.matter(),
                ask.mode().word(),
                ask.from(),
                ask.until(),
                it.profile().map(profiles::of).map(Profile::label).orElse(null),
                answer == null ? null : clock(answer),
                grant,
                it.createdAt(),
                it.changedAt());
    }

    ClockView clock(Deadline it) {
        var today = calendars.today();
        var due = it.state().due();
        var profile = profiles.of(it.profile()).label();
        return switch (it.state()) {
            case Deadline.State.Running(_, _, _) ->
                    new ClockView(
                            it.what(),
                            profile,
                            it.article(),
                            it.workingDays(),
                            ClockView.State.RUNNING,
                            due.date(),
                            due.estimated(),
                            calendars.left(due.date()),
                            it.late(today));
            case Deadline.State.Paused(_, var left, _) ->
                    new ClockView(
                            it.what(),
                            profile,
                            it.article(),
                            it.workingDays(),
                            ClockView.State.PAUSED,
                            null,
                            false,
                            left,
                            it.late(today));
            case Deadline.State.Stopped(_, _) ->
                    new ClockView(
                            it.what(),
                            profile,
                            it.article(),
                            it.workingDays(),
                            ClockView.State.STOPPED,
                            due.date(),
                            due.estimated(),
                            null,
                            it.late(today));
        };
    }

    private static ClockEntry entry(DeadlineTable.Entry it) {
        return new ClockEntry(
                it.what(),
                it.change(),
                it.due().date(),
                it.due().estimated(),
                it.daysLeft(),
                it.reason(),
                it.at());
    }

    private static DecisionView decision(Decision it) {
        return new DecisionView(
                it.outcome(), it.opinion(), it.reason(), it.basis().orElse(null), it.basisText());
    }

    private static StepView step(Step it) {
        return new StepView(
                it.move(), it.state(), it.by(), it.organization().orElse(null), it.note(), it.at());
    }
}
