package shuqiao.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;
import shuqiao.shell.Forms;

/** One's own account. Who holds a one-time password is led here before anything else. */
@Controller
class AccountPages {

    private final People people;
    private final Forms forms;

    AccountPages(People people, Forms forms) {
        this.people = people;
        this.forms = forms;
    }

    @GetMapping("/account/password")
    @Allows
    String password(Actor actor, Model model) {
        model.addAttribute("forced", forced(actor));
        model.addAttribute("min", Passwords.LENGTH_MIN);
        return "identity/password";
    }

    @PostMapping("/account/password")
    @Allows
    String change(
            Actor actor,
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String wanted,
            @RequestParam(defaultValue = "") String again,
            Locale locale,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes next) {
        var forced = forced(actor);
        try {
            if (present.isEmpty()) throw Invalid.field("present", "required");
            if (!wanted.equals(again)) throw Invalid.field("again", "identity.not-again");
            var session = request.getSession(false);
            people.changePassword(actor, present, wanted, session == null ? null : session.getId());
        } catch (Invalid wrong) {
            forms.show(model, wrong, locale);
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return password(actor, model);
        }
        next.addFlashAttribute("notice", "account.password.set");
        return "redirect:" + (forced ? after(actor) : "/account/password");
    }

    /** An administrator of a new platform goes on with the first steps. */
    private static String after(Actor actor) {
        return actor.roles().stream().anyMatch(Role::isAdministrator) ? "/first-steps" : "/";
    }

    private boolean forced(@Nullable Actor actor) {
        return actor != null && people.find(actor.subject()).filter(Person::mustChange).isPresent();
    }
}
