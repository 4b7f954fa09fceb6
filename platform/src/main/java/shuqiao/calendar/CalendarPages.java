package shuqiao.calendar;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Forms;

/** The system administrator sees which years are known and imports the next one. */
@Controller
@RequestMapping("/admin/calendar")
class CalendarPages {

    /** What was typed. */
    record Form(@Nullable String year, @Nullable String source, @Nullable String csv) {}

    private final Calendars calendars;
    private final Forms forms;

    CalendarPages(Calendars calendars, Forms forms) {
        this.calendars = calendars;
        this.forms = forms;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    String show(Actor actor, Model model) {
        var next = String.valueOf(calendars.today().getYear() + 1);
        return show(actor, new Form(next, "", ""), model);
    }

    @PostMapping
    @Allows(Role.SYSTEM_ADMIN)
    String take(
            Actor actor,
            @ModelAttribute Form form,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            calendars.take(
                    actor,
                    year(form),
                    new Calendars.Entry(null, null, null, form.csv(), form.source()));
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return show(actor, form, model);
        }
        next.addFlashAttribute("notice", "calendar.imported");
        return "redirect:/admin/calendar";
    }

    private static int year(Form form) {
        var text = form.year() == null ? "" : form.year().strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw Invalid.field("year", "range", java.util.Map.of("min", "1949", "max", "2199"));
        }
    }

    private String show(Actor actor, Form form, Model model) {
        model.addAttribute("years", calendars.years(actor));
        model.addAttribute("form", form);
        return "calendar/calendar";
    }
}
