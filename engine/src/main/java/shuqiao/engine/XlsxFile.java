package shuqiao.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A workbook written from the bytes of a text COPY, row by row, without row objects. A cell is a
 * number only where a double holds it exactly, and a column has either numbers or texts; no cell is
 * a formula; null is no cell, an empty text an empty cell.
 */
final class XlsxFile implements FileWriter {

    /** Rows of a sheet, headings included; then the next sheet begins. */
    static final int SHEET_ROWS_MAX = 1_048_576;

    /** UTF-16 units that a cell holds. */
    static final int CELL_MAX = 32_767;

    private static final int DECIMAL_MAX = 300;
    private static final int EXPONENT_MAX = 308;
    private static final LocalDate DATES_FROM = LocalDate.of(1900, 3, 1);
    private static final int DAYS_BEFORE_EPOCH = 25_569;
    private static final int NAME_MAX = 25;
    private static final Pattern SCALE = Pattern.compile("numeric\\(\\d+,(\\d+)\\)");

    private static final int STYLE_INTEGER = 1;
    private static final int STYLE_DATE = 2;
    private static final int STYLE_LITERAL = 3;
    private static final int STYLE_HEADING = 4;
    private static final int STYLE_SCALE_FIRST = 5;

    private static final String HEAD =
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String SHEET_HEAD =
            HEAD
                    + "<worksheet xmlns=\""
                    + MAIN
                    + "\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\" defaultColWidth=\"18\"/><sheetData>";
    private static final byte[] SHEET_END = ascii("</sheetData></worksheet>");
    private static final byte[] ROW = ascii("<row r=\"");
    private static final byte[] ROW_OPEN = ascii("\">");
    private static final byte[] ROW_END = ascii("</row>");
    private static final byte[] INLINE = ascii(" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    private static final byte[] INLINE_END = ascii("</t></is></c>");
    private static final byte[] PLAIN = styled(0);
    private static final byte[] LITERAL = styled(STYLE_LITERAL);
    private static final byte[] BOOLEAN = ascii(" t=\"b\"><v>");
    private static final byte[] VALUE = ascii("><v>");
    private static final byte[] VALUE_END = ascii("</v></c>");

    /** What text has to be looked at for: markup, escapes, controls, _xHHHH_, U+FFFE and U+FFFF. */
    private static final boolean[] SPECIAL = special();

    private enum Kind {
        NUMBER,
        FLOAT,
        BOOLEAN,
        DATE,
        TEXT
    }

    private final ZipOutputStream zip;
    private final List<TargetColumn> columns;
    private final Kind[] kinds;
    private final byte[][] begins;
    private final byte[][] styles;
    private final List<Integer> scales;
    private final String title;
    private final Map<String, String> headings;
    private final Optional<String> watermark;
    private final int sheetRowsMax;
    private final Set<String> mixed = new HashSet<>();
    private @Nullable Handover sheet;
    private int sheets;
    private int rowOfSheet;
    private byte[] out = new byte[64 << 10];
    private int end;

    /**
     * @param texts columns whose numbers are written as text, all of them
     */
    XlsxFile(
            OutputStream file,
            List<TargetColumn> columns,
            Set<String> texts,
            FileRequest request,
            int sheetRowsMax) {
        this.zip = new ZipOutputStream(file);
        zip.setLevel(Deflater.BEST_SPEED);
        this.columns = columns;
        this.title = sheetName(request.title());
        this.headings = request.headings();
        this.watermark = request.watermark();
        this.sheetRowsMax = sheetRowsMax;
        var found = new TreeSet<Integer>();
        for (var column : columns) scale(column.type()).ifPresent(found::add);
        this.scales = new ArrayList<>(found);
        this.kinds = new Kind[columns.size()];
        this.begins = new byte[columns.size()][];
        this.styles = new byte[columns.size()][];
        for (var i = 0; i < kinds.length; i++) {
            kinds[i] =
                    texts.contains(columns.get(i).name()) ? Kind.TEXT : kind(columns.get(i).type());
            begins[i] = ascii("<c r=\"" + letters(i));
            styles[i] = style(columns.get(i).type());
        }
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "smallint", "integer", "bigint", "numeric" -> Kind.NUMBER;
            case "real", "double precision" -> Kind.FLOAT;
            case "boolean" -> Kind.BOOLEAN;
            case "date" -> Kind.DATE;
            default -> type.startsWith("numeric(") ? Kind.NUMBER : Kind.TEXT;
        };
    }

    private byte[] style(String type) {
        var style =
                switch (type) {
                    case "smallint", "integer", "bigint" -> STYLE_INTEGER;
                    case "date" -> STYLE_DATE;
                    default ->
                            scale(type)
                                    .map(s -> STYLE_SCALE_FIRST + scales.indexOf(s))
                                    .orElse(type.startsWith("numeric(") ? STYLE_INTEGER : 0);
                };
        return styled(style);
    }

    private static byte[] styled(int style) {
        return ascii(style == 0 ? "\"" : "\" s=\"" + style + "\"");
    }

    /** Digits after the point that a column always has; none for whole numbers. */
    private static Optional<Integer> scale(String type) {
        var scale = SCALE.matcher(type);
        return scale.matches()
                ? Optional.of(Integer.parseInt(scale.group(1)))
                        .filter(s -> s > 0 && s <= LongNumbers.DIGITS_EXACT)
                : Optional.empty();
    }

    /** A, B, … Z, AA, … */
    private static String letters(int column) {
        var letters = new StringBuilder();
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
            letters.insert(0, (char) ('A' + (rest - 1) % 26));
        return letters.toString();
    }

    /** As spreadsheets allow it, with room for a number. */
    static String sheetName(String title) {
        var plain =
                title.codePoints()
                        .filter(c -> c >= ' ' && "[]:*?/\\'".indexOf(c) < 0 && !isHalf(c))
                        .limit(NAME_MAX)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                        .strip();
        while (plain.length() > NAME_MAX) plain = plain.substring(0, plain.length() - 2);
        return plain.isEmpty() ? "数据" : plain;
    }

    private static boolean isHalf(int c) {
        return c >= 0xD800 && c <= 0xDFFF || c == 0xFFFE || c == 0xFFFF;
    }

    @Override
    public String copyFormat() {
        return "text";
    }

    @Override
    public String expression(TargetColumn column, String name) {
        return name;
    }

    @Override
    public Set<String> mixed() {
        return mixed;
    }

    @Override
    public int sheets() {
        return sheets;
    }

    @Override
    public void begin() throws IOException {
        openSheet();
    }

    @Override
    public boolean row(CopyRows rows) throws IOException {
        if (!rows.next()) return false;
        var bytes = rows.take();
        if (rowOfSheet == sheetRowsMax) {
            closeSheet();
            openSheet();
        }
        var length = rows.lineLength();
        try {
            row(bytes, length);
        } catch (IndexOutOfBoundsException cutShort) {
            throw StrangeAnswer.of("a line that is cut short");
        }
        return true;
    }

    @Override
    public void end() throws IOException {
        closeSheet();
        if (watermark.isPresent()) {
            part(
                    "xl/worksheets/sheet" + (sheets + 1) + ".xml",
                    HEAD
                            + "<worksheet xmlns=\""
                            + MAIN
                            + "\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>"
                            + escaped(watermark.get())
                            + "</t></is></c></row></sheetData></worksheet>");
        }
        book();
        zip.finish();
    }

    @Override
    public void abandon() {
        if (sheet != null) sheet.abandon();
    }

    // rows

    private void openSheet() throws IOException {
        sheets++;
        zip.putNextEntry(new ZipEntry("xl/worksheets/sheet" + sheets + ".xml"));
        sheet = new Handover(zip);
        put(SHEET_HEAD.getBytes(StandardCharsets.UTF_8));
        rowOfSheet = 1;
        put(ascii("<row r=\"1\">"));
        for (var i = 0; i < kinds.length; i++) {
            var name = columns.get(i).name();
            put(ascii("<c r=\"" + letters(i) + "1\" s=\"" + STYLE_HEADING + "\""));
            put(INLINE);
            put(escaped(headings.getOrDefault(name, name)).getBytes(StandardCharsets.UTF_8));
            put(INLINE_END);
        }
        put(ROW_END);
        flush();
    }

    private void closeSheet() throws IOException {
        put(SHEET_END);
        flush();
        if (sheet != null) sheet.close();
        zip.closeEntry();
    }

    /** One line of the text form: fields between tabs, a backslash before what is escaped. */
    private void row(byte[] line, int length) throws IOException {
        rowOfSheet++;
        var number = ascii(Integer.toString(rowOfSheet));
        put(ROW);
        put(number);
        put(ROW_OPEN);
        var from = 0;
        for (var column = 0; column < kinds.length; column++) {
            var to = from;
            while (to < length && line[to] != '\t') to++;
            if (!isNull(line, from, to)) cell(column, number, line, from, to);
            from = to + 1;
        }
        put(ROW_END);
        if (end > 32 << 10) flush();
    }

    private static boolean isNull(byte[] line, int from, int to) {
        return to - from == 2 && line[from] == '\\' && line[from + 1] == 'N';
    }

    private void cell(int column, byte[] row, byte[] line, int from, int to) {
        put(begins[column]);
        put(row);
        switch (kinds[column]) {
            case NUMBER -> {
                if (isExact(line, from, to)) value(column, line, from, to);
                else among(column, line, from, to);
            }
            case FLOAT -> {
                // it is a double already
                if (isKept(line, from, to)) value(column, line, from, to);
                else among(column, line, from, to);
            }
            case BOOLEAN -> {
                put(styles[column]);
                put(BOOLEAN);
                put((byte) (line[from] == 't' ? '1' : '0'));
                put(VALUE_END);
            }
            case DATE -> {
                var serial = serial(line, from, to);
                if (serial < 0) among(column, line, from, to);
                else {
                    var digits = ascii(Integer.toString(serial));
                    value(column, digits, 0, digits.length);
                }
            }
            case TEXT -> text(column, line, from, to);
        }
    }

    private void value(int column, byte[] digits, int from, int to) {
        put(styles[column]);
        put(VALUE);
        put(digits, from, to - from);
        put(VALUE_END);
    }

    /** At most 15 digits, not too small for a double; neither NaN nor infinite. */
    private static boolean isExact(byte[] line, int from, int to) {
        if (to - from > DECIMAL_MAX) return false;
        var digits = 0;
        var leading = true;
        for (var i = from; i < to; i++) {
            var c = line[i];
            if (c >= '0' && c <= '9') {
                if (leading && c == '0') continue;
                leading = false;
                digits++;
            } else if (c != '.' && c != '-') return false;
        }
        return digits <= LongNumbers.DIGITS_EXACT;
    }

    /** Neither NaN nor infinite, nor what spreadsheets make 0 of: -0 and the smallest. */
    private static boolean isKept(byte[] line, int from, int to) {
        if (line[to - 1] > '9') return false;
        if (to - from == 2 && line[from] == '-' && line[from + 1] == '0') return false;
        var three = to - from > 5 && line[to - 5] == 'e' && line[to - 4] == '-';
        return !three || number(line, to - 3, to) < EXPONENT_MAX;
    }

    /** Days as spreadsheets count them, or -1 where they do not. */
    private static int serial(byte[] line, int from, int to) {
        if (to - from != 10 || line[from + 4] != '-') return -1;
        try {
            var day =
                    LocalDate.of(
                            number(line, from, from + 4),
                            number(line, from + 5, from + 7),
                            number(line, from + 8, to));
            return day.isBefore(DATES_FROM) ? -1 : (int) day.toEpochDay() + DAYS_BEFORE_EPOCH;
        } catch (DateTimeException other) {
            return -1;
        }
    }

    private static int number(byte[] line, int from, int to) {
        var number = 0;
        for (var i = from; i < to; i++) number = number * 10 + line[i] - '0';
        return number;
    }

    /** A text among numbers or dates. */
    private void among(int column, byte[] line, int from, int to) {
        mixed.add(columns.get(column).name());
        text(column, line, from, to);
    }

    private void text(int column, byte[] line, int from, int to) {
        if (to - from > CELL_MAX && units(line, from, to) > CELL_MAX)
            throw new EngineFailure(
                    Reason.CELL_TOO_LONG, Map.of("field", columns.get(column).name()));
        put(isRisky(line, from, to) ? LITERAL : PLAIN);
        put(INLINE);
        escape(line, from, to);
        put(INLINE_END);
    }

    /** A cell that stays text even when somebody edits it. */
    private static boolean isRisky(byte[] line, int from, int to) {
        if (from == to) return false;
        var first = line[from];
        return first == '=' || first == '+' || first == '-' || first == '@' || first == '\\';
    }

    private static int units(byte[] line, int from, int to) {
        var units = 0;
        for (var i = from; i < to; i++) {
            var c = line[i] & 0xff;
            if (c == '\\') i++; // an escape is two bytes for one character
            if ((c & 0xC0) != 0x80) units += c >= 0xF0 ? 2 : 1;
        }
        return units;
    }

    private void escape(byte[] line, int from, int to) {
        var plain = from;
        for (var i = from; i < to; i++) {
            if (!SPECIAL[line[i] & 0xff]) continue;
            put(line, plain, i - plain);
            i = special(line, i, to);
            plain = i + 1;
        }
        put(line, plain, to - plain);
    }

    /** Writes the character at that place; returns where it ends. */
    private int special(byte[] line, int at, int to) {
        switch (line[at]) {
            case '<' -> put(ascii("&lt;"));
            case '>' -> put(ascii("&gt;"));
            case '&' -> put(ascii("&amp;"));
            case '\\' -> {
                unescaped(line[at + 1]);
                return at + 1;
            }
            case '_' -> put(looksEscaped(line, at, to) ? ascii("_x005F_") : ascii("_"));
            case (byte) 0xEF -> {
                if (at + 2 < to && line[at + 1] == (byte) 0xBF && line[at + 2] >= (byte) 0xBE) {
                    put(ascii(line[at + 2] == (byte) 0xBE ? "_xFFFE_" : "_xFFFF_"));
                    return at + 2;
                }
                put(line[at]);
            }
            default -> control(line[at]);
        }
        return at;
    }

    private void unescaped(byte letter) {
        switch (letter) {
            case 'b' -> control(8);
            case 'f' -> control(12);
            case 'n' -> put((byte) '\n');
            case 'r' -> put(ascii("&#13;"));
            case 't' -> put((byte) '\t');
            case 'v' -> control(11);
            default -> put(letter);
        }
    }

    /** XML cannot hold it; spreadsheets have their own way of writing it. */
    private void control(int character) {
        put(ascii("_x%04X_".formatted(character)));
    }

    /** Whatever follows the four digits: it may be written with a leading _ itself. */
    private static boolean looksEscaped(byte[] line, int at, int to) {
        if (at + 5 >= to || line[at + 1] != 'x') return false;
        for (var i = at + 2; i < at + 6; i++) if (Character.digit(line[i], 16) < 0) return false;
        return true;
    }

    private static boolean[] special() {
        var special = new boolean[256];
        for (var c = 0; c < ' '; c++) special[c] = true;
        for (var c : new int[] {'<', '>', '&', '\\', '_', 0xEF}) special[c] = true;
        return special;
    }

    // the book around the sheets

    private void book() throws IOException {
        var all = new StringBuilder();
        var relations = new StringBuilder();
        var types = new StringBuilder();
        var count = sheets + (watermark.isPresent() ? 1 : 0);
        for (var i = 1; i <= count; i++) {
            var name = i > sheets ? "水印" : i == 1 ? title : title + " " + i;
            if (i > sheets && title.equals(name)) name = name + " 1";
            all.append(
                    "<sheet name=\"%s\" sheetId=\"%d\" r:id=\"rId%d\"/>"
                            .formatted(escaped(name).replace("\"", "&quot;"), i, i));
            relations.append(
                    "<Relationship Id=\"rId%d\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet%d.xml\"/>"
                            .formatted(i, i));
            types.append(
                    "<Override PartName=\"/xl/worksheets/sheet%d.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
                            .formatted(i));
        }
        part(
                "xl/workbook.xml",
                HEAD
                        + "<workbook xmlns=\""
                        + MAIN
                        + "\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                        + all
                        + "</sheets></workbook>");
        part(
                "xl/_rels/workbook.xml.rels",
                relationships(
                        relations
                                + "<Relationship Id=\"rId%d\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>"
                                        .formatted(count + 1)));
        part("xl/styles.xml", styles());
        part(
                "_rels/.rels",
                relationships(
                        "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>"));
        part(
                "[Content_Types].xml",
                HEAD
                        + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
                        + types
                        + "</Types>");
    }

    private String styles() {
        var formats = new StringBuilder("<numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>");
        var cells = new StringBuilder();
        for (var i = 0; i < scales.size(); i++) {
            formats.append(
                    "<numFmt numFmtId=\"%d\" formatCode=\"0.%s\"/>"
                            .formatted(165 + i, "0".repeat(scales.get(i))));
            cells.append(cell(165 + i, ""));
        }
        return HEAD
                + "<styleSheet xmlns=\""
                + MAIN
                + "\"><numFmts count=\""
                + (scales.size() + 1)
                + "\">"
                + formats
                + "</numFmts><fonts count=\"2\"><font><sz val=\"11\"/></font><font><b/><sz val=\"11\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\""
                + (STYLE_SCALE_FIRST + scales.size())
                + "\">"
                + cell(0, "")
                + cell(1, "")
                + cell(164, "")
                + cell(49, " quotePrefix=\"1\"")
                + "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>"
                + cells
                + "</cellXfs></styleSheet>";
    }

    private static String cell(int format, String more) {
        return "<xf numFmtId=\"%d\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"%s/>"
                .formatted(format, more);
    }

    private static String relationships(String all) {
        return HEAD
                + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + all
                + "</Relationships>";
    }

    private void part(String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** Words of ours, which hold no control characters. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("\\p{Cntrl}", " ");
    }

    // bytes

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void put(byte[] bytes) {
        put(bytes, 0, bytes.length);
    }

    private void put(byte one) {
        if (end == out.length) out = java.util.Arrays.copyOf(out, out.length * 2);
        out[end++] = one;
    }

    private void put(byte[] bytes, int from, int length) {
        if (length > out.length - end)
            out =
                    java.util.Arrays.copyOf(
                            out, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * (end + length)));
        System.arraycopy(bytes, from, out, end, length);
        end += length;
    }

    private void flush() throws IOException {
        if (sheet != null) sheet.write(out, 0, end);
        end = 0;
    }
}
