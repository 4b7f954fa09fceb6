package shuqiao.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DeskPart;
import shuqiao.kernel.Figures;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

/** What the rooms put on the desk (工作台) of somebody, in the order in which it is drawn. */
@Component
class Desk {

    /**
     * One row of the to-do table.
     *
     * @param room the kind of work, as its room calls it
     */
    record Row(ToDos.ToDo toDo, String room, Clocks.@Nullable Chip chip) {}

    /** A part with what it draws. */
    record Part(String template, Object content) {}

    private final List<ToDos> toDos;
    private final List<DeskPart> parts;
    private final List<Figures> figures;
    private final Clocks clocks;

    Desk(List<ToDos> toDos, List<DeskPart> parts, List<Figures> figures, Clocks clocks) {
        this.toDos = toDos.stream().sorted(Comparator.comparingInt(ToDos::order)).toList();
        this.parts = parts;
        this.figures = figures;
        this.clocks = clocks;
    }

    /** What is due first stands first, so what is late leads; what has no clock stands last. */
    List<ToDos.ToDo> waiting(Actor actor) {
        return toDos.stream()
                .flatMap(room -> room.of(actor).stream())
                .sorted(
                        Comparator.comparing(
                                ToDos.ToDo::due, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    Row row(ToDos.ToDo it) {
        var kind = it.kind();
        var dot = kind.indexOf('.');
        return new Row(
                it, dot < 0 ? kind : kind.substring(0, dot), clocks.chip(it.due(), it.estimated()));
    }

    List<Part> parts(Actor actor, DeskPart.Place place, Locale locale) {
        var shown = new ArrayList<Part>();
        for (var part : parts) {
            if (part.place() != place) continue;
            var content = part.of(actor, locale);
            if (content != null) shown.add(new Part(part.template(), content));
        }
        return shown;
    }

    List<Chart> charts(Actor actor, Locale locale) {
        return figures.stream()
                .flatMap(room -> room.of(actor, locale).stream())
                .map(Chart::of)
                .toList();
    }

    /** Message key of what the figures are about. */
    static String scope(Actor actor) {
        if (actor.has(Role.AUTHORITY)) return "home.figures.city";
        return actor.roles().stream().anyMatch(Role::isAdministrator)
                ? "home.figures.platform"
                : "home.figures.department";
    }
}
