package shuqiao.identity;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.FactNames;
import shuqiao.kernel.Role;

/** What waits for a second administrator, for all three of them. */
@Controller
@RequestMapping(AdminTabs.PENDING)
class PendingPages {

    /** A change and what this reader may do with it. */
    record Row(PendingChange change, boolean confirmable, boolean refusable) {}

    private final PendingChanges changes;
    private final PersonNames names;

    PendingPages(PendingChanges changes, PersonNames names) {
        this.changes = changes;
        this.names = names;
    }

    @GetMapping
    @Allows({Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN})
    String all(Actor actor, Locale locale, Model model) {
        var all = changes.all(actor);
        var people =
                all.stream()
                        .flatMap(it -> Stream.of(it.subject(), it.askedBy(), it.endedBy()))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        model.addAttribute("names", FactNames.people(List.of(names), people, locale));
        model.addAttribute(
                "rows",
                all.stream()
                        .map(it ->
                                new Row(
                                        it,
                                        changes.mayConfirm(actor, it),
                                        it.state() == PendingChange.State.WAITING))
                        .toList());
        model.addAttribute(
                "tabs", actor.has(Role.SECURITY_ADMIN) ? AdminTabs.at(AdminTabs.PENDING) : null);
        Words.times(model);
        return "identity/pending";
    }

    @PostMapping("/{id}/confirmation")
    @Allows({Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN})
    String confirm(Actor actor, @PathVariable long id, Locale locale, Model model) {
        // a password is shown on this answer only: it is kept nowhere, so there is no redirect
        model.addAttribute("confirmed", changes.confirm(actor, id));
        return all(actor, locale, model);
    }

    @PostMapping("/{id}/refusal")
    @Allows({Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN})
    String refuse(Actor actor, @PathVariable long id, RedirectAttributes next) {
        changes.refuse(actor, id);
        next.addFlashAttribute("notice", "pending.refused");
        return "redirect:" + AdminTabs.PENDING;
    }
}
