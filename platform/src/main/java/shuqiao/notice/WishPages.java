package shuqiao.notice;

import java.util.LinkedHashMap;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.shell.Submission;

/** Everybody's own choice: which notices come by mail, to which address, in which language. */
@Controller
@RequestMapping(WishPages.PATH)
class WishPages {

    static final String PATH = "/account/notices";

    private final Mails mails;
    private final Sentences sentences;

    WishPages(Mails mails, Sentences sentences) {
        this.mails = mails;
        this.sentences = sentences;
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
    String change(Actor actor, @ModelAttribute Mails.WishEntry typed, Submission sent) {
        return sent.tried(
                () -> mails.change(actor, typed),
                "wish.saved",
                PATH,
                () -> show(actor, typed, sent.locale(), sent.model()));
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
