package shuqiao.catalog;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

/** Drafts that came back, and reviews that wait. */
@Component
record CatalogToDos(ResourceTable resources, OrganizationNames names) implements ToDos {

    private static final int MAX = 100;

    @Override
    public List<ToDo> of(Actor actor) {
        var found = new ArrayList<Resource>();
        var own = actor.organization();
        if (own != null && actor.has(Role.STEWARD))
            found.addAll(resources.inStages(own, List.of(Stage.RETURNED), MAX));
        if (own != null && actor.has(Role.REVIEWER))
            found.addAll(resources.inStages(own, List.of(Stage.SUBMITTED), MAX));
        if (actor.has(Role.AUTHORITY))
            found.addAll(
                    resources.inStages(
                            "", List.of(Stage.DEPARTMENT_APPROVED, Stage.APPROVED), MAX));
        return found.stream().limit(MAX).map(this::toDo).toList();
    }

    private ToDo toDo(Resource it) {
        var locale = LocaleContextHolder.getLocale();
        var department = names.shortName(it.provider(), locale);
        return new ToDo(
                "catalog." + it.state().stage(),
                it.name(),
                it.state().reason().isEmpty() ? department : department + "　" + it.state().reason(),
                "/resources/"
                        + it.id()
                        + (it.state().stage() == Stage.RETURNED ? "/edit" : "/review"),
                null,
                false);
    }
}
