package shuqiao.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import shuqiao.exchange.DestinationForm;
import shuqiao.exchange.Run;
import shuqiao.kernel.Actor;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Role;
import shuqiao.kit.Field;
import shuqiao.kit.Keeper.Item;
import shuqiao.kit.Keeper.Lines;
import shuqiao.kit.Keeper.Past;
import shuqiao.kit.Keeper.Seen;
import shuqiao.kit.Keeper.Shown;
import shuqiao.kit.Keeper.Step;
import shuqiao.kit.Words;
import shuqiao.schedule.Schedule.State;
import shuqiao.schedule.Schedule.Why;
import shuqiao.sharing.Grant;

/** What pages and programs are told of schedules. */
@Component
class ScheduleWords {

    private final DestinationForm destinations;
    private final OrganizationNames names;
    private final CronWords cronWords;

    ScheduleWords(DestinationForm destinations, OrganizationNames names, CronWords cronWords) {
        this.destinations = destinations;
        this.names = names;
        this.cronWords = cronWords;
    }

    @Bean
    static MenuEntry scheduleMenu() {
        var who = Set.of(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        return new MenuEntry(42, "menu.schedules", "/schedules", who);
    }

    /** How it was stopped; null while it is active. */
    private record Stop(Instant at, String by, Words why) {
        static @Nullable Stop of(Schedule it) {
            return switch (it.state()) {
                case State.Active _ -> null;
                case State.Paused(var at, var by, var why) -> new Stop(at, by, words(why));
                case State.Ended(var at, var by, var why) -> new Stop(at, by, words(why));
            };
        }

        private static Words words(Why why) {
            return new Words(null, why.zh(), why.en(), List.of());
        }
    }

    Item item(Schedule it) {
        var table = it.target() instanceof Run.Target.Table one ? one : null;
        var file = it.target() instanceof Run.Target.File one ? one : null;
        var stop = Stop.of(it);
        var next = it.state() instanceof State.Active(var at) ? at : null;
        return Item.of(it.id(), it.stateName(), stop == null ? it.madeBy() : stop.by(), it)
                .with("rail", file == null ? "exchange" : "file")
                .with("target", table == null ? null : table.source())
                .with("schema", table == null ? null : table.schema())
                .with("table", table == null ? null : table.table())
                .with("format", file == null ? null : file.format().word())
                .with("guarded", file == null ? null : file.guarded())
                .with("rhythm", it.rhythm().word(), "rhythm.said", said(it.rhythm()))
                .with("cron", it.rhythm() instanceof Rhythm.Cron(var text) ? text : null)
                .with("time", it.rhythm() instanceof Rhythm.OnWorkingDays(var at) ? at : null)
                .with("next", next, "next.said", next == null ? "—" : null)
                .with("stoppedAt", stop == null ? null : stop.at())
                .with("why", stop == null ? null : stop.why())
                .with("state.small", stop == null ? null : stop.why())
                .with("provider.said", name(it.provider()), "consumer.said", name(it.consumer()))
                .with("place", place(it.target()), "consumer.small", place(it.target()))
                .with("lastAt.said", it.lastAt() == null ? Words.of("schedules.last.none") : null)
                .with("turns.said", Words.of("schedules.count.n", it.turns()))
                .with("skipped.said", Words.of("schedules.skipped.n", it.skipped()));
    }

    private Words name(String organization) {
        return Words.plain(names.shortName(organization, LocaleContextHolder.getLocale()));
    }

    private static Words place(Run.Target target) {
        return switch (target) {
            case Run.Target.Table table -> Words.plain(table.label());
            case Run.Target.File(var format, _) -> Words.of("runs.new.format." + format.word());
        };
    }

    private Words said(Rhythm rhythm) {
        return switch (rhythm) {
            case Rhythm.Cron(var text) ->
                    CronFields.of(text).isPresent()
                            ? Words.of("schedule.cron.shown", inWords(text), text)
                            : Words.of("schedule.rhythm.cron", text);
            case Rhythm.OnWorkingDays(var at) -> Words.of("schedule.rhythm.days", at.toString());
            case Rhythm.AfterUpdate() -> Words.of("schedule.rhythm.update");
        };
    }

    private String inWords(String cron) {
        return cronWords.of(cron, LocaleContextHolder.getLocale());
    }

    /** What stands above the next turns of a rhythm that is looked at before it is ordered. */
    Words before(Rhythm rhythm) {
        if (!(rhythm instanceof Rhythm.Cron(var cron)) || CronFields.of(cron).isEmpty())
            return Words.of("schedules.turns.preview");
        var remarks = cronWords.remarks(cron, LocaleContextHolder.getLocale());
        var of = Words.of("schedules.turns.of", inWords(cron));
        return remarks.isEmpty()
                ? of
                : Words.of("schedules.turns.remarked", of, String.join("；", remarks));
    }

    Seen seen(Schedule it, List<Instant> turns) {
        var history = new ArrayList<Past>();
        history.add(new Past(it.madeAt(), it.madeBy(), null, "ACTIVE", null));
        var stop = Stop.of(it);
        if (stop != null)
            history.addFirst(new Past(stop.at(), stop.by(), null, it.stateName(), stop.why()));
        return new Seen(
                it.title(),
                List.of(
                        said(it.rhythm()),
                        Words.of("schedules.way.of", name(it.provider()), name(it.consumer()))),
                List.of(
                        new Lines(
                                Words.of("schedules.turns"),
                                List.copyOf(turns),
                                Words.of(
                                        stop == null
                                                ? "schedules.turns.update"
                                                : "schedules.turns.stopped"))),
                history);
    }

    /** The departments of a list, by their names. */
    Shown sides(List<String> codes) {
        var sides =
                codes.stream()
                        .map(code -> new Field.Code(code, name(code)))
                        .sorted(Comparator.comparing(code -> String.valueOf(code.label())))
                        .toList();
        return shown("", List.of(), List.of(), Map.of("departments", sides), Map.of());
    }

    private static Shown shown(
            String thing,
            List<Step> way,
            List<Words> facts,
            Map<String, List<Field.Code>> codes,
            Map<String, Object> values) {
        return new Shown(thing, way, facts, null, codes, List.of(), values, null);
    }

    /** Whoever has no connection can only choose a file. */
    Shown form(Actor actor, Grant grant) {
        var targets = destinations.targets(actor);
        var formats = destinations.formats(actor);
        var values =
                new LinkedHashMap<String, Object>(
                        Map.of(
                                "format", formats.getFirst(),
                                "schema", "public",
                                "table", DestinationForm.proposed(grant),
                                "rhythm", "WORKING_DAYS",
                                "time", "06:00",
                                "day", "5"));
        if (targets.size() == 1)
            values.put("target", Long.valueOf(targets.keySet().iterator().next()));
        return shown(
                grant.title(),
                List.of(new Step(Words.plain(grant.number()), "/grants/{grant}")),
                List.of(
                        Words.of("run.scope.fields.n", grant.scope().fields().size()),
                        Words.of("run.scope.until", grant.until())),
                Map.of(
                        "targets",
                        targets.entrySet().stream()
                                .map(one ->
                                        new Field.Code(one.getKey(), Words.plain(one.getValue())))
                                .toList(),
                        "formats",
                        formats.stream().map(ScheduleWords::format).toList(),
                        "days",
                        IntStream.rangeClosed(1, PlainRhythm.EVERY_MONTH + 1)
                                .mapToObj(ScheduleWords::day)
                                .toList()),
                values);
    }

    private static Field.Code format(String format) {
        var key = "runs.new.format." + format;
        return new Field.Code(format, Words.of("kit.cell", Words.of(key), Words.of(key + ".what")));
    }

    private static Field.Code day(int day) {
        return day > PlainRhythm.EVERY_MONTH
                ? new Field.Code(CronFields.LAST_DAY, Words.of("schedules.day.last"))
                : new Field.Code(
                        String.valueOf(day), Words.of("schedules.day.of", String.valueOf(day)));
    }
}
