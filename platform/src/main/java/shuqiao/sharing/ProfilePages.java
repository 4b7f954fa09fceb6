package shuqiao.sharing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Forms;

/** The system administrator reads the profiles and chooses one. */
@Controller
@RequestMapping("/admin/legal-profile")
class ProfilePages {

    private final Profiles profiles;
    private final Forms forms;

    ProfilePages(Profiles profiles, Forms forms) {
        this.profiles = profiles;
        this.forms = forms;
    }

    @GetMapping
    @Allows(Role.SYSTEM_ADMIN)
    String show(Actor actor, Model model) {
        model.addAttribute("profiles", profiles.all(actor));
        model.addAttribute("chosen", profiles.inForce().map(Profile::id).orElse(0L));
        return "sharing/profiles";
    }

    @PostMapping
    @Allows(Role.SYSTEM_ADMIN)
    String choose(
            Actor actor,
            @RequestParam(required = false) @Nullable String code,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        try {
            profiles.choose(actor, code == null ? "" : code);
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            return show(actor, model);
        }
        next.addFlashAttribute("notice", "profiles.chosen");
        return "redirect:/admin/legal-profile";
    }
}
