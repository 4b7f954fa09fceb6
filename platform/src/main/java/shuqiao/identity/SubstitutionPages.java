package shuqiao.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;
import shuqiao.shell.Submission;

/** Who signs while a reviewer is away: the list, and one more. */
@Controller
@RequestMapping("/substitutes")
class SubstitutionPages {

    /**
     * One line of the list.
     *
     * @param look class of the state
     */
    record Row(Substitution it, Substitution.Standing standing, String look, boolean mayEnd) {}

    private final Substitutions substitutions;

    SubstitutionPages(Substitutions substitutions) {
        this.substitutions = substitutions;
    }

    @GetMapping
    @Allows({Role.REVIEWER, Role.SECURITY_ADMIN})
    String list(Actor actor, Model model) {
        return show(actor, new Substitutions.Entry(null, null, null, null, null), model);
    }

    @PostMapping
    @Allows({Role.REVIEWER, Role.SECURITY_ADMIN})
    String name(Actor actor, @ModelAttribute Substitutions.Entry form, Submission sent) {
        return sent.tried(
                () -> substitutions.name(actor, form),
                "substitutes.named",
                "/substitutes",
                () -> show(actor, form, sent.model()));
    }

    @PostMapping("/{id}/end")
    @Allows({Role.REVIEWER, Role.SECURITY_ADMIN})
    String end(Actor actor, @PathVariable long id, Submission sent) {
        return sent.tried(
                () -> substitutions.end(actor, id),
                "substitutes.ended",
                "/substitutes",
                () -> {
                    var empty = new Substitutions.Entry(null, null, null, null, null);
                    return show(actor, empty, sent.model());
                });
    }

    private String show(Actor actor, Substitutions.Entry form, Model model) {
        var rows = substitutions.all(actor).stream().map(it -> row(actor, it)).toList();
        var names = actor.has(Role.SECURITY_ADMIN);
        var own = !names && actor.absent() == null && actor.has(Role.REVIEWER);
        model.addAttribute("rows", rows);
        model.addAttribute(
                "inForce",
                rows.stream()
                        .filter(it -> it.standing() == Substitution.Standing.IN_FORCE)
                        .count());
        model.addAttribute("form", form);
        model.addAttribute("forAnybody", names);
        model.addAttribute("mayName", names || own);
        model.addAttribute("candidates", own ? candidates(actor) : Map.of());
        model.addAttribute("daysMax", Substitutions.DAYS_MAX);
        return "identity/substitutes";
    }

    private Row row(Actor actor, Substitution it) {
        var standing = it.standing(substitutions.today());
        var look =
                switch (standing) {
                    case LATER -> "waiting";
                    case IN_FORCE -> "running";
                    case OVER -> "";
                };
        var over = standing == Substitution.Standing.OVER;
        return new Row(it, standing, look, !over && substitutions.mayEnd(actor, it));
    }

    private Map<String, String> candidates(Actor actor) {
        var names = new LinkedHashMap<String, String>();
        for (var person : substitutions.candidates(actor))
            names.put(person.username(), person.name() + "（" + person.username() + "）");
        return names;
    }
}
