package shuqiao.catalog;

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

/** The catalog to be read in a browser. */
@Controller
class ResourcePages {

    private final Catalog catalog;

    ResourcePages(Catalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping("/resources")
    @Allows
    String list(
            Actor actor,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable Boolean mine,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var own = mine != null && mine ? actor.organization() : null;
        model.addAttribute("q", q == null ? "" : q);
        model.addAttribute("mine", own != null);
        model.addAttribute(
                "page",
                catalog.search(
                        actor,
                        new ResourceQuery(q == null ? "" : q, own, null, null),
                        Page.Request.of(null, after)));
        return "catalog/resources";
    }

    @GetMapping("/resources/{id}")
    @Allows
    String one(Actor actor, @PathVariable long id, Model model) {
        model.addAttribute("it", catalog.find(actor, id));
        model.addAttribute("zone", Clock.ZONE);
        return "catalog/resource";
    }
}
