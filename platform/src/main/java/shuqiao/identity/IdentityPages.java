package shuqiao.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.shell.Submission;

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

    /** What the list is narrowed to; empty parts match all. */
    record Filter(String q, String organization, String role) {

        static final Filter NONE = new Filter("", "", "");

        @Nullable Role roleOrNull() {
            for (var one : Role.values()) if (one.name().equals(role)) return one;
            return null;
        }

        public boolean any() {
            return !q.isBlank() || !organization.isEmpty() || roleOrNull() != null;
        }

        /** This list, for links to its next piece. */
        public String path() {
            return UriComponentsBuilder.fromPath(AdminTabs.USERS)
                    .queryParam("q", "{q}")
                    .queryParam("organization", "{organization}")
                    .queryParam("role", "{role}")
                    .encode()
                    .buildAndExpand(q, organization, role)
                    .toUriString();
        }
    }

    private final People people;
    private final PendingChanges changes;
    private final Words words;

    IdentityPages(People people, PendingChanges changes, Words words) {
        this.people = people;
        this.changes = changes;
        this.words = words;
    }

    @GetMapping
    @Allows(Role.SECURITY_ADMIN)
    String users(
            Actor actor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String organization,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        var filter = new Filter(q, organization, role);
        return show(actor, filter, after, new Form(null, null, null, null), locale, model);
    }

    @PostMapping
    @Allows(Role.SECURITY_ADMIN)
    String add(Actor actor, @ModelAttribute Form form, Submission sent) {
        return sent.tried(
                () -> {
                    var outcome =
                            changes.addPerson(
                                    actor,
                                    new People.Entry(
                                            form.username(),
                                            form.name(),
                                            form.organization(),
                                            form.roles(),
                                            false));
                    if (outcome.done() == null) return Words.waits(sent.next());
                    // shown on this answer only: it is kept nowhere, so there is no redirect
                    sent.model().addAttribute("added", outcome.done());
                    return show(
                            actor,
                            Filter.NONE,
                            null,
                            new Form(null, null, null, null),
                            sent.locale(),
                            sent.model());
                },
                () -> show(actor, Filter.NONE, null, form, sent.locale(), sent.model()));
    }

    private String show(
            Actor actor,
            Filter filter,
            @Nullable String after,
            Form form,
            Locale locale,
            Model model) {
        var page =
                people.search(
                        actor,
                        filter.q(),
                        filter.organization().isEmpty() ? null : filter.organization(),
                        filter.roleOrNull(),
                        Page.Request.of(null, after));
        model.addAttribute(
                "page",
                page.map(person ->
                        new Row(person, words.organization(person.organization(), locale))));
        model.addAttribute("filter", filter);
        model.addAttribute("form", form);
        model.addAttribute("organizations", words.organizations(actor, null, locale));
        model.addAttribute("roleWords", words.roles(locale));
        model.addAttribute("allRoles", Arrays.asList(Role.values()));
        model.addAttribute("tabs", AdminTabs.at(AdminTabs.USERS));
        return "identity/users";
    }
}
