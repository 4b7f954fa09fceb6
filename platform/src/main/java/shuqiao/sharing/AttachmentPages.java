package shuqiao.sharing;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Problems;

/** Files of a request in a browser. */
@Controller
class AttachmentPages {

    private final Attachments attachments;
    private final Problems problems;

    AttachmentPages(Attachments attachments, Problems problems) {
        this.attachments = attachments;
        this.problems = problems;
    }

    /** Nothing was typed that could be lost, so a refusal is told after the redirect. */
    @PostMapping("/requests/{id}/attachments")
    @Allows(Role.STEWARD)
    String add(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Locale locale,
            RedirectAttributes next)
            throws IOException {
        try {
            attachments.add(
                    actor,
                    id,
                    file == null ? null : file.getOriginalFilename(),
                    file == null ? new byte[0] : file.getBytes());
            next.addFlashAttribute("notice", "sharing.done.attached");
        } catch (Refusal refused) {
            next.addFlashAttribute("fileFault", problems.sentence(refused, locale));
        }
        return "redirect:/requests/" + id + "#files";
    }

    @PostMapping("/requests/{id}/attachments/{attachment}/removal")
    @Allows(Role.STEWARD)
    String remove(
            Actor actor,
            @PathVariable long id,
            @PathVariable long attachment,
            RedirectAttributes next) {
        attachments.remove(actor, id, attachment);
        next.addFlashAttribute("notice", "sharing.done.detached");
        return "redirect:/requests/" + id + "#files";
    }

    @GetMapping("/requests/{id}/attachments/{attachment}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    ResponseEntity<byte[]> content(
            Actor actor, @PathVariable long id, @PathVariable long attachment) {
        return AttachmentFiles.answer(
                attachments.find(actor, id, attachment),
                attachments.content(actor, id, attachment));
    }
}
