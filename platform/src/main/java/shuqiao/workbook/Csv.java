package shuqiao.workbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import shuqiao.kernel.Invalid;

/**
 * Comma, semicolon or tab separated text, RFC 4180, in whatever the spreadsheet programs of an
 * office write ({@link PlainText}); lines end by LF, CRLF or, as from an old Macintosh, by CR.
 */
final class Csv {

    private Csv() {}

    /** Takes one line after the other. */
    interface Lines {
        /**
         * @param number from 1
         * @param cells an empty line is one empty cell
         * @param beyond more words stand behind the last cell that is given
         */
        void line(int number, List<String> cells, boolean beyond);
    }

    /**
     * Gives each line with its first cells.
     *
     * @param columnsMax cells beyond are not given, and told
     */
    static void read(byte[] content, int columnsMax, Lines lines) {
        var text = PlainText.of(content);
        var separator = separator(text);
        var line = new Line(columnsMax, lines);
        int quoted = 0;
        for (int at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            if (quoted > 0) {
                if (c != '"') line.add(c);
                else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    line.add('"');
                    at++;
                } else quoted = 0;
            } else if (c == '"' && line.cell.isEmpty()) quoted = line.number;
            else if (c == separator) line.endCell();
            else if (c == '\n' || c == '\r' && endsLine(text, at)) line.end();
            else if (c != '\r') line.add(c);
        }
        if (quoted > 0)
            throw Invalid.field("file", "workbook.csv-quotation", Map.of("line", quoted));
        if (!line.cell.isEmpty() || !line.cells.isEmpty()) line.end();
    }

    /** A CR by itself; those before an LF belong to it. */
    private static boolean endsLine(String text, int cr) {
        int at = cr;
        while (at < text.length() && text.charAt(at) == '\r') at++;
        return at == text.length() || text.charAt(at) != '\n';
    }

    private static final class Line {

        private final int columnsMax;
        private final Lines lines;
        private final StringBuilder cell = new StringBuilder();
        private final List<String> cells = new ArrayList<>();
        private int number = 1;
        private int column;
        private boolean beyond;

        Line(int columnsMax, Lines lines) {
            this.columnsMax = columnsMax;
            this.lines = lines;
        }

        void add(char c) {
            if (cell.length() >= CellScan.TEXT_MAX)
                throw Invalid.field(
                        "file",
                        "workbook.cell-text",
                        Map.of(
                                "sheet",
                                "CSV",
                                "cell",
                                Workbook.letter(column) + number,
                                "max",
                                CellScan.TEXT_MAX));
            cell.append(c);
        }

        void endCell() {
            if (column++ < columnsMax) cells.add(cell.isEmpty() ? "" : cell.toString());
            else beyond |= !cell.toString().isBlank();
            cell.setLength(0);
        }

        void end() {
            endCell();
            lines.line(number++, List.copyOf(cells), beyond);
            cells.clear();
            column = 0;
            beyond = false;
        }
    }

    private static char separator(String text) {
        var first = text.lines().findFirst().orElse("");
        char best = ',';
        for (char candidate : new char[] {'\t', ';'})
            if (count(first, candidate) > count(first, best)) best = candidate;
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }
}
