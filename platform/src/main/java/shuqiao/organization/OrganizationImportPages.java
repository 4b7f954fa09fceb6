package shuqiao.organization;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Allows;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.shell.Crumb;
import shuqiao.shell.Forms;
import shuqiao.workbook.ImportReport;
import shuqiao.workbook.Uploads;
import shuqiao.workbook.Workbook;
import shuqiao.workbook.WorkbookWriter;

/** Organizations by workbook: template, export, trial, report, and the import of what is right. */
@Controller
class OrganizationImportPages {

    private static final String PATH = OrganizationPages.PATH + "/import";
    private static final String PURPOSE = OrganizationImport.LAYOUT.purpose();

    private final OrganizationImport imports;
    private final Organizations organizations;
    private final Uploads uploads;
    private final ImportReport report;
    private final WorkbookWriter writer;
    private final Forms forms;
    private final MessageSource messages;

    OrganizationImportPages(
            OrganizationImport imports,
            Organizations organizations,
            Uploads uploads,
            ImportReport report,
            WorkbookWriter writer,
            Forms forms,
            MessageSource messages) {
        this.imports = imports;
        this.organizations = organizations;
        this.uploads = uploads;
        this.report = report;
        this.writer = writer;
        this.forms = forms;
        this.messages = messages;
    }

    @GetMapping(OrganizationPages.PATH + "/template.xlsx")
    @Allows(Role.SYSTEM_ADMIN)
    ResponseEntity<byte[]> template(Locale locale) {
        return WorkbookWriter.download(
                writer.template(OrganizationImport.LAYOUT, locale),
                say("organizations.file.template", locale));
    }

    @GetMapping(OrganizationPages.PATH + "/export.xlsx")
    @Allows(Role.SYSTEM_ADMIN)
    ResponseEntity<byte[]> export(Actor actor, Locale locale) {
        var rows = OrganizationImport.rows(organizations.all(actor));
        return WorkbookWriter.download(
                writer.export(
                        OrganizationImport.LAYOUT, Map.of(OrganizationImport.SHEET, rows), locale),
                say("organizations.file.export", locale));
    }

    @GetMapping(PATH)
    @Allows(Role.SYSTEM_ADMIN)
    String choose(Locale locale, Model model) {
        model.addAttribute("way", way(locale));
        return "organization/import";
    }

    @PostMapping(PATH)
    @Allows(Role.SYSTEM_ADMIN)
    String upload(
            Actor actor,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Locale locale,
            Model model,
            HttpServletResponse response)
            throws IOException {
        try {
            if (file == null || file.isEmpty()) throw Invalid.field("file", "workbook.no-file");
            var content = file.getBytes();
            // what lacks a sheet or a heading is told here, where another can be chosen
            Workbook.read(content, OrganizationImport.LAYOUT);
            var kept = uploads.keep(actor, PURPOSE, file.getOriginalFilename(), content);
            return "redirect:" + PATH + "/" + kept.id();
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return choose(locale, model);
        }
    }

    @GetMapping(PATH + "/{id}")
    @Allows(Role.SYSTEM_ADMIN)
    String report(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String level,
            @RequestParam(required = false) @Nullable String after,
            Locale locale,
            Model model) {
        var upload = uploads.find(actor, PURPOSE, id);
        var book = Workbook.read(upload.content(), OrganizationImport.LAYOUT);
        var plan = imports.check(actor, book);
        model.addAttribute(
                "view",
                report.view(
                        upload,
                        book,
                        plan.faults(),
                        plan.tally(),
                        new ImportReport.Filter(kind, level, after),
                        PATH + "/" + id,
                        locale));
        model.addAttribute("way", way(locale));
        return "organization/import-report";
    }

    @GetMapping(PATH + "/{id}/marked.xlsx")
    @Allows(Role.SYSTEM_ADMIN)
    ResponseEntity<byte[]> marked(Actor actor, @PathVariable String id, Locale locale) {
        var upload = uploads.find(actor, PURPOSE, id);
        var book = Workbook.read(upload.content(), OrganizationImport.LAYOUT);
        var plan = imports.check(actor, book);
        return WorkbookWriter.download(
                writer.marked(book, plan.faults(), locale),
                writer.markedName(upload.fileName(), locale));
    }

    @PostMapping(PATH + "/{id}")
    @Allows(Role.SYSTEM_ADMIN)
    String run(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "all") String mode,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        var upload = uploads.find(actor, PURPOSE, id);
        var book = Workbook.read(upload.content(), OrganizationImport.LAYOUT);
        try {
            imports.run(actor, book, !mode.equals("right"));
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
            return report(actor, id, "", "", null, locale, model);
        }
        uploads.remove(actor, PURPOSE, id);
        next.addFlashAttribute("notice", "organizations.imported");
        return "redirect:" + OrganizationPages.PATH;
    }

    private List<Crumb> way(Locale locale) {
        return List.of(
                new Crumb(say("menu.organizations", locale), OrganizationPages.PATH),
                new Crumb(say("organizations.import", locale), PATH));
    }

    private String say(String key, Locale locale) {
        return Messages.sentence(messages, key, Map.of(), locale);
    }
}
