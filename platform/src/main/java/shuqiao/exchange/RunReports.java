package shuqiao.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.FactNames;
import shuqiao.shell.Fact;
import shuqiao.shell.Mark;

/** A run as a page tells it: steps, figures, chart and log, in the reader's language. */
@Component
class RunReports {

    /** The steps that people see, each with the engine's own behind it. */
    private enum Stage {
        CHECK("CONNECTING", "CHECKING"),
        COPY("COPYING"),
        VERIFY("VERIFYING", "INDEXING"),
        SWAP("SWAPPING"),
        RECEIPT("FINISHED");

        private final List<String> phases;

        Stage(String... phases) {
            this.phases = List.of(phases);
        }

        static Stage of(String phase) {
            for (var stage : values()) if (stage.phases.contains(phase)) return stage;
            return CHECK;
        }
    }

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(Clock.ZONE);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(Clock.ZONE);
    private static final int PERCENT_WHILE_RUNNING_MAX = 99;

    /**
     * How far it is.
     *
     * @param percent of the estimate, null when there is none
     * @param expectedEnd time of day, null while it cannot be told
     */
    record Progress(
            @Nullable Integer percent,
            long rows,
            @Nullable Long rowsExpected,
            long perSecond,
            String elapsed,
            String bytes,
            @Nullable String expectedEnd,
            @Nullable String left) {}

    /**
     * @param look of the state: waiting, running, failed, draft or nothing for done
     * @param said one sentence for a reader who cannot see the page change
     */
    record Report(
            String look,
            List<Mark> marks,
            @Nullable Progress progress,
            RateChart chart,
            List<Fact> log,
            @Nullable String waiting,
            String said) {}

    private final Journal journal;
    private final ObjectProvider<FactNames> names;
    private final MessageSource messages;
    private final InstantSource clock;

    RunReports(
            Journal journal,
            ObjectProvider<FactNames> names,
            MessageSource messages,
            InstantSource clock) {
        this.journal = journal;
        this.names = names;
        this.messages = messages;
        this.clock = clock;
    }

    Report of(Run run, Locale locale) {
        var steps = journal.steps(run.id());
        var progress = progress(run);
        var began = began(run, steps);
        var chart =
                RateChart.of(
                        began, journal.samples(run.id(), run.attempt()), planned(run, progress));
        return new Report(
                look(run),
                marks(run, steps, locale),
                progress,
                chart,
                log(run, steps, locale),
                waiting(run, locale),
                said(run, progress, locale));
    }

    static String look(Run run) {
        return switch (run.state()) {
            case Run.State.Queued _ -> "waiting";
            case Run.State.Running _ -> "running";
            case Run.State.Delivered _ -> "";
            case Run.State.Failed _ -> "failed";
            case Run.State.Cancelled _, Run.State.Superseded _ -> "draft";
        };
    }

    private @Nullable Progress progress(Run run) {
        return switch (run.state()) {
            case Run.State.Running(var since, _, var rows, var bytes) ->
                    progress(since, clock.instant(), rows, bytes, run.rowEstimate(), false);
            case Run.State.Delivered(var since, var at, var rows, var bytes, _, _) ->
                    progress(since, at, rows, bytes, rows, true);
            case Run.State.Queued _,
                    Run.State.Failed _,
                    Run.State.Cancelled _,
                    Run.State.Superseded _ ->
                    null;
        };
    }

    private static Progress progress(
            Instant since,
            Instant until,
            long rows,
            long bytes,
            @Nullable Long expected,
            boolean over) {
        var elapsed = Duration.between(since, until);
        var seconds = Math.max(elapsed.toMillis(), 1) / 1000.0;
        var perSecond = Math.round(rows / seconds);
        var known = expected != null && expected > 0;
        var total = known ? Math.max(java.util.Objects.requireNonNull(expected), rows) : 0;
        Integer percent =
                over
                        ? Integer.valueOf(100)
                        : known
                                ? Integer.valueOf(
                                        (int)
                                                Math.min(
                                                        PERCENT_WHILE_RUNNING_MAX,
                                                        100 * rows / total))
                                : null;
        var left =
                over || !known || perSecond == 0
                        ? null
                        : Duration.ofSeconds(Math.max(1, (total - rows) / perSecond));
        return new Progress(
                percent,
                rows,
                known ? Long.valueOf(total) : null,
                perSecond,
                clockOf(elapsed),
                size(bytes),
                left == null ? null : TIME.format(until.plus(left)),
                left == null ? null : clockOf(left));
    }

    private Duration planned(Run run, @Nullable Progress progress) {
        return switch (run.state()) {
            case Run.State.Running(var since, _, var rows, _) -> {
                var elapsed = Duration.between(since, clock.instant());
                var expected = progress == null ? null : progress.rowsExpected();
                yield expected == null || rows == 0
                        ? elapsed
                        : Duration.ofMillis(
                                Math.round((double) elapsed.toMillis() * expected / rows));
            }
            case Run.State.Delivered(var since, var at, _, _, _, _) -> Duration.between(since, at);
            case Run.State.Queued _,
                    Run.State.Failed _,
                    Run.State.Cancelled _,
                    Run.State.Superseded _ ->
                    Duration.ZERO;
        };
    }

    private static Instant began(Run run, List<Journal.Step> steps) {
        return steps.stream()
                .filter(step -> step.attempt() == run.attempt())
                .map(Journal.Step::at)
                .findFirst()
                .orElse(run.askedAt());
    }

    private List<Mark> marks(Run run, List<Journal.Step> steps, Locale locale) {
        var now = steps.stream().filter(step -> step.attempt() == run.attempt()).toList();
        var reached = now.isEmpty() ? Stage.CHECK : Stage.of(now.getLast().phase());
        var marks = new ArrayList<Mark>();
        marks.add(
                new Mark(
                        word("run.stage.ASKED", locale),
                        DAY_AND_TIME.format(run.askedAt()),
                        run.state() instanceof Run.State.Queued ? "now" : "done"));
        for (var stage : Stage.values()) {
            if (stage == Stage.SWAP && run.target() instanceof Run.Target.File) continue;
            var time =
                    now.stream()
                            .filter(step -> Stage.of(step.phase()) == stage)
                            .map(step -> TIME.format(step.at()))
                            .findFirst()
                            .orElse("");
            marks.add(
                    new Mark(word("run.stage." + stage, locale), time, look(run, stage, reached)));
        }
        return marks;
    }

    private static String look(Run run, Stage stage, Stage reached) {
        var order = stage.compareTo(reached);
        return switch (run.state()) {
            case Run.State.Delivered _ -> "done";
            case Run.State.Queued _ -> "later";
            case Run.State.Running _ -> order < 0 ? "done" : order == 0 ? "now" : "later";
            case Run.State.Failed _, Run.State.Cancelled _, Run.State.Superseded _ ->
                    order < 0 ? "done" : order == 0 ? "failed" : "later";
        };
    }

    /** A name; of who is not known any more the code. */
    private String person(String subject, Locale locale) {
        if (subject.equals(Actor.PLATFORM.subject())) return word("run.by-platform", locale);
        return FactNames.people(names, Set.of(subject), locale).getOrDefault(subject, subject);
    }

    /** Newest on top. */
    private List<Fact> log(Run run, List<Journal.Step> steps, Locale locale) {
        var log = new ArrayList<Fact>();
        log.add(
                new Fact(
                        word("run.log.asked", locale),
                        DAY_AND_TIME.format(run.askedAt()) + "　" + person(run.askedBy(), locale),
                        "open"));
        for (var step : steps)
            log.add(
                    new Fact(
                            word("run.phase." + step.phase(), locale),
                            DAY_AND_TIME.format(step.at())
                                    + "　"
                                    + word("run.log.attempt", locale, step.attempt()),
                            "done"));
        switch (run.state()) {
            case Run.State.Delivered(_, var at, _, _, _, _) ->
                    log.add(
                            new Fact(
                                    word("run.state.DELIVERED", locale),
                                    DAY_AND_TIME.format(at),
                                    "done"));
            case Run.State.Failed(var at, var why) ->
                    log.add(new Fact(why.in(locale), DAY_AND_TIME.format(at), "failed"));
            case Run.State.Cancelled(var at, var by, var why) ->
                    log.add(
                            new Fact(
                                    word("run.state.CANCELLED", locale) + "　" + why,
                                    DAY_AND_TIME.format(at) + "　" + person(by, locale),
                                    "failed"));
            case Run.State.Superseded(var at) ->
                    log.add(
                            new Fact(
                                    word("run.state.SUPERSEDED", locale),
                                    DAY_AND_TIME.format(at),
                                    "open"));
            case Run.State.Queued(_, _, var last) -> {
                if (last != null) log.add(new Fact(last.in(locale), "", "failed"));
            }
            case Run.State.Running _ ->
                    log.set(
                            log.size() - 1,
                            new Fact(log.getLast().fact(), log.getLast().note(), "now"));
        }
        Collections.reverse(log);
        return log;
    }

    /** What a queued run waits for, as a sentence. */
    @Nullable String waiting(Run run, Locale locale) {
        if (!(run.state() instanceof Run.State.Queued(var notBefore, var waitsFor, _))) return null;
        if (waitsFor == Run.Waiting.RETRY)
            return word(
                    run.target() instanceof Run.Target.File
                            ? "run.waiting.RETRY.file"
                            : "run.waiting.RETRY",
                    locale,
                    run.failures() + 1,
                    DAY_AND_TIME.format(notBefore));
        return word("run.waiting." + (waitsFor == null ? "TURN" : waitsFor.name()), locale);
    }

    private String said(Run run, @Nullable Progress progress, Locale locale) {
        var state = word("run.state." + run.stateName(), locale);
        var percent = progress == null ? null : progress.percent();
        // said at each quarter only, not each second
        return percent == null || !(run.state() instanceof Run.State.Running)
                ? state
                : word("run.said", locale, state, percent / 25 * 25);
    }

    private String word(String key, Locale locale, Object... facts) {
        return messages.getMessage(key, facts, locale);
    }

    /** As 00:39 or 1:02:07. */
    static String clockOf(Duration time) {
        var seconds = time.toSeconds();
        return seconds >= 3600
                ? "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60)
                : "%02d:%02d".formatted(seconds / 60, seconds % 60);
    }

    /** Bytes in units of 1,000, three figures. */
    static String size(long bytes) {
        var units = new String[] {"B", "KB", "MB", "GB", "TB"};
        var value = (double) bytes;
        var unit = 0;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        var format = unit == 0 || value >= 100 ? "%.0f %s" : value >= 10 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, format, value, units[unit]);
    }
}
