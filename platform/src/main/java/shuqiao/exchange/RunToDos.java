package shuqiao.exchange;

import java.util.List;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

/** A failed run waits for a steward of both sides. */
@Component
record RunToDos(RunTable runs, RunReports reports) implements ToDos {

    private static final int SHOWN_FAILED = 20;

    @Override
    public List<ToDo> of(Actor actor) {
        if (actor.organization() == null || !actor.has(Role.STEWARD)) return List.of();
        var locale = LocaleContextHolder.getLocale();
        var own = actor.organization();
        return runs.troubled(own, SHOWN_FAILED).stream()
                .map(run ->
                        new ToDo(
                                "exchange.failed",
                                run.title(),
                                sentence(run, locale),
                                "/runs/" + run.id(),
                                null,
                                false))
                .toList();
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
