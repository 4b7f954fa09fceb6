package shuqiao.shell;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Allows;

/** How pages look to this reader, kept in cookies; works for visitors and without script. */
@Controller
class Preferences {

    @GetMapping("/preferences")
    @Allows(anyone = true)
    String form() {
        return "shell/preferences";
    }

    @PostMapping("/preferences")
    @Allows(anyone = true)
    String keep(
            @RequestParam(required = false) @Nullable String theme,
            @RequestParam(required = false) @Nullable String size,
            HttpServletResponse response,
            RedirectAttributes next) {
        keep(response, "theme", theme, Looks.THEMES);
        keep(response, "care", size, Looks.CARES);
        next.addFlashAttribute("notice", "preferences.kept");
        return "redirect:/preferences";
    }

    /** A value that we did not offer changes nothing. */
    private static void keep(
            HttpServletResponse response,
            String name,
            @Nullable String value,
            Set<String> offered) {
        if (value != null && offered.contains(value))
            response.addCookie(Language.cookie(name, value));
    }
}
