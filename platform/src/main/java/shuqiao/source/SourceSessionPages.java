package shuqiao.source;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.line.SessionRows;

/** What the platform did at a department's database, session by session, for that department. */
@Controller
class SourceSessionPages {

    private final Sources sources;
    private final SessionRows rows;

    SourceSessionPages(Sources sources, SessionRows rows) {
        this.sources = sources;
        this.rows = rows;
    }

    @GetMapping("/sources/{id}/sessions")
    @Allows({Role.STEWARD, Role.REVIEWER})
    String show(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        model.addAttribute("it", sources.find(actor, id));
        model.addAttribute(
                "page", rows.of(sources.sessions(actor, id, Page.Request.of(null, after)), locale));
        model.addAttribute("path", "/sources/" + id + "/sessions");
        return "source/sessions";
    }
}
