package shuqiao.source;

import jakarta.servlet.http.HttpServletResponse;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;
import shuqiao.kernel.Unknown;
import shuqiao.shell.Forms;
import shuqiao.source.SourceViews.AddressChangeView;

/** A second person sees a new address before it is used: list, one, the two answers. */
@Controller
class AddressChangePages {

    static final String PATH = "/source-changes";

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(Clock.ZONE);

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry addressChanges() {
            return new MenuEntry(
                    89, "menu.source-changes", PATH, Set.of(Role.AUTHORITY), MenuEntry.GOVERNANCE);
        }
    }

    /** What waits on the desk of a department's reviewer. */
    @Component
    static class Desk implements ToDos {

        private static final int SHOWN = 33;

        private final AddressChanges changes;

        Desk(AddressChanges changes) {
            this.changes = changes;
        }

        @Override
        public List<ToDo> of(Actor actor) {
            var own = actor.organization();
            if (own == null || !actor.has(Role.REVIEWER)) return List.of();
            return changes.waiting(own, SHOWN).stream()
                    .filter(it -> changes.mayConfirm(actor, it))
                    .map(it ->
                            new ToDo(
                                    "source.address-change",
                                    it.source().name(),
                                    it.askedByName(),
                                    "/sources/" + it.source().id() + "/address-change",
                                    null,
                                    false))
                    .toList();
        }
    }

    /** A change as it is listed. */
    record Row(AddressChangeView it, String organization, String askedAt) {}

    private final AddressChanges changes;
    private final OrganizationNames names;
    private final Forms forms;

    AddressChangePages(AddressChanges changes, OrganizationNames names, Forms forms) {
        this.changes = changes;
        this.names = names;
        this.forms = forms;
    }

    @GetMapping(PATH)
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String list(
            Actor actor,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        model.addAttribute(
                "page",
                changes.list(actor, Page.Request.of(null, after)).map(it -> row(it, locale)));
        model.addAttribute("path", PATH);
        return "source/changes";
    }

    @GetMapping("/sources/{id}/address-change")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String one(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var it = changes.find(actor, id).orElseThrow(() -> new Unknown("address-change", id));
        model.addAttribute("row", row(it, locale));
        model.addAttribute("mayConfirm", changes.mayConfirm(actor, it));
        model.addAttribute("own", it.isOf(actor));
        model.addAttribute("insider", actor.belongsTo(it.source().organization()));
        return "source/change";
    }

    @PostMapping("/sources/{id}/address-change/confirmation")
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    String confirm(
            Actor actor,
            @PathVariable long id,
            @RequestParam long change,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            changes.confirm(actor, id, change);
        } catch (Refusal refused) {
            return again(actor, id, refused, locale, model, response);
        }
        next.addFlashAttribute("notice", "sources.change.confirmed");
        return "redirect:" + PATH;
    }

    @PostMapping("/sources/{id}/address-change/refusal")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String refuse(
            Actor actor,
            @PathVariable long id,
            @RequestParam long change,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            changes.refuse(actor, id, change);
        } catch (Refusal refused) {
            return again(actor, id, refused, locale, model, response);
        }
        next.addFlashAttribute("notice", "sources.change.refused");
        return "redirect:" + PATH;
    }

    /** The page as it is by now, with what was refused; gone where nothing waits any more. */
    private String again(
            Actor actor,
            long id,
            Refusal refused,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        var page = one(actor, id, locale, model);
        forms.show(model, refused, locale);
        response.setStatus(refused.kind().status());
        return page;
    }

    private Row row(AddressChange it, Locale locale) {
        return new Row(
                AddressChangeView.of(it),
                names.shortName(it.source().organization(), locale),
                MINUTE.format(it.askedAt()));
    }
}
