package shuqiao.line;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

/** What is dialled, for the system administrator: which sources answer, and every session. */
@Controller
@RequestMapping(LinePages.PATH)
class LinePages {

    static final String PATH = "/admin/line";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(Clock.ZONE);

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry lineMenu() {
            return new MenuEntry(
                    893, "menu.line", PATH, Set.of(Role.SYSTEM_ADMIN), "menu.settings");
        }
    }

    /**
     * A source as its reader sees it.
     *
     * @param until when it is dialled again; empty when it is now
     */
    record Row(PlaceState it, String organization, String until) {}

    private final Line line;
    private final SessionRows rows;
    private final OrganizationNames names;

    LinePages(Line line, SessionRows rows, OrganizationNames names) {
        this.line = line;
        this.rows = rows;
        this.names = names;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    String show(
            Actor actor,
            @RequestParam(required = false) @Nullable Long source,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        var states =
                line.states(actor).stream()
                        .map(it ->
                                new Row(
                                        it,
                                        names.shortName(it.organization(), locale),
                                        it.leftAlone().map(TIME::format).orElse("")))
                        .toList();
        model.addAttribute("states", states);
        model.addAttribute("alone", states.stream().filter(it -> !it.until().isEmpty()).count());
        model.addAttribute("source", source);
        model.addAttribute(
                "page",
                rows.of(line.sessions(actor, source, Page.Request.of(null, after)), locale));
        model.addAttribute("path", source == null ? PATH : PATH + "?source=" + source);
        return "line/line";
    }
}
