package shuqiao.organization;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Forms;

/** Organizations for the system administrator: which there are, and one more. */
@Controller
@RequestMapping("/admin/organizations")
class OrganizationPages {

    /** What was typed, to be shown again when something must be corrected. */
    record Form(
            @Nullable String code,
            @Nullable String name,
            @Nullable String shortName,
            @Nullable String nameEn,
            @Nullable String division,
            @Nullable String level,
            @Nullable String parent,
            @Nullable Boolean authority) {

        static final Form EMPTY = new Form(null, null, null, null, null, "CITY", null, null);

        Organizations.Entry entry() {
            return new Organizations.Entry(
                    code,
                    name,
                    shortName,
                    nameEn,
                    division,
                    levelOrNull(),
                    parent,
                    isAuthority(),
                    false);
        }

        /** A box that is not ticked is not sent. */
        public boolean isAuthority() {
            return Boolean.TRUE.equals(authority);
        }

        private Organization.@Nullable Level levelOrNull() {
            for (var one : Organization.Level.values()) if (one.name().equals(level)) return one;
            return null;
        }
    }

    private final Organizations organizations;
    private final Forms forms;
    private final MessageSource messages;

    OrganizationPages(Organizations organizations, Forms forms, MessageSource messages) {
        this.organizations = organizations;
        this.forms = forms;
        this.messages = messages;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    String list(
            Actor actor,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        return show(actor, after, Form.EMPTY, locale, model);
    }

    @PostMapping
    @Allows(Role.SYSTEM_ADMIN)
    String add(
            Actor actor,
            @ModelAttribute Form form,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            organizations.add(actor, form.entry());
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return show(actor, null, form, locale, model);
        }
        next.addFlashAttribute("notice", "organizations.added");
        return "redirect:/admin/organizations";
    }

    private String show(
            Actor actor, @Nullable String after, Form form, Locale locale, Model model) {
        model.addAttribute("page", organizations.search(actor, "", Page.Request.of(null, after)));
        model.addAttribute("form", form);
        model.addAttribute("locale", locale);
        model.addAttribute("levels", levels(locale));
        model.addAttribute("parents", parents(actor, locale));
        return "organization/organizations";
    }

    private Map<String, String> levels(Locale locale) {
        var words = new LinkedHashMap<String, String>();
        for (var level : Organization.Level.values())
            words.put(
                    level.name(),
                    Messages.sentence(messages, "Level." + level.name(), Map.of(), locale));
        return words;
    }

    private Map<String, String> parents(Actor actor, Locale locale) {
        var names = new LinkedHashMap<String, String>();
        for (var one : organizations.all(actor)) names.put(one.code().value(), one.nameIn(locale));
        return names;
    }
}
