package shuqiao.sharing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Role;
import shuqiao.shell.Crumb;
import shuqiao.shell.Submission;

/** The phrases for opinions (常用意见), for those who keep them. */
@Controller
@RequestMapping(PhrasePages.PATH)
class PhrasePages {

    static final String PATH = "/phrases";

    /** What was typed, to be shown again when something must be corrected. */
    record Form(@Nullable String outcome, @Nullable String title, @Nullable String words) {

        static final Form EMPTY = new Form(null, null, null);

        Phrases.Entry entry() {
            return new Phrases.Entry(outcome, title, words);
        }
    }

    /** One phrase, and whether the reader may change it. */
    record Row(PhraseTable.Phrase phrase, boolean kept) {}

    private final Phrases phrases;
    private final Wording wording;

    PhrasePages(Phrases phrases, Wording wording) {
        this.phrases = phrases;
        this.wording = wording;
    }

    @GetMapping
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    String list(Actor actor, Locale locale, Model model) {
        return list(actor, Form.EMPTY, locale, model);
    }

    @PostMapping
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    String add(Actor actor, @ModelAttribute Form form, Submission sent) {
        return sent.tried(
                () -> phrases.add(actor, form.entry()),
                "phrases.added",
                PATH,
                () -> list(actor, form, sent.locale(), sent.model()));
    }

    @GetMapping("/{id}")
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    String one(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var it = kept(actor, id);
        return one(it, new Form(it.outcome().name(), it.title(), it.words()), locale, model);
    }

    @PostMapping("/{id}")
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    String change(Actor actor, @PathVariable long id, @ModelAttribute Form form, Submission sent) {
        var it = kept(actor, id);
        return sent.tried(
                () -> phrases.change(actor, id, form.entry()),
                "phrases.changed",
                PATH,
                () -> one(it, form, sent.locale(), sent.model()));
    }

    /** Nothing that was answered with it changes, so it is not asked for twice. */
    @PostMapping("/{id}/removal")
    @Allows({Role.REVIEWER, Role.AUTHORITY})
    String remove(Actor actor, @PathVariable long id, RedirectAttributes next) {
        phrases.remove(actor, id);
        next.addFlashAttribute("notice", "phrases.removed");
        return "redirect:" + PATH;
    }

    private PhraseTable.Phrase kept(Actor actor, long id) {
        var it = phrases.find(actor, id);
        phrases.refuseUnlessKept(actor, it);
        return it;
    }

    private String list(Actor actor, Form form, Locale locale, Model model) {
        var rows = new LinkedHashMap<String, List<Row>>();
        for (var outcome : Decision.Outcome.values()) rows.put(outcome.name(), new ArrayList<>());
        for (var it : phrases.list(actor))
            rows.getOrDefault(it.outcome().name(), new ArrayList<>())
                    .add(new Row(it, phrases.mayKeep(actor, it)));
        model.addAttribute("rows", rows);
        model.addAttribute("forAll", phrases.owner(actor) == null);
        model.addAttribute("form", form);
        model.addAttribute("outcomes", outcomes(locale));
        model.addAttribute("crumbs", crumbs(locale));
        return "sharing/phrases";
    }

    private String one(PhraseTable.Phrase it, Form form, Locale locale, Model model) {
        model.addAttribute("it", it);
        model.addAttribute("form", form);
        model.addAttribute("outcomes", outcomes(locale));
        var crumbs = new ArrayList<>(crumbs(locale));
        crumbs.add(new Crumb(it.title(), PATH + "/" + it.id()));
        model.addAttribute("crumbs", crumbs);
        return "sharing/phrase";
    }

    private Map<String, String> outcomes(Locale locale) {
        var words = new LinkedHashMap<String, String>();
        for (var outcome : Decision.Outcome.values())
            words.put(outcome.name(), wording.say("sharing.decide." + outcome, locale));
        return words;
    }

    private List<Crumb> crumbs(Locale locale) {
        return List.of(
                new Crumb(wording.say("menu.desk", locale), "/"),
                new Crumb(wording.say("menu.requests", locale), "/requests"),
                new Crumb(wording.say("phrases", locale), PATH));
    }
}
