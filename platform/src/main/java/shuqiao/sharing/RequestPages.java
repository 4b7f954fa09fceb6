package shuqiao.sharing;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.sharing.Readers.Part;
import shuqiao.shell.Crumb;
import shuqiao.shell.Forms;
import shuqiao.shell.Tab;

/** Requests to be read in a browser, and the steps that need no form of their own. */
@Controller
class RequestPages {

    private static final String REASON = "reason";

    private final Sharing sharing;
    private final Decisions decisions;
    private final RequestSheets sheets;
    private final Attachments attachments;
    private final Wording wording;
    private final Forms forms;

    RequestPages(
            Sharing sharing,
            Decisions decisions,
            RequestSheets sheets,
            Attachments attachments,
            Wording wording,
            Forms forms) {
        this.sharing = sharing;
        this.decisions = decisions;
        this.sheets = sheets;
        this.attachments = attachments;
        this.wording = wording;
        this.forms = forms;
    }

    @GetMapping("/requests")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String list(
            Actor actor,
            @RequestParam(required = false) @Nullable String part,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        var chosen = part(part);
        var page = sharing.list(actor, chosen, Page.Request.of(null, after));
        model.addAttribute("page", page);
        model.addAttribute("rows", sheets.rows(page.items(), locale));
        model.addAttribute("tabs", tabs(actor, chosen));
        model.addAttribute("part", chosen.name());
        model.addAttribute("path", path(chosen));
        return "sharing/requests";
    }

    @GetMapping("/requests/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String one(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return show(actor, id, locale, model);
    }

    @PostMapping("/requests/{id}/sending")
    @Allows(Role.REVIEWER)
    String send(
            Actor actor,
            @PathVariable long id,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            var sent = sharing.send(actor, id);
            next.addFlashAttribute(
                    "notice",
                    sent.state() == RequestState.GRANTED
                            ? "sharing.done.granted-at-once"
                            : "sharing.done.sent");
            return "redirect:/requests/" + id;
        } catch (Refusal refused) {
            return again(actor, id, refused, locale, model, response);
        }
    }

    @PostMapping("/requests/{id}/acceptance")
    @Allows(Role.AUTHORITY)
    String accept(
            Actor actor,
            @PathVariable long id,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            decisions.accept(actor, id);
            next.addFlashAttribute("notice", "sharing.done.accepted");
            return "redirect:/requests/" + id;
        } catch (Refusal refused) {
            return again(actor, id, refused, locale, model, response);
        }
    }

    @GetMapping("/requests/{id}/return")
    @Allows(Role.AUTHORITY)
    String askGiveBack(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return confirm(actor, id, "return", true, "", locale, model);
    }

    @PostMapping("/requests/{id}/return")
    @Allows(Role.AUTHORITY)
    String giveBack(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            decisions.giveBack(actor, id, reason);
            next.addFlashAttribute("notice", "sharing.done.returned");
            return "redirect:/requests/" + id;
        } catch (Refusal refused) {
            refuse(refused, locale, model, response);
            return confirm(actor, id, "return", true, reason, locale, model);
        }
    }

    @GetMapping("/requests/{id}/withdrawal")
    @Allows({Role.STEWARD, Role.REVIEWER})
    String askWithdraw(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return confirm(actor, id, "withdrawal", false, "", locale, model);
    }

    @PostMapping("/requests/{id}/withdrawal")
    @Allows({Role.STEWARD, Role.REVIEWER})
    String withdraw(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            sharing.withdraw(actor, id, reason);
            next.addFlashAttribute("notice", "sharing.done.withdrawn");
            return "redirect:/requests/" + id;
        } catch (Refusal refused) {
            refuse(refused, locale, model, response);
            return confirm(actor, id, "withdrawal", false, reason, locale, model);
        }
    }

    @GetMapping("/requests/{id}/amendment")
    @Allows(Role.STEWARD)
    String askTakeBack(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return confirm(actor, id, "amendment", true, "", locale, model);
    }

    @PostMapping("/requests/{id}/amendment")
    @Allows(Role.STEWARD)
    String takeBack(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String reason,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            sharing.takeBack(actor, id, reason);
            next.addFlashAttribute("notice", "sharing.done.taken-back");
            return "redirect:/requests/" + id + "/edit";
        } catch (Refusal refused) {
            refuse(refused, locale, model, response);
            return confirm(actor, id, "amendment", true, reason, locale, model);
        }
    }

    private String show(Actor actor, long id, Locale locale, Model model) {
        var it = sharing.find(actor, id);
        model.addAttribute("sheet", sheets.sheet(actor, it, locale));
        model.addAttribute("it", it);
        model.addAttribute("files", attachments.list(actor, id));
        model.addAttribute("mayAttach", attachments.mayChange(actor, it));
        model.addAttribute("crumbs", crumbs(it, locale));
        return "sharing/request";
    }

    private String again(
            Actor actor,
            long id,
            Refusal refused,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        refuse(refused, locale, model, response);
        return show(actor, id, locale, model);
    }

    private void refuse(Refusal refused, Locale locale, Model model, HttpServletResponse response) {
        forms.show(model, refused, locale);
        response.setStatus(refused.kind().status());
    }

    /** A page that tells the consequences before the step is taken. */
    private String confirm(
            Actor actor,
            long id,
            String step,
            boolean needed,
            @Nullable String reason,
            Locale locale,
            Model model) {
        var it = sharing.find(actor, id);
        model.addAttribute("sheet", sheets.sheet(actor, it, locale));
        model.addAttribute("it", it);
        model.addAttribute("step", step);
        model.addAttribute("needed", needed);
        model.addAttribute(REASON, reason == null ? "" : reason);
        var crumbs = new ArrayList<>(crumbs(it, locale));
        crumbs.add(new Crumb(wording.say("sharing.step." + step, locale), ""));
        model.addAttribute("crumbs", crumbs);
        return "sharing/request-step";
    }

    /** The way to a request. */
    List<Crumb> crumbs(Request it, Locale locale) {
        return List.of(
                new Crumb(wording.say("menu.desk", locale), "/"),
                new Crumb(wording.say("menu.requests", locale), "/requests"),
                new Crumb(it.number(), "/requests/" + it.id()));
    }

    private List<Tab> tabs(Actor actor, Part chosen) {
        var tabs = new ArrayList<Tab>();
        for (var part : Part.values()) {
            if (part == Part.OWN && !Readers.member(actor)) continue;
            tabs.add(
                    new Tab(
                            "sharing.part." + part,
                            path(part),
                            sharing.count(actor, part),
                            part == chosen));
        }
        return tabs;
    }

    private static String path(Part part) {
        return part == Part.ALL
                ? "/requests"
                : "/requests?part=" + part.name().toLowerCase(Locale.ROOT);
    }

    private static Part part(@Nullable String word) {
        for (var part : Part.values())
            if (part.name().equalsIgnoreCase(word == null ? "" : word)) return part;
        return Part.ALL;
    }
}
