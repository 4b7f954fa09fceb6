package shuqiao.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import shuqiao.catalog.ResourceMarks.ResourceMark;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Unknown;
import shuqiao.shell.Tab;

/** What rooms above add to the pages of resources. */
@Component
class Additions {

    /** A part with what it draws. */
    record Drawn(String template, Object content) {}

    private final ObjectProvider<ResourcePart> parts;
    private final ObjectProvider<ResourceMarks> marks;

    Additions(ObjectProvider<ResourcePart> parts, ObjectProvider<ResourceMarks> marks) {
        this.parts = parts;
        this.marks = marks;
    }

    List<Tab> tabs(Actor actor, Sight it, String current) {
        var tabs = new ArrayList<Tab>();
        for (var part : all())
            if (part.place() == ResourcePart.Place.TAB && part.isFor(actor, it))
                tabs.add(
                        new Tab(
                                "resource-part." + part.name(),
                                "/resources/" + it.id() + "/parts/" + part.name(),
                                part.count(actor, it),
                                part.name().equals(current)));
        return tabs;
    }

    /** What stands in the tab of this name. */
    Drawn tab(Actor actor, Sight it, String name, Locale locale) {
        for (var part : all()) {
            if (part.place() != ResourcePart.Place.TAB || !part.name().equals(name)) continue;
            if (!part.isFor(actor, it)) break;
            var content = part.of(actor, it, it.description(), locale);
            if (content != null) return new Drawn(part.template(), content);
        }
        throw new Unknown("page", name);
    }

    /**
     * Fills the model with the parts of one place, for the fragment {@code catalog/parts :: all}.
     */
    void fill(
            ResourcePart.Place place,
            Actor actor,
            Sight it,
            Description words,
            Locale locale,
            Model model) {
        var drawn = new ArrayList<Drawn>();
        for (var part : all()) {
            if (part.place() != place) continue;
            var content = part.of(actor, it, words, locale);
            if (content != null) drawn.add(new Drawn(part.template(), content));
        }
        model.addAttribute("additions", drawn);
    }

    private List<ResourcePart> all() {
        return parts.orderedStream().toList();
    }

    Map<Long, List<ResourceMark>> marks(Actor actor, Collection<Long> resources, Locale locale) {
        var all = new HashMap<Long, List<ResourceMark>>();
        if (resources.isEmpty()) return all;
        for (var room : marks.orderedStream().toList())
            room.of(actor, resources, locale)
                    .forEach((id, those) ->
                            all.computeIfAbsent(id, _ -> new ArrayList<>()).addAll(those));
        return all;
    }
}
