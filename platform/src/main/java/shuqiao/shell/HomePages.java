package shuqiao.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.ToDos;

/** The sharing portal: what this is, for a visitor; what waits, for somebody logged in. */
@Controller
class HomePages {

    private final List<ToDos> toDos;

    HomePages(List<ToDos> toDos) {
        this.toDos = toDos;
    }

    @GetMapping("/")
    @Allows(anyone = true)
    String home(@Nullable Actor actor, Model model) {
        if (actor == null) return "shell/visitor";
        model.addAttribute("toDos", toDos.stream().flatMap(room -> room.of(actor).stream()).toList());
        return "shell/home";
    }

    @GetMapping("/login")
    @Allows(anyone = true)
    String login(@Nullable Actor actor) {
        return actor == null ? "shell/login" : "redirect:/";
    }
}
