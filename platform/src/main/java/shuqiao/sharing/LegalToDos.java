package shuqiao.sharing;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

/** What waits beside the answer itself: more time, talks, arbitration, grants that end soon. */
@Component
record LegalToDos(
        ExtensionTable extensions,
        DisputeTable disputes,
        Renewals renewals,
        OrganizationNames names)
        implements ToDos {

    private static final int MAX = 100;

    @Override
    public List<ToDo> of(Actor actor) {
        var own = actor.organization() == null ? "" : actor.organization();
        var waiting = new ArrayList<ToDo>();
        if (actor.has(Role.AUTHORITY))
            for (var it : extensions.waiting())
                waiting.add(
                        new ToDo(
                                "sharing.EXTENSION",
                                it.title(),
                                name(it.provider()) + "　" + it.number(),
                                "/requests/" + it.request() + "/extension",
                                it.due(),
                                it.estimated()));
        for (var it : disputes.waiting(own, actor.has(Role.AUTHORITY), actor.has(Role.REVIEWER)))
            waiting.add(
                    new ToDo(
                            "sharing." + it.state(),
                            it.title(),
                            name(it.consumer()) + "　" + it.number(),
                            "/requests/" + it.request() + "/dispute",
                            it.due(),
                            it.estimated()));
        if (actor.has(Role.STEWARD))
            for (var it : renewals.ending(own))
                waiting.add(
                        new ToDo(
                                "sharing.RENEWAL",
                                it.title(),
                                name(it.provider()) + "　" + it.number(),
                                "/grants/" + it.grant() + "/renewal",
                                it.until(),
                                false));
        return waiting.subList(0, Math.min(MAX, waiting.size()));
    }

    private String name(String code) {
        return names.shortName(code, LocaleContextHolder.getLocale());
    }
}
