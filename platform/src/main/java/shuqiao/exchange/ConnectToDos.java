package shuqiao.exchange;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;
import shuqiao.sharing.Grant;
import shuqiao.sharing.Grants;

/**
 * A grant under which nothing came yet waits for a steward of the consumer. Last of all: nothing is
 * wrong, and nobody waits for it.
 */
@Component
record ConnectToDos(RunTable runs, Grants grants, OrganizationNames names) implements ToDos {

    private static final int SHOWN_MAX = 20;

    @Override
    public int order() {
        return 1;
    }

    @Override
    public List<ToDo> of(Actor actor) {
        if (actor.organization() == null || !actor.has(Role.STEWARD)) return List.of();
        var locale = LocaleContextHolder.getLocale();
        var fresh = grants.untouched(actor.organization(), SHOWN_MAX);
        var begun = runs.underway(fresh.stream().map(Grant::id).toList());
        var all = new ArrayList<ToDo>();
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
}
