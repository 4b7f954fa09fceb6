package shuqiao.sharing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import shuqiao.engine.Operator;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Crumb;
import shuqiao.shell.Submission;

/** Writes requests in a browser. */
@Controller
class RequestFormPages {

    private final Sharing sharing;
    private final RequestSheets sheets;
    private final Wording wording;
    private final FormFaults faults;

    RequestFormPages(Sharing sharing, RequestSheets sheets, Wording wording, FormFaults faults) {
        this.sharing = sharing;
        this.sheets = sheets;
        this.wording = wording;
        this.faults = faults;
    }

    @GetMapping("/requests/new")
    @Allows(Role.STEWARD)
    String begin(
            Actor actor,
            @RequestParam(required = false) @Nullable Long resource,
            @RequestParam(required = false) @Nullable String copy,
            Locale locale,
            Model model) {
        var wanted = required(resource);
        var subject = subject(wanted);
        var form =
                "last".equals(copy)
                        ? sharing.last(actor, wanted)
                                .map(last ->
                                        RequestForm.like(
                                                last, wanted, shareable(subject), sheets.today()))
                                .orElseGet(() -> RequestForm.blank(sheets.today()))
                        : RequestForm.blank(sheets.today());
        model.addAttribute("copied", "last".equals(copy));
        return show(actor, wanted, null, subject, form, locale, model);
    }

    @PostMapping("/requests/new")
    @Allows(Role.STEWARD)
    String save(Actor actor, @RequestParam MultiValueMap<String, String> typed, Submission sent) {
        var wanted = required(number(DecisionForm.first(typed, "resource")));
        var subject = subject(wanted);
        var form = RequestForm.of(typed);
        var step = DecisionForm.first(typed, "do");
        if (!step.equals("save"))
            return show(
                    actor,
                    wanted,
                    null,
                    subject,
                    after(step, form, subject),
                    sent.locale(),
                    sent.model());
        try {
            var half = new Invalid.Faults();
            var entry = form.entry(wanted, Map.of(), subject.names(), half);
            var request = sharing.draft(actor, entry, half, _ -> {});
            return sent.done("sharing.done.drafted", "/requests/" + request.id());
        } catch (Refusal refused) {
            faults.refuse(sent, refused, subject.names());
            return show(actor, wanted, null, subject, form, sent.locale(), sent.model());
        }
    }

    @GetMapping("/requests/{id}/edit")
    @Allows(Role.STEWARD)
    String edit(Actor actor, @PathVariable long id, Locale locale, Model model) {
        var it = own(actor, id);
        var resource = it.subject().resource();
        return show(
                actor, resource, it, subject(resource), RequestForm.of(it.ask()), locale, model);
    }

    @PostMapping("/requests/{id}/edit")
    @Allows(Role.STEWARD)
    String change(
            Actor actor,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> typed,
            Submission sent) {
        var it = own(actor, id);
        var resource = it.subject().resource();
        var subject = subject(resource);
        var form = RequestForm.of(typed);
        var step = DecisionForm.first(typed, "do");
        if (!step.equals("save"))
            return show(
                    actor,
                    resource,
                    it,
                    subject,
                    after(step, form, subject),
                    sent.locale(),
                    sent.model());
        try {
            var half = new Invalid.Faults();
            var entry = form.entry(resource, it.ask().masks(), subject.names(), half);
            sharing.change(actor, id, entry, half);
            return sent.done("sharing.done.changed", "/requests/" + id);
        } catch (Refusal refused) {
            faults.refuse(sent, refused, subject.names());
            return show(actor, resource, it, subject, form, sent.locale(), sent.model());
        }
    }

    /** What a button that saves nothing does to the form. */
    private static RequestForm after(String step, RequestForm form, Wording.Subject subject) {
        return switch (step) {
            case "all" -> form.with(shareable(subject), form.rows());
            case "none" -> form.with(List.of(), form.rows());
            default -> form.with(form.fields(), rows(step, form.rows()));
        };
    }

    /** One line more, or one less. */
    static List<TypedCondition> rows(String step, List<TypedCondition> rows) {
        var lines = new ArrayList<>(rows);
        if (step.equals("add")) {
            if (lines.size() < TypedCondition.LINES_MAX) lines.add(TypedCondition.empty());
        } else if (step.startsWith("remove-")) {
            var at = number(step.substring("remove-".length()));
            if (at != null && at >= 0 && at < lines.size()) lines.remove(at.intValue());
        }
        return lines;
    }

    private String show(
            Actor actor,
            long resource,
            @Nullable Request it,
            Wording.Subject subject,
            RequestForm form,
            Locale locale,
            Model model) {
        var prospect = sharing.prospect(actor, resource);
        if (!model.containsAttribute("copied")) model.addAttribute("copied", false);
        model.addAttribute("it", it);
        model.addAttribute("resource", resource);
        model.addAttribute("subject", subject);
        model.addAttribute(
                "provider",
                subject.published() == null
                        ? ""
                        : sheets.organization(subject.published().provider(), locale));
        model.addAttribute("form", form);
        model.addAttribute(
                "rows", form.rows().isEmpty() ? List.of(TypedCondition.empty()) : form.rows());
        model.addAttribute("filterItems", filterItems(subject, form));
        model.addAttribute("ops", ops());
        model.addAttribute("purposes", purposes(locale));
        model.addAttribute("prospect", prospect);
        model.addAttribute("last", it == null && sharing.last(actor, resource).isPresent());
        model.addAttribute("crumbs", crumbs(it, subject, locale));
        return "sharing/request-form";
    }

    private List<Crumb> crumbs(@Nullable Request it, Wording.Subject subject, Locale locale) {
        var crumbs = new ArrayList<Crumb>();
        crumbs.add(new Crumb(wording.say("menu.desk", locale), "/"));
        crumbs.add(new Crumb(wording.say("menu.requests", locale), "/requests"));
        if (it != null) crumbs.add(new Crumb(it.number(), "/requests/" + it.id()));
        crumbs.add(
                new Crumb(
                        wording.say(it == null ? "sharing.form.new" : "sharing.step.edit", locale),
                        ""));
        return crumbs;
    }

    /** What may be had, and what stands in a line already. */
    private static List<Wording.ItemLine> filterItems(Wording.Subject subject, RequestForm form) {
        return subject.items().values().stream()
                .filter(item ->
                        !item.withheld()
                                || form.rows().stream()
                                        .anyMatch(row -> row.field().equals(item.column())))
                .toList();
    }

    static List<String> ops() {
        return java.util.Arrays.stream(Operator.values()).map(Operator::word).toList();
    }

    private Map<String, String> purposes(Locale locale) {
        var words = new LinkedHashMap<String, String>();
        for (var purpose : Purpose.values())
            words.put(purpose.name(), wording.say("Purpose." + purpose, locale));
        return words;
    }

    private static List<String> shareable(Wording.Subject subject) {
        return subject.items().values().stream()
                .filter(item -> !item.withheld())
                .map(Wording.ItemLine::column)
                .toList();
    }

    private Wording.Subject subject(long resource) {
        return wording.offered(resource)
                .orElseThrow(() ->
                        Invalid.field(
                                "resource", "sharing.not-published", Map.of("resource", resource)));
    }

    /** One of the own department's that can be changed now. */
    private Request own(Actor actor, long id) {
        var it = sharing.find(actor, id);
        actor.requireOrganization(it.consumer());
        it.after(RequestState.Move.CHANGE);
        return it;
    }

    private static long required(@Nullable Long resource) {
        if (resource == null) throw Invalid.field("resource", "sharing.choose-resource");
        return resource;
    }

    private static @Nullable Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }
}
