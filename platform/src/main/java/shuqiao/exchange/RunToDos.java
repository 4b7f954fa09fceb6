package shuqiao.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;
import shuqiao.sharing.Grant;
import shuqiao.sharing.Grants;

/**
 * A failed run waits for a steward of both sides; a grant under which nothing came yet, for one of
 * the consumer.
 */
@Component
class RunToDos implements ToDos {

    private static final int SHOWN_FAILED = 20;
    private static final int SHOWN_FRESH = 20;

    private final RunTable runs;
    private final RunReports reports;
    private final Grants grants;
    private final OrganizationNames names;

    RunToDos(RunTable runs, RunReports reports, Grants grants, OrganizationNames names) {
        this.runs = runs;
        this.reports = reports;
        this.grants = grants;
        this.names = names;
    }

    @Override
    public List<ToDo> of(Actor actor) {
        if (actor.organization() == null || !actor.has(Role.STEWARD)) return List.of();
        var locale = LocaleContextHolder.getLocale();
        var own = actor.organization();
        var all = new ArrayList<ToDo>();
        runs.troubled(own, SHOWN_FAILED).stream()
                .map(run ->
                        new ToDo(
                                "exchange.failed",
                                run.title(),
                                sentence(run, locale),
                                "/runs/" + run.id(),
                                null,
                                false))
                .forEach(all::add);
        var fresh = grants.untouched(own, SHOWN_FRESH);
        var begun = runs.underway(fresh.stream().map(Grant::id).toList());
        for (var grant : fresh)
            if (!begun.contains(grant.id()))
                all.add(
                        new ToDo(
                                "exchange.connect",
                                grant.title(),
                                names.shortName(grant.provider(), locale) + "　" + grant.number(),
                                "/runs/new?grant=" + grant.id(),
                                null,
                                false));
        return all;
    }

    /** Why, and when it is tried again. */
    private String sentence(Run run, Locale locale) {
        return switch (run.state()) {
            case Run.State.Failed(_, var why) -> why.in(locale);
            case Run.State.Queued(_, _, var why) ->
                    (why == null ? "" : why.in(locale) + "　") + reports.waiting(run, locale);
            case Run.State.Running _,
                    Run.State.Delivered _,
                    Run.State.Cancelled _,
                    Run.State.Superseded _ ->
                    run.number();
        };
    }
}
