package shuqiao.shell;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.FirstStep;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Role;
import shuqiao.kernel.ToDos;

/** Leads the three administrators of an empty platform until work can begin. */
@Controller
class FirstSteps implements ToDos {

    /** One step as its reader sees it. */
    record Line(FirstStep step, boolean done, boolean mine) {}

    private final List<FirstStep> steps;
    private final MessageSource messages;

    FirstSteps(List<FirstStep> steps, MessageSource messages) {
        this.steps = steps.stream().sorted(Comparator.comparingInt(FirstStep::order)).toList();
        this.messages = messages;
    }

    @GetMapping("/first-steps")
    @Allows({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
    String steps(Actor actor, Model model) {
        var lines =
                steps.stream()
                        .map(step -> new Line(step, step.done(), actor.has(step.by())))
                        .toList();
        var open = lines.stream().filter(line -> !line.done()).toList();
        model.addAttribute("lines", lines);
        model.addAttribute("open", open.size());
        model.addAttribute("mine", open.stream().filter(Line::mine).count());
        model.addAttribute("next", open.isEmpty() ? null : open.getFirst());
        return "shell/first-steps";
    }

    /** What is still open is on the desk of the administrator who does it. */
    @Override
    public List<ToDo> of(Actor actor) {
        return steps.stream()
                .filter(step -> actor.has(step.by()) && !step.done())
                .map(step ->
                        new ToDo(
                                "first-steps",
                                word("first-step." + step.key()),
                                word("first-step." + step.key() + ".why"),
                                step.path(),
                                null,
                                false))
                .toList();
    }

    private String word(String key) {
        return Messages.sentence(messages, key, java.util.Map.of(), locale());
    }

    private static Locale locale() {
        return org.springframework.context.i18n.LocaleContextHolder.getLocale();
    }
}
