package shuqiao.source;

import jakarta.servlet.http.HttpServletResponse;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.engine.Tls;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.EngineRefusal;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.line.LineFull;
import shuqiao.line.NotDialled;
import shuqiao.line.PlaceState;
import shuqiao.shell.Forms;
import shuqiao.source.SourceViews.ConnectionView;
import shuqiao.source.SourceViews.SourceView;
import shuqiao.source.SourceViews.TableSummaryView;
import shuqiao.source.SourceViews.TableView;

/** The connections of a department, kept by its steward: registered, tested, looked into. */
@Controller
@RequestMapping("/sources")
class SourcePages {

    private static final int TABLES_SHOWN = 50;

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(Clock.ZONE);

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry sources() {
            return new MenuEntry(
                    50, "menu.sources", "/sources", Set.of(Role.STEWARD, Role.REVIEWER));
        }
    }

    /** What was typed; numbers are texts until they are read. The password is never shown again. */
    record Form(
            @Nullable String name,
            @Nullable String jdbcUrl,
            @Nullable String username,
            @Nullable String password,
            @Nullable String tlsMode,
            @Nullable String caCertificate,
            @Nullable String maxConnections,
            @Nullable String maxMegabytesPerSecond,
            @Nullable String statementTimeoutSeconds,
            @Nullable String lockTimeoutSeconds,
            @Nullable String allowedFrom,
            @Nullable String allowedUntil,
            @Nullable String revision) {

        static Form blank() {
            return new Form(
                    null, null, null, null, "DISABLE", null, "4", null, "0", "30", null, null,
                    null);
        }

        static Form of(Source source) {
            var view = SourceView.of(source);
            return new Form(
                    view.name(),
                    view.jdbcUrl(),
                    view.username(),
                    null,
                    view.tlsMode().name(),
                    view.caCertificate(),
                    String.valueOf(view.maxConnections()),
                    view.maxMegabytesPerSecond() == null
                            ? null
                            : view.maxMegabytesPerSecond().toString(),
                    String.valueOf(view.statementTimeoutSeconds()),
                    String.valueOf(view.lockTimeoutSeconds()),
                    view.allowedFrom(),
                    view.allowedUntil(),
                    String.valueOf(view.revision()));
        }

        Registration read() {
            var faults = new Invalid.Faults();
            var registration =
                    new Registration(
                            name,
                            jdbcUrl,
                            username,
                            password,
                            read("tlsMode", tlsMode, Tls.Mode::valueOf, faults),
                            caCertificate,
                            read("maxConnections", maxConnections, Integer::valueOf, faults),
                            read(
                                    "maxMegabytesPerSecond",
                                    maxMegabytesPerSecond,
                                    Double::valueOf,
                                    faults),
                            read(
                                    "statementTimeoutSeconds",
                                    statementTimeoutSeconds,
                                    Integer::valueOf,
                                    faults),
                            read(
                                    "lockTimeoutSeconds",
                                    lockTimeoutSeconds,
                                    Integer::valueOf,
                                    faults),
                            allowedFrom,
                            allowedUntil,
                            read("revision", revision, Integer::valueOf, faults));
            faults.refuseIfAny();
            return registration;
        }

        private static <T> @Nullable T read(
                String field,
                @Nullable String text,
                Function<String, T> reader,
                Invalid.Faults faults) {
            if (text == null || text.isBlank()) return null;
            try {
                return reader.apply(text.strip());
            } catch (IllegalArgumentException _) { // NumberFormatException is one
                faults.add(field, "source.number");
                return null;
            }
        }
    }

    private final Sources sources;
    private final AddressChanges changes;
    private final Forms forms;
    private final MessageSource messages;

    SourcePages(Sources sources, AddressChanges changes, Forms forms, MessageSource messages) {
        this.sources = sources;
        this.changes = changes;
        this.forms = forms;
        this.messages = messages;
    }

    @GetMapping
    @Allows({Role.STEWARD, Role.REVIEWER})
    String list(Actor actor, @RequestParam(required = false) @Nullable String after, Model model) {
        var page = sources.list(actor, Page.Request.of(null, after));
        var waiting = changes.among(page.items());
        model.addAttribute(
                "page", page.map(it -> SourceView.of(it, waiting.contains(it.id()), null)));
        model.addAttribute("mayChange", actor.has(Role.STEWARD));
        return "source/sources";
    }

    @GetMapping("/new")
    @Allows(Role.STEWARD)
    String blank(Locale locale, Model model) {
        return form(null, Form.blank(), locale, model);
    }

    @PostMapping
    @Allows(Role.STEWARD)
    String register(
            Actor actor,
            @ModelAttribute Form form,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            var source = sources.register(actor, form.read());
            next.addFlashAttribute("notice", "sources.registered");
            return "redirect:/sources/" + source.id() + "?test";
        } catch (Refusal refused) {
            refused(refused, locale, model, response);
            return form(null, form, locale, model);
        }
    }

    @GetMapping("/{id}/edit")
    @Allows(Role.STEWARD)
    String edit(Actor actor, @PathVariable long id, Locale locale, Model model) {
        return form(id, Form.of(sources.find(actor, id)), locale, model);
    }

    @PostMapping("/{id}")
    @Allows(Role.STEWARD)
    String change(
            Actor actor,
            @PathVariable long id,
            @ModelAttribute Form form,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            sources.change(actor, id, form.read());
            if (changes.find(actor, id).isPresent())
                return "redirect:/sources/" + id + "/address-change";
            next.addFlashAttribute("notice", "sources.changed");
            return "redirect:/sources/" + id + "?test";
        } catch (Refusal refused) {
            refused(refused, locale, model, response);
            return form(id, form, locale, model);
        }
    }

    private String form(@Nullable Long id, Form form, Locale locale, Model model) {
        var modes = new LinkedHashMap<String, String>();
        for (var mode : Tls.Mode.values())
            modes.put(mode.name(), messages.getMessage("Mode." + mode, null, locale));
        model.addAttribute("id", id);
        model.addAttribute("form", form);
        model.addAttribute("modes", modes);
        return "source/form";
    }

    /** One connection: how it answers, if asked, and what it holds, schema by schema. */
    @GetMapping("/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER})
    String one(
            Actor actor,
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String test,
            @RequestParam(required = false) @Nullable String schema,
            @RequestParam(required = false) @Nullable String table,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        model.addAttribute("it", SourceView.of(sources.find(actor, id)));
        model.addAttribute("outside", sources.goesOnOutside(actor, id));
        model.addAttribute("changeWaits", changes.find(actor, id).isPresent());
        sources.state(actor, id).ifPresent(it -> stand(it, model));
        var steward = actor.has(Role.STEWARD);
        model.addAttribute("mayChange", steward);
        if (steward && (test != null || schema != null))
            look(actor, id, schema, table, q == null ? "" : q.strip(), after, locale, model);
        return "source/source";
    }

    private static void stand(PlaceState it, Model model) {
        model.addAttribute("stand", it);
        it.leftAlone().ifPresent(until -> model.addAttribute("alone", SECOND.format(until)));
    }

    private void look(
            Actor actor,
            long id,
            @Nullable String schema,
            @Nullable String table,
            String words,
            @Nullable String after,
            Locale locale,
            Model model) {
        try {
            model.addAttribute("report", ConnectionView.of(sources.test(actor, id)));
            var schemas = sources.schemas(actor, id);
            var shown = schema == null ? usual(schemas) : schema;
            model.addAttribute("schemas", schemas);
            model.addAttribute("schema", shown);
            if (shown == null) return;
            model.addAttribute(
                    "tables",
                    sources.tables(actor, id, shown, words, TABLES_SHOWN, after)
                            .map(TableSummaryView::of));
            model.addAttribute("words", words);
            model.addAttribute(
                    "tablesPath",
                    UriComponentsBuilder.fromPath("/sources/" + id)
                            .queryParam("schema", "{schema}")
                            .queryParam("q", "{words}")
                            .encode()
                            .buildAndExpand(shown, words)
                            .toUriString());
            if (table != null)
                model.addAttribute(
                        "table", TableView.of(sources.describe(actor, id, shown, table)));
        } catch (EngineRefusal | LineFull | NotDialled unreachable) {
            // said on the page, which is still about this connection
            forms.show(model, unreachable, locale);
        }
    }

    /** The schema whose tables are shown before one is chosen; null if any of them may be it. */
    private static @Nullable String usual(List<String> schemas) {
        if (schemas.size() == 1) return schemas.getFirst();
        return schemas.contains("public") ? "public" : null;
    }

    @GetMapping("/{id}/removal")
    @Allows(Role.STEWARD)
    String confirm(Actor actor, @PathVariable long id, Model model) {
        model.addAttribute("it", SourceView.of(sources.find(actor, id)));
        return "source/removal";
    }

    @PostMapping("/{id}/removal")
    @Allows(Role.STEWARD)
    String remove(
            Actor actor,
            @PathVariable long id,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            sources.remove(actor, id);
            next.addFlashAttribute("notice", "sources.removed");
            return "redirect:/sources";
        } catch (Refusal refused) {
            refused(refused, locale, model, response);
            return confirm(actor, id, model);
        }
    }

    private void refused(
            Refusal refused, Locale locale, Model model, HttpServletResponse response) {
        forms.show(model, refused, locale);
        response.setStatus(refused.kind().status());
        refused.retryAfterSeconds()
                .ifPresent(wait -> response.setHeader("Retry-After", String.valueOf(wait)));
    }
}
