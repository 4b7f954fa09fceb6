package shuqiao.workbook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An .xlsx written part by part, as no spreadsheet program writes it. */
final class RawBook {

    /** Writes the content of a part, however long it is. */
    interface Content {
        void to(OutputStream out) throws IOException;
    }

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String MAIN =
            " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private static final String TYPE =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private final Map<String, Content> parts = new LinkedHashMap<>();

    RawBook() {
        part(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + override("/xl/workbook.xml", "sheet.main+xml")
                        + override("/xl/sharedStrings.xml", "sharedStrings+xml")
                        + override("/xl/styles.xml", "styles+xml")
                        + "</Types>");
        part(
                "xl/workbook.xml",
                "<workbook"
                        + MAIN
                        + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
                        + "<sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        part(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                        + "<Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\""
                        + " Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/>"
                        + "</Relationships>");
        part(
                "xl/styles.xml",
                "<styleSheet" + MAIN + "><cellXfs><xf numFmtId=\"0\"/></cellXfs></styleSheet>");
        texts("<si><t>甲</t></si><si><t>乙</t></si>");
        sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    }

    private static String override(String part, String type) {
        return "<Override PartName=\"%s\" ContentType=\"%s%s\"/>".formatted(part, TYPE, type);
    }

    RawBook part(String name, String content) {
        return part(name, out -> out.write((HEAD + content).getBytes(StandardCharsets.UTF_8)));
    }

    RawBook part(String name, Content content) {
        parts.put(name, content);
        return this;
    }

    RawBook texts(String items) {
        return part("xl/sharedStrings.xml", "<sst" + MAIN + ">" + items + "</sst>");
    }

    /** The rows of its one sheet. */
    RawBook sheet(String rows) {
        return sheet(rows, "");
    }

    RawBook sheet(String rows, String after) {
        return part(
                "xl/worksheets/sheet1.xml",
                "<worksheet"
                        + MAIN
                        + "><sheetData>"
                        + rows
                        + "</sheetData>"
                        + after
                        + "</worksheet>");
    }

    /** A sheet that is written piece by piece: begin, the piece so often, end. */
    RawBook sheet(String begin, String piece, int times, String end) {
        return part(
                "xl/worksheets/sheet1.xml",
                out -> {
                    out.write(
                            (HEAD + "<worksheet" + MAIN + "><sheetData>" + begin)
                                    .getBytes(StandardCharsets.UTF_8));
                    many(out, piece, times);
                    out.write((end + "</sheetData></worksheet>").getBytes(StandardCharsets.UTF_8));
                });
    }

    static void many(OutputStream out, String piece, int times) throws IOException {
        var block = piece.repeat(1000).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < times / 1000; i++) out.write(block);
        out.write(piece.repeat(times % 1000).getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                part.getValue().to(zip);
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
