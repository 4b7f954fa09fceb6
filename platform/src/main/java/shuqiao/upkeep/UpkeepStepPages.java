package shuqiao.upkeep;

import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.Stage;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.sharing.Grants;
import shuqiao.shell.Crumb;
import shuqiao.shell.Submission;

/** What is done about one resource or one grant: look again, follow the table, announce, answer. */
@Controller
class UpkeepStepPages {

    /** A settled difference, with the times as they are read. */
    record Settled(Difference it, String found, String closed) {}

    private final LiveChecks checks;
    private final Flags flags;
    private final Endings endings;
    private final Catalog catalog;
    private final Grants grants;
    private final Sentences sentences;
    private final OrganizationNames names;

    UpkeepStepPages(
            LiveChecks checks,
            Flags flags,
            Endings endings,
            Catalog catalog,
            Grants grants,
            Sentences sentences,
            OrganizationNames names) {
        this.checks = checks;
        this.flags = flags;
        this.endings = endings;
        this.catalog = catalog;
        this.grants = grants;
        this.sentences = sentences;
        this.names = names;
    }

    @GetMapping("/resources/{id}/differences")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String differences(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return differences(actor, checks.find(actor, id, locale), locale, model);
    }

    @PostMapping("/resources/{id}/differences/check")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String check(Actor actor, @PathVariable long id, Locale locale, RedirectAttributes next) {
        var it = checks.check(actor, id, locale);
        if (it.unreachable() == null)
            next.addFlashAttribute(
                    "notice", it.open().isEmpty() ? "upkeep.notice.same" : "upkeep.notice.checked");
        return "redirect:/resources/" + id + "/differences";
    }

    @PostMapping("/resources/{id}/differences/draft")
    @Allows(Role.STEWARD)
    String draft(Actor actor, @PathVariable long id, Submission sent) {
        try {
            checks.draft(actor, id);
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.FORBIDDEN || refused.kind() == Refusal.Kind.UNKNOWN)
                throw refused;
            sent.refuse(refused);
            return differences(
                    actor, checks.find(actor, id, sent.locale()), sent.locale(), sent.model());
        }
        return sent.done("upkeep.notice.drafted", "/resources/" + id + "/edit/items");
    }

    @PostMapping("/sources/{id}/mount-check")
    @Allows(Role.STEWARD)
    String checkSource(Actor actor, @PathVariable long id, RedirectAttributes next) {
        checks.checkSource(actor, id);
        next.addFlashAttribute("notice", "upkeep.notice.source");
        return "redirect:/sources/" + id;
    }

    @GetMapping("/resources/{id}/ending")
    @Allows
    String ending(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return ending(actor, id, new Endings.Entry(null, null), locale, model);
    }

    @PostMapping("/resources/{id}/ending")
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    String announce(
            Actor actor,
            @PathVariable long id,
            @ModelAttribute Endings.Entry form,
            Submission sent) {
        try {
            endings.announce(actor, id, form);
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.FORBIDDEN || refused.kind() == Refusal.Kind.UNKNOWN)
                throw refused;
            sent.refuse(refused);
            return ending(actor, id, form, sent.locale(), sent.model());
        }
        return sent.done("upkeep.notice.announced", "/resources/" + id + "/ending");
    }

    @PostMapping("/resources/{id}/ending/withdrawal")
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    String takeBack(Actor actor, @PathVariable long id, RedirectAttributes next) {
        endings.takeBack(actor, id);
        next.addFlashAttribute("notice", "upkeep.notice.taken-back");
        return "redirect:/resources/" + id;
    }

    @GetMapping("/grants/{id}/changes")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String changes(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var grant = grants.find(actor, id);
        var flag = flags.find(actor, id);
        if (flag.isEmpty()) return "redirect:/grants/" + id;
        var it = flag.orElseThrow();
        model.addAttribute("it", it);
        model.addAttribute("reasons", sentences.of(it.reasons(), locale));
        model.addAttribute("raised", Sentences.minute(it.raisedAt()));
        model.addAttribute(
                "answered", it.answeredAt() == null ? null : Sentences.minute(it.answeredAt()));
        model.addAttribute("from", grant.version());
        model.addAttribute("provider", names.shortName(it.provider(), locale));
        model.addAttribute("consumer", names.shortName(it.consumer(), locale));
        model.addAttribute("mayAnswer", flags.mayAnswer(actor, it));
        model.addAttribute(
                "crumbs",
                List.of(
                        new Crumb(sentences.say("menu.desk", locale), "/"),
                        new Crumb(sentences.say("menu.grants", locale), "/grants"),
                        new Crumb(it.number(), "/grants/" + id),
                        new Crumb(sentences.say("upkeep.tab.grants", locale), "")));
        return "upkeep/changes";
    }

    @PostMapping("/grants/{id}/changes")
    @Allows(Role.STEWARD)
    String acknowledge(Actor actor, @PathVariable long id, RedirectAttributes next) {
        flags.acknowledge(actor, id);
        next.addFlashAttribute("notice", "upkeep.notice.known");
        return "redirect:/grants/" + id;
    }

    private String differences(Actor actor, LiveChecks.Known it, Locale locale, Model model) {
        var resource = catalog.find(actor, it.resource());
        model.addAttribute("it", it);
        model.addAttribute(
                "checked", it.checkedAt() == null ? null : Sentences.minute(it.checkedAt()));
        model.addAttribute(
                "settled",
                it.closed().stream()
                        .map(one ->
                                new Settled(
                                        one,
                                        Sentences.minute(one.foundAt()),
                                        one.closedAt() == null
                                                ? ""
                                                : Sentences.minute(one.closedAt())))
                        .toList());
        model.addAttribute(
                "gone",
                it.open().stream().anyMatch(one -> one.kind() == DifferenceKind.TABLE_GONE));
        model.addAttribute(
                "mayDraft",
                resource.state() == Stage.PUBLISHED
                        && actor.has(Role.STEWARD)
                        && actor.belongsTo(it.provider()));
        model.addAttribute("working", resource.state() != Stage.PUBLISHED);
        model.addAttribute("provider", names.shortName(it.provider(), locale));
        model.addAttribute(
                "crumbs", crumbs(it.resource(), it.title(), "upkeep.tab.differences", locale));
        return "upkeep/resource-differences";
    }

    private String ending(Actor actor, long id, Endings.Entry form, Locale locale, Model model) {
        var resource = catalog.find(actor, id);
        var announced = endings.find(actor, id).orElse(null);
        model.addAttribute("it", resource);
        model.addAttribute("announced", announced);
        model.addAttribute("mayDecide", endings.mayDecide(actor, resource.provider()));
        model.addAttribute("earliest", endings.earliest(actor).toString());
        model.addAttribute(
                "day", form.day() == null ? endings.earliest(actor).toString() : form.day());
        model.addAttribute("reason", form.reason() == null ? "" : form.reason());
        model.addAttribute("provider", names.shortName(resource.provider(), locale));
        model.addAttribute("touched", grants.live(id).size());
        model.addAttribute(
                "crumbs", crumbs(id, resource.description().name(), "upkeep.tab.endings", locale));
        return "upkeep/ending";
    }

    private List<Crumb> crumbs(long resource, String title, String last, Locale locale) {
        return List.of(
                new Crumb(sentences.say("menu.desk", locale), "/"),
                new Crumb(sentences.say("catalog.menu", locale), "/resources"),
                new Crumb(title, "/resources/" + resource),
                new Crumb(sentences.say(last, locale), ""));
    }
}
