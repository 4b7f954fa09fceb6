package shuqiao.workbook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NormalForm;

/**
 * Reads cells as words; runs no formula, and stops at the first row too many, at what would not fit
 * into memory, and when its time is over. One file each.
 */
final class WorkbookReader {

    private static final int ROWS_MAX = 20_000;
    private static final int COLUMNS_MAX = 200;
    private static final int PAGES_MAX = 30;

    /** Titles, headings and the lists of a template are no rows of data. */
    private static final int ROWS_BESIDES = 2_000;

    /** A double keeps so many digits; a code of 18 comes back wrong. */
    private static final int DIGITS_MAX = 15;

    /** Filled cells of a file; 20,000 rows of 50 columns. */
    static final int CELLS_MAX = 1_000_000;

    /** Of all cells together: twice as many bytes in memory. */
    static final int CHARACTERS_MAX = 32 * 1024 * 1024;

    private final Deadline deadline;
    private final Map<String, Boolean> dates = new HashMap<>();
    private int rows;
    private int cells;
    private long characters;

    WorkbookReader(Deadline deadline) {
        this.deadline = deadline;
    }

    static Invalid tooMuch() {
        return Invalid.field(
                "file",
                "workbook.too-much",
                Map.of("cells", CELLS_MAX, "characters", CHARACTERS_MAX / 1024 / 1024));
    }

    HandedIn read(byte[] content) {
        var kind = SafeZip.check(content);
        var pages =
                switch (kind) {
                    case XLSX -> workbook(content);
                    case CSV -> csv(content);
                };
        if (pages.stream().allMatch(page -> page.lines().isEmpty()))
            throw Invalid.field("file", "workbook.no-rows");
        return new HandedIn(pages);
    }

    private List<Workbook.Page> workbook(byte[] content) {
        var pages = new ArrayList<Workbook.Page>();
        var merged = SafeZip.scan(content, deadline);
        try (var book = opened(content)) {
            for (var sheet : book.getSheets().limit(PAGES_MAX).toList())
                pages.add(page(sheet, merged.getOrDefault(sheet.getName(), List.of())));
        } catch (Invalid told) {
            throw told;
        } catch (IOException | RuntimeException broken) {
            // whatever the library stumbles over, the file is the reason
            throw Invalid.field("file", "workbook.no-workbook");
        }
        return pages;
    }

    /** Some programs write no styles; the library asks for them where formats are wanted. */
    private static ReadableWorkbook opened(byte[] content) throws IOException {
        try {
            return new ReadableWorkbook(
                    new ByteArrayInputStream(content), new ReadingOptions(true, true));
        } catch (ExcelReaderException noStyles) {
            return new ReadableWorkbook(
                    new ByteArrayInputStream(content), new ReadingOptions(false, true));
        }
    }

    private List<Workbook.Page> csv(byte[] content) {
        var lines = new ArrayList<Workbook.Line>();
        Csv.read(
                content,
                COLUMNS_MAX,
                (number, row) -> {
                    if (number % 100 == 0) deadline.check();
                    keep(
                            "CSV",
                            lines,
                            number,
                            row.stream().map(text -> text(text, Workbook.Kind.TEXT)).toList(),
                            false);
                });
        return List.of(new Workbook.Page("CSV", lines, false));
    }

    private Workbook.Page page(
            org.dhatim.fastexcel.reader.Sheet sheet, List<MergedCells.Area> merged)
            throws IOException {
        var lines = new ArrayList<Workbook.Line>();
        var down = new MergedCells(merged, COLUMNS_MAX);
        try (var stream = sheet.openStream()) {
            stream.forEach(row -> {
                deadline.check();
                var cells = new ArrayList<Workbook.Cell>();
                for (int at = 0; at < Math.min(row.getCellCount(), COLUMNS_MAX); at++)
                    cells.add(cell(row.getOptionalCell(at).orElse(null)));
                down.fill(row.getRowNum() - 1, cells);
                keep(sheet.getName(), lines, row.getRowNum(), cells, row.isHidden());
            });
        }
        return new Workbook.Page(
                sheet.getName(), lines, sheet.getVisibility() != SheetVisibility.VISIBLE);
    }

    private void keep(
            String sheet,
            List<Workbook.Line> lines,
            int number,
            List<Workbook.Cell> cells,
            boolean hidden) {
        if (cells.stream().allMatch(cell -> cell.text().isEmpty())) return;
        if (++rows > ROWS_MAX + ROWS_BESIDES)
            throw Invalid.field("file", "workbook.too-long", Map.of("rows", ROWS_MAX));
        for (int at = 0; at < cells.size(); at++) {
            var text = cells.get(at).text();
            if (text.isEmpty()) continue;
            this.cells++;
            characters += text.length();
            if (NormalForm.isHeapOfMarks(text))
                throw Invalid.field(
                        "file",
                        "workbook.cell-marks",
                        Map.of("sheet", sheet, "cell", Workbook.letter(at) + number));
        }
        if (this.cells > CELLS_MAX || characters > CHARACTERS_MAX) throw tooMuch();
        lines.add(new Workbook.Line(number, cells, hidden));
    }

    private Workbook.Cell cell(@Nullable Cell cell) {
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

    private Workbook.Cell number(Cell cell) {
        if (isDate(cell)) {
            try {
                return text(cell.asDate().toLocalDate().toString(), Workbook.Kind.DATE);
            } catch (ExcelReaderException noDate) {
                // a number in a format of dates; told as the number it is
            }
        }
        var value = cell.asNumber();
        var plain = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        var digits = plain.chars().filter(c -> c >= '0' && c <= '9').count();
        return value.scale() <= 0 && digits > DIGITS_MAX
                        || value.abs().compareTo(BigDecimal.TEN.pow(DIGITS_MAX)) >= 0
                ? text(cell.getRawValue(), Workbook.Kind.ROUNDED)
                : text(plain, Workbook.Kind.NUMBER);
    }

    private boolean isDate(Cell cell) {
        var id = cell.getDataFormatId();
        var format = cell.getDataFormatString();
        if (id != null && (id >= 14 && id <= 17 || id == 22)) return true;
        return format != null
                && dates.computeIfAbsent(format, it -> it.matches("(?i)[^\"]*y[^\"]*[md].*"));
    }

    private static Workbook.Cell text(@Nullable String text, Workbook.Kind kind) {
        if (text == null || text.isEmpty())
            return kind == Workbook.Kind.TEXT ? Workbook.Cell.EMPTY : new Workbook.Cell("", kind);
        return new Workbook.Cell(trimmed(text), kind);
    }

    /** Without blanks at the ends, of whatever kind they are, and without what nobody sees. */
    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) from++;
        while (from < to && isBlank(text.charAt(to - 1))) to--;
        return text.substring(from, to).replace("\0", "");
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
