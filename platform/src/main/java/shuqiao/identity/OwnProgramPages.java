package shuqiao.identity;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;

/** A department's own programs: which there are, and the secrets that wait for it. */
@Controller
@RequestMapping(OwnProgramPages.PATH)
class OwnProgramPages {

    static final String PATH = "/programs";

    /** A program and whether this reader may fetch its secret now. */
    record Row(Program program, boolean collectable) {}

    private final Programs programs;

    OwnProgramPages(Programs programs) {
        this.programs = programs;
    }

    @GetMapping
    @Allows
    String own(Actor actor, Model model) {
        model.addAttribute(
                "rows",
                programs.own(actor).stream()
                        .map(it -> new Row(it, it.secretWaits() && it.isOf(actor)))
                        .toList());
        return "identity/own-programs";
    }

    @PostMapping("/{clientId}/secret")
    @Allows
    String collect(Actor actor, @PathVariable String clientId, Model model) {
        // shown on this answer only: it is kept nowhere, so there is no redirect
        model.addAttribute("collected", programs.collect(actor, clientId));
        return own(actor, model);
    }
}
