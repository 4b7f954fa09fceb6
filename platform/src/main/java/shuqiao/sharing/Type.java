package shuqiao.sharing;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import shuqiao.kernel.VisibleText;

/**
 * Two faces that every reader of PDF knows, so that no font is shipped: 宋体 of the predefined
 * Chinese collection for Chinese, Times for Latin letters and figures.
 */
final class Type {

    /** One face and the codes of some characters in it. */
    record Run(boolean latin, String hex, double width) {}

    private static final Charset WESTERN = Charset.forName("windows-1252");

    /** Thousandths of the size, from the blank to the tilde. */
    private static final int[] TIMES = {
        250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500,
        500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667,
        722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722,
        722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500,
        500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500,
        444, 480, 200, 480, 541
    };

    /** Of the other characters that English sentences use. */
    private static final String MORE = "‘’“”–—…•·";

    private static final int[] TIMES_MORE = {333, 333, 444, 444, 500, 1000, 1000, 350, 250};

    /** What may not stand at the beginning of a line, and what may not stand at the end of one. */
    private static final String CLOSING = "，。、；：！？）》〉」』】〕”’％…—·,.;:!?)]}%";

    private static final String OPENING = "（《〈「『【〔“‘([{";

    private final boolean english;

    Type(Locale locale) {
        english = locale.getLanguage().equals("en");
    }

    /** Width in points. */
    double width(String text, double size) {
        return text.codePoints().mapToDouble(this::width).sum() * size / 1000;
    }

    private int width(int c) {
        if (c >= ' ' && c <= '~') return TIMES[c - ' '];
        if (!latin(c)) return 1000;
        return TIMES_MORE[MORE.indexOf(c)];
    }

    /** Quotation marks and dashes are as wide as a Chinese character where the text is Chinese. */
    private boolean latin(int c) {
        return (c >= ' ' && c <= '~') || (english && MORE.indexOf(c) >= 0);
    }

    List<Run> runs(String text, double size) {
        var runs = new ArrayList<Run>();
        var points = text.codePoints().toArray();
        for (int from = 0, to; from < points.length; from = to) {
            var latin = latin(points[from]);
            to = from + 1;
            while (to < points.length && latin(points[to]) == latin) to++;
            var part = new String(points, from, to - from);
            runs.add(
                    new Run(
                            latin,
                            latin
                                    ? HexFormat.of().formatHex(part.getBytes(WESTERN))
                                    : PdfFile.hex(part),
                            width(part, size)));
        }
        return runs;
    }

    /**
     * The text in lines of at most this width, the first one shorter by the indent. Chinese breaks
     * between characters, but punctuation stays with what it belongs to; a word breaks only when it
     * is longer than a line. What has no place on paper (controls) becomes a blank, marks of
     * direction are written out.
     */
    List<String> lines(String text, double size, double width, double indent) {
        var lines = new ArrayList<String>();
        for (var paragraph : text.strip().split("\\R", -1))
            broken(
                    VisibleText.shown(paragraph.replaceAll("\\p{Cntrl}", " "))
                            .codePoints()
                            .toArray(),
                    size,
                    width,
                    lines.isEmpty() ? indent : 0,
                    lines);
        return lines;
    }

    private void broken(int[] text, double size, double width, double indent, List<String> lines) {
        int from = 0;
        int fits = 0;
        double used = indent;
        for (int at = 0; at < text.length; at++) {
            used += width(text[at]) * size / 1000;
            if (used > width && at > from && text[at] != ' ') {
                var to = fits > from ? fits : at;
                lines.add(new String(text, from, to - from).stripTrailing());
                from = to;
                at = to;
                used = width(text[at]) * size / 1000;
            }
            if (at + 1 < text.length && breaks(text[at], text[at + 1])) fits = at + 1;
        }
        lines.add(new String(text, from, text.length - from).stripTrailing());
    }

    private static boolean breaks(int before, int after) {
        if (after == ' ' || CLOSING.indexOf(after) >= 0 || OPENING.indexOf(before) >= 0)
            return false;
        if (before == ' ') return true;
        return !(isWord(before) && isWord(after));
    }

    private static boolean isWord(int c) {
        return c < 0x2000 && c != ' ';
    }

    /** Both faces as objects of the file; F1 is Chinese, F2 Latin. */
    static String resources(PdfFile file) {
        var descriptor =
                file.add(
                        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
                                + "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>");
        var descendant =
                file.add(
                        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
                                + "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
                                + "/FontDescriptor "
                                + PdfFile.ref(descriptor)
                                + "/DW 1000/W[1 95 500 814 939 500]>>");
        var chinese =
                file.add(
                        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light-UniGB-UTF16-H"
                                + "/Encoding/UniGB-UTF16-H/DescendantFonts["
                                + PdfFile.ref(descendant)
                                + "]>>");
        var latin =
                file.add(
                        "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>");
        return "<</Font<</F1 " + PdfFile.ref(chinese) + "/F2 " + PdfFile.ref(latin) + ">>>>";
    }
}
