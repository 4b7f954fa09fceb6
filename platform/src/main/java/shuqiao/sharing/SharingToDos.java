package shuqiao.sharing;

import java.util.List;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

/** Requests that wait for somebody's hand, the most urgent first. */
@Component
record SharingToDos(RequestTable requests, OrganizationNames names, Causes causes)
        implements ToDos {

    @Override
    public List<ToDo> of(Actor actor) {
        var own = actor.organization();
        return requests
                .waiting(
                        own == null ? "" : own,
                        actor.has(Role.AUTHORITY),
                        actor.has(Role.STEWARD),
                        actor.has(Role.REVIEWER),
                        causes.authorities())
                .stream()
                .map(this::toDo)
                .toList();
    }

    /** Where it is done: on a form of its own, or by a button of the request. */
    private static String place(String state) {
        return switch (RequestState.valueOf(state)) {
            case RETURNED -> "/edit";
            case ACCEPTED, PREPARED -> "/decision";
            case DRAFT, SENT, GRANTED, GRANTED_IN_PART, REFUSED, WITHDRAWN -> "";
            case NEGOTIATING, KEPT, ARBITRATING, AWARDED, AWARDED_IN_PART, UPHELD -> "";
        };
    }

    private ToDo toDo(RequestTable.Waiting it) {
        var consumer = names.shortName(it.consumer(), LocaleContextHolder.getLocale());
        return new ToDo(
                "sharing." + it.state(),
                it.title(),
                consumer + "　" + it.number(),
                "/requests/" + it.id() + place(it.state()),
                it.due(),
                it.estimated());
    }
}
