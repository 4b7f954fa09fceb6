package shuqiao.workbook;

import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;

/** Holds the cells of one sheet against the limits that spreadsheet programs themselves have. */
final class CellScan {

    /** Characters of a cell. */
    static final int TEXT_MAX = 32_767;

    static final int ROWS_MAX = 1_048_576;
    static final int COLUMNS_MAX = 16_384;

    private static final int FORMULA_MAX = 8_192;

    /** A double is written in 24 characters. */
    private static final int NUMBER_MAX = 40;

    /** A double ends at 308. */
    private static final int EXPONENT_MAX = 400;

    /** Each cell is held against each array of formulas. */
    private static final int ARRAYS_MAX = 1_000;

    /** Characters that the reader copies when it moves shared formulas to their cells. */
    private static final long MOVED_MAX = 5_000_000_000L;

    private static final int SHEET_SHOWN = 31;
    private static final int CELL_SHOWN = 24;

    private final String sheet;
    private final int texts;
    private final int tooLong;

    private long rows;
    private long row;
    private int column;
    private int cellDepth;
    private int formulaDepth;
    private String cell = "";
    private @Nullable String type;
    private int length;
    private int formula;
    private final StringBuilder value = new StringBuilder();
    private int arrays;
    private long moved;
    private @Nullable String sharedAs;
    private final Map<String, Integer> shared = new HashMap<>();

    /**
     * @param texts how many shared texts there are, negative where there is no part for them
     * @param tooLong the shared text that is too long, negative for none
     */
    CellScan(String sheet, int texts, int tooLong) {
        this.sheet = sheet;
        this.texts = texts;
        this.tooLong = tooLong;
    }

    void begin(XMLStreamReader xml, String name, int depth) {
        switch (name) {
            case "row" -> row(PartScan.attribute(xml, "r"));
            case "c" -> cell(xml, depth);
            case "f" -> {
                if (cellDepth > 0 && formulaDepth == 0) formula(xml, depth);
            }
            default -> {}
        }
    }

    private void row(@Nullable String number) {
        rows++;
        row = number == null ? row + 1 : number(number);
        column = 0;
        if (rows > ROWS_MAX || row < 1 || row > ROWS_MAX)
            throw outside(number == null ? String.valueOf(rows) : number);
    }

    /** 0 for what is no number of at most seven digits. */
    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 7) return 0;
        for (int at = 0; at < digits.length(); at++)
            if (digits.charAt(at) < '0' || digits.charAt(at) > '9') return 0;
        return Integer.parseInt(digits);
    }

    private void cell(XMLStreamReader xml, int depth) {
        if (cellDepth > 0) throw PartScan.broken();
        cellDepth = depth;
        var ref = PartScan.attribute(xml, "r");
        type = PartScan.attribute(xml, "t");
        length = 0;
        formula = 0;
        value.setLength(0);
        if (++column > COLUMNS_MAX) throw outside(ref == null ? letters() : ref);
        if (ref == null) cell = letters();
        else {
            cell = ref;
            if (!isInside(ref)) throw outside(ref);
        }
    }

    private String letters() {
        return Workbook.letter(column - 1) + row;
    }

    private static boolean isInside(String ref) {
        int at = 0;
        int column = 0;
        while (at < ref.length() && at < 4 && isLetter(ref.charAt(at)))
            column = column * 26 + Character.toUpperCase(ref.charAt(at++)) - 'A' + 1;
        if (at == 0 || column > COLUMNS_MAX) return false;
        int row = number(ref.substring(at));
        return row >= 1 && row <= ROWS_MAX;
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private void formula(XMLStreamReader xml, int depth) {
        formulaDepth = depth;
        sharedAs = null;
        switch (String.valueOf(PartScan.attribute(xml, "t"))) {
            case "array" -> {
                if (++arrays > ARRAYS_MAX) throw formulas();
            }
            case "shared" -> {
                var number = String.valueOf(PartScan.attribute(xml, "si"));
                if (PartScan.attribute(xml, "ref") != null) sharedAs = number;
                else {
                    long base = shared.getOrDefault(number, 0);
                    moved += base * base / 4;
                    if (moved > MOVED_MAX) throw formulas();
                }
            }
            default -> {}
        }
    }

    void text(XMLStreamReader xml) {
        if (cellDepth == 0) return;
        if (formulaDepth > 0) {
            formula += xml.getTextLength();
            if (formula > FORMULA_MAX)
                throw at("workbook.cell-formula", Map.of("max", FORMULA_MAX));
            return;
        }
        length += xml.getTextLength();
        if (length > TEXT_MAX) throw text();
        if (value.length() <= NUMBER_MAX) value.append(xml.getText());
    }

    void end(String name, int depth) {
        if (depth == formulaDepth) {
            if (sharedAs != null) shared.merge(sharedAs, formula, Math::max);
            formulaDepth = 0;
        }
        if (depth != cellDepth || !name.equals("c")) return;
        cellDepth = 0;
        switch (type == null ? "n" : type) {
            case "str", "inlineStr", "e", "b" -> {}
            case "s" -> shared();
            default -> number();
        }
    }

    private void shared() {
        if (length == 0 || texts < 0) return;
        int index;
        try {
            index = length > NUMBER_MAX ? -1 : Integer.parseInt(value.toString());
        } catch (NumberFormatException _) {
            index = -1;
        }
        if (index == tooLong && index >= 0) throw text();
        if (index < 0 || index >= texts) throw at("workbook.cell-string", Map.of());
    }

    private void number() {
        if (length > NUMBER_MAX) throw at("workbook.cell-number", Map.of());
        for (int at = 0; at < value.length(); at++)
            if ((value.charAt(at) | 0x20) == 'e' && exponent(at + 1) > EXPONENT_MAX)
                throw at("workbook.cell-number", Map.of());
    }

    /** What stands behind an E, without its sign. */
    private long exponent(int from) {
        long exponent = 0;
        int at = from;
        if (at < value.length() && (value.charAt(at) == '-' || value.charAt(at) == '+')) at++;
        for (; at < value.length(); at++) {
            int digit = Character.digit(value.charAt(at), 10);
            if (digit < 0) break;
            exponent = Math.min(exponent * 10 + digit, Integer.MAX_VALUE);
        }
        return exponent;
    }

    /** What the reading ended in was longer than a cell can be. */
    void refuseText() {
        if (cellDepth > 0) throw text();
        throw PartScan.broken();
    }

    private Invalid text() {
        return at("workbook.cell-text", Map.of("max", TEXT_MAX));
    }

    private Invalid outside(String where) {
        cell = where;
        return at("workbook.cell-outside", Map.of());
    }

    private Invalid formulas() {
        return Invalid.field(
                "file", "workbook.formulas", Map.of("sheet", shown(sheet, SHEET_SHOWN)));
    }

    private Invalid at(String key, Map<String, Object> more) {
        var facts = new HashMap<>(more);
        facts.put("sheet", shown(sheet, SHEET_SHOWN));
        facts.put("cell", shown(cell, CELL_SHOWN));
        return Invalid.field("file", key, facts);
    }

    private static String shown(String text, int max) {
        return text.length() > max ? text.substring(0, max) + "…" : text;
    }
}
