package shuqiao.workbook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Messages;

/**
 * Writes workbooks: an empty one to fill in, one with what is known, and the one that was handed in
 * with its wrong cells in red. Every cell of words is text, so that nothing in it is ever run as a
 * formula.
 */
@Component
public class WorkbookWriter {

    public static final String CONTENT_TYPE =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final String TEXT = "@";
    private static final String RED = "FDECEC";
    private static final String AMBER = "FFF4E0";
    private static final String HEAD = "EEF4FB";
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
        return write(book -> {
            explain(book.newWorksheet(say("workbook.sheet.help", locale)), layout, locale);
            var lists = new HashMap<Layout.Column, Integer>();
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
                for (int at = 0; at < sheet.columns().size(); at++)
                    text(page, 1, at, sheet.columns().get(at).example());
            }
            lists(
                    book.newWorksheet(say("workbook.sheet.lists", locale)),
                    layout,
                    filled,
                    lists,
                    locale);
        });
    }

    /** What was handed in, its wrong cells red with a note, its advice amber, and a last column. */
    public byte[] marked(Workbook handedIn, List<CellFault> faults, Locale locale) {
        var wordOfResult = say("workbook.result", locale);
        return write(book -> {
            for (var page : handedIn.pages()) {
                var sheet = book.newWorksheet(page.name());
                var known =
                        handedIn.sheets().values().stream()
                                .filter(it -> it.name().equals(page.name()))
                                .findFirst();
                for (var line : page.lines())
                    for (int at = 0; at < line.cells().size(); at++)
                        copy(sheet, line.number() - 1, at, line.cell(at));
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
                sentences.addAll(told);
                var at = sheet.columns().get(cell.getKey());
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

    private void explain(Worksheet page, Layout layout, Locale locale) {
        text(page, 0, 0, layout.titleIn(locale));
        page.style(0, 0).bold().fontSize(16).set();
        text(page, 1, 0, say("workbook.help.marks", locale));
        text(page, 2, 0, say("workbook.help.rows", locale));
        page.width(0, 22);
        page.width(1, 28);
        page.width(2, 12);
        page.width(3, 80);
        int row = 4;
        for (var sheet : layout.sheets())
            for (var column : sheet.columns()) {
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
        for (int at = 0; at < sheet.columns().size(); at++) {
            var column = sheet.columns().get(at);
            text(page, 0, at, column.heading(locale));
            page.style(0, at).bold().fillColor(HEAD).set();
            page.style(at).format(TEXT).set();
            page.width(at, Math.clamp(column.heading(locale).length() * 2L + 8, 14, 40));
            page.comment(0, at, column.hint(locale));
        }
        page.freezePane(0, 1);
    }

    private static void fill(
            Worksheet page, Layout.Sheet sheet, List<Map<String, String>> rows, Locale locale) {
        int at = 1;
        for (var row : rows) {
            for (int column = 0; column < sheet.columns().size(); column++) {
                var its = sheet.columns().get(column);
                var value = row.getOrDefault(its.key(), "");
                text(page, at, column, its.words(value, locale));
            }
            at++;
        }
    }

    /** The words of each choice stand in a hidden sheet that the cells are checked against. */
    private static void lists(
            Worksheet page,
            Layout layout,
            List<Worksheet> filled,
            Map<Layout.Column, Integer> lists,
            Locale locale) {
        page.setVisibilityState(VisibilityState.HIDDEN);
        int list = 0;
        for (int s = 0; s < layout.sheets().size(); s++) {
            var sheet = layout.sheets().get(s);
            for (int at = 0; at < sheet.columns().size(); at++) {
                var column = sheet.columns().get(at);
                if (column.choices().isEmpty()) continue;
                for (int i = 0; i < column.choices().size(); i++)
                    text(page, i, list, column.choices().get(i).in(locale));
                lists.put(column, list);
                filled.get(s)
                        .range(1, at, VALIDATED_ROWS, at)
                        .validateWithList(page.range(0, list, column.choices().size() - 1, list))
                        .allowBlank(true);
                list++;
            }
        }
        if (list == 0) text(page, 0, 0, "");
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
}
