package shuqiao.quality;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.catalog.Reviews;
import shuqiao.catalog.Stage;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;
import shuqiao.shell.Ask;
import shuqiao.shell.Crumb;
import shuqiao.upkeep.LiveChecks;

/** The way from a lost point to the field that mends it. */
@Controller
class MendingPages {

    private final Quality quality;
    private final QualityWords words;
    private final Reviews reviews;
    private final LiveChecks checks;

    MendingPages(Quality quality, QualityWords words, Reviews reviews, LiveChecks checks) {
        this.quality = quality;
        this.words = words;
        this.reviews = reviews;
        this.checks = checks;
    }

    /** From a lost point of a published version: a new one is begun first. */
    @GetMapping("/resources/{id}/mending")
    @Allows(Role.STEWARD)
    String mending(
            Actor actor,
            @PathVariable long id,
            @RequestParam String point,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        var it = quality.find(actor, id);
        actor.requireOrganization(it.provider());
        var lost = it.score().lost(point).orElse(null);
        if (lost == null) return "redirect:" + tab(id);
        var path = QualityWords.path(it, lost);
        if (!path.contains("/mending")) return "redirect:" + path;
        if (it.state() != Stage.PUBLISHED) {
            next.addFlashAttribute("notice", "quality.mending.review");
            return "redirect:" + tab(id);
        }
        var begin = words.say("quality.mending.begin", Map.of("0", it.version() + 1), locale);
        model.addAttribute(
                "ask",
                new Ask(
                        words.what(it, lost, locale),
                        List.of(begin),
                        path,
                        words.say("quality.mending.do", Map.of(), locale),
                        tab(id),
                        false));
        model.addAttribute(
                "way",
                List.of(
                        new Crumb(it.name(), "/resources/" + id),
                        new Crumb(words.say("resource-part.quality", Map.of(), locale), tab(id))));
        return "shell/ask";
    }

    @PostMapping("/resources/{id}/mending")
    @Allows(Role.STEWARD)
    String begin(
            Actor actor,
            @PathVariable long id,
            @RequestParam String point,
            RedirectAttributes next) {
        var lost = quality.find(actor, id).score().lost(point).orElse(null);
        if (lost == null) return "redirect:" + tab(id);
        reviews.newVersion(actor, id);
        next.addFlashAttribute("notice", "quality.notice.begun");
        return "redirect:" + lost.point().editPath(id, lost);
    }

    /** Looks at the live table now. */
    @PostMapping("/resources/{id}/mount-check")
    @Allows(Role.STEWARD)
    String check(Actor actor, @PathVariable long id, Locale locale, RedirectAttributes next) {
        var known = checks.check(actor, id, locale);
        if (!known.open().isEmpty()) return "redirect:/resources/" + id + "/differences";
        var told = known.unreachable() == null ? "checked" : "unreachable";
        next.addFlashAttribute("notice", "quality.notice." + told);
        return "redirect:" + tab(id);
    }

    private static String tab(long resource) {
        return "/resources/" + resource + "/parts/quality";
    }
}
