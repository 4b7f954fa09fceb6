package shuqiao.catalog;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Forms;

/** The word of the provider that its data is new, said on its page. */
@Controller
class DataUpdatePages {

    private final DataUpdates updates;
    private final ResourceHead head;
    private final Forms forms;

    DataUpdatePages(DataUpdates updates, ResourceHead head, Forms forms) {
        this.updates = updates;
        this.head = head;
        this.forms = forms;
    }

    @PostMapping("/resources/{id}/updates")
    @Allows(Role.STEWARD)
    String say(
            Actor actor,
            @PathVariable long id,
            @ModelAttribute DataUpdates.Entry form,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            updates.say(actor, id, form);
        } catch (Refusal refused) {
            if (refused.faults().isEmpty()) throw refused;
            head.fill(actor, id, "overview", locale, model);
            model.addAttribute("asOf", form.asOf());
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return "catalog/resource";
        }
        next.addFlashAttribute("notice", "catalog.notice.data-updated");
        return "redirect:/resources/" + id;
    }
}
