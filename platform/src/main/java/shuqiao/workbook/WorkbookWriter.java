package shuqiao.workbook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.ConditionalFormattingExpressionRule;
import org.dhatim.fastexcel.DataValidationErrorStyle;
import org.dhatim.fastexcel.Range;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import shuqiao.kernel.CsvCell;
import shuqiao.kernel.Messages;
import shuqiao.kernel.VisibleText;

/**
 * Writes workbooks: an empty one to fill in, one with what is known, and the one that was handed in
 * with its wrong cells in red. Every cell of words is text, so that nothing in it is ever run as a
 * formula.
 */
@Component
public class WorkbookWriter {

    private static final String CONTENT_TYPE =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final String TEXT = "@";
    private static final String RED = "FDECEC";
    private static final String AMBER = "FFF4E0";
    private static final String HEAD = "EEF4FB";
    private static final String GROUP = "DCE7F5";
    private static final int VALIDATED_ROWS = 20_000;

    private final MessageSource messages;
    private final ImportReport report;

    WorkbookWriter(MessageSource messages, ImportReport report) {
        this.messages = messages;
        this.report = report;
    }

    /** A workbook to fill in: explanation, a sheet with headings for each kind, examples, lists. */
    public byte[] template(Layout layout, Locale locale) {
        return export(layout, Map.of(), locale);
    }

    /**
     * The same, holding rows that are known already.
     *
     * @param rows by key of the sheet; each cell by key of its column, choices as their values
     */
    public byte[] export(
            Layout layout, Map<String, List<Map<String, String>>> rows, Locale locale) {
        return export(layout, rows, List.of(), Map.of(), locale);
    }

    /**
     * The same with sentences of its own on the first sheet, and with what it says of itself to
     * programs.
     */
    public byte[] export(
            Layout layout,
            Map<String, List<Map<String, String>>> rows,
            List<String> help,
            Map<String, String> meta,
            Locale locale) {
        return write(book -> {
            explain(book.newWorksheet(say("workbook.sheet.help", locale)), layout, help, locale);
            var filled = new ArrayList<Worksheet>();
            for (var sheet : layout.sheets()) {
                var page = book.newWorksheet(sheet.in(locale));
                head(page, sheet, locale);
                fill(page, sheet, rows.getOrDefault(sheet.key(), List.of()), locale);
                filled.add(page);
            }
            for (var sheet : layout.sheets()) {
                var page = book.newWorksheet(say("workbook.sheet.example", locale, sheet, locale));
                head(page, sheet, locale);
                var columns = sheet.written();
                for (int at = 0; at < columns.size(); at++)
                    text(page, first(sheet), at, columns.get(at).example());
            }
            lists(book.newWorksheet(say("workbook.sheet.lists", locale)), layout, filled, locale);
            if (!meta.isEmpty()) meta(book.newWorksheet(HandedIn.META), meta);
        });
    }

    private static void meta(Worksheet page, Map<String, String> meta) {
        page.setVisibilityState(VisibilityState.VERY_HIDDEN);
        int row = 0;
        for (var one : meta.entrySet()) {
            text(page, row, 0, one.getKey());
            text(page, row++, 1, one.getValue());
        }
    }

    /** The first line of data, from 0. */
    private static int first(Layout.Sheet sheet) {
        return sheet.isGrouped() ? 2 : 1;
    }

    /** The marked file is not taken for the one that was handed in. */
    public String markedName(String fileName, Locale locale) {
        var bare = fileName.replaceAll("(?i)\\.(?:xlsx|xlsm|csv|txt|xls)$", "");
        return Messages.sentence(messages, "workbook.marked.file", Map.of("name", bare), locale);
    }

    /** What was handed in, its wrong cells red with a note, its advice amber, and a last column. */
    public byte[] marked(Workbook handedIn, List<CellFault> faults, Locale locale) {
        return marked(handedIn, faults, Map.of(), locale);
    }

    /** The same, and what it says of itself to programs. */
    public byte[] marked(
            Workbook handedIn, List<CellFault> faults, Map<String, String> meta, Locale locale) {
        var wordOfResult = say("workbook.result", locale);
        return write(book -> {
            for (var page : handedIn.pages()) {
                if (page.name().equals(HandedIn.META)) continue;
                var sheet = book.newWorksheet(page.name());
                if (page.hidden()) sheet.setVisibilityState(VisibilityState.HIDDEN);
                var known =
                        handedIn.sheets().values().stream()
                                .filter(it -> it.name().equals(page.name()))
                                .findFirst();
                for (var line : page.lines())
                    for (int at = 0; at < line.cells().size(); at++)
                        copy(sheet, line.number() - 1, at, line.cell(at));
                known.ifPresent(it -> sheet.freezePane(0, it.headings()));
                known.ifPresent(it ->
                        mark(
                                sheet,
                                page,
                                it,
                                faults.stream()
                                        .filter(fault -> fault.sheet().equals(it.key()))
                                        .toList(),
                                wordOfResult,
                                locale));
            }
            if (!meta.isEmpty()) meta(book.newWorksheet(HandedIn.META), meta);
        });
    }

    private void mark(
            Worksheet page,
            Workbook.Page lines,
            Workbook.Sheet sheet,
            List<CellFault> faults,
            String wordOfResult,
            Locale locale) {
        var headings =
                lines.lines().stream()
                        .filter(line -> line.number() == sheet.headings())
                        .findFirst()
                        .orElseThrow();
        int result = headings.cells().size();
        for (int at = 0; at < headings.cells().size(); at++)
            if (headings.cell(at).text().equals(wordOfResult)) result = at;
        text(page, sheet.headings() - 1, result, wordOfResult);
        page.style(sheet.headings() - 1, result).bold().fillColor(HEAD).set();
        page.width(result, 48);
        for (var row : sheet.rows()) text(page, row.number() - 1, result, "");
        var byRow = faults.stream().collect(Collectors.groupingBy(CellFault::row));
        for (var row : byRow.entrySet()) {
            var sentences = new ArrayList<String>();
            var byColumn =
                    row.getValue().stream().collect(Collectors.groupingBy(CellFault::column));
            for (var cell : byColumn.entrySet()) {
                var told =
                        cell.getValue().stream()
                                .map(fault -> report.problem(fault, locale))
                                .distinct()
                                .toList();
                var at = sheet.columns().get(cell.getKey());
                var heading =
                        at == null ? "" : Workbook.letter(at) + " " + headings.cell(at).text();
                for (var one : told)
                    sentences.add(
                            heading.isEmpty()
                                    ? one
                                    : Messages.sentence(
                                            messages,
                                            "workbook.result.cell",
                                            Map.of("column", heading, "problem", one),
                                            locale));
                if (at == null) continue;
                var error =
                        cell.getValue().stream()
                                .anyMatch(fault -> fault.level() == CellFault.Level.ERROR);
                page.style(row.getKey() - 1, at).format(TEXT).fillColor(error ? RED : AMBER).set();
                page.comment(row.getKey() - 1, at, String.join("\n", told));
            }
            text(page, row.getKey() - 1, result, String.join("\n", sentences));
            page.style(row.getKey() - 1, result).format(TEXT).wrapText(true).set();
        }
    }

    private static void copy(Worksheet page, int row, int column, Workbook.Cell cell) {
        if (cell.text().isEmpty()) return;
        if (cell.kind() == Workbook.Kind.NUMBER)
            page.value(row, column, new BigDecimal(cell.text()));
        else text(page, row, column, cell.text());
    }

    private void explain(Worksheet page, Layout layout, List<String> help, Locale locale) {
        text(page, 0, 0, layout.titleIn(locale));
        page.style(0, 0).bold().fontSize(16).set();
        int row = 1;
        text(page, row++, 0, say("workbook.help.marks", locale));
        text(page, row++, 0, say("workbook.help.rows", locale));
        for (var sentence : help) text(page, row++, 0, sentence);
        page.width(0, 22);
        page.width(1, 28);
        page.width(2, 12);
        page.width(3, 80);
        row++;
        for (var sheet : layout.sheets())
            for (var column : sheet.written()) {
                text(page, row, 0, sheet.in(locale));
                text(page, row, 1, column.in(locale));
                text(page, row, 2, say("workbook.need." + column.need(), locale));
                text(
                        page,
                        row++,
                        3,
                        column.hint(locale)
                                + (column.choices().isEmpty()
                                        ? ""
                                        : " "
                                                + column.choices().stream()
                                                        .map(choice -> choice.in(locale))
                                                        .collect(
                                                                Collectors.joining(
                                                                        say("comma", locale)))));
            }
    }

    private static void head(Worksheet page, Layout.Sheet sheet, Locale locale) {
        int row = first(sheet) - 1;
        var columns = sheet.written();
        for (int at = 0; at < columns.size(); at++) {
            var column = columns.get(at);
            text(page, row, at, column.heading(locale));
            page.style(row, at).bold().fillColor(HEAD).set();
            page.style(at).format(TEXT).set();
            page.width(at, Math.clamp(column.heading(locale).length() * 2L + 8, 14, 40));
            page.comment(row, at, column.hint(locale));
        }
        groups(page, columns, locale);
        page.setAutoFilter(row, 0, row + VALIDATED_ROWS, columns.size() - 1);
        page.freezePane(0, row + 1);
    }

    /** Words over the headings, each over all columns of its group. */
    private static void groups(Worksheet page, List<Layout.Column> columns, Locale locale) {
        for (int from = 0, to; from < columns.size(); from = to) {
            var group = columns.get(from).group();
            to = from + 1;
            while (to < columns.size() && Objects.equals(columns.get(to).group(), group)) to++;
            if (group == null) continue;
            text(page, 0, from, group.in(locale));
            var over = page.range(0, from, 0, to - 1);
            over.style().bold().fillColor(GROUP).set();
            if (to - from > 1) over.merge();
        }
    }

    private static void fill(
            Worksheet page, Layout.Sheet sheet, List<Map<String, String>> rows, Locale locale) {
        int at = first(sheet);
        var columns = sheet.written();
        for (var row : rows) {
            for (int column = 0; column < columns.size(); column++) {
                var its = columns.get(column);
                var value = row.getOrDefault(its.key(), "");
                if (!value.isEmpty()) text(page, at, column, its.words(value, locale));
            }
            at++;
        }
    }

    /** The words of each choice stand in a hidden sheet that the cells are checked against. */
    private void lists(Worksheet page, Layout layout, List<Worksheet> filled, Locale locale) {
        page.setVisibilityState(VisibilityState.HIDDEN);
        text(page, 0, 0, "");
        int list = 0;
        for (int s = 0; s < layout.sheets().size(); s++) {
            var sheet = layout.sheets().get(s);
            var columns = sheet.written();
            var first = first(sheet);
            for (int at = 0; at < columns.size(); at++) {
                var column = columns.get(at);
                var cells = filled.get(s).range(first, at, first + VALIDATED_ROWS, at);
                var linked = column.linked();
                if (!column.choices().isEmpty()) {
                    var words = column.choices().stream().map(it -> it.in(locale)).toList();
                    cells.validateWithList(list(page, list++, words))
                            .allowBlank(true)
                            .errorStyle(DataValidationErrorStyle.STOP)
                            .errorTitle(column.in(locale))
                            .error(say("workbook.list.error", locale))
                            .showErrorMessage(true);
                } else if (linked != null) {
                    list = linked(page, list, linked, columns, locale);
                    cells.validateWithListByFormula(escaped(formula(linked, columns, first)))
                            .allowBlank(true)
                            .errorStyle(DataValidationErrorStyle.WARNING)
                            .errorTitle(column.in(locale))
                            .error(say("workbook.list.error", locale))
                            .showErrorMessage(true);
                }
                var when = column.when();
                if (when != null)
                    cells.style()
                            .fillColor(AMBER)
                            .set(
                                    new ConditionalFormattingExpressionRule(
                                            escaped(isMissing(when, columns, at, first, locale)),
                                            false));
            }
        }
    }

    /** The library writes formulas into the XML as they are. */
    private static String escaped(String formula) {
        return formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static Range list(Worksheet page, int column, List<String> words) {
        for (int i = 0; i < words.size(); i++) text(page, i, column, words.get(i));
        return page.range(0, column, Math.max(words.size() - 1, 0), column);
    }

    /** Each list gets a name that the words of the parent's cell lead to. */
    private static int linked(
            Worksheet page,
            int from,
            Layout.Linked linked,
            List<Layout.Column> columns,
            Locale locale) {
        int column = from;
        for (var list : new TreeMap<>(linked.lists()).entrySet()) {
            var key =
                    linked.byCode() || list.getKey().isEmpty()
                            ? list.getKey()
                            : columns.get(place(linked.parent(), columns))
                                    .words(list.getKey(), locale);
            var words = list(page, column++, list.getValue());
            // of the whole workbook, so that cells of other sheets find it
            words.setFolderScope(true);
            words.setName(linked.name() + "_" + key.replaceAll("[ -]", "_"));
        }
        return column;
    }

    private static String formula(Layout.Linked linked, List<Layout.Column> columns, int first) {
        if (linked.parent().isEmpty()) return linked.name() + "_";
        var cell = "$" + Workbook.letter(place(linked.parent(), columns)) + (first + 1);
        return linked.byCode()
                ? "INDIRECT(\"%s_\"&LEFT(%s,FIND(\" \",%s&\" \")-1))"
                        .formatted(linked.name(), cell, cell)
                : "INDIRECT(\"%s_\"&SUBSTITUTE(SUBSTITUTE(%s,\" \",\"_\"),\"-\",\"_\"))"
                        .formatted(linked.name(), cell);
    }

    private static String isMissing(
            Layout.When when, List<Layout.Column> columns, int at, int first, Locale locale) {
        var parent = place(when.column(), columns);
        var cell = "$" + Workbook.letter(parent) + (first + 1);
        return "AND(OR(%s),$%s%d=\"\")"
                .formatted(
                        when.values().stream()
                                .sorted()
                                .map(it -> columns.get(parent).words(it, locale))
                                .map(word -> cell + "=\"" + word + "\"")
                                .collect(Collectors.joining(",")),
                        Workbook.letter(at),
                        first + 1);
    }

    private static int place(String key, List<Layout.Column> columns) {
        for (int at = 0; at < columns.size(); at++)
            if (columns.get(at).key().equals(key)) return at;
        throw new IllegalArgumentException("no column " + key);
    }

    private static void text(Worksheet page, int row, int column, String text) {
        page.value(row, column, text);
        page.style(row, column).format(TEXT).set();
    }

    private String say(String key, Locale locale) {
        return Messages.sentence(messages, key, Map.of(), locale);
    }

    private String say(String key, Locale locale, Layout.Sheet sheet, Locale sheetLocale) {
        return Messages.sentence(messages, key, Map.of("sheet", sheet.in(sheetLocale)), locale);
    }

    private static byte[] write(Consumer<org.dhatim.fastexcel.Workbook> content) {
        var bytes = new ByteArrayOutputStream();
        try (var book = new org.dhatim.fastexcel.Workbook(bytes, "Shuqiao", "1.0")) {
            content.accept(book);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * A list as a page shows it, for a spreadsheet: a head and rows of words and whole numbers.
     *
     * @param csv in UTF-8 with a mark that spreadsheets know it by, in place of a workbook
     * @param name of the file, without its ending
     */
    public static ResponseEntity<byte[]> list(
            boolean csv, String name, List<String> head, List<List<Object>> rows) {
        if (!csv) return download(sheet(name, head, rows), name + ".xlsx");
        var text = new StringBuilder("\uFEFF");
        text.append(line(head)).append("\r\n");
        for (var row : rows) text.append(line(row)).append("\r\n");
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "text/csv;charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, kept(name + ".csv"))
                .body(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sheet(String name, List<String> head, List<List<Object>> rows) {
        return write(book -> {
            var page = book.newWorksheet(name);
            for (int at = 0; at < head.size(); at++) {
                text(page, 0, at, head.get(at));
                page.style(0, at).bold().fillColor(HEAD).set();
                page.width(at, Math.clamp(head.get(at).length() * 2L + 8, 14, 40));
            }
            for (int row = 0; row < rows.size(); row++)
                for (int at = 0; at < rows.get(row).size(); at++)
                    if (rows.get(row).get(at) instanceof Number number)
                        page.value(row + 1, at, number);
                    else
                        text(
                                page,
                                row + 1,
                                at,
                                VisibleText.shown(rows.get(row).get(at).toString()));
            page.freezePane(0, 1);
        });
    }

    private static String line(List<?> cells) {
        return cells.stream().map(WorkbookWriter::cell).collect(Collectors.joining(","));
    }

    /** Nothing in it is taken for a formula. */
    private static String cell(Object it) {
        return it instanceof Number ? "\"" + it + "\"" : CsvCell.quoted(it.toString());
    }

    private static String kept(String name) {
        return ContentDisposition.attachment()
                .filename(VisibleText.fileName(name), StandardCharsets.UTF_8)
                .build()
                .toString();
    }

    /** The answer that a browser keeps as a file of this name. */
    public static ResponseEntity<byte[]> download(byte[] content, String name) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, kept(name.isEmpty() ? "data.xlsx" : name))
                .body(content);
    }
}
