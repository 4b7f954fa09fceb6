package shuqiao.workbook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workbook as it was handed in, and what of it the layout knows.
 *
 * @param pages all sheets, cell by cell, to give back
 * @param sheets those of the layout, by their key; where several sheets of the file have the same
 *     form, the further ones have {@link Layout#further a number} behind it
 * @param unread what holds something and stays behind
 */
public record Workbook(
        Layout layout, List<Page> pages, Map<String, Sheet> sheets, List<Unread> unread) {

    /** What a cell holds besides its words. */
    enum Kind {
        TEXT,
        NUMBER,
        DATE,
        /** Empty by itself; the words are those of the cells it is merged with. */
        MERGED,
        /** The last value that somebody's program computed; nothing is computed here. */
        FORMULA,
        ERROR,
        /** A long code that a spreadsheet has turned into a rounded number. */
        ROUNDED,
        /** A number whose format adds a unit or words, or hides it; the number is read. */
        SHOWN
    }

    record Cell(String text, Kind kind) {
        static final Cell EMPTY = new Cell("", Kind.TEXT);
    }

    /**
     * One line of a page.
     *
     * @param number as the spreadsheet shows it, from 1
     * @param hidden not shown, and handed in nevertheless
     */
    record Line(int number, List<Cell> cells, boolean hidden) {
        Cell cell(int column) {
            return column < cells.size() ? cells.get(column) : Cell.EMPTY;
        }

        /** How many cells hold something. */
        int filled() {
            return (int) cells.stream().filter(cell -> !cell.text().isEmpty()).count();
        }
    }

    /**
     * @param beyond something stands behind the last column that is read
     */
    record Page(String name, List<Line> lines, boolean hidden, boolean beyond) {}

    /** What was not read of a sheet that holds something. */
    public sealed interface Unread {

        /** The sheet's name in the file. */
        String page();

        /**
         * A whole sheet.
         *
         * @param rows lines with words
         */
        record Sheet(String page, int rows, boolean hidden) implements Unread {}

        /** Columns whose headings stand for nothing, with words below them. */
        record Columns(String page, List<String> headings) implements Unread {}

        /** Columns behind the last one that is read. */
        record Beyond(String page) implements Unread {}
    }

    /**
     * A sheet of the layout.
     *
     * @param columns place of each column by its key, from 0
     * @param headings number of the line of headings
     * @param heads what stands above each column by its key: a template may name a unit there
     */
    public record Sheet(
            String key,
            String name,
            Map<String, Integer> columns,
            int headings,
            Map<String, String> heads,
            List<Row> rows) {

        public boolean has(String column) {
            return columns.containsKey(column);
        }
    }

    /**
     * A row of data, its words trimmed.
     *
     * @param number as the spreadsheet shows it, from 1
     * @param cells by the key of their column; empty cells are left out
     * @param broken faults that lie in the cells themselves: message keys by column
     * @param noted what is no fault but worth a word: message keys by column
     */
    public record Row(
            int number,
            Map<String, String> cells,
            Map<String, String> broken,
            Map<String, String> noted) {

        public String text(String column) {
            return cells.getOrDefault(column, "");
        }
    }

    /** A sheet by its key; the reader has made sure that it is there. */
    public Sheet sheet(String key) {
        return Optional.ofNullable(sheets.get(key))
                .orElseThrow(() -> new IllegalArgumentException("no sheet " + key));
    }

    /** All sheets of the file that have this form, in their order. */
    public List<Sheet> sheets(String key) {
        return sheets.values().stream().filter(it -> Layout.form(it.key()).equals(key)).toList();
    }

    /** Reads and checks the shape; refuses with what is missing. */
    public static Workbook read(byte[] content, Layout layout) {
        return HandedIn.read(content).as(layout);
    }

    /** Rows of data in all sheets. */
    public int size() {
        return sheets.values().stream().mapToInt(sheet -> sheet.rows().size()).sum();
    }

    /** A, B … Z, AA. */
    public static String letter(int column) {
        var letters = new StringBuilder();
        for (int left = column; left >= 0; left = left / 26 - 1)
            letters.insert(0, (char) ('A' + left % 26));
        return letters.toString();
    }

    /** Copies with one more key would be needed too often: the sheets are gathered in a map. */
    static Map<String, Sheet> byKey(List<Sheet> sheets) {
        var byKey = new LinkedHashMap<String, Sheet>();
        sheets.forEach(sheet -> byKey.put(sheet.key(), sheet));
        return byKey;
    }
}
