package shuqiao.catalog;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Submission;

/** The word of the provider that its data is new, said on its page. */
@Controller
class DataUpdatePages {

    private final DataUpdates updates;
    private final ResourceHead head;

    DataUpdatePages(DataUpdates updates, ResourceHead head) {
        this.updates = updates;
        this.head = head;
    }

    @PostMapping("/resources/{id}/updates")
    @Allows(Role.STEWARD)
    String say(
            Actor actor,
            @PathVariable long id,
            @ModelAttribute DataUpdates.Entry form,
            Submission sent) {
        try {
            updates.say(actor, id, form);
        } catch (Refusal refused) {
            if (refused.faults().isEmpty()) throw refused;
            head.fill(actor, id, "overview", sent.locale(), sent.model());
            sent.model().addAttribute("asOf", form.asOf());
            sent.refuse(refused);
            return "catalog/resource";
        }
        return sent.done("catalog.notice.data-updated", "/resources/" + id);
    }
}
