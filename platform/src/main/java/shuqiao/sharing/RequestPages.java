package shuqiao.sharing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.organization.Organizations;

/** Requests to be read in a browser. */
@Controller
class RequestPages {

    private final Sharing sharing;
    private final RequestViews views;
    private final Organizations organizations;

    RequestPages(Sharing sharing, RequestViews views, Organizations organizations) {
        this.sharing = sharing;
        this.views = views;
        this.organizations = organizations;
    }

    @GetMapping("/requests")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String list(
            Actor actor,
            @RequestParam(required = false) @Nullable Boolean mine,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var request = Page.Request.of(null, after);
        var own = mine != null && mine && actor.organization() != null;
        var page = own ? sharing.own(actor, request) : sharing.list(actor, null, null, request);
        var lines = views.lines(page);
        model.addAttribute("page", lines);
        model.addAttribute("mine", own);
        model.addAttribute("names", names(lines.items()));
        return "sharing/requests";
    }

    @GetMapping("/requests/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String one(Actor actor, @PathVariable long id, Model model) {
        var whole = views.whole(sharing.find(actor, id));
        model.addAttribute("it", whole.request());
        model.addAttribute("whole", whole);
        model.addAttribute("names", names(List.of(whole.request())));
        model.addAttribute("zone", Clock.ZONE);
        return "sharing/request";
    }

    /** Credit code to short name, of all that are shown. */
    private Map<String, String> names(List<RequestViews.Line> lines) {
        var names = new TreeMap<String, String>();
        for (var line : lines)
            for (var code : List.of(line.provider(), line.consumer()))
                names.computeIfAbsent(
                        code,
                        it -> organizations.find(it).map(found -> found.shortName()).orElse(it));
        return names;
    }
}
