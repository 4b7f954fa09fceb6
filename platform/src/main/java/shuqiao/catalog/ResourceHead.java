package shuqiao.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import shuqiao.kernel.Actor;
import shuqiao.organization.Organizations;
import shuqiao.shell.Crumb;
import shuqiao.shell.Fact;
import shuqiao.shell.Tab;

/** What all pages of one resource show: way, name, facts, tabs, and what the reader may do. */
@Component
class ResourceHead {

    /** What the reader may do, for the buttons of the head. */
    record Doing(
            boolean ask,
            boolean edit,
            boolean review,
            boolean beginVersion,
            boolean withdraw,
            boolean recall,
            boolean abandon) {}

    private final Catalog catalog;
    private final Classification classification;
    private final Organizations organizations;
    private final DataUpdates updates;
    private final List<ResourceUse> uses;
    private final Additions additions;
    private final List<ResourceNotes> notes;
    private final OwnRights own;
    private final MessageSource messages;
    private final When when;

    ResourceHead(
            Catalog catalog,
            Classification classification,
            Organizations organizations,
            DataUpdates updates,
            List<ResourceUse> uses,
            Additions additions,
            List<ResourceNotes> notes,
            OwnRights own,
            MessageSource messages,
            When when) {
        this.catalog = catalog;
        this.classification = classification;
        this.organizations = organizations;
        this.updates = updates;
        this.uses = uses;
        this.additions = additions;
        this.notes = notes;
        this.own = own;
        this.messages = messages;
        this.when = when;
    }

    /** Fills the model for the tab whose key ends so; returns the resource as the actor sees it. */
    Sight fill(Actor actor, long id, String tab, Locale locale, Model model) {
        var it = catalog.find(actor, id);
        var tree = new Tree(classification.all(actor));
        var words = it.description();
        model.addAttribute("it", it);
        model.addAttribute("d", words);
        model.addAttribute("tag", SearchPages.tag(words.sharingKind()));
        model.addAttribute("provider", name(it.provider(), locale));
        model.addAttribute("when", when);
        model.addAttribute("tabs", tabs(actor, it, tab));
        model.addAttribute(
                "marks", additions.marks(actor, List.of(id), locale).getOrDefault(id, List.of()));
        model.addAttribute("crumbs", crumbs(it, tree, locale));
        model.addAttribute("look_of_state", look(it.state()));
        model.addAttribute(
                "classWords",
                String.join(
                        " / ",
                        tree.way(words.classification()).stream()
                                .map(node -> Tree.word(node, locale))
                                .toList()));
        model.addAttribute(
                "range", words.sharingRange().stream().map(code -> name(code, locale)).toList());
        model.addAttribute("users", users(id));
        model.addAttribute("history", history(it, locale));
        model.addAttribute(
                "notes",
                notes.stream().flatMap(room -> room.of(actor, it, locale).stream()).toList());
        model.addAttribute("own", own.of(actor, id));
        var published = it.publishedVersion() != null;
        model.addAttribute("freshness", published ? updates.freshness(id).orElse(null) : null);
        if (tab.equals("overview")) {
            model.addAttribute("updated", updates.latest(id).orElse(null));
            model.addAttribute("mayUpdate", updates.maySay(actor, it));
            additions.fill(ResourcePart.Place.RAIL, actor, it, words, locale, model);
        }
        model.addAttribute(
                "may",
                new Doing(
                        Rights.mayAsk(actor, it.provider(), it.state(), words.sharingKind()),
                        Rights.mayEdit(actor, it.provider(), it.state()),
                        Rights.mayReview(actor, it.provider(), it.state()),
                        Rights.mayBeginVersion(actor, it.provider(), it.state()),
                        Rights.mayWithdraw(actor, it.provider(), it.state(), published),
                        Rights.mayRecall(actor, it.provider(), it.state()),
                        Rights.mayAbandon(actor, it.provider(), it.state(), published)));
        return it;
    }

    String name(String organization, Locale locale) {
        return organizations
                .find(organization)
                .map(one -> Names.of(one, locale))
                .orElse(organization);
    }

    static String look(Stage stage) {
        return switch (stage) {
            case DRAFT, WITHDRAWN -> "draft";
            case SUBMITTED, DEPARTMENT_APPROVED, APPROVED -> "waiting";
            case RETURNED -> "failed";
            case PUBLISHED -> "";
        };
    }

    private int users(long id) {
        return uses.stream().mapToInt(room -> room.users(List.of(id)).getOrDefault(id, 0)).sum();
    }

    private List<Tab> tabs(Actor actor, Sight it, String current) {
        var path = "/resources/" + it.id();
        var published = it.publishedVersion();
        var tabs = new ArrayList<Tab>();
        tabs.add(tab("overview", path, null, current));
        tabs.add(tab("items", path + "/items", (long) it.description().items().size(), current));
        if (it.inside())
            tabs.add(tab("mount", path + "/mount", it.mount().isPresent() ? 1L : 0L, current));
        if (published != null) {
            tabs.add(tab("users", path + "/users", (long) users(it.id()), current));
            tabs.add(tab("versions", path + "/versions", (long) published, current));
        }
        tabs.addAll(additions.tabs(actor, it, current));
        return tabs;
    }

    private static Tab tab(String name, String path, @Nullable Long count, String current) {
        return new Tab("catalog.tab." + name, path, count, name.equals(current));
    }

    private List<Crumb> crumbs(Sight it, Tree tree, Locale locale) {
        var way = new ArrayList<Crumb>();
        way.add(new Crumb(messages.getMessage("menu.desk", null, locale), "/"));
        way.add(new Crumb(messages.getMessage("catalog.menu", null, locale), "/resources"));
        for (var node : tree.way(it.description().classification()).stream().limit(2).toList())
            way.add(new Crumb(Tree.word(node, locale), "/resources?class=" + node.fullCode()));
        way.add(new Crumb(it.description().name(), "/resources/" + it.id()));
        return way;
    }

    private List<Fact> history(Sight it, Locale locale) {
        var facts = new ArrayList<Fact>();
        for (var review : it.reviews()) {
            var done = messages.getMessage("catalog.done." + review.step(), null, locale);
            // an opinion that says what was done and no more is not said twice
            var said = review.opinion().isEmpty() || done.endsWith(review.opinion());
            facts.add(
                    new Fact(
                            said ? done : done + "：" + review.opinion(),
                            when.near(review.at(), locale)
                                    + "　"
                                    + review.by()
                                    + "　"
                                    + messages.getMessage(
                                            "catalog.version.of",
                                            new Object[] {review.version()},
                                            locale),
                            facts.isEmpty() ? "now" : look(review.step())));
        }
        return facts;
    }

    private static String look(Step step) {
        return switch (step) {
            case DEPARTMENT_RETURN, AUTHORITY_RETURN, WITHDRAW -> "failed";
            case EDIT, NEW_VERSION, RECALL -> "open";
            case SUBMIT, DEPARTMENT_APPROVE, AUTHORITY_APPROVE, PUBLISH -> "done";
        };
    }
}
