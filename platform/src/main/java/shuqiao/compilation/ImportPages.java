package shuqiao.compilation;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.catalog.Differences;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.Slice;
import shuqiao.organization.Organizations;
import shuqiao.shell.Crumb;
import shuqiao.shell.Forms;
import shuqiao.workbook.HandedIn;
import shuqiao.workbook.ImportReport;
import shuqiao.workbook.Layout;
import shuqiao.workbook.Workbook;
import shuqiao.workbook.WorkbookWriter;

/** Entries by workbook: template, export, columns, trial, report, import, and back again. */
@Controller
class ImportPages {

    static final String PATH = "/resources/import";

    /** So long a page waits for a small workbook before it says that it is at work. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A column of the file, and what it is taken for. */
    record Row(String field, HandedIn.Heading heading, String key) {}

    /** A sheet of the file with its columns. */
    record Columns(String name, String page, List<Row> rows, Map<String, String> choices) {}

    /** An entry that would be changed, and what changes. */
    record Update(
            String name,
            String path,
            String sheet,
            int row,
            Act act,
            Differences.Summary changes) {}

    private final CatalogImport imports;
    private final BatchWork work;
    private final Checks checks;
    private final EntryLayout layouts;
    private final Organizations organizations;
    private final Differences differences;
    private final ImportReport report;
    private final WorkbookWriter writer;
    private final Forms forms;
    private final MessageSource messages;
    private final InstantSource clock;

    ImportPages(
            CatalogImport imports,
            BatchWork work,
            Checks checks,
            EntryLayout layouts,
            Organizations organizations,
            Differences differences,
            ImportReport report,
            WorkbookWriter writer,
            Forms forms,
            MessageSource messages,
            InstantSource clock) {
        this.imports = imports;
        this.work = work;
        this.checks = checks;
        this.layouts = layouts;
        this.organizations = organizations;
        this.differences = differences;
        this.report = report;
        this.writer = writer;
        this.forms = forms;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping(PATH + "/template.xlsx")
    @Allows(Role.STEWARD)
    ResponseEntity<byte[]> template(
            Actor actor, @RequestParam(defaultValue = "") String form, Locale locale) {
        var own = organizations.find(actor.requiredOrganization()).orElseThrow();
        var flat = form.equals("flat");
        return WorkbookWriter.download(
                writer.export(
                        flat ? layouts.flat(actor) : layouts.twoSheets(actor),
                        EntryRows.prepared(own, locale),
                        help(flat, locale),
                        meta(actor, locale),
                        locale),
                Messages.sentence(
                        messages,
                        flat ? "compilation.file.flat" : "compilation.file.template",
                        Map.of(
                                "department",
                                locale.getLanguage().equals("en")
                                        ? own.nameIn(locale)
                                        : own.shortName()),
                        locale));
    }

    /** What a search page found, at its address. */
    @GetMapping("/resources/export.xlsx")
    @Allows
    ResponseEntity<byte[]> export(
            Actor actor, @RequestParam MultiValueMap<String, String> address, Locale locale) {
        var flat = "flat".equals(address.getFirst("form"));
        return written(actor, imports.rows(actor, address, flat), flat, locale);
    }

    /** What is ticked, over all pages. */
    @GetMapping(BatchPages.PATH + "/export.xlsx")
    @Allows({Role.STEWARD, Role.REVIEWER, Role.AUTHORITY})
    ResponseEntity<byte[]> ticked(
            Actor actor, @RequestParam(defaultValue = "") String form, Locale locale) {
        var flat = form.equals("flat");
        return written(actor, imports.rows(actor, work.listed(actor), flat), flat, locale);
    }

    private ResponseEntity<byte[]> written(
            Actor actor, Map<String, List<Map<String, String>>> rows, boolean flat, Locale locale) {
        return WorkbookWriter.download(
                writer.export(
                        flat ? layouts.flat(actor) : layouts.twoSheets(actor),
                        rows,
                        help(flat, locale),
                        meta(actor, locale),
                        locale),
                say("compilation.file.export", locale));
    }

    @GetMapping(PATH)
    @Allows(Role.STEWARD)
    String choose(Actor actor, Locale locale, Model model) {
        way(model, locale);
        model.addAttribute("batches", imports.recent(actor));
        model.addAttribute("now", clock.instant());
        return "compilation/import";
    }

    @PostMapping(PATH)
    @Allows(Role.STEWARD)
    String upload(
            Actor actor,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Locale locale,
            Model model,
            HttpServletResponse response)
            throws IOException {
        try {
            if (file == null || file.isEmpty()) throw Invalid.field("file", "workbook.no-file");
            var batch = imports.begin(actor, file.getOriginalFilename(), file.getBytes());
            var path = PATH + "/" + batch.id();
            if (!imports.open(actor, batch.id()).missing().isEmpty())
                return "redirect:" + path + "/columns";
            checks.check(actor, batch.id()).await(PATIENCE);
            return "redirect:" + path;
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.FORBIDDEN) throw refused;
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return choose(actor, locale, model);
        }
    }

    /** Wherever the work on the batch is: at it, the report, or what came of it. */
    @GetMapping(PATH + "/{id}")
    @Allows(Role.STEWARD)
    String batch(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String level,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        way(model, locale);
        var batch = imports.find(actor, id);
        model.addAttribute("batch", batch);
        if (batch.importedAt() != null) {
            model.addAttribute("mayUndo", CatalogImport.mayUndo(batch, clock.instant()));
            return "compilation/done";
        }
        var job = checks.of(actor, id);
        if (!job.isOver()) return wait(job, model);
        var refusal = job.refusal();
        if (refusal != null || job.hasFailed()) {
            checks.forget(id);
            forms.show(
                    model, refusal == null ? new Conflict("compilation:failed") : refusal, locale);
            return "compilation/refused";
        }
        var outcome = job.outcome();
        if (outcome == null) return wait(checks.check(actor, id), model);
        return report(batch, outcome, new ImportReport.Filter(kind, level, after), locale, model);
    }

    private static String wait(Checks.Job job, Model model) {
        model.addAttribute("importing", job.work == Checks.Work.IMPORT);
        model.addAttribute("begun", job.hasBegun());
        model.addAttribute("percent", job.progress.percent());
        return "compilation/wait";
    }

    private String report(
            Batch batch,
            Checks.Outcome outcome,
            ImportReport.Filter filter,
            Locale locale,
            Model model) {
        var plan = outcome.plan();
        model.addAttribute("batch", batch);
        model.addAttribute("plan", plan);
        model.addAttribute(
                "seconds",
                String.format(
                        Locale.ROOT, "%.1f", Math.max(outcome.took().toMillis(), 100) / 1000.0));
        model.addAttribute(
                "view",
                report.view(
                        outcome.upload(),
                        outcome.book(),
                        plan.rows(),
                        plan.faults(),
                        plan.tally(),
                        filter,
                        PATH + "/" + batch.id(),
                        locale));
        return "compilation/report";
    }

    /** What is there already and would be changed, each with what changes. */
    @GetMapping(PATH + "/{id}/updates")
    @Allows(Role.STEWARD)
    String updates(
            Actor actor,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        var batch = imports.find(actor, id);
        var job = checks.of(actor, id);
        job.await(PATIENCE);
        var outcome = job.outcome();
        if (outcome == null) return "redirect:" + PATH + "/" + id;
        way(model, locale);
        var page = Slice.of(outcome.plan().updates(), null, after);
        model.addAttribute("batch", batch);
        model.addAttribute("path", PATH + "/" + id);
        model.addAttribute(
                "page",
                new Page<>(
                        page.items().stream()
                                .map(it -> update(outcome.book(), it, locale))
                                .toList(),
                        page.total(),
                        page.next()));
        return "compilation/updates";
    }

    private Update update(Workbook book, Plan.Entry it, Locale locale) {
        var known = java.util.Objects.requireNonNull(it.known());
        return new Update(
                known.name(),
                "/resources/" + it.resource(),
                book.sheet(it.sheet()).name(),
                it.row(),
                it.act(),
                differences.summary(known, it.description(), locale));
    }

    @GetMapping(PATH + "/{id}/columns")
    @Allows(Role.STEWARD)
    String columns(Actor actor, @PathVariable String id, Locale locale, Model model) {
        way(model, locale);
        var opened = imports.open(actor, id);
        model.addAttribute("batch", opened.batch());
        model.addAttribute("missing", opened.missing());
        model.addAttribute("sheets", sheets(opened, locale));
        return "compilation/columns";
    }

    @PostMapping(PATH + "/{id}/columns")
    @Allows(Role.STEWARD)
    String place(
            Actor actor,
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> typed,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        var opened = imports.open(actor, id);
        try {
            imports.place(actor, opened, said(opened, typed));
        } catch (Refusal refused) {
            if (refused.kind() == Refusal.Kind.UNKNOWN) throw refused;
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return columns(actor, id, locale, model);
        }
        checks.forget(id);
        checks.check(actor, id).await(PATIENCE);
        return "redirect:" + PATH + "/" + id;
    }

    /** The same workbook, its wrong cells in red, with the number of its batch. */
    @GetMapping(PATH + "/{id}/marked.xlsx")
    @Allows(Role.STEWARD)
    ResponseEntity<byte[]> marked(Actor actor, @PathVariable String id, Locale locale) {
        var batch = imports.find(actor, id);
        var job = checks.of(actor, id);
        job.await(Duration.ofSeconds(30));
        var outcome = job.outcome();
        if (outcome == null) throw new Conflict("compilation:not-yet");
        var meta = new LinkedHashMap<>(meta(actor, locale));
        meta.put("batch", batch.number());
        var name = writer.markedName(batch.fileName(), locale);
        return WorkbookWriter.download(
                writer.marked(outcome.book(), outcome.plan().faults(), meta, locale), name);
    }

    @PostMapping(PATH + "/{id}")
    @Allows(Role.STEWARD)
    String run(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "all") String mode,
            @RequestParam(defaultValue = "UPDATE") CatalogImport.Known known,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        var batch = imports.find(actor, id);
        var onlyIfAll = !mode.equals("right");
        var job = checks.of(actor, id);
        var outcome = job.outcome();
        if (outcome != null && onlyIfAll && outcome.plan().tally().wrong() > 0) {
            var refused =
                    new Conflict(
                            "compilation:not-all", Map.of("wrong", outcome.plan().tally().wrong()));
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            way(model, locale);
            return report(batch, outcome, new ImportReport.Filter("", "", null), locale, model);
        }
        checks.run(actor, id, onlyIfAll, known).await(PATIENCE);
        return "redirect:" + PATH + "/" + id;
    }

    @PostMapping(PATH + "/{id}/undo")
    @Allows(Role.STEWARD)
    String undo(Actor actor, @PathVariable String id, Locale locale, RedirectAttributes next) {
        var undone = imports.undo(actor, id);
        next.addFlashAttribute(
                "told",
                Messages.sentence(
                        messages,
                        undone.left() == 0 ? "compilation.undone" : "compilation.undone-left",
                        Map.of("undone", undone.undone(), "left", undone.left()),
                        locale));
        return "redirect:" + PATH + "/" + id;
    }

    private List<Columns> sheets(CatalogImport.Opened opened, Locale locale) {
        var sheets = new ArrayList<Columns>();
        opened.places()
                .forEach((key, place) -> {
                    var sheet = opened.layout().sheet(key);
                    var taken = new HashMap<Integer, String>();
                    place.columns().forEach((column, at) -> taken.put(at, column));
                    var choices = new LinkedHashMap<String, String>();
                    for (Layout.Column column : sheet.columns())
                        choices.put(column.key(), column.in(locale));
                    sheets.add(
                            new Columns(
                                    sheet.in(locale),
                                    place.page(),
                                    opened.file().headings(place).stream()
                                            .map(heading ->
                                                    new Row(
                                                            key + "." + heading.at(),
                                                            heading,
                                                            taken.getOrDefault(heading.at(), "")))
                                            .toList(),
                                    choices));
                });
        return sheets;
    }

    private static Map<String, Map<String, Integer>> said(
            CatalogImport.Opened opened, MultiValueMap<String, String> typed) {
        var said = new HashMap<String, Map<String, Integer>>();
        opened.places()
                .forEach((key, place) -> {
                    var columns = new HashMap<String, Integer>();
                    for (var heading : opened.file().headings(place)) {
                        var column = typed.getFirst(key + "." + heading.at());
                        if (column == null || column.isEmpty()) continue;
                        if (opened.layout().sheet(key).columns().stream()
                                .noneMatch(it -> it.key().equals(column))) continue;
                        if (columns.putIfAbsent(column, heading.at()) != null)
                            throw Invalid.field(
                                    "columns",
                                    "compilation.column-twice",
                                    Map.of(
                                            "column",
                                            opened.layout().sheet(key).column(column).zh()));
                    }
                    said.put(key, columns);
                });
        return said;
    }

    private List<String> help(boolean flat, Locale locale) {
        return List.of(
                say(flat ? "compilation.help.flat" : "compilation.help.two", locale),
                say("compilation.help.lists", locale),
                say("compilation.help.example", locale));
    }

    private static Map<String, String> meta(Actor actor, Locale locale) {
        var meta = new LinkedHashMap<String, String>();
        meta.put("template", EntryLayout.TEMPLATE);
        meta.put("version", EntryLayout.VERSION);
        meta.put("language", locale.getLanguage());
        var own = actor.organization();
        if (own != null) meta.put("provider", own);
        return meta;
    }

    private void way(Model model, Locale locale) {
        model.addAttribute(
                "way",
                List.of(
                        new Crumb(say("menu.desk", locale), "/"),
                        new Crumb(say("catalog.mine", locale), "/resources?mine=true"),
                        new Crumb(say("compilation.import", locale), PATH)));
    }

    private String say(String key, Locale locale) {
        return Messages.sentence(messages, key, Map.of(), locale);
    }
}
