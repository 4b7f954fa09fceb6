package shuqiao.kit;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Unknown;
import shuqiao.shell.Forms;
import shuqiao.workbook.WorkbookWriter;

/** What people do with registers, page by page. */
@Component
class PageKit {

    /** Things that one step is made for at once. */
    static final int MANY_MAX = 100;

    private final Steps steps;
    private final Drafts drafts;
    private final ClockKit clocks;
    private final Forms forms;
    private final MessageSource messages;

    PageKit(Steps steps, Drafts drafts, ClockKit clocks, Forms forms, MessageSource messages) {
        this.steps = steps;
        this.drafts = drafts;
        this.clocks = clocks;
        this.forms = forms;
        this.messages = messages;
    }

    String list(
            Registers.Kept kept,
            Actor actor,
            MultiValueMap<String, String> asked,
            Locale locale,
            Model model) {
        var choice = ListChoice.of(kept.register(), asked);
        var page = kept.keeper().page(actor, choice.query());
        // a page beyond the last is the last one
        if (page.items().isEmpty() && page.total() > 0) {
            choice = choice.at(choice.last(page.total()));
            page = kept.keeper().page(actor, choice.query());
        }
        page = page.map(item -> clocks.timed(kept.register(), item));
        model.addAttribute("view", ListView.of(kept, choice, page, actor, messages, locale));
        return "kit/listing";
    }

    ResponseEntity<byte[]> export(
            Registers.Kept kept,
            boolean csv,
            Actor actor,
            MultiValueMap<String, String> asked,
            Locale locale) {
        var listing = Objects.requireNonNull(kept.register().listing());
        var query = ListChoice.of(kept.register(), asked).query();
        var whole =
                new Listing.Query(
                        query.filters(),
                        query.sort(),
                        new Page.Request(ListQuery.EXPORTED_MAX, Long.MAX_VALUE),
                        0);
        var shown = kept.keeper().show(actor, "", query.entry());
        var words = new Wording(kept.register(), messages, locale, shown);
        var head =
                listing.shown().stream()
                        .map(column -> words.say(Objects.requireNonNull(column.label())))
                        .toList();
        var rows = new ArrayList<List<Object>>();
        var page = kept.keeper().page(actor, whole);
        ListQuery.requireExportable(page.total(), ListQuery.EXPORTED_MAX);
        for (var item : page.items())
            rows.add(listing.shown().stream().map(column -> words.exported(column, item)).toList());
        return WorkbookWriter.list(csv, Objects.requireNonNull(listing.export()), head, rows);
    }

    /** The same step for all that are ticked: what cannot be done stays, and is counted. */
    String many(
            Registers.Kept kept,
            Actor actor,
            MultiValueMap<String, String> typed,
            Locale locale,
            RedirectAttributes next) {
        var listing = Objects.requireNonNull(kept.register().listing());
        var name = Objects.requireNonNullElse(typed.getFirst("step"), "");
        if (!listing.many().contains(name)) throw new Unknown(kept.register().id(), name);
        var ticked = typed.getOrDefault("id", List.of()).stream().distinct().toList();
        if (ticked.size() > MANY_MAX)
            throw Invalid.field("id", "range", Map.of("min", 1, "max", MANY_MAX));
        var reason = Objects.requireNonNullElse(typed.getFirst("reason"), "");
        var done = 0;
        var refused = new ArrayList<String>();
        for (var one : ticked) {
            if (!one.matches("[0-9]{1,18}")) throw new Unknown(kept.register().id(), one);
            try {
                steps.move(kept, name, actor, Long.parseLong(one), reason);
                done++;
            } catch (Refusal not) {
                refused.add(
                        "%s: %s"
                                .formatted(
                                        one,
                                        String.join(" ", forms.sentences(not, locale).values())));
            }
        }
        next.addFlashAttribute(
                "many", messages.getMessage("kit.many.done", new Object[] {done}, locale));
        next.addFlashAttribute("refused", refused);
        return "redirect:" + kept.register().path();
    }

    String form(
            Registers.Kept kept,
            String name,
            Actor actor,
            MultiValueMap<String, String> asked,
            Locale locale,
            Model model) {
        var form = kept.register().form(name);
        var faults = new Invalid.Faults();
        var address = Reading.page(form, asked, faults);
        faults.refuseIfAny();
        form.requireAddress(address);
        var shown = kept.keeper().show(actor, name, address);
        var values = new HashMap<>(address.values());
        var draft = drafts.find(kept.register(), form, actor, address);
        if (draft.isEmpty()) values.putAll(shown.values());
        else {
            // what does not fit is told when it is sent
            var typed = new LinkedMultiValueMap<>(asked);
            typed.putAll(draft.get().typed());
            values.putAll(Reading.page(form, typed, new Invalid.Faults()).values());
        }
        var at = draft.map(Drafts.Draft::at).orElse(null);
        return show(kept, form, shown, null, at, new Entry(values), actor, locale, model);
    }

    /** Keeps what was typed, or throws it away, and shows the form as it is then. */
    private String draft(
            Registers.Kept kept,
            Form form,
            Actor actor,
            Entry entry,
            MultiValueMap<String, String> typed,
            RedirectAttributes next) {
        form.requireAddress(entry);
        kept.keeper().show(actor, form.name(), entry);
        var saved = "save".equals(typed.getFirst("draft"));
        if (saved) drafts.save(kept.register(), form, actor, entry, typed);
        else drafts.drop(kept.register(), form, actor, entry);
        next.addFlashAttribute("notice", saved ? "kit.draft.saved" : "kit.draft.dropped");
        var address = UriComponentsBuilder.fromPath(form.page(kept.register()));
        var values = new HashMap<String, Object>();
        for (var field : form.fields())
            if (field.isHidden() && entry.has(field.name())) {
                address.queryParam(field.name(), "{" + field.name() + "}");
                values.put(field.name(), entry.text(field.name()));
            }
        return "redirect:" + address.encode().buildAndExpand(values).toUriString();
    }

    String one(Registers.Kept kept, Actor actor, long id, Locale locale, Model model) {
        var words = new Wording(kept.register(), messages, locale);
        var item = clocks.timed(kept.register(), kept.keeper().get(actor, id));
        model.addAttribute("view", DetailView.of(words, kept.keeper(), actor, item));
        return "kit/detail";
    }

    private String show(
            Registers.Kept kept,
            Form form,
            Keeper.Shown shown,
            Keeper.@Nullable Foretold told,
            @Nullable Instant draft,
            Entry entry,
            Actor actor,
            Locale locale,
            Model model) {
        model.addAttribute(
                "view",
                FormView.of(
                        new Wording(kept.register(), messages, locale),
                        form,
                        shown,
                        told,
                        draft,
                        entry,
                        actor));
        return "kit/form";
    }

    String attempt(
            Registers.Kept kept,
            String name,
            Actor actor,
            MultiValueMap<String, String> typed,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        var form = kept.register().form(name);
        var faults = new Invalid.Faults();
        var entry = Reading.page(form, typed, faults);
        try {
            if (form.draft() && typed.containsKey("draft"))
                return draft(kept, form, actor, entry, typed, next);
            var look = form.ahead();
            if (look != null
                    && (look.must()
                            ? !typed.containsKey("confirmed")
                            : typed.containsKey("preview"))
                    && !typed.containsKey("change")) {
                var told = Steps.ahead(kept, form, actor, entry, faults);
                var shown = kept.keeper().show(actor, name, entry);
                if (!look.must())
                    return show(kept, form, shown, told, null, entry, actor, locale, model);
                var words = new Wording(kept.register(), messages, locale);
                model.addAttribute("view", AheadView.of(words, form, shown, told, entry, typed));
                return "kit/ahead";
            }
            if (typed.containsKey("change")) {
                var shown = kept.keeper().show(actor, name, entry);
                return show(kept, form, shown, null, null, entry, actor, locale, model);
            }
            var item = Steps.attempt(kept, form, actor, entry, faults);
            drafts.drop(kept.register(), form, actor, entry);
            if (item.values().get("next") instanceof String elsewhere)
                return "redirect:" + elsewhere;
            next.addFlashAttribute("notice", form.told().key());
            return "redirect:" + Registers.filled(form.next(), item);
        } catch (Refusal refused) {
            tell(refused, locale, model, response);
            var page =
                    show(
                            kept,
                            form,
                            kept.keeper().show(actor, name, entry),
                            null,
                            null,
                            entry,
                            actor,
                            locale,
                            model);
            nameWhatIsMissing(form, model, locale);
            return page;
        }
    }

    /** On the page that was sent; who may not, or asks for what is not there, is shown no page. */
    private void tell(Refusal refused, Locale locale, Model model, HttpServletResponse response) {
        if (refused.kind() == Refusal.Kind.UNKNOWN || refused.kind() == Refusal.Kind.FORBIDDEN)
            throw refused;
        forms.show(model, refused, locale);
        response.setStatus(refused.kind().status());
        refused.retryAfterSeconds()
                .ifPresent(wait -> response.setHeader("Retry-After", String.valueOf(wait)));
    }

    /** 请填写「名称」 in place of 请填写. */
    @SuppressWarnings("unchecked")
    private void nameWhatIsMissing(Form form, Model model, Locale locale) {
        var sentences = (Map<String, String>) Objects.requireNonNull(model.getAttribute("errors"));
        var plain = messages.getMessage("fault.required", null, locale);
        for (var field : form.fields())
            if (plain.equals(sentences.get(field.name())) && field.label() != null) {
                var written =
                        switch (Field.Type.valueOf(field.look())) {
                            case TEXT, LONG_TEXT, PASSWORD, NUMBER, DECIMAL, DATE ->
                                    "fault.required.field";
                            default -> "fault.required.choice";
                        };
                var label = field.label().in(messages, locale);
                sentences.put(
                        field.name(), messages.getMessage(written, new Object[] {label}, locale));
            }
    }

    String ask(Registers.Kept kept, String name, Actor actor, long id, Locale locale, Model model) {
        var move = Objects.requireNonNull(kept.register().transitions()).move(name);
        var item = kept.keeper().get(actor, id);
        var words = new Wording(kept.register(), messages, locale);
        model.addAttribute("view", AskView.of(words, move, item, ""));
        return "kit/ask";
    }

    String move(
            Registers.Kept kept,
            String name,
            Actor actor,
            long id,
            MultiValueMap<String, String> typed,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        var move = Objects.requireNonNull(kept.register().transitions()).move(name);
        var reason = Objects.requireNonNullElse(typed.getFirst("reason"), "");
        try {
            var item = steps.move(kept, name, actor, id, reason);
            next.addFlashAttribute("notice", move.told().key());
            return "redirect:" + Registers.filled(move.next(), item);
        } catch (Refusal refused) {
            tell(refused, locale, model, response);
            var words = new Wording(kept.register(), messages, locale);
            model.addAttribute(
                    "view", AskView.of(words, move, kept.keeper().get(actor, id), reason));
            return "kit/ask";
        }
    }
}
