package shuqiao.workbook;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import shuqiao.kernel.Invalid;

/**
 * Comma, semicolon or tab separated text, RFC 4180, in UTF-8 or in what a Chinese spreadsheet
 * program writes when nobody chooses: GB 18030.
 */
final class Csv {

    private static final Charset GB18030 = Charset.forName("GB18030");

    private Csv() {}

    /** Takes one line after the other. */
    interface Lines {
        /**
         * @param number from 1
         * @param cells an empty line is one empty cell
         */
        void line(int number, List<String> cells);
    }

    /**
     * Gives each line with its first cells.
     *
     * @param columnsMax cells beyond are left out
     */
    static void read(byte[] content, int columnsMax, Lines lines) {
        var text = text(content);
        var separator = separator(text);
        var line = new Line(columnsMax, lines);
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            var c = text.charAt(at);
            if (quoted) {
                if (c != '"') line.add(c);
                else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
                    line.add('"');
                    at++;
                } else quoted = false;
            } else if (c == '"' && line.cell.isEmpty()) quoted = true;
            else if (c == separator) line.endCell();
            else if (c == '\n') line.end();
            else if (c != '\r') line.add(c);
        }
        if (!line.cell.isEmpty() || !line.cells.isEmpty()) line.end();
    }

    private static final class Line {

        private final int columnsMax;
        private final Lines lines;
        private final StringBuilder cell = new StringBuilder();
        private final List<String> cells = new ArrayList<>();
        private int number = 1;
        private int column;

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
            cell.setLength(0);
        }

        void end() {
            endCell();
            lines.line(number++, List.copyOf(cells));
            cells.clear();
            column = 0;
        }
    }

    private static String text(byte[] content) {
        for (var charset : List.of(StandardCharsets.UTF_8, GB18030))
            try {
                var text = charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
                return text.startsWith("\uFEFF") ? text.substring(1) : text;
            } catch (CharacterCodingException _) {
                // the next one
            }
        throw Invalid.field("file", "workbook.no-workbook");
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
