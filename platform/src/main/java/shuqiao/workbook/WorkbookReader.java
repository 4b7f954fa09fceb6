package shuqiao.workbook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
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

/** Reads cells as words; runs no formula, and stops at the first row too many. */
final class WorkbookReader {

    private static final int ROWS_MAX = 20_000;
    private static final int COLUMNS_MAX = 200;
    private static final int PAGES_MAX = 30;

    /** Titles, headings and the lists of a template are no rows of data. */
    private static final int ROWS_BESIDES = 2_000;

    /** A double keeps so many digits; a code of 18 comes back wrong. */
    private static final int DIGITS_MAX = 15;

    private int rows;

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
        var merged = MergedCells.of(content);
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
        int number = 0;
        for (var row : Csv.read(content)) {
            number++;
            var cells =
                    row.stream()
                            .limit(COLUMNS_MAX)
                            .map(text -> text(text, Workbook.Kind.TEXT))
                            .toList();
            keep(lines, number, cells, false);
        }
        return List.of(new Workbook.Page("CSV", lines, false));
    }

    private Workbook.Page page(
            org.dhatim.fastexcel.reader.Sheet sheet, List<MergedCells.Area> merged)
            throws IOException {
        var lines = new ArrayList<Workbook.Line>();
        var down = new FilledDown(merged);
        try (var stream = sheet.openStream()) {
            stream.forEach(row -> {
                var cells = new ArrayList<Workbook.Cell>();
                for (int at = 0; at < Math.min(row.getCellCount(), COLUMNS_MAX); at++)
                    cells.add(cell(row.getOptionalCell(at).orElse(null)));
                down.fill(row.getRowNum() - 1, cells);
                keep(lines, row.getRowNum(), cells, row.isHidden());
            });
        }
        return new Workbook.Page(
                sheet.getName(), lines, sheet.getVisibility() != SheetVisibility.VISIBLE);
    }

    private void keep(
            List<Workbook.Line> lines, int number, List<Workbook.Cell> cells, boolean hidden) {
        if (cells.stream().allMatch(cell -> cell.text().isEmpty())) return;
        if (++rows > ROWS_MAX + ROWS_BESIDES)
            throw Invalid.field("file", "workbook.too-long", Map.of("rows", ROWS_MAX));
        lines.add(new Workbook.Line(number, cells, hidden));
    }

    /** Gives the rows of a merged area the words of its first row, in its first column. */
    private static final class FilledDown {

        private final List<MergedCells.Area> areas;
        private final String[] words;

        FilledDown(List<MergedCells.Area> merged) {
            areas =
                    merged.stream()
                            .filter(area -> area.bottom() > area.top() && area.left() < COLUMNS_MAX)
                            .sorted((one, other) -> Integer.compare(one.top(), other.top()))
                            .toList();
            words = new String[areas.size()];
        }

        private int from;

        void fill(int row, List<Workbook.Cell> cells) {
            for (int i = from; i < areas.size() && areas.get(i).top() <= row; i++) {
                var area = areas.get(i);
                if (area.bottom() < row) {
                    if (i == from) from++;
                    continue;
                }
                var here = area.left() < cells.size() ? cells.get(area.left()).text() : "";
                if (row == area.top()) words[i] = here;
                else if (here.isEmpty() && words[i] != null && !words[i].isEmpty()) {
                    while (cells.size() <= area.left()) cells.add(Workbook.Cell.EMPTY);
                    cells.set(area.left(), new Workbook.Cell(words[i], Workbook.Kind.MERGED));
                }
            }
        }
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
