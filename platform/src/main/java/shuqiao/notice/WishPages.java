package shuqiao.notice;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Refusal;
import shuqiao.shell.Forms;

/** Everybody's own choice: which notices come by mail, to which address, in which language. */
@Controller
@RequestMapping(WishPages.PATH)
class WishPages {

    static final String PATH = "/account/notices";

    private final Mails mails;
    private final Sentences sentences;
    private final Forms forms;

    WishPages(Mails mails, Sentences sentences, Forms forms) {
        this.mails = mails;
        this.sentences = sentences;
        this.forms = forms;
    }

    @GetMapping
    @Allows
    String show(Actor actor, Locale locale, Model model) {
        var wish = mails.wish(actor, locale.getLanguage().equals("en") ? "en" : "zh");
        return show(
                actor,
                new Mails.WishEntry(wish.mail().name(), wish.address(), wish.language()),
                locale,
                model);
    }

    @PostMapping
    @Allows
    String change(
            Actor actor,
            @ModelAttribute Mails.WishEntry typed,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            mails.change(actor, typed);
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return show(actor, typed, locale, model);
        }
        next.addFlashAttribute("notice", "wish.saved");
        return "redirect:" + PATH;
    }

    private String show(Actor actor, Mails.WishEntry typed, Locale locale, Model model) {
        var ways = new LinkedHashMap<String, String>();
        for (var how : Wish.How.values())
            ways.put(how.name(), sentences.say("wish.mail." + how, locale));
        var languages = new LinkedHashMap<String, String>();
        languages.put("zh", "中文");
        languages.put("en", "English");
        model.addAttribute("typed", typed);
        model.addAttribute("ways", ways);
        model.addAttribute("languages", languages);
        model.addAttribute("offered", mails.offered(actor));
        return "notice/wish";
    }
}
