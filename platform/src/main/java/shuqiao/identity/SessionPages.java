package shuqiao.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;

/** Who is logged in now, for the security administrator. */
@Controller
@RequestMapping(AdminTabs.SESSIONS)
class SessionPages {

    private final Sessions sessions;

    SessionPages(Sessions sessions) {
        this.sessions = sessions;
    }

    @GetMapping
    @Allows(Role.SECURITY_ADMIN)
    String list(
            Actor actor,
            @RequestParam(defaultValue = "") String username,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var wanted = username.strip();
        model.addAttribute(
                "page",
                Slice.of(sessions.living(actor, wanted.isEmpty() ? null : wanted), null, after));
        model.addAttribute("username", wanted);
        model.addAttribute(
                "path",
                wanted.isEmpty()
                        ? AdminTabs.SESSIONS
                        : AdminTabs.SESSIONS
                                + "?username="
                                + UriUtils.encode(wanted, java.nio.charset.StandardCharsets.UTF_8));
        model.addAttribute("idleMinutes", Security.SESSION_IDLE_SECONDS / 60);
        model.addAttribute("most", Security.SESSIONS_MAX);
        model.addAttribute("tabs", AdminTabs.at(AdminTabs.SESSIONS));
        Words.times(model);
        return "identity/sessions";
    }

    @PostMapping("/{id}")
    @Allows(Role.SECURITY_ADMIN)
    String end(Actor actor, @PathVariable String id, RedirectAttributes next) {
        sessions.end(actor, id);
        next.addFlashAttribute("notice", "sessions.ended");
        return "redirect:" + AdminTabs.SESSIONS;
    }
}
