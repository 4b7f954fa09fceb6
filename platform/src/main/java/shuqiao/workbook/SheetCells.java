package shuqiao.workbook;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one sheet as words, whichever program wrote them: of a formula only the value that
 * stands beside it, which is told as what it is. {@link CellScan} sees each tag first and refuses
 * what no sheet holds.
 */
final class SheetCells implements PartScan.Walk {

    /** Takes one row after the other, as they stand in the file. */
    interface Rows {
        /**
         * @param beyond something stands behind the last column that is read
         */
        void row(int number, List<Workbook.Cell> cells, boolean hidden, boolean beyond);
    }

    private final BookTexts texts;
    private final BookStyles styles;
    private final boolean from1904;
    private final int columnsMax;
    private final Rows rows;

    private int row;
    private int column;
    private boolean hidden;
    private boolean beyond;
    private List<Workbook.Cell> cells = new ArrayList<>();

    private int cellDepth;
    private int skipped;
    private boolean formula;
    private @Nullable String type;
    private @Nullable String style;
    private final StringBuilder value = new StringBuilder();

    SheetCells(BookTexts texts, BookStyles styles, boolean from1904, int columnsMax, Rows rows) {
        this.texts = texts;
        this.styles = styles;
        this.from1904 = from1904;
        this.columnsMax = columnsMax;
        this.rows = rows;
    }

    @Override
    public void begin(XMLStreamReader xml, int depth) {
        switch (xml.getLocalName()) {
            case "row" -> {
                var number = PartScan.attribute(xml, "r");
                row = number == null ? row + 1 : BookStyles.number(number);
                column = -1;
                hidden = isTrue(PartScan.attribute(xml, "hidden"));
                beyond = false;
                cells = new ArrayList<>();
            }
            case "c" -> {
                cellDepth = depth;
                skipped = 0;
                formula = false;
                value.setLength(0);
                type = PartScan.attribute(xml, "t");
                style = PartScan.attribute(xml, "s");
                var ref = PartScan.attribute(xml, "r");
                column = ref == null ? column + 1 : column(ref);
            }
            case "f" -> {
                formula |= cellDepth > 0;
                skip(depth);
            }
            // how a name is pronounced stands beside it
            case "rPh" -> skip(depth);
            default -> {}
        }
    }

    private void skip(int depth) {
        if (cellDepth > 0 && skipped == 0) skipped = depth;
    }

    @Override
    public void text(XMLStreamReader xml) {
        if (cellDepth > 0 && skipped == 0) value.append(xml.getText());
    }

    @Override
    public void end(String name, int depth) {
        if (depth == skipped) skipped = 0;
        if (name.equals("row")) rows.row(row, cells, hidden, beyond);
        if (depth != cellDepth) return;
        cellDepth = 0;
        var cell = cell();
        if (column >= columnsMax) {
            beyond |= !cell.text().isEmpty();
            return;
        }
        if (cell == Workbook.Cell.EMPTY) return;
        while (cells.size() <= column) cells.add(Workbook.Cell.EMPTY);
        cells.set(column, cell);
    }

    private Workbook.Cell cell() {
        var text = value.toString();
        var kind = formula ? Workbook.Kind.FORMULA : Workbook.Kind.TEXT;
        return switch (type == null ? "n" : type) {
            case "s" -> text.isBlank() ? empty(kind) : of(texts.text(text.strip()), kind);
            case "str", "inlineStr" -> of(text, kind);
            case "b" ->
                    of(
                            switch (text.strip()) {
                                case "" -> "";
                                case "0", "false" -> "FALSE";
                                default -> "TRUE";
                            },
                            kind);
            case "e" -> of(text, formula ? kind : Workbook.Kind.ERROR);
            case "d" -> formula ? of(text, kind) : iso(text.strip());
            default -> formula ? of(text, kind) : number(text.strip());
        };
    }

    /** ISO 8601, as ECMA-376, 18.18.11 has it. */
    private static Workbook.Cell iso(String text) {
        try {
            if (text.startsWith("T") || text.indexOf(':') == 2)
                return of(LocalTime.parse(text.replace("T", "")).toString(), Workbook.Kind.DATE);
            var plain = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
            var at =
                    plain.indexOf('T') < 0
                            ? LocalDate.parse(plain).atStartOfDay()
                            : LocalDateTime.parse(plain);
            return of(NumberFormat.written(at), Workbook.Kind.DATE);
        } catch (DateTimeException _) {
            return of(text, Workbook.Kind.TEXT);
        }
    }

    private Workbook.Cell number(String text) {
        if (text.isEmpty()) return Workbook.Cell.EMPTY;
        try {
            return styles.format(style).cell(new BigDecimal(text), from1904);
        } catch (NumberFormatException | ArithmeticException _) {
            return of(text, Workbook.Kind.ERROR);
        }
    }

    private static Workbook.Cell empty(Workbook.Kind kind) {
        return kind == Workbook.Kind.TEXT ? Workbook.Cell.EMPTY : new Workbook.Cell("", kind);
    }

    static Workbook.Cell of(String text, Workbook.Kind kind) {
        return text.isEmpty() ? empty(kind) : new Workbook.Cell(trimmed(text), kind);
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

    private static boolean isTrue(@Nullable String flag) {
        return flag != null && (flag.equals("1") || flag.equals("true"));
    }

    /** Of a reference that has proved to lie inside of a sheet. */
    private static int column(String ref) {
        int column = 0;
        for (int at = 0; at < ref.length() && Character.isLetter(ref.charAt(at)); at++)
            column = column * 26 + Character.toUpperCase(ref.charAt(at)) - 'A' + 1;
        return column - 1;
    }
}
