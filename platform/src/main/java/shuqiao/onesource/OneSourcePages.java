package shuqiao.onesource;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.catalog.Catalog;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.WorkingDays;
import shuqiao.shell.Crumb;
import shuqiao.shell.Submission;
import shuqiao.shell.Tab;

/** 一数一源 in a browser: what several departments catalogue, the decision, the answers. */
@Controller
class OneSourcePages {

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry oneSource() {
            return new MenuEntry(
                    27,
                    "menu.one-source",
                    PATH,
                    Set.of(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY),
                    MenuEntry.GOVERNANCE);
        }
    }

    static final String PATH = "/one-source";
    private static final int SIZE = 20;

    /** Working days that the form proposes for the answers; the authority may say another day. */
    private static final int ANSWER_DAYS = 10;

    /** An item of several departments, with its bar. */
    record Row(
            String name,
            long departments,
            long items,
            boolean decided,
            String path,
            double width) {}

    /** An entry with the item, and how it stands to the source. */
    record Entry(
            CataloguedItem it,
            String provider,
            String state,
            String reason,
            String values,
            boolean suits) {}

    private final OneSource room;
    private final Comparisons comparisons;
    private final OneSourceWords words;
    private final Elements elements;
    private final Catalog catalog;
    private final WorkingDays days;

    OneSourcePages(
            OneSource room,
            Comparisons comparisons,
            OneSourceWords words,
            Elements elements,
            Catalog catalog,
            WorkingDays days) {
        this.room = room;
        this.comparisons = comparisons;
        this.words = words;
        this.elements = elements;
        this.catalog = catalog;
        this.days = days;
    }

    @GetMapping(PATH)
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String list(
            Actor actor,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "1") String page,
            Model model) {
        var decided = decided(state);
        var at = page.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(page) : 1;
        var groups = room.list(actor, decided, SIZE, (at - 1L) * SIZE);
        var most = groups.stream().mapToLong(ItemTable.Group::departments).max().orElse(1);
        var counted = room.counted(actor);
        var total = counted.of(decided);
        model.addAttribute(
                "tabs",
                List.of(
                        new Tab("onesource.all", PATH, counted.all(), decided == null),
                        new Tab(
                                "onesource.undecided",
                                PATH + "?state=open",
                                counted.open(),
                                Boolean.FALSE.equals(decided)),
                        new Tab(
                                "onesource.decided",
                                PATH + "?state=decided",
                                counted.decided(),
                                Boolean.TRUE.equals(decided))));
        model.addAttribute("all", counted.all());
        model.addAttribute("open", counted.open());
        model.addAttribute(
                "rows",
                groups.stream()
                        .map(it ->
                                new Row(
                                        elements.isElement(it.key())
                                                ? elements.name(it.key())
                                                : it.name(),
                                        it.departments(),
                                        it.items(),
                                        it.decided(),
                                        OneSourceParts.itemPath(it.key()),
                                        100.0 * it.departments() / most))
                        .toList());
        model.addAttribute("page", at);
        model.addAttribute("pages", Math.max(1, (total + SIZE - 1) / SIZE));
        model.addAttribute("path", decided == null ? PATH + "?" : PATH + "?state=" + state + "&");
        return "onesource/one-source";
    }

    private static @Nullable Boolean decided(@Nullable String state) {
        return switch (state) {
            case "open" -> false;
            case "decided" -> true;
            case null, default -> null;
        };
    }

    @GetMapping(PATH + "/item")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String item(Actor actor, @RequestParam String name, Locale locale, Model model) {
        model.addAttribute("reason", "");
        model.addAttribute("answerBy", days.current().due(days.today(), ANSWER_DAYS).date());
        return show(actor, name, null, locale, model);
    }

    private String show(
            Actor actor, String name, @Nullable Long chosen, Locale locale, Model model) {
        var it = room.find(actor, name);
        var decision = it.decision();
        model.addAttribute("it", it);
        model.addAttribute(
                "decidedAt", decision == null ? null : OneSourceParts.minute(decision.at()));
        model.addAttribute(
                "entries", it.items().stream().map(one -> entry(it, one, locale)).toList());
        var providers = new LinkedHashSet<String>();
        it.items().forEach(one -> providers.add(one.provider()));
        model.addAttribute("departments", providers.size());
        model.addAttribute("element", elements.isElement(it.key()) ? it.key() : null);
        model.addAttribute("mayDecide", actor.has(Role.AUTHORITY));
        model.addAttribute(
                "chosen", chosen != null ? chosen : decision == null ? null : decision.resource());
        model.addAttribute(
                "crumbs",
                List.of(
                        new Crumb(words.say("menu.desk", Map.of(), locale), "/"),
                        new Crumb(words.say("menu.one-source", Map.of(), locale), PATH),
                        new Crumb(it.name(), "")));
        return "onesource/item";
    }

    private Entry entry(OneSource.Shared shared, CataloguedItem it, Locale locale) {
        var source = shared.source();
        var answer =
                shared.answers().stream()
                        .filter(one -> one.resource() == it.resource())
                        .findFirst()
                        .orElse(null);
        String state;
        if (source == null) state = "";
        else if (source.resource() == it.resource()) state = "source";
        else if (source.provider().equals(it.provider())) state = "own";
        else if (answer == null) state = "open";
        else state = answer.keeps() ? "kept" : "taken";
        return new Entry(
                it,
                words.department(it.provider(), locale),
                state,
                answer == null ? "" : answer.reason(),
                words.values(shared.likenesses().get(it.resource()), locale),
                source == null || source.suits(it.type()));
    }

    @PostMapping(PATH + "/item")
    @Allows(Role.AUTHORITY)
    String decide(
            Actor actor,
            @RequestParam String name,
            @RequestParam(required = false) @Nullable Long resource,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String answerBy,
            Submission sent) {
        try {
            room.decide(actor, name, new OneSource.Naming(resource, reason, answerBy));
        } catch (Refusal refused) {
            if (refused.faults().isEmpty()) throw refused;
            sent.refuse(refused);
            sent.model().addAttribute("reason", reason == null ? "" : reason);
            sent.model().addAttribute("answerBy", answerBy == null ? "" : answerBy);
            return show(actor, name, resource, sent.locale(), sent.model());
        }
        return sent.done("onesource.notice.decided", OneSourceParts.itemPath(name));
    }

    @GetMapping("/resources/{id}/duplicate")
    @Allows(Role.STEWARD)
    String duplicate(
            Actor actor,
            @PathVariable long id,
            @RequestParam String item,
            Locale locale,
            Model model) {
        model.addAttribute("keeps", null);
        model.addAttribute("reason", "");
        return answering(actor, id, item, locale, model);
    }

    private String answering(Actor actor, long id, String item, Locale locale, Model model) {
        var it = catalog.find(actor, id);
        actor.requireOrganization(it.provider());
        var shared = room.find(actor, item);
        var source = shared.source();
        if (source == null || source.resource() == id)
            return "redirect:/resources/" + id + "/parts/one-source";
        model.addAttribute("it", it);
        model.addAttribute("shared", shared);
        model.addAttribute("source", source);
        model.addAttribute("department", words.department(source.provider(), locale));
        var choices = new ArrayList<Map.Entry<String, String>>();
        choices.add(Map.entry("false", words.say("onesource.answer.take", Map.of(), locale)));
        choices.add(Map.entry("true", words.say("onesource.answer.keep", Map.of(), locale)));
        model.addAttribute("choices", choices);
        model.addAttribute(
                "crumbs",
                List.of(
                        new Crumb(words.say("menu.desk", Map.of(), locale), "/"),
                        new Crumb(it.description().name(), "/resources/" + id),
                        new Crumb(
                                words.say("resource-part.one-source", Map.of(), locale),
                                "/resources/" + id + "/parts/one-source"),
                        new Crumb(shared.name(), "")));
        return "onesource/duplicate";
    }

    @PostMapping("/resources/{id}/duplicate")
    @Allows(Role.STEWARD)
    String answer(
            Actor actor,
            @PathVariable long id,
            @RequestParam String item,
            @RequestParam(required = false) @Nullable Boolean keeps,
            @RequestParam(required = false) @Nullable String reason,
            Submission sent) {
        try {
            room.answer(actor, id, item, keeps, reason);
        } catch (Refusal refused) {
            if (refused.faults().isEmpty()) throw refused;
            sent.refuse(refused);
            sent.model().addAttribute("keeps", keeps);
            sent.model().addAttribute("reason", reason == null ? "" : reason);
            return answering(actor, id, item, sent.locale(), sent.model());
        }
        return sent.done(
                Boolean.TRUE.equals(keeps) ? "onesource.notice.kept" : "onesource.notice.taken",
                "/resources/" + id + "/parts/one-source");
    }

    @PostMapping("/resources/{id}/comparison")
    @Allows({Role.STEWARD, Role.REVIEWER})
    String agree(
            Actor actor,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> typed,
            RedirectAttributes next) {
        // not as a list of Spring's, which would cut a name at its comma
        var agreed = comparisons.agree(actor, id, typed.getOrDefault("column", List.of()));
        next.addFlashAttribute(
                "notice",
                agreed.isEmpty() ? "onesource.notice.forgotten" : "onesource.notice.agreed");
        return "redirect:/resources/" + id + "/parts/one-source";
    }

    @PostMapping("/resources/{id}/sketch")
    @Allows(Role.STEWARD)
    String sketch(Actor actor, @PathVariable long id, RedirectAttributes next) {
        comparisons.compare(actor, id);
        next.addFlashAttribute("notice", "onesource.notice.sketched");
        return "redirect:/resources/" + id + "/parts/one-source";
    }

    @PostMapping("/resources/{id}/sketch/removal")
    @Allows({Role.STEWARD, Role.REVIEWER})
    String forget(Actor actor, @PathVariable long id, RedirectAttributes next) {
        comparisons.agree(actor, id, List.of());
        next.addFlashAttribute("notice", "onesource.notice.forgotten");
        return "redirect:/resources/" + id + "/parts/one-source";
    }
}
