package shuqiao.workbook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;

/** Reads cells as words and finds the line of headings; runs no formula. */
final class WorkbookReader {

    private static final int ROWS_MAX = 20_000;
    private static final int COLUMNS_MAX = 200;
    private static final int PAGES_MAX = 30;

    /** Above the headings stand a title and an explanation at most. */
    private static final int HEADINGS_WITHIN = 10;

    /** A double keeps so many digits; a code of 18 comes back wrong. */
    private static final int DIGITS_MAX = 15;

    private final Layout layout;
    private int rows;

    WorkbookReader(Layout layout) {
        this.layout = layout;
    }

    Workbook read(byte[] content) {
        SafeZip.check(content);
        var pages = new ArrayList<Workbook.Page>();
        try (var book =
                new ReadableWorkbook(
                        new ByteArrayInputStream(content), new ReadingOptions(true, true))) {
            for (var sheet : book.getSheets().limit(PAGES_MAX).toList()) pages.add(page(sheet));
        } catch (Invalid told) {
            throw told;
        } catch (IOException | RuntimeException broken) {
            // whatever the library stumbles over, the file is the reason
            throw Invalid.field("file", "workbook.no-workbook");
        }
        var sheets = new ArrayList<Workbook.Sheet>();
        for (var sheet : layout.sheets()) sheets.add(found(sheet, pages));
        return new Workbook(layout, pages, Workbook.byKey(sheets));
    }

    private Workbook.Page page(org.dhatim.fastexcel.reader.Sheet sheet) throws IOException {
        var lines = new ArrayList<Workbook.Line>();
        try (var stream = sheet.openStream()) {
            stream.forEach(row -> {
                var cells = new ArrayList<Workbook.Cell>();
                for (int at = 0; at < Math.min(row.getCellCount(), COLUMNS_MAX); at++)
                    cells.add(cell(row.getOptionalCell(at).orElse(null)));
                if (cells.stream().allMatch(cell -> cell.text().isEmpty())) return;
                if (++rows > ROWS_MAX + HEADINGS_WITHIN)
                    throw Invalid.field("file", "workbook.too-long", Map.of("rows", ROWS_MAX));
                lines.add(new Workbook.Line(row.getRowNum(), cells));
            });
        }
        return new Workbook.Page(sheet.getName(), lines);
    }

    private static Workbook.Cell cell(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) return Workbook.Cell.EMPTY;
        return switch (cell.getType()) {
            case STRING -> text(cell.asString(), Workbook.Kind.TEXT);
            case NUMBER -> number(cell);
            case BOOLEAN ->
                    text(
                            Boolean.TRUE.equals(cell.asBoolean()) ? "TRUE" : "FALSE",
                            Workbook.Kind.TEXT);
            case FORMULA -> text(cell.getRawValue(), Workbook.Kind.FORMULA);
            case ERROR -> text(cell.getRawValue(), Workbook.Kind.ERROR);
            case EMPTY -> Workbook.Cell.EMPTY;
        };
    }

    private static Workbook.Cell number(Cell cell) {
        if (isDate(cell)) {
            try {
                return text(cell.asDate().toLocalDate().toString(), Workbook.Kind.DATE);
            } catch (ExcelReaderException noDate) {
                // a number in a format of dates; told as the number it is
            }
        }
        var value = cell.asNumber();
        var plain = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        var digits = plain.replaceAll("[^0-9]", "").length();
        return value.scale() <= 0 && digits > DIGITS_MAX
                        || value.abs().compareTo(BigDecimal.TEN.pow(DIGITS_MAX)) >= 0
                ? text(cell.getRawValue(), Workbook.Kind.ROUNDED)
                : text(plain, Workbook.Kind.NUMBER);
    }

    private static boolean isDate(Cell cell) {
        var id = cell.getDataFormatId();
        var format = cell.getDataFormatString();
        if (id != null && (id >= 14 && id <= 17 || id == 22)) return true;
        return format != null && format.matches("(?i)[^\"]*y[^\"]*[md].*");
    }

    private static Workbook.Cell text(@Nullable String text, Workbook.Kind kind) {
        return new Workbook.Cell(text == null ? "" : text.strip().replace("\0", ""), kind);
    }

    private Workbook.Sheet found(Layout.Sheet wanted, List<Workbook.Page> pages) {
        var page =
                pages.stream()
                        .filter(it ->
                                Layout.plain(it.name()).equals(Layout.plain(wanted.zh()))
                                        || Layout.plain(it.name())
                                                .equals(Layout.plain(wanted.en())))
                        .findFirst()
                        .or(() ->
                                pages.size() == 1 && layout.sheets().size() == 1
                                        ? Optional.of(pages.getFirst())
                                        : Optional.empty())
                        .orElseThrow(() ->
                                Invalid.field(
                                        "file",
                                        "workbook.missing-sheet",
                                        Map.of("sheet", wanted.zh())));
        Map<String, Integer> columns = Map.of();
        int headings = 0;
        for (var line : page.lines().stream().limit(HEADINGS_WITHIN).toList()) {
            var matched = matched(wanted, line);
            if (matched.size() > columns.size()) {
                columns = matched;
                headings = line.number();
            }
        }
        var known = columns;
        var missing =
                wanted.columns().stream()
                        .filter(column ->
                                column.need() == Layout.Need.MUST
                                        && !known.containsKey(column.key()))
                        .map(Layout.Column::zh)
                        .toList();
        if (!missing.isEmpty())
            throw Invalid.field(
                    "file",
                    "workbook.missing-columns",
                    Map.of("sheet", page.name(), "columns", missing));
        var from = headings;
        return new Workbook.Sheet(
                wanted.key(),
                page.name(),
                columns,
                headings,
                page.lines().stream()
                        .filter(line -> line.number() > from)
                        .map(line -> row(line, known))
                        .filter(row -> !row.cells().isEmpty())
                        .toList());
    }

    private static Map<String, Integer> matched(Layout.Sheet wanted, Workbook.Line line) {
        var columns = new LinkedHashMap<String, Integer>();
        for (int at = 0; at < line.cells().size(); at++) {
            var heading = Layout.plain(line.cell(at).text());
            if (heading.isEmpty()) continue;
            var place = at;
            wanted.columns().stream()
                    .filter(column ->
                            Layout.plain(column.zh()).equals(heading)
                                    || Layout.plain(column.en()).equals(heading))
                    .findFirst()
                    .ifPresent(column -> columns.putIfAbsent(column.key(), place));
        }
        return columns;
    }

    private static Workbook.Row row(Workbook.Line line, Map<String, Integer> columns) {
        var cells = new HashMap<String, String>();
        var broken = new HashMap<String, String>();
        columns.forEach((key, at) -> {
            var cell = line.cell(at);
            if (!cell.text().isEmpty()) cells.put(key, cell.text());
            switch (cell.kind()) {
                case FORMULA -> broken.put(key, "workbook.formula");
                case ERROR -> broken.put(key, "workbook.error-cell");
                case ROUNDED -> broken.put(key, "workbook.rounded");
                case TEXT, NUMBER, DATE -> {}
            }
        });
        return new Workbook.Row(line.number(), cells, broken);
    }
}
