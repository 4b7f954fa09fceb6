package shuqiao.shell;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Panel;
import shuqiao.kernel.ToDos;
import shuqiao.kernel.WorkingDays;

/** The sharing portal: what this is, for a visitor; what waits, for somebody logged in. */
@Controller
class HomePages {

    private static final int SHOWN = 12;

    /** One row of the to-do table. */
    record Row(ToDos.ToDo toDo, Clocks.@Nullable Chip chip) {}

    /** A list in the rail. */
    record Rail(String titleKey, String path, long total, List<Panel.Line> lines) {}

    private final List<ToDos> toDos;
    private final List<Panel> panels;
    private final Clocks clocks;
    private final WorkingDays days;

    HomePages(List<ToDos> toDos, List<Panel> panels, Clocks clocks, WorkingDays days) {
        this.toDos = toDos;
        this.panels = panels;
        this.clocks = clocks;
        this.days = days;
    }

    @GetMapping("/")
    @Allows(anyone = true)
    String home(@Nullable Actor actor, Locale locale, Model model) {
        if (actor == null) return "shell/visitor";
        var waiting =
                toDos.stream()
                        .flatMap(room -> room.of(actor).stream())
                        .sorted(
                                Comparator.comparing(
                                        ToDos.ToDo::due,
                                        Comparator.nullsLast(Comparator.naturalOrder())))
                        .toList();
        var today = days.today();
        model.addAttribute("total", waiting.size());
        model.addAttribute("late", due(waiting, today.minusDays(1)));
        model.addAttribute("urgent", due(waiting, today));
        model.addAttribute("today", today);
        model.addAttribute("workingToday", days.isWorkingDay(today));
        model.addAttribute(
                "rows",
                waiting.stream()
                        .limit(SHOWN)
                        .map(toDo -> new Row(toDo, clocks.chip(toDo.due(), toDo.estimated())))
                        .toList());
        model.addAttribute(
                "rails",
                panels.stream()
                        .map(panel ->
                                new Rail(
                                        panel.titleKey(),
                                        panel.path(),
                                        panel.total(actor),
                                        panel.lines(actor, locale)))
                        .filter(rail -> !rail.lines().isEmpty())
                        .toList());
        return "shell/home";
    }

    @GetMapping("/login")
    @Allows(anyone = true)
    String login(@Nullable Actor actor, @RequestParam Map<String, String> why, Model model) {
        model.addAttribute("wrong", why.containsKey("error"));
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
