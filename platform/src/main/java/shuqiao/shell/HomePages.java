package shuqiao.shell;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.DeskPart;
import shuqiao.kernel.ToDos;
import shuqiao.kernel.WorkingDays;

/** The sharing portal: what this is, for a visitor; what waits, for somebody logged in. */
@Controller
class HomePages {

    private static final int SHOWN = 12;

    private final Desk desk;
    private final WorkingDays days;

    HomePages(Desk desk, WorkingDays days) {
        this.desk = desk;
        this.days = days;
    }

    @GetMapping("/")
    @Allows(anyone = true)
    String home(
            @Nullable Actor actor,
            @RequestParam(required = false) @Nullable String all,
            Locale locale,
            Model model) {
        if (actor == null) return "shell/visitor";
        var waiting = desk.waiting(actor);
        var today = days.today();
        model.addAttribute("total", waiting.size());
        model.addAttribute("late", due(waiting, today.minusDays(1)));
        model.addAttribute("urgent", due(waiting, today));
        model.addAttribute("today", today);
        model.addAttribute("workingToday", days.isWorkingDay(today));
        model.addAttribute(
                "rows",
                waiting.stream()
                        .limit(all == null ? SHOWN : waiting.size())
                        .map(desk::row)
                        .toList());
        model.addAttribute("main", desk.parts(actor, DeskPart.Place.MAIN, locale));
        model.addAttribute("rails", desk.parts(actor, DeskPart.Place.RAIL, locale));
        model.addAttribute("charts", desk.charts(actor, locale));
        model.addAttribute("scope", Desk.scope(actor));
        return "shell/home";
    }

    @GetMapping("/login")
    @Allows(anyone = true)
    String login(
            @Nullable Actor actor,
            @RequestParam Map<String, String> why,
            @CookieValue(name = "login-name", required = false) @Nullable String username,
            Model model) {
        model.addAttribute("wrong", why.containsKey("error"));
        // typed a moment ago, and wrong with its password: only the password is typed again
        if (why.containsKey("error")) model.addAttribute("username", username);
        model.addAttribute("locked", why.containsKey("locked"));
        model.addAttribute("expired", why.containsKey("expired"));
        return actor == null ? "shell/login" : "redirect:/";
    }

    /** How many are due on that day or before. */
    private static long due(List<ToDos.ToDo> waiting, LocalDate day) {
        return waiting.stream()
                .filter(toDo -> toDo.due() != null && !toDo.due().isAfter(day))
                .count();
    }
}
