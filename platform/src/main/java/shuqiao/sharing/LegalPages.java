package shuqiao.sharing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shuqiao.catalog.Catalog;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Messages;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.sharing.LegalSteps.Step;
import shuqiao.shell.Choice;
import shuqiao.shell.Crumb;
import shuqiao.shell.Submission;

/** More time, disputes and renewals in a browser; one form at a time. */
@Controller
class LegalPages {

    /** What was typed, to be shown again when something must be corrected. */
    record Form(
            @Nullable String days,
            @Nullable String outcome,
            @Nullable String until,
            @Nullable String reason,
            @Nullable String basis,
            @Nullable String purposeText) {

        static final Form EMPTY = new Form(null, null, null, null, null, null);
    }

    private static final String KEEP = "KEEP";
    private static final String CONSENT = "CONSENT";
    private static final String REFUSE = "REFUSE";

    /** Of what somebody may do about a dispute, the form that is shown. */
    private static final List<Step> DISPUTE_FORMS =
            List.of(Step.AWARD, Step.ANSWER_NEGOTIATION, Step.NEGOTIATE, Step.ARBITRATE);

    private final Extensions extensions;
    private final Disputes disputes;
    private final Renewals renewals;
    private final Sharing sharing;
    private final Grants grants;
    private final LegalSteps steps;
    private final RequestViews views;
    private final Catalog catalog;
    private final OrganizationNames organizations;
    private final MessageSource messages;
    private final TermSheets terms;
    private final FormFaults faults;

    LegalPages(
            Extensions extensions,
            Disputes disputes,
            Renewals renewals,
            Sharing sharing,
            Grants grants,
            LegalSteps steps,
            RequestViews views,
            Catalog catalog,
            OrganizationNames organizations,
            MessageSource messages,
            TermSheets terms,
            FormFaults faults) {
        this.extensions = extensions;
        this.disputes = disputes;
        this.renewals = renewals;
        this.sharing = sharing;
        this.grants = grants;
        this.steps = steps;
        this.views = views;
        this.catalog = catalog;
        this.organizations = organizations;
        this.messages = messages;
        this.terms = terms;
        this.faults = faults;
    }

    @GetMapping("/requests/{id}/extension")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String extension(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return extension(actor, id, Form.EMPTY, locale, model);
    }

    @PostMapping("/requests/{id}/extension")
    @Allows(Role.REVIEWER)
    String ask(Actor actor, @PathVariable long id, @ModelAttribute Form form, Submission sent) {
        return tried(
                () -> {
                    extensions.ask(actor, id, new ExtensionEntry(days(form), form.reason()));
                    return done(sent, "legal.done.extension-asked", id);
                },
                () -> extension(actor, id, form, sent.locale(), sent.model()),
                sent);
    }

    @PostMapping("/requests/{id}/extension/answer")
    @Allows(Role.AUTHORITY)
    String answer(Actor actor, @PathVariable long id, @ModelAttribute Form form, Submission sent) {
        return tried(
                () -> {
                    if (CONSENT.equals(form.outcome())) {
                        extensions.consent(
                                actor, id, new ExtensionEntry(days(form), form.reason()));
                        return done(sent, "legal.done.extension-consented", id);
                    }
                    if (!REFUSE.equals(form.outcome())) throw Invalid.field("outcome", "required");
                    extensions.refuse(actor, id, form.reason());
                    return done(sent, "legal.done.extension-refused", id);
                },
                () -> extension(actor, id, form, sent.locale(), sent.model()),
                sent);
    }

    @GetMapping("/requests/{id}/dispute")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String dispute(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return dispute(actor, id, Form.EMPTY, locale, model);
    }

    @PostMapping("/requests/{id}/negotiation")
    @Allows(Role.REVIEWER)
    String negotiate(
            Actor actor, @PathVariable long id, @ModelAttribute Form form, Submission sent) {
        return tried(
                () -> {
                    disputes.negotiate(actor, id, form.reason());
                    return done(sent, "legal.done.negotiation", id);
                },
                () -> dispute(actor, id, form, sent.locale(), sent.model()),
                sent);
    }

    @PostMapping("/requests/{id}/negotiation/answer")
    @Allows(Role.REVIEWER)
    String answerNegotiation(
            Actor actor,
            @PathVariable long id,
            @ModelAttribute Form form,
            @RequestParam MultiValueMap<String, String> typed,
            Submission sent) {
        var terms = DecisionForm.of(typed);
        if (onlyRows(typed))
            return dispute(actor, id, form, rows(terms, typed), sent.locale(), sent.model());
        return tried(
                () -> {
                    if (KEEP.equals(form.outcome())) {
                        disputes.keep(actor, id, form.reason());
                        return done(sent, "legal.done.kept", id);
                    }
                    disputes.agree(actor, id, decision(actor, id, form, terms));
                    return done(sent, "legal.done.agreed", id);
                },
                () -> dispute(actor, id, form, terms, sent.locale(), sent.model()),
                sent);
    }

    @PostMapping("/requests/{id}/arbitration")
    @Allows(Role.REVIEWER)
    String appeal(Actor actor, @PathVariable long id, @ModelAttribute Form form, Submission sent) {
        return tried(
                () -> {
                    disputes.appeal(actor, id, form.reason());
                    return done(sent, "legal.done.arbitration", id);
                },
                () -> dispute(actor, id, form, sent.locale(), sent.model()),
                sent);
    }

    @PostMapping("/requests/{id}/arbitration/award")
    @Allows(Role.AUTHORITY)
    String award(
            Actor actor,
            @PathVariable long id,
            @ModelAttribute Form form,
            @RequestParam MultiValueMap<String, String> typed,
            Submission sent) {
        var terms = DecisionForm.of(typed);
        if (onlyRows(typed))
            return dispute(actor, id, form, rows(terms, typed), sent.locale(), sent.model());
        return tried(
                () -> {
                    disputes.award(actor, id, award(actor, id, form, terms));
                    return done(sent, "legal.done.award", id);
                },
                () -> dispute(actor, id, form, terms, sent.locale(), sent.model()),
                sent);
    }

    /** A line of the row filter comes or goes: nothing is decided yet. */
    private static boolean onlyRows(MultiValueMap<String, String> typed) {
        return !DecisionForm.first(typed, "do").isEmpty();
    }

    private static DecisionForm rows(DecisionForm terms, MultiValueMap<String, String> typed) {
        return terms.withRows(RequestFormPages.rows(DecisionForm.first(typed, "do"), terms.rows()));
    }

    @PostMapping("/requests/{id}/dispute/withdrawal")
    @Allows(Role.REVIEWER)
    String drop(Actor actor, @PathVariable long id, @ModelAttribute Form form, Submission sent) {
        return tried(
                () -> {
                    disputes.drop(actor, id, null);
                    return done(sent, "legal.done.dropped", id);
                },
                () -> dispute(actor, id, form, sent.locale(), sent.model()),
                sent);
    }

    @PostMapping("/requests/{id}/copy")
    @Allows(Role.STEWARD)
    String copy(Actor actor, @PathVariable long id, Submission sent) {
        return tried(
                () -> done(sent, "legal.done.copied", renewals.copy(actor, id).id()),
                () -> dispute(actor, id, Form.EMPTY, sent.locale(), sent.model()),
                sent);
    }

    @GetMapping("/grants/{id}/renewal")
    @Allows(Role.STEWARD)
    String renewal(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return renewal(actor, id, Form.EMPTY, locale, model);
    }

    @PostMapping("/grants/{id}/renewal")
    @Allows(Role.STEWARD)
    String renew(Actor actor, @PathVariable long id, @ModelAttribute Form form, Submission sent) {
        return tried(
                () -> {
                    var entry = new RenewalEntry(form.until(), form.purposeText(), form.basis());
                    return done(sent, "legal.done.renewal", renewals.renew(actor, id, entry).id());
                },
                () -> renewal(actor, id, form, sent.locale(), sent.model()),
                sent);
    }

    private String tried(Supplier<String> act, Supplier<String> again, Submission sent) {
        try {
            return act.get();
        } catch (Refusal refused) {
            var page = again.get();
            faults.refuse(sent, refused, columns(sent.model()));
            return page;
        }
    }

    /** What the page at hand calls the columns of its request. */
    private static Map<String, String> columns(Model model) {
        var names = new LinkedHashMap<String, String>();
        if (model.getAttribute("fields") instanceof Map<?, ?> fields)
            fields.forEach(
                    (column, name) -> names.put(String.valueOf(column), String.valueOf(name)));
        return names;
    }

    private static String done(Submission sent, String notice, long request) {
        return sent.done(notice, "/requests/" + request);
    }

    private String extension(Actor actor, long id, Form form, Locale locale, Model model) {
        var request = sharing.find(actor, id);
        about(actor, request, "legal.extension", form, locale, model);
        model.addAttribute(
                "wish",
                extensions.of(actor, id).stream()
                        .filter(it -> it.answer().isEmpty())
                        .findFirst()
                        .orElse(null));
        model.addAttribute("outcomes", choices(locale, "legal.extension.", CONSENT, REFUSE));
        var clock = views.whole(request).request().clock();
        var due = clock == null ? null : clock.due();
        model.addAttribute(
                "title",
                due == null || !request.state().open()
                        ? messages.getMessage(
                                "legal.extension.title", new Object[] {request.number()}, locale)
                        : messages.getMessage(
                                "legal.extension.title.due",
                                new Object[] {request.number(), due.toString()},
                                locale));
        return "sharing/extension";
    }

    /** With all as it was asked for, until something else is chosen. */
    private String dispute(Actor actor, long id, Form form, Locale locale, Model model) {
        var asked = DecisionForm.of(sharing.find(actor, id).ask());
        return dispute(actor, id, form, asked, locale, model);
    }

    private String dispute(
            Actor actor, long id, Form form, DecisionForm typed, Locale locale, Model model) {
        var request = sharing.find(actor, id);
        about(actor, request, "legal.dispute", form, locale, model);
        var may = steps.of(actor, id).may();
        var step = DISPUTE_FORMS.stream().filter(may::contains).findFirst();
        model.addAttribute("step", step.map(Step::name).orElse(""));
        model.addAttribute("shownVersion", sharing.shown(request));
        if (step.filter(it -> it == Step.AWARD || it == Step.ANSWER_NEGOTIATION).isPresent())
            model.addAttribute("terms", terms.sheet(request, typed, locale));
        model.addAttribute(
                "answers", choices(locale, "legal.answer.", KEEP, "GRANT", "GRANT_IN_PART"));
        model.addAttribute(
                "awards", choices(locale, "legal.award.", "PROVIDE", "PROVIDE_IN_PART", "UPHOLD"));
        return "sharing/dispute";
    }

    private String renewal(Actor actor, long id, Form form, Locale locale, Model model) {
        var grant = grants.find(actor, id);
        var before = sharing.find(actor, grant.request());
        renewals.renewable(actor, grant);
        model.addAttribute("grant", grant);
        model.addAttribute("window", renewals.window(grant));
        model.addAttribute("provider", organizations.shortName(grant.provider(), locale));
        model.addAttribute("before", before);
        model.addAttribute("names", names(before));
        model.addAttribute("form", form);
        model.addAttribute(
                "crumbs",
                List.of(
                        new Crumb(word("menu.requests", locale), "/requests"),
                        new Crumb(before.number(), "/requests/" + before.id()),
                        new Crumb(word("legal.renewal", locale), "")));
        return "sharing/renewal";
    }

    /** What every page about a request shows. */
    private void about(
            Actor actor, Request request, String step, Form form, Locale locale, Model model) {
        var whole = views.whole(request);
        model.addAttribute("it", whole.request());
        model.addAttribute("clocks", whole.clocks());
        model.addAttribute("decision", whole.decision());
        model.addAttribute("fields", names(request));
        model.addAttribute("legal", steps.of(actor, request.id()));
        model.addAttribute("consumer", organizations.shortName(request.consumer(), locale));
        model.addAttribute(
                "provider", organizations.shortName(request.subject().provider(), locale));
        model.addAttribute("form", form);
        var crumbs = new ArrayList<Crumb>();
        crumbs.add(new Crumb(word("menu.requests", locale), "/requests"));
        crumbs.add(new Crumb(request.number(), "/requests/" + request.id()));
        crumbs.add(new Crumb(word(step, locale), ""));
        model.addAttribute("crumbs", crumbs);
    }

    private List<Choice> choices(Locale locale, String prefix, String... values) {
        return Stream.of(values)
                .map(value ->
                        new Choice(
                                value,
                                word(prefix + value, locale),
                                word(prefix + value + ".note", locale)))
                .toList();
    }

    /** Column to the name of the item that was asked for, in the order of the request. */
    private Map<String, String> names(Request request) {
        var known = new LinkedHashMap<String, String>();
        catalog.published(request.subject().resource())
                .ifPresent(resource ->
                        resource.fields().forEach(it -> known.put(it.column(), it.name())));
        var names = new LinkedHashMap<String, String>();
        for (var column : request.ask().fields()) {
            var name = known.getOrDefault(column, column);
            names.put(column, name.equals(column) ? column : name + "（" + column + "）");
        }
        return names;
    }

    private String word(String key, Locale locale) {
        return Messages.sentence(messages, key, Map.of(), locale);
    }

    private DecisionEntry decision(Actor actor, long id, Form form, DecisionForm typed) {
        var given =
                Decision.Outcome.GRANT_IN_PART.name().equals(form.outcome())
                        ? terms.part(sharing.find(actor, id), typed)
                        : null;
        return new DecisionEntry(
                form.outcome(),
                given == null ? null : given.fields(),
                given == null ? null : given.filter(),
                given == null ? null : given.masks(),
                null,
                given == null ? null : given.until(),
                null,
                form.reason(),
                null,
                null,
                typed.watermark(),
                typed.version());
    }

    private AwardEntry award(Actor actor, long id, Form form, DecisionForm typed) {
        var given =
                Dispute.AwardOutcome.PROVIDE_IN_PART.name().equals(form.outcome())
                        ? terms.part(sharing.find(actor, id), typed)
                        : null;
        return new AwardEntry(
                form.outcome(),
                given == null ? null : given.fields(),
                given == null ? null : given.filter(),
                given == null ? null : given.masks(),
                null,
                given == null ? null : given.until(),
                form.reason(),
                form.basis(),
                typed.watermark(),
                typed.version());
    }

    private static @Nullable Integer days(Form form) {
        var text = form.days() == null ? "" : form.days().strip();
        if (text.isEmpty()) return null;
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException _) {
            throw Invalid.field("days", "range", Map.of("min", 1, "max", ProfileEntry.DAYS_MAX));
        }
    }
}
