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
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.shell.Submission;

/** Programs for the security administrator: which there are, and one more. */
@Controller
@RequestMapping("/admin/programs")
class ProgramPages {

    /** What was typed, to be shown again when something must be corrected. */
    record Form(
            @Nullable String clientId,
            @Nullable String name,
            @Nullable String organization,
            @Nullable Set<Role> scopes) {

        public boolean has(Role role) {
            return scopes != null && scopes.contains(role);
        }
    }

    /** A program with the name of the organization it works for. */
    record Row(Program program, String organization, boolean clashes) {}

    private final Programs programs;
    private final PendingChanges changes;
    private final Words words;

    ProgramPages(Programs programs, PendingChanges changes, Words words) {
        this.programs = programs;
        this.changes = changes;
        this.words = words;
    }

    @GetMapping
    @Allows(Role.SECURITY_ADMIN)
    String programs(
            Actor actor,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        return show(actor, after, new Form(null, null, null, null), locale, model);
    }

    @PostMapping
    @Allows(Role.SECURITY_ADMIN)
    String add(Actor actor, @ModelAttribute Form form, Submission sent) {
        return sent.tried(
                () -> {
                    var outcome =
                            changes.addProgram(
                                    actor,
                                    new Programs.Entry(
                                            form.clientId(),
                                            form.name(),
                                            form.organization(),
                                            form.scopes(),
                                            false));
                    if (outcome.done() == null) return Words.waits(sent.next());
                    // shown on this answer only: it is kept nowhere, so there is no redirect
                    sent.model().addAttribute("added", outcome.done());
                    return programs(actor, null, sent.locale(), sent.model());
                },
                () -> show(actor, null, form, sent.locale(), sent.model()));
    }

    private String show(
            Actor actor, @Nullable String after, Form form, Locale locale, Model model) {
        var clashes = programs.clashes(actor);
        model.addAttribute(
                "page",
                programs.list(actor, Page.Request.of(null, after))
                        .map(program ->
                                new Row(
                                        program,
                                        words.organization(program.organization(), locale),
                                        clashes.contains(program.clientId()))));
        model.addAttribute("form", form);
        model.addAttribute("organizations", words.organizations(actor, null, locale));
        model.addAttribute("tabs", AdminTabs.at(AdminTabs.PROGRAMS));
        model.addAttribute("allRoles", Arrays.asList(Role.values()));
        return "identity/programs";
    }
}
