package shuqiao.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.engine.Table;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;
import shuqiao.organization.Organization;
import shuqiao.organization.Organizations;
import shuqiao.shell.Crumb;
import shuqiao.shell.Forms;
import shuqiao.shell.Submission;
import shuqiao.shell.Tab;
import shuqiao.source.Sources;

/**
 * 编目 in a browser: from a live table or in one's own words, then four steps that are each saved,
 * then a check of everything before it is sent.
 */
@Controller
@RequestMapping("/resources")
class DraftPages {

    private static final List<String> STEPS = List.of("basic", "items", "sharing", "mount");
    private static final int CLASS_DEPTH = 3;

    /** A fault of the whole, and where it is mended. */
    record Mend(String sentence, String path) {}

    /** Fields that are chosen, not written. */
    private static final Set<String> CHOSEN =
            Set.of(
                    "classification",
                    "updateCycle",
                    "formatKind",
                    "sharingKind",
                    "sharingMethodKind",
                    "open");

    private final Catalog catalog;
    private final Reviews reviews;
    private final Surveys surveys;
    private final Classification classification;
    private final Organizations organizations;
    private final Sources sources;
    private final TableChoice choice;
    private final Additions additions;
    private final VersionOutlook outlook;
    private final List<RangeRule> rangeRules;
    private final List<DataElements> elements;
    private final Forms forms;
    private final MessageSource messages;
    private final When when;

    DraftPages(
            Catalog catalog,
            Reviews reviews,
            Surveys surveys,
            Classification classification,
            Organizations organizations,
            Sources sources,
            TableChoice choice,
            Additions additions,
            VersionOutlook outlook,
            List<RangeRule> rangeRules,
            List<DataElements> elements,
            Forms forms,
            MessageSource messages,
            When when) {
        this.catalog = catalog;
        this.reviews = reviews;
        this.surveys = surveys;
        this.classification = classification;
        this.organizations = organizations;
        this.sources = sources;
        this.choice = choice;
        this.additions = additions;
        this.outlook = outlook;
        this.rangeRules = rangeRules;
        this.elements = elements;
        this.forms = forms;
        this.messages = messages;
        this.when = when;
    }

    @GetMapping("/new")
    @Allows(Role.STEWARD)
    String begin(
            Actor actor,
            @RequestParam(required = false) @Nullable Long source,
            @RequestParam(required = false) @Nullable String schema,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        model.addAttribute("name", "");
        return choose(actor, new TableChoice.Asked(source, schema, q, after), locale, model);
    }

    @PostMapping("/new")
    @Allows(Role.STEWARD)
    String draft(
            Actor actor,
            @RequestParam(required = false) @Nullable Long source,
            @RequestParam(required = false) @Nullable String schema,
            @RequestParam(required = false) @Nullable String table,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String after,
            Submission sent) {
        return sent.tried(
                () -> {
                    var words =
                            source == null || (name != null && !name.isBlank())
                                    ? DraftForm.named(name == null ? "" : name)
                                    : null;
                    var drafted =
                            catalog.draft(
                                    actor, new Catalog.NewResource(source, schema, table, words));
                    return sent.done(
                            source == null
                                    ? "catalog.notice.drafted"
                                    : "catalog.notice.drafted-from",
                            "/resources/" + drafted.id() + "/edit");
                },
                () -> {
                    sent.model().addAttribute("name", name == null ? "" : name);
                    sent.model().addAttribute("table", table);
                    return choose(
                            actor,
                            new TableChoice.Asked(source, schema, q, after),
                            sent.locale(),
                            sent.model());
                });
    }

    private String choose(Actor actor, TableChoice.Asked asked, Locale locale, Model model) {
        choice.fill(actor, asked, "/resources/new", locale, model);
        return "catalog/new";
    }

    /** A draft with the words of what the steward sees; it is mounted anew. */
    @PostMapping("/{id}/copy")
    @Allows(Role.STEWARD)
    String copy(Actor actor, @PathVariable long id, Locale locale, RedirectAttributes next) {
        var copied =
                catalog.copy(actor, id, messages.getMessage("catalog.copy.mark", null, locale));
        next.addFlashAttribute("notice", "catalog.notice.copied");
        return "redirect:/resources/" + copied.id() + "/edit";
    }

    @GetMapping({"/{id}/edit", "/{id}/edit/{step}"})
    @Allows(Role.STEWARD)
    String edit(
            Actor actor,
            @PathVariable long id,
            @PathVariable(required = false) @Nullable String step,
            @RequestParam MultiValueMap<String, String> asked,
            Locale locale,
            Model model) {
        var it = mine(actor, id);
        if (!Rights.mayEdit(actor, it.provider(), it.state())) return "redirect:/resources/" + id;
        var kept = catalog.kept(actor, id, it.revision());
        kept.ifPresent(one -> model.addAttribute("keptAt", when.time(one.at())));
        return show(
                actor,
                it,
                kept.map(WorkingCopyTable.Kept::description).orElse(it.description()),
                known(step),
                asked,
                locale,
                model);
    }

    /**
     * Saves a step, together with what was typed into others; with {@code auto} it is only kept,
     * and the answer says so.
     */
    @PostMapping("/{id}/edit/{step}")
    @Allows(Role.STEWARD)
    String save(
            Actor actor,
            @PathVariable long id,
            @PathVariable String step,
            @RequestParam MultiValueMap<String, String> typed,
            Submission sent) {
        var it = mine(actor, id);
        var path = "redirect:/resources/" + id;
        if ("discard".equals(typed.getFirst("then"))) {
            catalog.forget(actor, id);
            sent.next().addFlashAttribute("notice", "catalog.notice.discarded");
            return path + "/edit/" + known(step);
        }
        var before =
                catalog.kept(actor, id, it.revision())
                        .map(WorkingCopyTable.Kept::description)
                        .orElse(it.description());
        Description words =
                switch (known(step)) {
                    case "items" -> DraftForm.items(before, typed);
                    case "sharing" -> DraftForm.sharing(before, typed);
                    case "mount" -> before;
                    default -> DraftForm.basic(before, typed);
                };
        var auto = typed.containsKey("auto");
        try {
            if ("measured".equals(typed.getFirst("then"))) {
                var measured = surveys.measured(actor, id);
                if (measured != null) words = words.surveyed(measured);
            }
            if (auto) {
                var at = catalog.keep(actor, id, words, revision(typed));
                sent.model().addAttribute("at", when.time(at));
                return "catalog/edit :: saved";
            }
            if (step.equals("mount")) {
                catalog.settle(actor, id);
                catalog.mount(actor, id, mount(words, typed));
            } else catalog.change(actor, id, words, revision(typed));
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.FORBIDDEN || refused.kind() == Refusal.Kind.UNKNOWN)
                throw refused;
            sent.refuse(refused);
            if (auto) return "catalog/edit :: not-saved";
            return show(actor, it, words, known(step), typed, sent.locale(), sent.model());
        }
        if ("add".equals(typed.getFirst("then"))) return path + "/edit/items?more=true#more";
        if ("measure".equals(typed.getFirst("then")))
            return path + "/edit/basic?measure=true#survey";
        if ("measured".equals(typed.getFirst("then"))) {
            sent.next().addFlashAttribute("notice", "catalog.survey.filled");
            return path + "/edit/basic#survey";
        }
        sent.next().addFlashAttribute("notice", "catalog.notice.saved");
        if ("stay".equals(typed.getFirst("then"))) return path + "/edit/" + known(step);
        var at = STEPS.indexOf(known(step)) + 1;
        if (at < STEPS.size() && STEPS.get(at).equals("mount") && isMounted(mine(actor, id)))
            return path + "/check";
        return at < STEPS.size() ? path + "/edit/" + STEPS.get(at) : path + "/check";
    }

    /** Nothing is left to ask there; its tab still leads to it. */
    private static boolean isMounted(Sight it) {
        return it.mount().isPresent()
                && it.description().items().stream().noneMatch(item -> item.column().isEmpty());
    }

    @GetMapping("/{id}/check")
    @Allows(Role.STEWARD)
    String check(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var it = mine(actor, id);
        if (!Rights.mayEdit(actor, it.provider(), it.state())) return "redirect:/resources/" + id;
        try {
            catalog.settle(actor, id);
            reviews.requireComplete(actor, id);
            model.addAttribute("mends", List.of());
        } catch (Refusal refused) {
            model.addAttribute("mends", mends(id, refused, locale));
        }
        return checked(actor, id, locale, model);
    }

    private String checked(Actor actor, long id, Locale locale, Model model) {
        var it = mine(actor, id);
        outlook.fill(actor, it, locale, model);
        model.addAttribute(
                "abandon",
                Rights.mayAbandon(actor, it.provider(), it.state(), it.publishedVersion() != null));
        additions.fill(ResourcePart.Place.CHECK, actor, it, it.description(), locale, model);
        return frame(it, "check", locale, model, "catalog/check");
    }

    @PostMapping("/{id}/submission")
    @Allows(Role.STEWARD)
    String submit(Actor actor, @PathVariable long id, Submission sent) {
        try {
            catalog.settle(actor, id);
            reviews.submit(actor, id);
        } catch (Refusal refused) {
            if (refused.faults().isEmpty()) throw refused;
            sent.refuse(refused);
            sent.model().addAttribute("mends", mends(id, refused, sent.locale()));
            return checked(actor, id, sent.locale(), sent.model());
        }
        return sent.done("catalog.notice.submitted", "/resources/" + id);
    }

    private String show(
            Actor actor,
            Sight it,
            Description words,
            String step,
            MultiValueMap<String, String> asked,
            Locale locale,
            Model model) {
        model.addAttribute("d", words);
        switch (step) {
            case "items" -> {
                items(words, asked, locale, model);
                additions.fill(ResourcePart.Place.ITEMS, actor, it, words, locale, model);
            }
            case "sharing" -> sharing(actor, it, locale, model);
            case "mount" -> mounting(actor, it, words, asked, locale, model);
            default -> {
                survey(actor, it, asked, locale, model);
                basic(actor, it, locale, model);
            }
        }
        return frame(it, step, locale, model, "catalog/edit");
    }

    private String frame(Sight it, String step, Locale locale, Model model, String view) {
        model.addAttribute("it", it);
        model.addAttribute("step", step);
        model.addAttribute("look_of_state", ResourceHead.look(it.state()));
        var path = "/resources/" + it.id();
        var tabs = new ArrayList<Tab>();
        for (var one : STEPS)
            tabs.add(
                    new Tab(
                            "catalog.step." + one,
                            path + "/edit/" + one,
                            one.equals("items") ? (long) it.description().items().size() : null,
                            one.equals(step)));
        tabs.add(new Tab("catalog.step.check", path + "/check", null, step.equals("check")));
        model.addAttribute("tabs", tabs);
        model.addAttribute(
                "crumbs",
                List.of(
                        new Crumb(messages.getMessage("menu.desk", null, locale), "/"),
                        new Crumb(
                                messages.getMessage("catalog.mine", null, locale),
                                "/resources?mine=true"),
                        new Crumb(it.description().name(), path)));
        return view;
    }

    /** What was typed stays as it was; what the table says is offered, when it was asked. */
    private void survey(
            Actor actor,
            Sight it,
            MultiValueMap<String, String> asked,
            Locale locale,
            Model model) {
        model.addAttribute("typed", asked.containsKey("survey.records") ? asked : null);
        model.addAttribute("measured", null);
        if (!asked.containsKey("measure")) return;
        try {
            model.addAttribute("measured", surveys.measured(actor, it.id()));
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
        }
    }

    private void basic(Actor actor, Sight it, Locale locale, Model model) {
        // what the department published last is the likeliest; it is saved with the form only
        var last = catalog.lastClass(it.provider());
        model.addAttribute("likelyClass", last);
        var tree = new Tree(classification.all(actor));
        var classes = new LinkedHashMap<String, String>();
        for (var node : classification.all(actor))
            if (node.depth() >= CLASS_DEPTH)
                classes.put(
                        node.fullCode(),
                        node.fullCode()
                                + " "
                                + String.join(
                                        " / ",
                                        tree.way(node.fullCode()).stream()
                                                .skip(1)
                                                .map(one -> Tree.word(one, locale))
                                                .toList()));
        model.addAttribute("classes", classes);
        model.addAttribute("formats", words(FormatKind.values(), locale));
        model.addAttribute("cycles", words(UpdateCycle.values(), locale));
        var types = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (var kind : FormatKind.values()) types.addAll(kind.types());
        model.addAttribute("types", types);
    }

    private void items(
            Description words, MultiValueMap<String, String> asked, Locale locale, Model model) {
        var rows = new ArrayList<>(words.items());
        var blanks = asked.containsKey("more") || rows.isEmpty() ? 5 : 1;
        for (int i = 0; i < blanks; i++) rows.add(DraftForm.blank());
        model.addAttribute("rows", rows);
        model.addAttribute("kept", words.items().size());
        model.addAttribute("dataTypes", words(DataType.values(), locale));
        var known = new LinkedHashMap<String, String>();
        elements.forEach(it -> known.putAll(it.all()));
        model.addAttribute("elements", known);
        model.addAttribute("sensitivities", words(Sensitivity.values(), locale));
    }

    private void sharing(Actor actor, Sight it, Locale locale, Model model) {
        model.addAttribute("direct", rangeRules.stream().anyMatch(RangeRule::isDirect));
        model.addAttribute("kinds", words(SharingKind.values(), locale));
        model.addAttribute("methodKinds", words(SharingMethodKind.values(), locale));
        model.addAttribute("methodTypes", words(SharingMethodType.values(), locale));
        var departments = new LinkedHashMap<String, String>();
        for (Organization one : organizations.all(actor))
            if (!one.closed() && !one.code().value().equals(it.provider()))
                departments.put(one.code().value(), Names.of(one, locale));
        model.addAttribute("departments", departments);
    }

    private void mounting(
            Actor actor,
            Sight it,
            Description words,
            MultiValueMap<String, String> asked,
            Locale locale,
            Model model) {
        var mount = it.mount().orElse(null);
        var source = number(asked.getFirst("source"), mount == null ? null : mount.source());
        var same = mount != null && source != null && source == mount.source() ? mount : null;
        var schema = or(asked.getFirst("schema"), same == null ? "" : same.schema());
        var table = or(asked.getFirst("table"), same == null ? "" : same.table());
        choice.fill(
                actor,
                new TableChoice.Asked(source, schema, asked.getFirst("q"), null),
                "/resources/" + it.id() + "/edit/mount",
                locale,
                model);
        model.addAttribute("table", table);
        model.addAttribute("mount", mount);
        if (source == null || table.isEmpty() || model.containsAttribute("unreachable")) return;
        try {
            var live = sources.describe(actor, source, or(schema, "public"), table);
            model.addAttribute("live", live);
            model.addAttribute("fitting", fitting(words.items(), live, asked));
        } catch (Refusal refused) {
            model.addAttribute("table", "");
        }
    }

    /** The column that is shown as chosen for each item. */
    private static Map<Integer, String> fitting(
            List<Item> items, Table live, MultiValueMap<String, String> asked) {
        var fitting = new HashMap<Integer, String>();
        for (int i = 0; i < items.size(); i++) {
            var typed = asked.getFirst("items[" + i + "].column");
            var item = items.get(i);
            var guess =
                    live.columns().stream()
                            .filter(column ->
                                    column.name().equals(item.column())
                                            || column.name().equals(item.name())
                                            || column.comment()
                                                    .filter(it -> it.strip().equals(item.name()))
                                                    .isPresent())
                            .findFirst();
            fitting.put(i, typed != null ? typed : guess.map(it -> it.name()).orElse(""));
        }
        return fitting;
    }

    private static Catalog.MountEntry mount(
            Description words, MultiValueMap<String, String> typed) {
        var mapping = new HashMap<String, String>();
        var items = words.items();
        for (int i = 0; i < items.size(); i++) {
            var column = typed.getFirst("items[" + i + "].column");
            if (column != null) mapping.put(items.get(i).name(), column);
        }
        return new Catalog.MountEntry(
                number(typed.getFirst("source"), null),
                typed.getFirst("schema"),
                typed.getFirst("table"),
                mapping,
                typed.getFirst("rowSecurity") != null);
    }

    private List<Mend> mends(long id, Refusal refused, Locale locale) {
        var scratch = new ExtendedModelMap();
        forms.show(scratch, refused, locale);
        var mends = new ArrayList<Mend>();
        if (scratch.get("errors") instanceof Map<?, ?> errors)
            errors.forEach((field, sentence) -> {
                var name = String.valueOf(field);
                mends.add(
                        new Mend(
                                said(name, String.valueOf(sentence), locale),
                                "/resources/" + id + "/edit/" + step(name) + "#" + name));
            });
        return mends;
    }

    private String said(String field, String sentence, Locale locale) {
        var word = messages.getMessage("catalog.field." + field, null, "", locale);
        if (word == null
                || word.isEmpty()
                || !sentence.equals(messages.getMessage("fault.required", null, locale)))
            return label(field, locale) + sentence;
        return messages.getMessage(
                CHOSEN.contains(field) ? "fault.required.choice" : "fault.required.field",
                new Object[] {word},
                locale);
    }

    /** What the sentence is about: 「请填写」 alone would not say it. */
    private String label(String field, Locale locale) {
        if (field.startsWith("items[") || field.isEmpty()) {
            var number = field.replaceAll("\\D+", "");
            return number.isEmpty()
                    ? ""
                    : messages.getMessage(
                            "catalog.check.item",
                            new Object[] {Integer.parseInt(number) + 1},
                            locale);
        }
        var key = field.replaceAll("\\[.*", "");
        var word = messages.getMessage("catalog.field." + key, null, "", locale);
        return word == null || word.isEmpty()
                ? ""
                : word + messages.getMessage("catalog.check.colon", null, locale);
    }

    private static String step(String field) {
        if (field.equals("mount") || field.endsWith(".column")) return "mount";
        if (field.startsWith("items")) return "items";
        return field.startsWith("sharing") || field.startsWith("open") ? "sharing" : "basic";
    }

    private static String known(@Nullable String step) {
        if (step == null) return "basic";
        if (!STEPS.contains(step)) throw new Unknown("page", step);
        return step;
    }

    /** Only what is one's own to work on; what others publish is no page for this. */
    private Sight mine(Actor actor, long id) {
        var it = catalog.find(actor, id);
        actor.requireOrganization(it.provider());
        return it;
    }

    private Map<String, String> words(Enum<?>[] values, Locale locale) {
        var words = new LinkedHashMap<String, String>();
        Arrays.stream(values)
                .forEach(it ->
                        words.put(
                                it.name(),
                                messages.getMessage(
                                        it.getDeclaringClass().getSimpleName() + "." + it.name(),
                                        null,
                                        locale)));
        return words;
    }

    private static @Nullable Integer revision(MultiValueMap<String, String> typed) {
        var value = typed.getFirst("revision");
        return value != null && value.matches("[0-9]{1,9}") ? Integer.valueOf(value) : null;
    }

    private static @Nullable Long number(@Nullable String value, @Nullable Long otherwise) {
        return value != null && value.matches("[0-9]{1,18}") ? Long.valueOf(value) : otherwise;
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
