package shuqiao.workbook;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NormalForm;

/**
 * Reads cells as words; runs no formula, and stops at the first row too many, at what would not fit
 * into memory, and when its time is over. One file each.
 */
final class WorkbookReader {

    private static final int ROWS_MAX = 20_000;
    static final int COLUMNS_MAX = 200;

    /** Titles, headings and the lists of a template are no rows of data. */
    private static final int ROWS_BESIDES = 2_000;

    /** Filled cells of a file; 20,000 rows of 50 columns. */
    static final int CELLS_MAX = 1_000_000;

    /** Of all cells together: twice as many bytes in memory. */
    static final int CHARACTERS_MAX = 32 * 1024 * 1024;

    private final Deadline deadline;
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
        SafeZip.read(
                content,
                deadline,
                COLUMNS_MAX,
                new BookParts.Sheets() {
                    private @Nullable Reading reading;

                    @Override
                    public SheetCells.Rows begin(String name, boolean hidden) {
                        return reading = new Reading(name, hidden);
                    }

                    @Override
                    public void end(List<MergedCells.Area> merged) {
                        pages.add(java.util.Objects.requireNonNull(reading).page(merged));
                    }
                });
        return pages;
    }

    /** A sheet while it is read. */
    private final class Reading implements SheetCells.Rows {

        private final String name;
        private final boolean hidden;
        private final List<Workbook.Line> lines = new ArrayList<>();

        /** What is merged is said behind the rows: those without words may get some. */
        private final BitSet blank = new BitSet();

        private final BitSet hiddenRows = new BitSet();

        private boolean beyond;

        Reading(String name, boolean hidden) {
            this.name = name;
            this.hidden = hidden;
        }

        @Override
        public void row(int number, List<Workbook.Cell> cells, boolean isHidden, boolean isBeyond) {
            deadline.check();
            beyond |= isBeyond;
            if (keep(name, lines, number, cells, isHidden)) return;
            blank.set(number);
            hiddenRows.set(number, isHidden);
        }

        Workbook.Page page(List<MergedCells.Area> merged) {
            var down = new MergedCells(merged, COLUMNS_MAX);
            if (down.isEmpty()) return new Workbook.Page(name, lines, hidden, beyond);
            lines.sort(Comparator.comparingInt(Workbook.Line::number));
            var filled = new ArrayList<Workbook.Line>();
            int next = 0;
            for (var line : lines) {
                for (; (next = blank.nextSetBit(next)) >= 0 && next < line.number(); next++)
                    fill(down, filled, next);
                var cells = new ArrayList<>(line.cells());
                down.fill(line.number() - 1, cells);
                filled.add(new Workbook.Line(line.number(), cells, line.hidden()));
                if (next < 0) next = blank.length();
            }
            for (; (next = blank.nextSetBit(next)) >= 0; next++) fill(down, filled, next);
            return new Workbook.Page(name, filled, hidden, beyond);
        }

        private void fill(MergedCells down, List<Workbook.Line> filled, int number) {
            deadline.check();
            var cells = new ArrayList<Workbook.Cell>();
            down.fill(number - 1, cells);
            keep(name, filled, number, cells, hiddenRows.get(number));
        }
    }

    private List<Workbook.Page> csv(byte[] content) {
        var lines = new ArrayList<Workbook.Line>();
        boolean[] beyond = {false};
        Csv.read(
                content,
                COLUMNS_MAX,
                (number, row, more) -> {
                    if (number % 100 == 0) deadline.check();
                    beyond[0] |= more;
                    keep(
                            "CSV",
                            lines,
                            number,
                            row.stream()
                                    .map(text -> SheetCells.of(text, Workbook.Kind.TEXT))
                                    .toList(),
                            false);
                });
        return List.of(new Workbook.Page("CSV", lines, false, beyond[0]));
    }

    /** False for a row without words. */
    private boolean keep(
            String sheet,
            List<Workbook.Line> lines,
            int number,
            List<Workbook.Cell> cells,
            boolean hidden) {
        if (cells.stream().allMatch(cell -> cell.text().isEmpty())) return false;
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
        return true;
    }
}
