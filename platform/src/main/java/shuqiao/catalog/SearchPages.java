package shuqiao.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.catalog.ResourceMarks.ResourceMark;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;
import shuqiao.organization.Organization;
import shuqiao.organization.Organizations;
import shuqiao.shell.Chosen;

/** The search page and the tree. Their whole state is their address. */
@Controller
class SearchPages {

    private static final int SHOWN_FIRST = 5;
    private static final int ITEMS_SHOWN = 6;
    private static final int AROUND = 2;

    /** One value of a facet. */
    record Option(String value, String word, long count, boolean chosen) {}

    /**
     * @param rest those beyond the first five, behind a word
     */
    record Section(Facet facet, List<Option> first, List<Option> rest) {}

    /** A class to go to. */
    record Node(String word, long count, String path, boolean here, List<Node> below) {}

    /**
     * A row of the result.
     *
     * @param items names of items that hold a word
     * @param overdueDays working days for which newer data has been due; negative while it is in
     *     time
     * @param own what the reader's department may use of it already
     * @param action message key of what the reader can do with it, or null
     */
    record Row(
            Finding.Hit hit,
            String tag,
            List<Words.Part> name,
            List<Words.Part> summary,
            String provider,
            List<List<Words.Part>> items,
            long itemsMore,
            String when,
            int users,
            List<ResourceMark> marks,
            int overdueDays,
            OwnRights.Own own,
            @Nullable String action,
            String actionPath) {}

    /** A number under the list; 0 stands for a gap. */
    record Number(int number, String path, boolean here) {}

    private final Catalog catalog;
    private final Classification classification;
    private final Organizations organizations;
    private final List<ResourceUse> uses;
    private final Additions additions;
    private final OwnRights own;
    private final MessageSource messages;
    private final When when;

    SearchPages(
            Catalog catalog,
            Classification classification,
            Organizations organizations,
            List<ResourceUse> uses,
            Additions additions,
            OwnRights own,
            MessageSource messages,
            When when) {
        this.catalog = catalog;
        this.classification = classification;
        this.organizations = organizations;
        this.uses = uses;
        this.additions = additions;
        this.own = own;
        this.messages = messages;
        this.when = when;
    }

    @GetMapping("/resources")
    @Allows
    String list(
            Actor actor,
            @RequestParam MultiValueMap<String, String> address,
            Locale locale,
            Model model) {
        var tree = new Tree(classification.all(actor));
        var asked = Filters.of(address, actor.organization() != null);
        var filters = asked.known(tree);
        var found = catalog.look(actor, filters, tree.under(filters.node()));
        var names = names(actor, locale);
        model.addAttribute("filters", filters);
        model.addAttribute("found", found);
        model.addAttribute("rows", rows(actor, filters, found, names, locale));
        model.addAttribute("sections", sections(filters, found, names, locale));
        model.addAttribute("nodes", nodes(filters, tree, found, locale));
        model.addAttribute("chosen", chosen(filters, tree, names, locale));
        model.addAttribute("numbers", numbers(filters, found));
        model.addAttribute("from", (found.page() - 1) * Finding.SIZE + 1);
        model.addAttribute("to", (found.page() - 1) * Finding.SIZE + found.hits().size());
        model.addAttribute("sorts", Filters.Sort.values());
        return "catalog/resources";
    }

    @GetMapping("/catalog/tree")
    @Allows
    String tree(
            Actor actor,
            @RequestParam(required = false) @Nullable String root,
            Locale locale,
            Model model) {
        var tree = new Tree(classification.all(actor));
        var empty = Filters.of(MultiValueMap.fromSingleValue(Map.of()), false);
        var found = catalog.look(actor, empty, List.of());
        var sums = tree.summed(found.classes());
        var chosen = root != null && root.matches("[123]") ? root : "1";
        model.addAttribute(
                "roots",
                tree.below("").stream()
                        .map(it ->
                                new Node(
                                        Tree.word(it, locale),
                                        sums.getOrDefault(it.fullCode(), 0L),
                                        "/catalog/tree?root=" + it.fullCode(),
                                        it.fullCode().equals(chosen),
                                        List.of()))
                        .toList());
        model.addAttribute("nodes", branch(tree, sums, empty, chosen, locale));
        model.addAttribute("total", sums.getOrDefault(chosen, 0L));
        model.addAttribute("all", found.total());
        return "catalog/tree";
    }

    private static List<Node> branch(
            Tree tree, Map<String, Long> sums, Filters filters, String code, Locale locale) {
        return tree.below(code).stream()
                .map(it ->
                        new Node(
                                Tree.word(it, locale),
                                sums.getOrDefault(it.fullCode(), 0L),
                                filters.under(it.fullCode()).path(),
                                false,
                                branch(tree, sums, filters, it.fullCode(), locale)))
                .toList();
    }

    private List<Row> rows(
            Actor actor, Filters filters, Finding found, Map<String, String> names, Locale locale) {
        var words = Words.of(filters.typed());
        var used = new HashMap<Long, Integer>();
        var ids = found.hits().stream().map(Finding.Hit::id).toList();
        for (var room : uses)
            room.users(ids).forEach((id, number) -> used.merge(id, number, Integer::sum));
        var marks = additions.marks(actor, ids, locale);
        var rights = own.of(actor, ids);
        return found.hits().stream()
                .map(hit ->
                        row(
                                actor,
                                hit,
                                words,
                                names,
                                used.getOrDefault(hit.id(), 0),
                                marks.getOrDefault(hit.id(), List.of()),
                                rights.getOrDefault(hit.id(), OwnRights.Own.NONE),
                                locale))
                .toList();
    }

    private Row row(
            Actor actor,
            Finding.Hit hit,
            Words words,
            Map<String, String> names,
            int users,
            List<ResourceMark> marks,
            OwnRights.Own rights,
            Locale locale) {
        var matched = hit.items().stream().filter(words::hit).toList();
        var action = action(actor, hit, rights);
        return new Row(
                hit,
                tag(hit.sharing()),
                words.marked(hit.name()),
                words.marked(hit.summary()),
                names.getOrDefault(hit.provider(), hit.provider()),
                matched.stream().limit(ITEMS_SHOWN).map(words::marked).toList(),
                matched.size(),
                when.near(hit.changedAt(), locale),
                users,
                marks,
                hit.due() == null ? -1 : when.workingDaysAfter(hit.due()),
                rights,
                action,
                path(action, hit.id()));
    }

    private static @Nullable String action(Actor actor, Finding.Hit hit, OwnRights.Own rights) {
        if (actor.belongsTo(hit.provider()) && actor.has(Role.STEWARD))
            switch (hit.stage()) {
                case DRAFT, RETURNED -> {
                    return "catalog.do.continue";
                }
                case SUBMITTED, DEPARTMENT_APPROVED, APPROVED, PUBLISHED, WITHDRAWN -> {}
            }
        if (Rights.mayReview(actor, hit.provider(), hit.stage())) return "catalog.do.review";
        if (!Rights.mayAsk(actor, hit.provider(), hit.stage(), hit.sharing())) return null;
        if (!rights.any()) return "catalog.do.ask";
        return rights.rest() > 0 ? "catalog.do.ask-rest" : null;
    }

    private static String path(@Nullable String action, long id) {
        if (action == null) return "";
        return switch (action) {
            case "catalog.do.continue" -> "/resources/" + id + "/edit";
            case "catalog.do.review" -> "/resources/" + id + "/review";
            default -> "/requests/new?resource=" + id;
        };
    }

    private List<Section> sections(
            Filters filters, Finding found, Map<String, String> names, Locale locale) {
        var sections = new ArrayList<Section>();
        for (var facet : Facet.values()) {
            if (facet == Facet.STATE && !filters.mine()) continue;
            if (facet == Facet.PROVIDER && filters.mine()) continue;
            var counts = found.counts().getOrDefault(facet, Map.of());
            var options = options(facet, filters, counts, names, locale);
            if (options.isEmpty()) continue;
            // what is chosen is seen, wherever it would stand
            var first =
                    (int) Math.max(SHOWN_FIRST, options.stream().filter(Option::chosen).count());
            var cut = facet == Facet.PROVIDER ? Math.min(first, options.size()) : options.size();
            sections.add(
                    new Section(
                            facet, options.subList(0, cut), options.subList(cut, options.size())));
        }
        return sections;
    }

    private List<Option> options(
            Facet facet,
            Filters filters,
            Map<String, Long> counts,
            Map<String, String> names,
            Locale locale) {
        var chosen = filters.of(facet);
        var values = new LinkedHashSet<String>();
        if (facet.known().isEmpty()) {
            values.addAll(chosen);
            counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .forEach(it -> values.add(it.getKey()));
        } else {
            values.addAll(facet.known());
        }
        return values.stream()
                .filter(it -> counts.containsKey(it) || chosen.contains(it))
                .map(it ->
                        new Option(
                                it,
                                word(facet, it, names, locale),
                                counts.getOrDefault(it, 0L),
                                chosen.contains(it)))
                .toList();
    }

    /** The way to the class searched under, and what lies directly below it. */
    private static List<Node> nodes(Filters filters, Tree tree, Finding found, Locale locale) {
        var sums = tree.summed(found.classes());
        var nodes = new ArrayList<Node>();
        for (var node : tree.way(filters.node()))
            nodes.add(node(node, sums, filters, filters.node(), locale));
        for (var node : tree.below(filters.node()))
            if (sums.containsKey(node.fullCode()))
                nodes.add(node(node, sums, filters, filters.node(), locale));
        return nodes;
    }

    private static Node node(
            ClassNode it, Map<String, Long> sums, Filters filters, String here, Locale locale) {
        return new Node(
                Tree.word(it, locale),
                sums.getOrDefault(it.fullCode(), 0L),
                filters.under(it.fullCode()).path(),
                it.fullCode().equals(here),
                List.of());
    }

    private List<Chosen> chosen(
            Filters filters, Tree tree, Map<String, String> names, Locale locale) {
        var chips = new ArrayList<Chosen>();
        tree.find(filters.node())
                .ifPresent(it ->
                        chips.add(
                                new Chosen(
                                        messages.getMessage(
                                                "catalog.chip.class",
                                                new Object[] {Tree.word(it, locale)},
                                                locale),
                                        filters.under("").path())));
        filters.chosen()
                .forEach((facet, values) -> {
                    for (var value : values)
                        chips.add(
                                new Chosen(
                                        word(facet, value, names, locale),
                                        filters.without(facet, value).path()));
                });
        return chips;
    }

    /** First, last, and those around the page that is read. */
    private static List<Number> numbers(Filters filters, Finding found) {
        if (found.pages() < 2) return List.of();
        var numbers = new ArrayList<Number>();
        IntStream.rangeClosed(1, found.pages())
                .filter(it ->
                        it == 1 || it == found.pages() || Math.abs(it - found.page()) <= AROUND)
                .forEach(it -> {
                    if (!numbers.isEmpty() && numbers.getLast().number() < it - 1)
                        numbers.add(new Number(0, "", false));
                    numbers.add(new Number(it, filters.at(it).path(), it == found.page()));
                });
        return numbers;
    }

    private String word(Facet facet, String value, Map<String, String> names, Locale locale) {
        return facet == Facet.PROVIDER
                ? names.getOrDefault(value, value)
                : messages.getMessage(facet.key(value), null, locale);
    }

    private Map<String, String> names(Actor actor, Locale locale) {
        var names = new LinkedHashMap<String, String>();
        organizations.all(actor).stream()
                .sorted(Comparator.comparing(Organization::shortName))
                .forEach(it -> names.put(it.code().value(), Names.of(it, locale)));
        return names;
    }

    /** As the look of the tag is called. */
    static String tag(@Nullable SharingKind kind) {
        if (kind == null) return "";
        return switch (kind) {
            case UNCONDITIONAL, CONDITIONAL -> kind.name();
            case NOT_SHARED -> "WITHHELD";
        };
    }
}
