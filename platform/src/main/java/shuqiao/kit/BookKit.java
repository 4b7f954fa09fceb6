package shuqiao.kit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Messages;
import shuqiao.kernel.Refusal;
import shuqiao.shell.Crumb;
import shuqiao.shell.Forms;
import shuqiao.workbook.CellFault;
import shuqiao.workbook.ImportReport;
import shuqiao.workbook.Layout;
import shuqiao.workbook.Workbook;
import shuqiao.workbook.WorkbookWriter;

/** A form as a workbook: the template to fill in, and many things handed in at once. */
@Component
class BookKit {

    /** Rows of one workbook. */
    static final int ROWS_MAX = 1_000;

    /** Wrong cells that a page tells; the workbook is to be mended and handed in again. */
    static final int FAULTS_SHOWN = 50;

    private static final String SHEET = "rows";

    /** One wrong cell, in the reader's language. */
    record Line(int row, String column, String problem) {}

    private final WorkbookWriter writer;
    private final ImportReport report;
    private final Forms forms;
    private final MessageSource messages;
    private final TransactionTemplate transaction;

    BookKit(
            WorkbookWriter writer,
            ImportReport report,
            Forms forms,
            MessageSource messages,
            TransactionTemplate transaction) {
        this.writer = writer;
        this.report = report;
        this.forms = forms;
        this.messages = messages;
        this.transaction = transaction;
    }

    ResponseEntity<byte[]> template(Registers.Kept kept, String name, Actor actor, Locale locale) {
        var layout = layout(kept, kept.register().form(name), actor);
        return WorkbookWriter.download(
                writer.template(layout, locale), layout.titleIn(locale) + ".xlsx");
    }

    private Layout layout(Registers.Kept kept, Form form, Actor actor) {
        var chinese = new Wording(kept.register(), messages, Messages.CHINESE);
        var english = new Wording(kept.register(), messages, Locale.ENGLISH);
        var shown = kept.keeper().show(actor, form.name(), Entry.EMPTY);
        var columns = new ArrayList<Layout.Column>();
        for (var field : form.single()) {
            var label = field.label();
            if (label == null) continue;
            var choices = new ArrayList<Layout.Choice>();
            if (field.type() == Field.Type.TICK)
                choices.add(
                        new Layout.Choice(
                                "true",
                                chinese.say(Words.of("kit.yes")),
                                english.say(Words.of("kit.yes"))));
            else if (field.type() != Field.Type.CHECKS) {
                var en = english.choices(field, shown);
                chinese.choices(field, shown)
                        .forEach((value, zh) ->
                                choices.add(
                                        new Layout.Choice(value, zh, en.getOrDefault(value, zh))));
            }
            columns.add(
                    new Layout.Column(
                            field.name(),
                            chinese.say(label),
                            english.say(label),
                            need(field),
                            Objects.requireNonNullElse(chinese.maybe(field.hint()), ""),
                            Objects.requireNonNullElse(english.maybe(field.hint()), ""),
                            "",
                            choices));
        }
        var title = Objects.requireNonNull(form.workbook());
        return new Layout(
                kept.register().id() + "." + form.name(),
                chinese.say(title),
                english.say(title),
                List.of(new Layout.Sheet(SHEET, chinese.say(title), english.say(title), columns)));
    }

    private static Layout.Need need(Field field) {
        if (!field.needed()) return Layout.Need.MAY;
        return field.when() == null ? Layout.Need.MUST : Layout.Need.MUST_IF;
    }

    String choose(Registers.Kept kept, String name, Locale locale, Model model) {
        var form = kept.register().form(name);
        var words = new Wording(kept.register(), messages, locale);
        var title = words.say(Objects.requireNonNull(form.workbook()));
        model.addAttribute(
                "way",
                List.of(
                        new Crumb(words.say(form.title()), form.path()),
                        new Crumb(title, form.path() + "/import")));
        model.addAttribute("title", title);
        model.addAttribute("path", form.path());
        return "kit/import";
    }

    /** All rows are taken, or none and every wrong cell is told. */
    String hand(
            Registers.Kept kept,
            String name,
            Actor actor,
            @Nullable MultipartFile file,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next)
            throws IOException {
        var form = kept.register().form(name);
        var layout = layout(kept, form, actor);
        try {
            if (file == null || file.isEmpty()) throw Invalid.field("file", "workbook.no-file");
            var rows = Workbook.read(file.getBytes(), layout).sheet(SHEET).rows();
            if (rows.isEmpty() || rows.size() > ROWS_MAX)
                throw Invalid.field("file", "range", Map.of("min", 1, "max", ROWS_MAX));
            var faults = new ArrayList<CellFault>();
            var entries = new ArrayList<Entry>();
            for (var row : rows) entries.add(read(kept, form, layout, actor, row, faults));
            if (faults.isEmpty()) {
                transaction.executeWithoutResult(
                        _ -> entries.forEach(entry -> kept.keeper().attempt(actor, name, entry)));
                next.addFlashAttribute("notice", form.told().key());
                return "redirect:" + kept.register().path();
            }
            model.addAttribute(
                    "lines",
                    faults.stream()
                            .limit(FAULTS_SHOWN)
                            .map(fault -> line(layout, fault, locale))
                            .toList());
            model.addAttribute("wrong", faults.size());
            response.setStatus(Refusal.Kind.INVALID.status());
        } catch (Refusal refused) {
            forms.show(model, refused, locale);
            response.setStatus(refused.kind().status());
        }
        return choose(kept, name, locale, model);
    }

    private Line line(Layout layout, CellFault fault, Locale locale) {
        var column =
                layout.sheet(SHEET).columns().stream()
                        .filter(it -> it.key().equals(fault.column()))
                        .map(it -> it.in(locale))
                        .findFirst()
                        .orElse(fault.column());
        return new Line(fault.row(), column, report.problem(fault, locale));
    }

    private static Entry read(
            Registers.Kept kept,
            Form form,
            Layout layout,
            Actor actor,
            Workbook.Row row,
            List<CellFault> told) {
        var typed = new LinkedMultiValueMap<String, String>();
        row.broken()
                .forEach((column, key) ->
                        told.add(CellFault.error(SHEET, row.number(), column, key, Map.of())));
        row.cells()
                .forEach((name, text) -> {
                    var column = layout.sheet(SHEET).column(name);
                    if (form.field(name).type() == Field.Type.CHECKS)
                        for (var one : text.split("[、,，;；]", -1)) typed.add(name, one.strip());
                    else typed.add(name, column.chosen(text).orElse(text));
                });
        var faults = new Invalid.Faults();
        var entry = Reading.page(form, typed, faults);
        Reading.check(form, entry, faults);
        kept.keeper().check(actor, form.name(), entry, faults);
        try {
            faults.refuseIfAny();
        } catch (Invalid wrong) {
            for (var fault : wrong.faults()) told.add(CellFault.of(SHEET, row.number(), fault));
        }
        return entry;
    }
}
