package shuqiao.upkeep;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import shuqiao.catalog.DataUpdates;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

/** What a steward keeps true: mounts that differ, grants that were touched, data that is due. */
@Component
record UpkeepToDos(
        DifferenceTable differences,
        Flags flags,
        DataUpdates updates,
        Sentences sentences,
        InstantSource clock)
        implements ToDos {

    private static final int SHOWN = 33;

    @Override
    public List<ToDo> of(Actor actor) {
        var own = actor.organization();
        if (own == null || !actor.has(Role.STEWARD)) return List.of();
        var locale = LocaleContextHolder.getLocale();
        var found = new ArrayList<ToDo>();
        for (var it : flags.unanswered(own, SHOWN))
            found.add(
                    new ToDo(
                            "upkeep.flag",
                            it.title(),
                            it.number(),
                            "/grants/" + it.grant() + "/changes",
                            null,
                            false));
        for (var it : differences.sums(own, new Page.Request(SHOWN, Long.MAX_VALUE)).items())
            found.add(
                    new ToDo(
                            "upkeep.differences",
                            it.title(),
                            sentences.say(
                                    "upkeep.difference.count",
                                    Map.of("count", it.number()),
                                    locale),
                            "/resources/" + it.resource() + "/differences",
                            null,
                            false));
        var yesterday = LocalDate.ofInstant(clock.instant(), Clock.ZONE).minusDays(1);
        for (var it : updates.due(yesterday, own, SHOWN))
            found.add(
                    new ToDo(
                            "upkeep.overdue",
                            it.name(),
                            sentences.say(
                                    "upkeep.overdue.since",
                                    Map.of("due", it.due().toString()),
                                    locale),
                            "/resources/" + it.resource(),
                            it.due(),
                            false));
        return found;
    }
}
