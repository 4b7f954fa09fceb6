package shuqiao.sharing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;

/**
 * The numbered objects of a PDF 1.7 file (ISO 32000-1), written one after the other. What a letter
 * needs of the format fits on a page, so no library is shipped for it; the tests read what comes
 * out with one.
 */
final class PdfFile {

    private final List<byte[]> objects = new ArrayList<>();

    /** A number for an object that others name before it is written. */
    int reserve() {
        objects.add(new byte[0]);
        return objects.size();
    }

    void put(int number, String content) {
        objects.set(number - 1, latin(content));
    }

    int add(String content) {
        var number = reserve();
        put(number, content);
        return number;
    }

    /** A compressed stream. */
    int addStream(String content) {
        var deflater = new Deflater();
        deflater.setInput(latin(content));
        deflater.finish();
        var packed = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        while (!deflater.finished()) packed.write(buffer, 0, deflater.deflate(buffer));
        deflater.end();
        var all = new ByteArrayOutputStream();
        all.writeBytes(latin("<</Filter/FlateDecode/Length " + packed.size() + ">>stream\n"));
        all.writeBytes(packed.toByteArray());
        all.writeBytes(latin("\nendstream"));
        objects.add(all.toByteArray());
        return objects.size();
    }

    byte[] bytes(int catalog, int info) {
        var out = new ByteArrayOutputStream();
        // bytes above 127 in the first lines tell programs that the file is not text
        out.writeBytes(latin("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"));
        var places = new ArrayList<Integer>();
        for (int i = 0; i < objects.size(); i++) {
            places.add(out.size());
            out.writeBytes(latin((i + 1) + " 0 obj\n"));
            out.writeBytes(objects.get(i));
            out.writeBytes(latin("\nendobj\n"));
        }
        var table = out.size();
        out.writeBytes(latin("xref\n0 " + (places.size() + 1) + "\n0000000000 65535 f \n"));
        for (var place : places) out.writeBytes(latin("%010d 00000 n \n".formatted(place)));
        out.writeBytes(
                latin(
                        "trailer\n<</Size %d/Root %s/Info %s>>\nstartxref\n%d\n%%%%EOF\n"
                                .formatted(places.size() + 1, ref(catalog), ref(info), table)));
        return out.toByteArray();
    }

    static String ref(int number) {
        return number + " 0 R";
    }

    /** A text of the document's data, such as its title: UTF-16 with its mark. */
    static String text(String value) {
        return "<FEFF" + hex(value) + ">";
    }

    /** UTF-16BE, which is also the code of the predefined Chinese encodings. */
    static String hex(String value) {
        return HexFormat.of().withUpperCase().formatHex(value.getBytes(StandardCharsets.UTF_16BE));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
