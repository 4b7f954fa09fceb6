package shuqiao.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.organization.Organization;
import shuqiao.organization.Organizations;
import shuqiao.shell.Forms;

/** Users for the security administrator: who there is, and one more. */
@Controller
@RequestMapping("/admin/users")
class IdentityPages {

    /** What was typed, to be shown again when something must be corrected. */
    record Form(
            @Nullable String username,
            @Nullable String name,
            @Nullable String organization,
            @Nullable Set<Role> roles) {

        public boolean has(Role role) {
            return roles != null && roles.contains(role);
        }
    }

    /** A person with the name of the organization. */
    record Row(Person person, String organization) {}

    private final People people;
    private final Organizations organizations;
    private final Forms forms;

    IdentityPages(People people, Organizations organizations, Forms forms) {
        this.people = people;
        this.organizations = organizations;
        this.forms = forms;
    }

    @GetMapping
    @Allows(Role.SECURITY_ADMIN)
    String users(
            Actor actor,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        return show(actor, after, new Form(null, null, null, null), locale, model);
    }

    @PostMapping
    @Allows(Role.SECURITY_ADMIN)
    String add(
            Actor actor,
            @ModelAttribute Form form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        try {
            var added =
                    people.add(
                            actor,
                            new People.Entry(
                                    form.username(),
                                    form.name(),
                                    form.organization(),
                                    form.roles(),
                                    false));
            // shown on this answer only: it is kept nowhere, so there is no redirect
            model.addAttribute("added", added);
            return users(actor, null, locale, model);
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return show(actor, null, form, locale, model);
        }
    }

    private String show(
            Actor actor, @Nullable String after, Form form, Locale locale, Model model) {
        var names = names(actor, locale);
        var page = people.search(actor, "", null, Page.Request.of(null, after));
        model.addAttribute(
                "page",
                page.map(person ->
                        new Row(
                                person,
                                person.organization() == null
                                        ? ""
                                        : names.getOrDefault(
                                                person.organization(), person.organization()))));
        model.addAttribute("form", form);
        model.addAttribute("organizations", names);
        model.addAttribute("allRoles", Arrays.asList(Role.values()));
        return "identity/users";
    }

    private Map<String, String> names(Actor actor, Locale locale) {
        var names = new LinkedHashMap<String, String>();
        for (Organization one : organizations.all(actor))
            if (!one.closed()) names.put(one.code().value(), one.nameIn(locale));
        return names;
    }
}
