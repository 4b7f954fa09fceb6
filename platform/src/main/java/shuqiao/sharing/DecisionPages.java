package shuqiao.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Crumb;
import shuqiao.shell.Submission;

/** The provider's people answer a request: the steward prepares, the reviewer decides. */
@Controller
class DecisionPages {

    /** What the reader is here for. */
    enum Task {
        /** The steward prepares the answer. */
        PREPARE,
        /** The reviewer signs the prepared answer, or gives it back. */
        SIGN,
        /** The reviewer decides what a program or a few words only prepared. */
        DECIDE
    }

    private final Sharing sharing;
    private final Decisions decisions;
    private final RequestSheets sheets;
    private final DecisionSheets answers;
    private final Phrases phrases;
    private final Wording wording;
    private final FormFaults faults;

    DecisionPages(
            Sharing sharing,
            Decisions decisions,
            RequestSheets sheets,
            DecisionSheets answers,
            Phrases phrases,
            Wording wording,
            FormFaults faults) {
        this.sharing = sharing;
        this.decisions = decisions;
        this.sheets = sheets;
        this.answers = answers;
        this.phrases = phrases;
        this.wording = wording;
        this.faults = faults;
    }

    @GetMapping("/requests/{id}/decision")
    @Allows({Role.STEWARD, Role.REVIEWER})
    String open(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var it = ofProvider(actor, id);
        var task = task(actor, it);
        if (task == null) return "redirect:/requests/" + id;
        var form =
                decisions
                        .proposal(actor, it)
                        .map(ProposalTable.Proposal::form)
                        .orElseGet(() -> DecisionForm.of(it.ask()));
        return show(actor, it, task, form, locale, model);
    }

    @PostMapping("/requests/{id}/decision")
    @Allows({Role.STEWARD, Role.REVIEWER})
    String answer(
            Actor actor,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> typed,
            Submission sent) {
        var it = ofProvider(actor, id);
        var form = DecisionForm.of(typed);
        var task = task(actor, it);
        if (task == null) throw NotNow.of(it, RequestState.Move.PREPARE);
        var step = DecisionForm.first(typed, "do");
        try {
            switch (step) {
                case "submit" -> {
                    form = form.deduced(it.ask());
                    if (task == Task.DECIDE) decisions.decide(actor, id, form);
                    else decisions.propose(actor, id, form);
                    sent.next()
                            .addFlashAttribute(
                                    "notice",
                                    task == Task.DECIDE
                                            ? "sharing.done.decided"
                                            : form.outcome().equals("GRANT_IN_PART")
                                                    ? "sharing.done.prepared-part"
                                                    : "sharing.done.prepared");
                    return "redirect:/requests/" + id;
                }
                case "draft" -> {
                    decisions.keep(actor, id, form);
                    return sent.done("sharing.done.kept", "/requests/" + id + "/decision");
                }
                case "letter" -> {
                    decisions.keep(actor, id, form);
                    return "redirect:/requests/" + id + "/letter";
                }
                case "phrase" ->
                        form = form.withRemark(words(actor, DecisionForm.first(typed, "phrase")));
                default -> form = form.withRows(RequestFormPages.rows(step, form.rows()));
            }
        } catch (Refusal refused) {
            faults.refuse(sent, refused, names(it));
        }
        return show(actor, it, task, form, sent.locale(), sent.model());
    }

    @PostMapping("/requests/{id}/signature")
    @Allows(Role.REVIEWER)
    String sign(
            Actor actor,
            @PathVariable long id,
            @RequestParam int revision,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam("do") String step,
            Submission sent) {
        var it = ofProvider(actor, id);
        try {
            if (step.equals("agree")) {
                decisions.sign(actor, id, revision, version, reason);
                return sent.done("sharing.done.decided", "/requests/" + id);
            }
            decisions.sendBack(actor, id, reason);
            return sent.done("sharing.done.sent-back", "/requests/" + id);
        } catch (Refusal refused) {
            faults.refuse(sent, refused, names(it));
            sent.model().addAttribute("remark", reason == null ? "" : reason);
            var now = ofProvider(actor, id);
            var task = task(actor, now);
            if (task != Task.SIGN) throw refused;
            var form = decisions.proposal(actor, now).orElseThrow().form();
            return show(actor, now, task, form, sent.locale(), sent.model());
        }
    }

    private String show(
            Actor actor, Request it, Task task, DecisionForm form, Locale locale, Model model) {
        model.addAttribute("it", it);
        model.addAttribute("task", task.name());
        if (!model.containsAttribute("errors")) tellUnseen(it, form, locale, model);
        model.addAttribute("shownVersion", sharing.shown(it));
        model.addAttribute("sheet", sheets.sheet(actor, it, locale));
        var answer = answers.sheet(actor, it, form, locale);
        model.addAttribute("answer", answer);
        model.addAttribute("ops", RequestFormPages.ops());
        if (!model.containsAttribute("remark")) model.addAttribute("remark", "");
        model.addAttribute(
                "added",
                wording.rules(
                        TypedCondition.json(
                                        new shuqiao.kernel.Invalid.Faults(), form.rows(), Map.of())
                                .toString(),
                        wording.subject(it.subject()),
                        locale));
        var crumbs = new ArrayList<Crumb>();
        crumbs.add(new Crumb(wording.say("menu.desk", locale), "/"));
        crumbs.add(new Crumb(wording.say("menu.requests", locale), "/requests"));
        crumbs.add(new Crumb(it.number(), "/requests/" + it.id()));
        crumbs.add(new Crumb(wording.say("sharing.decide." + task, locale), ""));
        model.addAttribute("crumbs", List.copyOf(crumbs));
        return "sharing/decision";
    }

    /** What was typed before stands; that it was typed under another version is said. */
    private void tellUnseen(Request it, DecisionForm form, Locale locale, Model model) {
        try {
            decisions.refuseUnseen(it, form.version());
        } catch (Refusal unseen) {
            faults.show(model, unseen, names(it), locale);
        }
    }

    private @Nullable Task task(Actor actor, Request it) {
        var may = sheets.may(actor, it);
        var own = actor.isHandOf(it.preparer());
        if (may.decide() && !own)
            return decisions.proposal(actor, it).filter(ProposalTable.Proposal::ready).isPresent()
                    ? Task.SIGN
                    : Task.DECIDE;
        return may.prepare() ? Task.PREPARE : null;
    }

    private Request ofProvider(Actor actor, long id) {
        var it = sharing.find(actor, id);
        actor.requireOrganization(it.subject().provider());
        return it;
    }

    private Map<String, String> names(Request it) {
        return wording.subject(it.subject()).names();
    }

    private String words(Actor actor, String id) {
        return phrases.list(actor).stream()
                .filter(it -> String.valueOf(it.id()).equals(id))
                .map(PhraseTable.Phrase::words)
                .findFirst()
                .orElse("");
    }
}
