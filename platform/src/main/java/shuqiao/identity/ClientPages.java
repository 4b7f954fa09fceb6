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

/** One program: its scopes, its secret, whether it may still come in, and who did what before. */
@Controller
@RequestMapping("/admin/programs/{clientId}")
class ClientPages {

    /** What was typed, to be shown again when something must be corrected. */
    record Form(@Nullable String name, @Nullable Set<Role> scopes) {

        public boolean has(Role role) {
            return scopes != null && scopes.contains(role);
        }
    }

    private final Programs programs;
    private final PendingChanges changes;
    private final History history;
    private final Words words;

    ClientPages(Programs programs, PendingChanges changes, History history, Words words) {
        this.programs = programs;
        this.changes = changes;
        this.history = history;
        this.words = words;
    }

    @GetMapping
    @Allows(Role.SECURITY_ADMIN)
    String program(Actor actor, @PathVariable String clientId, Locale locale, Model model) {
        var program = programs.find(actor, clientId);
        return show(program, new Form(program.name(), program.roles()), locale, model);
    }

    @PostMapping
    @Allows(Role.SECURITY_ADMIN)
    String change(
            Actor actor,
            @PathVariable String clientId,
            @ModelAttribute Form form,
            Submission sent) {
        var program = programs.find(actor, clientId);
        return sent.tried(
                () -> {
                    var outcome =
                            changes.changeProgram(
                                    actor,
                                    clientId,
                                    new Programs.Entry(
                                            clientId,
                                            form.name(),
                                            program.organization(),
                                            form.scopes(),
                                            program.disabled()));
                    if (outcome.done() == null) return Words.waits(sent.next());
                    return sent.done("programs.changed", path(clientId));
                },
                () -> show(program, form, sent.locale(), sent.model()));
    }

    @GetMapping("/secret")
    @Allows(Role.SECURITY_ADMIN)
    String askForSecret(Actor actor, @PathVariable String clientId, Locale locale, Model model) {
        return ask(actor, clientId, "programs.renew", "secret", locale, model);
    }

    @PostMapping("/secret")
    @Allows(Role.SECURITY_ADMIN)
    String newSecret(
            Actor actor,
            @PathVariable String clientId,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        var renewed = changes.newSecret(actor, clientId).done();
        if (renewed == null) return Words.waits(next);
        // shown on this answer only: it is kept nowhere, so there is no redirect
        model.addAttribute("renewed", renewed);
        return program(actor, clientId, locale, model);
    }

    @GetMapping("/closing")
    @Allows(Role.SECURITY_ADMIN)
    String askToClose(Actor actor, @PathVariable String clientId, Locale locale, Model model) {
        return ask(actor, clientId, "programs.close", "closing", locale, model);
    }

    @PostMapping("/closing")
    @Allows(Role.SECURITY_ADMIN)
    String close(Actor actor, @PathVariable String clientId, RedirectAttributes next) {
        return setDisabled(actor, clientId, true, "programs.close.done", next);
    }

    @PostMapping("/reopening")
    @Allows(Role.SECURITY_ADMIN)
    String reopen(Actor actor, @PathVariable String clientId, RedirectAttributes next) {
        return setDisabled(actor, clientId, false, "programs.reopen.done", next);
    }

    private String setDisabled(
            Actor actor, String clientId, boolean disabled, String told, RedirectAttributes next) {
        var program = programs.find(actor, clientId);
        var outcome =
                changes.changeProgram(
                        actor,
                        clientId,
                        new Programs.Entry(
                                clientId,
                                program.name(),
                                program.organization(),
                                program.roles(),
                                disabled));
        if (outcome.done() == null) return Words.waits(next);
        next.addFlashAttribute("notice", told);
        return "redirect:" + path(clientId);
    }

    private String ask(
            Actor actor, String clientId, String key, String what, Locale locale, Model model) {
        var program = programs.find(actor, clientId);
        var path = path(clientId);
        model.addAttribute(
                "way",
                words.way("menu.programs", AdminTabs.PROGRAMS, program.name(), path, locale));
        return words.ask(model, key, program.name(), path + "/" + what, path, true, locale);
    }

    private String show(Program program, Form form, Locale locale, Model model) {
        var path = path(program.clientId());
        model.addAttribute("program", program);
        model.addAttribute("form", form);
        model.addAttribute("organization", words.organization(program.organization(), locale));
        model.addAttribute("allRoles", Arrays.asList(Role.values()));
        model.addAttribute("history", history.of("clientId=" + program.clientId(), locale));
        model.addAttribute(
                "way",
                words.way("menu.programs", AdminTabs.PROGRAMS, program.name(), path, locale));
        return "identity/program";
    }

    private static String path(String clientId) {
        return AdminTabs.PROGRAMS + "/" + clientId;
    }
}
