package shuqiao.sharing;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import shuqiao.kernel.VisibleText;

/**
 * Sheets of A4 with the margins of an official document (GB/T 9704: 版心 156 mm by 225 mm), filled
 * from the top. Every text is tagged with what it is, so that it can be read aloud. Lengths are
 * points.
 */
final class Paper {

    static final double WIDTH = mm(156);

    private static final double PAGE_WIDTH = 595.28;
    private static final double PAGE_HEIGHT = 841.89;
    private static final double LEFT = mm(28);
    private static final double TOP = mm(37);
    private static final double BOTTOM = PAGE_HEIGHT - mm(35);
    private static final double FOOT = PAGE_HEIGHT - mm(25);
    private static final double PADDING = 4;

    /** Where a baseline stands in its line, and how far lines are apart, as parts of the size. */
    private static final double BASE = .88;

    private static final double LEADING = 1.6;
    private static final double CELL_LEADING = 1.5;

    /** A piece of the document's structure: its kind, its parts, and where its text stands. */
    private record Element(String kind, List<Element> parts, List<Mark> marks) {
        Element(String kind) {
            this(kind, new ArrayList<>(), new ArrayList<>());
        }
    }

    private record Mark(int page, int number) {}

    private static final class Sheet {
        final StringBuilder content = new StringBuilder();
        final List<Element> marked = new ArrayList<>();
    }

    private final Locale locale;
    private final Type type;
    private final List<Sheet> sheets = new ArrayList<>();
    private final Element document = new Element("Document");
    private double y;

    Paper(Locale locale) {
        this.locale = locale;
        this.type = new Type(locale);
        turn();
    }

    int sheets() {
        return sheets.size();
    }

    private static double mm(double length) {
        return length * 72 / 25.4;
    }

    void skip(double points) {
        y += points;
    }

    /** What follows stands on one sheet, if it is no higher than this. */
    void keep(double height) {
        room(height);
    }

    /** In the middle, in bold where it is the title. */
    void centered(String text, double size, boolean title) {
        var element = part(document, title ? "H1" : "P");
        for (var line : type.lines(text, size, WIDTH, 0)) {
            room(size * LEADING);
            write(element, (WIDTH - type.width(line, size)) / 2, line, size, title);
            y += size * LEADING;
        }
    }

    void paragraph(String text, double size, boolean indented) {
        var element = part(document, "P");
        var indent = indented ? 2 * size : 0;
        for (var line : type.lines(text, size, WIDTH, indent)) {
            room(size * LEADING);
            write(element, indent, line, size, false);
            indent = 0;
            y += size * LEADING;
        }
    }

    /** Lines at the right, centred under each other, kept on one sheet. */
    void signature(List<String> signers, double size) {
        var lines = signers.stream().map(VisibleText::shown).toList();
        var widest = lines.stream().mapToDouble(line -> type.width(line, size)).max().orElse(0);
        var centre = WIDTH - 2 * size - widest / 2;
        room(lines.size() * size * LEADING);
        for (var line : lines) {
            write(part(document, "P"), centre - type.width(line, size) / 2, line, size, false);
            y += size * LEADING;
        }
    }

    /**
     * Rows between hairlines; the first cell of each names the row. A row goes on over sheets.
     *
     * @param widths of the columns; they make up the width of the sheet
     * @param head names of the columns, or empty
     */
    void table(double[] widths, List<String> head, List<List<String>> rows, double size) {
        var table = part(document, "Table");
        rule();
        if (!head.isEmpty()) row(table, widths, head, size, true);
        for (var row : rows) row(table, widths, row, size, false);
    }

    private void row(
            Element table, double[] widths, List<String> cells, double size, boolean head) {
        var leading = size * CELL_LEADING;
        var row = part(table, "TR");
        var texts = new ArrayList<List<String>>();
        var elements = new ArrayList<Element>();
        for (int i = 0; i < cells.size(); i++) {
            texts.add(type.lines(cells.get(i), size, widths[i] - 2 * PADDING, 0));
            elements.add(part(row, head || i == 0 ? "TH" : "TD"));
        }
        var height = texts.stream().mapToInt(List::size).max().orElse(1);
        room(Math.min(height, 3) * leading + 2 * PADDING);
        y += PADDING;
        for (int line = 0; line < height; line++) {
            room(leading);
            double x = 0;
            for (int i = 0; i < cells.size(); i++) {
                if (line < texts.get(i).size())
                    write(elements.get(i), x + PADDING, texts.get(i).get(line), size, head);
                x += widths[i];
            }
            y += leading;
        }
        y += PADDING;
        rule();
    }

    /** A square code at the left, and beside it what it leads to. */
    void code(String address, List<String> words, double size) {
        var side = mm(20);
        room(side);
        try {
            var matrix = new QRCodeWriter().encode(address, BarcodeFormat.QR_CODE, 1, 1);
            var dot = side / matrix.getWidth();
            var content = sheet().content;
            content.append("/Artifact BMC\n");
            for (int row = 0; row < matrix.getHeight(); row++)
                for (int column = 0; column < matrix.getWidth(); column++)
                    if (matrix.get(column, row))
                        content.append(
                                "%s %s %s %s re\n"
                                        .formatted(
                                                n(LEFT + column * dot),
                                                n(PAGE_HEIGHT - y - (row + 1) * dot),
                                                n(dot),
                                                n(dot)));
            content.append("f\nEMC\n");
        } catch (WriterException impossible) {
            throw new IllegalStateException(impossible);
        }
        var start = y;
        for (var word : words) {
            var element = part(document, "P");
            for (var line : type.lines(word, size, WIDTH - side - 12, 0)) {
                write(element, side + 12, line, size, false);
                y += size * CELL_LEADING;
            }
        }
        y = Math.max(y, start + side);
    }

    /** The file: sheets with their numbers, the structure, and what is said of the whole. */
    byte[] bytes(String title, String author, java.util.function.IntFunction<String> foot) {
        for (int i = 0; i < sheets.size(); i++) {
            var text = VisibleText.shown(foot.apply(i + 1));
            sheets.get(i)
                    .content
                    .append("/Artifact BMC\n")
                    .append(
                            shown(
                                    (PAGE_WIDTH - type.width(text, 10)) / 2,
                                    PAGE_HEIGHT - FOOT,
                                    text,
                                    10,
                                    false))
                    .append("EMC\n");
        }
        var file = new PdfFile();
        var catalog = file.reserve();
        var pages = file.reserve();
        var structure = file.reserve();
        var resources = Type.resources(file);
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < sheets.size(); i++) {
            var content = file.addStream(sheets.get(i).content.toString());
            numbers.add(
                    file.add(
                            "<</Type/Page/Parent %s/MediaBox[0 0 %s %s]/Resources%s/Contents %s/StructParents %d/Tabs/S>>"
                                    .formatted(
                                            PdfFile.ref(pages),
                                            n(PAGE_WIDTH),
                                            n(PAGE_HEIGHT),
                                            resources,
                                            PdfFile.ref(content),
                                            i)));
        }
        file.put(
                pages,
                "<</Type/Pages/Count %d/Kids[%s]>>".formatted(numbers.size(), refs(numbers)));
        structure(file, structure, numbers);
        file.put(
                catalog,
                "<</Type/Catalog/Pages %s/Lang(%s)/MarkInfo<</Marked true>>/StructTreeRoot %s/ViewerPreferences<</DisplayDocTitle true>>>>"
                        .formatted(
                                PdfFile.ref(pages),
                                locale.getLanguage().equals("en") ? "en" : "zh-CN",
                                PdfFile.ref(structure)));
        var info =
                file.add(
                        "<</Title%s/Author%s/Creator%s>>"
                                .formatted(
                                        PdfFile.text(VisibleText.shown(title)),
                                        PdfFile.text(VisibleText.shown(author)),
                                        PdfFile.text("Shuqiao 数桥")));
        return file.bytes(catalog, info);
    }

    private void structure(PdfFile file, int root, List<Integer> pages) {
        var known = new java.util.IdentityHashMap<Element, Integer>();
        var top = element(file, document, root, pages, known);
        var parents = new StringBuilder();
        for (int i = 0; i < sheets.size(); i++)
            parents.append(i)
                    .append(" [")
                    .append(refs(sheets.get(i).marked.stream().map(known::get).toList()))
                    .append("] ");
        file.put(
                root,
                "<</Type/StructTreeRoot/K %s/ParentTree<</Nums[%s]>>>>"
                        .formatted(PdfFile.ref(top), parents));
    }

    private static int element(
            PdfFile file,
            Element it,
            int parent,
            List<Integer> pages,
            java.util.Map<Element, Integer> known) {
        var number = file.reserve();
        known.put(it, number);
        var kids = new StringBuilder();
        for (var below : it.parts())
            kids.append(PdfFile.ref(element(file, below, number, pages, known))).append(' ');
        for (var mark : it.marks())
            kids.append(
                    "<</Type/MCR/Pg %s/MCID %d>> "
                            .formatted(PdfFile.ref(pages.get(mark.page())), mark.number()));
        file.put(
                number,
                "<</Type/StructElem/S/%s/P %s/K[%s]>>"
                        .formatted(it.kind(), PdfFile.ref(parent), kids));
        return number;
    }

    private static String refs(List<Integer> numbers) {
        return String.join(" ", numbers.stream().map(PdfFile::ref).toList());
    }

    private static Element part(Element of, String kind) {
        var element = new Element(kind);
        of.parts().add(element);
        return element;
    }

    private Sheet sheet() {
        return sheets.getLast();
    }

    private void turn() {
        sheets.add(new Sheet());
        y = TOP;
    }

    /** A new sheet when so much does not fit on this one. */
    private void room(double height) {
        if (y + height > BOTTOM && y > TOP) turn();
    }

    private void rule() {
        sheet().content
                .append(
                        "/Artifact BMC\n.4 w .6 G %s %s m %s %s l S\nEMC\n"
                                .formatted(
                                        n(LEFT),
                                        n(PAGE_HEIGHT - y),
                                        n(LEFT + WIDTH),
                                        n(PAGE_HEIGHT - y)));
    }

    private void write(Element element, double x, String text, double size, boolean bold) {
        var marked = sheet().marked;
        element.marks().add(new Mark(sheets.size() - 1, marked.size()));
        sheet().content
                .append("/")
                .append(element.kind())
                .append(" <</MCID ")
                .append(marked.size())
                .append(">> BDC\n")
                .append(shown(LEFT + x, PAGE_HEIGHT - y - size * BASE, text, size, bold))
                .append("EMC\n");
        marked.add(element);
    }

    private String shown(double x, double baseline, String text, double size, boolean bold) {
        var out = new StringBuilder("BT ");
        if (bold) out.append("2 Tr ").append(n(size / 40)).append(" w 0 G ");
        for (var run : type.runs(text, size)) {
            out.append(
                    "/%s %s Tf 1 0 0 1 %s %s Tm <%s> Tj "
                            .formatted(
                                    run.latin() ? "F2" : "F1",
                                    n(size),
                                    n(x),
                                    n(baseline),
                                    run.hex()));
            x += run.width();
        }
        if (bold) out.append("0 Tr ");
        return out.append("ET\n").toString();
    }

    private static String n(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
