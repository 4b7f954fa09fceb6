package shuqiao.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;
import shuqiao.ledger.History;
import shuqiao.shell.Submission;

/** One user: what the account holds, what may be done with it, and who did what before. */
@Controller
@RequestMapping("/admin/users/{username}")
class PersonPages {

    /** What was typed, to be shown again when something must be corrected. */
    record Form(@Nullable String name, @Nullable String organization, @Nullable Set<Role> roles) {

        static Form of(Person person) {
            return new Form(person.name(), person.organization(), person.roles());
        }

        public boolean has(Role role) {
            return roles != null && roles.contains(role);
        }
    }

    private final People people;
    private final PendingChanges changes;
    private final Sessions sessions;
    private final History history;
    private final Words words;

    PersonPages(
            People people,
            PendingChanges changes,
            Sessions sessions,
            History history,
            Words words) {
        this.people = people;
        this.changes = changes;
        this.sessions = sessions;
        this.history = history;
        this.words = words;
    }

    @GetMapping
    @Allows(Role.SECURITY_ADMIN)
    String person(Actor actor, @PathVariable String username, Locale locale, Model model) {
        var person = people.find(actor, username);
        return show(actor, person, Form.of(person), locale, model);
    }

    @PostMapping
    @Allows(Role.SECURITY_ADMIN)
    String change(
            Actor actor,
            @PathVariable String username,
            @ModelAttribute Form form,
            Submission sent) {
        var person = people.find(actor, username);
        return sent.tried(
                () -> {
                    var outcome =
                            changes.changePerson(
                                    actor,
                                    username,
                                    new People.Entry(
                                            username,
                                            form.name(),
                                            form.organization(),
                                            form.roles(),
                                            person.disabled()));
                    if (outcome.done() == null) return Words.waits(sent.next());
                    return sent.done("users.changed", path(username));
                },
                () -> show(actor, person, form, sent.locale(), sent.model()));
    }

    @GetMapping("/closing")
    @Allows(Role.SECURITY_ADMIN)
    String askToClose(Actor actor, @PathVariable String username, Locale locale, Model model) {
        return ask(actor, username, "users.close", "closing", true, locale, model);
    }

    @PostMapping("/closing")
    @Allows(Role.SECURITY_ADMIN)
    String close(Actor actor, @PathVariable String username, RedirectAttributes next) {
        return setDisabled(actor, username, true, "users.close.done", next);
    }

    @PostMapping("/reopening")
    @Allows(Role.SECURITY_ADMIN)
    String reopen(Actor actor, @PathVariable String username, RedirectAttributes next) {
        return setDisabled(actor, username, false, "users.reopen.done", next);
    }

    @GetMapping("/password")
    @Allows(Role.SECURITY_ADMIN)
    String askToReset(Actor actor, @PathVariable String username, Locale locale, Model model) {
        return ask(actor, username, "users.reset", "password", false, locale, model);
    }

    @PostMapping("/password")
    @Allows(Role.SECURITY_ADMIN)
    String reset(
            Actor actor,
            @PathVariable String username,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        var reset = changes.resetPassword(actor, username).done();
        if (reset == null) return Words.waits(next);
        // shown on this answer only: it is kept nowhere, so there is no redirect
        model.addAttribute("secret", reset.password());
        return person(actor, username, locale, model);
    }

    @PostMapping("/sessions")
    @Allows(Role.SECURITY_ADMIN)
    String endSessions(Actor actor, @PathVariable String username, RedirectAttributes next) {
        sessions.endAll(actor, people.find(actor, username).username());
        next.addFlashAttribute("notice", "sessions.all-ended");
        return "redirect:" + path(username);
    }

    private String setDisabled(
            Actor actor, String username, boolean disabled, String told, RedirectAttributes next) {
        var person = people.find(actor, username);
        var outcome =
                changes.changePerson(
                        actor,
                        username,
                        new People.Entry(
                                username,
                                person.name(),
                                person.organization(),
                                person.roles(),
                                disabled));
        if (outcome.done() == null) return Words.waits(next);
        next.addFlashAttribute("notice", told);
        return "redirect:" + path(username);
    }

    private String ask(
            Actor actor,
            String username,
            String key,
            String what,
            boolean danger,
            Locale locale,
            Model model) {
        var person = people.find(actor, username);
        var path = path(username);
        model.addAttribute(
                "way", words.way("menu.users", AdminTabs.USERS, person.name(), path, locale));
        return words.ask(model, key, person.name(), path + "/" + what, path, danger, locale);
    }

    private String show(Actor actor, Person person, Form form, Locale locale, Model model) {
        var path = path(person.username());
        model.addAttribute("person", person);
        model.addAttribute("closedUntil", people.closedUntil(actor, person.username()));
        model.addAttribute("own", person.username().equals(actor.subject()));
        model.addAttribute("form", form);
        model.addAttribute("organization", words.organization(person.organization(), locale));
        model.addAttribute(
                "organizations", words.organizations(actor, person.organization(), locale));
        model.addAttribute("allRoles", Arrays.asList(Role.values()));
        model.addAttribute("living", sessions.living(actor, person.username()));
        model.addAttribute("history", history.of("username=" + person.username(), locale));
        model.addAttribute(
                "way", words.way("menu.users", AdminTabs.USERS, person.name(), path, locale));
        Words.times(model);
        return "identity/user";
    }

    private static String path(String username) {
        return AdminTabs.USERS + "/" + username;
    }
}
