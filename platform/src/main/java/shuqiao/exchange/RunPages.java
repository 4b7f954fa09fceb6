package shuqiao.exchange;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import shuqiao.engine.Into;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.WorkingDays;
import shuqiao.kit.Entry;
import shuqiao.mapping.Mappings;
import shuqiao.sharing.Grant;
import shuqiao.sharing.Grants;
import shuqiao.shell.ListForm;
import shuqiao.shell.Submission;
import shuqiao.shell.Tab;

/** Runs in the browser: the list, one with its live progress, asking for one, stopping one. */
@Controller
class RunPages {

    /** Notes of a merge that are counts, with labels of their own. */
    private static final Set<String> COUNTED = Set.of("added", "corrected", "same", "removed");

    @Configuration(proxyBeanMethods = false)
    static class Menu {
        @Bean
        MenuEntry runs() {
            return new MenuEntry(
                    40, "menu.runs", "/runs", Set.of(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY));
        }
    }

    private static final int RECENT = 5;

    /** What was typed, to be shown again when something must be corrected. */
    record Form(
            @Nullable Long grant,
            @Nullable Long target,
            @Nullable String schema,
            @Nullable String table,
            @Nullable Boolean full,
            @Nullable String format,
            @Nullable Boolean guarded) {

        Exchange.Wish wish() {
            return new Exchange.Wish(
                    grant,
                    target,
                    schema,
                    table,
                    "snapshot",
                    Boolean.TRUE.equals(full),
                    DestinationForm.rail(format),
                    DestinationForm.fileFormat(format),
                    Boolean.TRUE.equals(guarded));
        }
    }

    /** A run in a list. */
    record Row(Run run, String look, String provider, String consumer, RunApi.View view) {}

    private final Exchange exchange;
    private final RunReports reports;
    private final Mappings mappings;
    private final RunFiles files;
    private final FileAnswer answer;
    private final Grants grants;
    private final DestinationForm destinations;
    private final OrganizationNames names;
    private final WorkingDays days;
    private final MessageSource messages;

    RunPages(
            Exchange exchange,
            RunReports reports,
            Mappings mappings,
            RunFiles files,
            FileAnswer answer,
            Grants grants,
            DestinationForm destinations,
            OrganizationNames names,
            WorkingDays days,
            MessageSource messages) {
        this.exchange = exchange;
        this.reports = reports;
        this.mappings = mappings;
        this.files = files;
        this.answer = answer;
        this.grants = grants;
        this.destinations = destinations;
        this.names = names;
        this.days = days;
        this.messages = messages;
    }

    @GetMapping("/runs")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String list(
            Actor actor,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Long grant,
            @RequestParam(required = false) @Nullable String on,
            @ModelAttribute ListQuery query,
            Locale locale,
            Model model) {
        var chosen = state != null && RunApi.STATES.contains(state) ? state : null;
        var period = Period.of(on, days.today()).orElse(null);
        var counts = exchange.counts(actor, grant, period);
        model.addAttribute("tabs", tabs(counts, chosen, grant, period));
        model.addAttribute("on", period);
        model.addAttribute("wider", path(chosen, grant, null));
        model.addAttribute("total", counts.values().stream().mapToLong(Long::longValue).sum());
        model.addAttribute("failed", counts.getOrDefault("FAILED", 0L));
        model.addAttribute("running", counts.getOrDefault("RUNNING", 0L));
        model.addAttribute("zone", Clock.ZONE);
        var asked = new Exchange.Asked(grant, chosen, period);
        var page = exchange.listed(actor, asked, query);
        model.addAttribute("rows", page.items().stream().map(run -> row(run, locale)).toList());
        model.addAttribute(
                "list",
                ListForm.of(
                        path(chosen, grant, period),
                        query,
                        page,
                        exchange.departments(actor, asked),
                        names,
                        "",
                        locale));
        return "exchange/runs";
    }

    /** The same list for a spreadsheet. */
    @GetMapping("/runs/export.csv")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    void export(
            Actor actor,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Long grant,
            @RequestParam(required = false) @Nullable String on,
            @ModelAttribute ListQuery query,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        var asked =
                new Exchange.Asked(
                        grant,
                        state != null && RunApi.STATES.contains(state) ? state : null,
                        Period.of(on, days.today()).orElse(null));
        var rows = new java.util.ArrayList<List<String>>();
        rows.add(
                Stream.of(
                                "list.number",
                                "runs.title",
                                "list.provider",
                                "list.consumer",
                                "runs.state",
                                "runs.rows",
                                "runs.asked")
                        .map(key -> messages.getMessage(key, null, locale))
                        .toList());
        for (var run : exchange.exported(actor, asked, query)) {
            var row = row(run, locale);
            var written = row.view().rows();
            rows.add(
                    List.of(
                            run.number(),
                            run.title(),
                            row.provider(),
                            row.consumer(),
                            messages.getMessage("run.state." + run.stateName(), null, locale),
                            written == null ? "" : String.valueOf(written),
                            ReceiptPages.second(run.askedAt())));
        }
        ListForm.csv(response, "runs", rows);
    }

    private Row row(Run run, Locale locale) {
        return row(run, names, locale);
    }

    static Row row(Run run, OrganizationNames names, Locale locale) {
        return new Row(
                run,
                RunReports.look(run),
                names.shortName(run.provider(), locale),
                names.shortName(run.consumer(), locale),
                RunApi.View.of(run, locale));
    }

    private static List<Tab> tabs(
            Map<String, Long> counts,
            @Nullable String chosen,
            @Nullable Long grant,
            @Nullable Period on) {
        var tabs = new java.util.ArrayList<Tab>();
        tabs.add(
                new Tab(
                        "runs.all",
                        path(null, grant, on),
                        counts.values().stream().mapToLong(Long::longValue).sum(),
                        chosen == null));
        for (var state : RunApi.STATES_IN_ORDER) {
            var count = counts.getOrDefault(state, 0L);
            if (count > 0 || state.equals(chosen))
                tabs.add(
                        new Tab(
                                "run.state." + state,
                                path(state, grant, on),
                                count,
                                state.equals(chosen)));
        }
        return tabs;
    }

    /** The address of a list; figures on the desk lead to it, too. */
    static String path(@Nullable String state, @Nullable Long grant, @Nullable Period on) {
        var path = UriComponentsBuilder.fromPath("/runs");
        if (state != null) path.queryParam("state", state);
        if (grant != null) path.queryParam("grant", grant);
        if (on != null) path.queryParam("on", on.word());
        return path.toUriString();
    }

    @GetMapping("/runs/{id}")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String one(Actor actor, Locale locale, Model model, @PathVariable String id) {
        var run = exchange.find(actor, id);
        show(run, locale, model);
        model.addAttribute("provider", names.shortName(run.provider(), locale));
        model.addAttribute("consumer", names.shortName(run.consumer(), locale));
        model.addAttribute("grant", grants.grant(run.grant()).orElseThrow());
        model.addAttribute("files", files(actor, run));
        model.addAttribute("mayTake", files.mayTake(actor, run));
        model.addAttribute("mayCancel", !run.isOver() && mayAct(actor));
        model.addAttribute(
                "mayRepeat",
                run.isOver() && actor.has(Role.STEWARD) && actor.belongsTo(run.consumer()));
        var recent =
                exchange.list(actor, run.grant(), null, new Page.Request(RECENT, Long.MAX_VALUE));
        model.addAttribute("recent", recent.map(one -> row(one, locale)));
        return "exchange/run";
    }

    /** A file in the list of a run. */
    record FileRow(RunFile file, String size) {}

    private List<FileRow> files(Actor actor, Run run) {
        return files.list(actor, run.id()).stream()
                .map(it -> new FileRow(it, RunReports.size(it.bytes())))
                .toList();
    }

    @GetMapping("/runs/{id}/files/{name}")
    @Allows({Role.STEWARD, Role.REVIEWER})
    void file(
            Actor actor,
            @PathVariable String id,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        answer.answer(actor, id, name, request, response);
    }

    /** The part of the page that changes while the run works; fetched by the script. */
    @GetMapping("/runs/{id}/progress")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String progress(Actor actor, Locale locale, Model model, @PathVariable String id) {
        show(exchange.find(actor, id), locale, model);
        return "exchange/progress :: progress";
    }

    private void show(Run run, Locale locale, Model model) {
        model.addAttribute("run", run);
        model.addAttribute("view", RunApi.View.of(run, locale));
        model.addAttribute("counted", COUNTED);
        model.addAttribute("remarks", remarks(run));
        model.addAttribute("report", reports.of(run, locale));
        model.addAttribute("shown", exchange.shown(run).orElse(null));
        model.addAttribute("zone", Clock.ZONE);
    }

    /** What an engine noted beyond the counts of a merge. */
    private static List<String> remarks(Run run) {
        if (!(run.state() instanceof Run.State.Delivered(_, _, _, _, var method, var notes)))
            return List.of();
        if (!"MERGED".equals(method)) return notes;
        return notes.stream().filter(note -> !COUNTED.contains(note.split(":")[0])).toList();
    }

    private static boolean mayAct(Actor actor) {
        return actor.has(Role.STEWARD) || actor.has(Role.REVIEWER) || actor.has(Role.AUTHORITY);
    }

    @GetMapping("/runs/new")
    @Allows(Role.STEWARD)
    String form(
            Actor actor,
            @RequestParam long grant,
            @RequestParam(required = false) @Nullable String again,
            @RequestParam(required = false) @Nullable Long target,
            @RequestParam(defaultValue = "public") String schema,
            @RequestParam(required = false) @Nullable String table,
            Locale locale,
            Model model) {
        var given = grants.find(actor, grant);
        actor.requireOrganization(given.consumer());
        if (again == null)
            return form(
                    actor,
                    given,
                    new Form(
                            grant,
                            target,
                            schema,
                            table == null ? DestinationForm.proposed(given) : table,
                            false,
                            target == null ? null : DestinationForm.TABLE,
                            false),
                    model,
                    locale);
        var before = exchange.find(actor, again);
        var full = before.verifyFull();
        return form(
                actor,
                given,
                switch (before.target()) {
                    case Run.Target.Table(var to, var itsSchema, var itsTable, _) ->
                            new Form(
                                    grant,
                                    to,
                                    itsSchema,
                                    itsTable,
                                    full,
                                    DestinationForm.TABLE,
                                    false);
                    case Run.Target.File(var format, var guarded) ->
                            new Form(grant, null, "public", null, full, format.word(), guarded);
                },
                model,
                locale);
    }

    private String form(Actor actor, Grant grant, Form form, Model model, Locale locale) {
        destinations.show(actor, form.format(), form.target(), locale, model);
        model.addAttribute("grant", grant);
        model.addAttribute("form", form);
        model.addAttribute("into", into(grant, form));
        return "exchange/new-run";
    }

    private @Nullable Into into(Grant grant, Form form) {
        var target = form.target();
        var schema = form.schema();
        var table = form.table();
        if (target == null || schema == null || table == null) return null;
        return mappings.of(grant.id(), target, schema.strip(), table.strip()).orElse(null);
    }

    @PostMapping("/runs")
    @Allows(Role.STEWARD)
    String ask(
            Actor actor,
            @ModelAttribute Form form,
            @RequestParam(required = false) @Nullable String then,
            Submission sent) {
        try {
            if ("mapping".equals(then)) {
                var place =
                        mappings.look(
                                        actor,
                                        Entry.of(
                                                "grant",
                                                form.grant(),
                                                "target",
                                                form.target(),
                                                "schema",
                                                form.schema(),
                                                "table",
                                                form.table()))
                                .place();
                sent.next().addAttribute("grant", place.grant());
                sent.next().addAttribute("target", place.target());
                sent.next().addAttribute("schema", place.schema());
                sent.next().addAttribute("table", place.table());
                return "redirect:/mappings";
            }
            var run = exchange.ask(actor, form.wish());
            return sent.done("runs.asked-for", "/runs/" + run.id());
        } catch (Refusal refused) {
            if (form.grant() == null) throw refused;
            var grant = grants.find(actor, form.grant());
            sent.refuse(refused);
            return form(actor, grant, form, sent.model(), sent.locale());
        }
    }

    @GetMapping("/runs/{id}/cancellation")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String confirm(Actor actor, @PathVariable String id, Model model) {
        var run = exchange.find(actor, id);
        if (run.isOver()) throw new Conflict("exchange:run-over", Map.of("number", run.number()));
        return confirm(run, "", model);
    }

    private String confirm(Run run, @Nullable String reason, Model model) {
        model.addAttribute("run", run);
        model.addAttribute("shown", exchange.shown(run).orElse(null));
        model.addAttribute("reason", reason);
        return "exchange/cancel";
    }

    @PostMapping("/runs/{id}/cancellation")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    String cancel(
            Actor actor,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            Submission sent) {
        return sent.tried(
                () -> exchange.cancel(actor, id, reason),
                "runs.cancel-asked",
                "/runs/" + id,
                () -> confirm(exchange.find(actor, id), reason, sent.model()));
    }
}
