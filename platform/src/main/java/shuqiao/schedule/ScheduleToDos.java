package shuqiao.schedule;

import java.util.List;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

/** A schedule that stopped by itself waits for a steward of the consumer. */
@Component
class ScheduleToDos implements ToDos {

    private static final int SHOWN = 20;

    private final Schedules schedules;

    ScheduleToDos(Schedules schedules) {
        this.schedules = schedules;
    }

    @Override
    public List<ToDo> of(Actor actor) {
        var organization = actor.organization();
        if (organization == null || !actor.has(Role.STEWARD)) return List.of();
        var locale = LocaleContextHolder.getLocale();
        return schedules.troubled(organization, SHOWN).stream()
                .map(it ->
                        new ToDo(
                                "schedule-paused",
                                it.title(),
                                it.state() instanceof Schedule.State.Paused(_, _, var why)
                                        ? why.in(locale)
                                        : "",
                                "/schedules/" + it.id(),
                                null,
                                false))
                .toList();
    }
}
