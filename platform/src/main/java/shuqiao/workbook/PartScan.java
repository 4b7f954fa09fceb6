package shuqiao.workbook;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Refusal;

/**
 * Walks through the XML of a workbook ahead of its reader, and refuses what no spreadsheet program
 * can have written: the reader believes what it reads, and one cell of a million digits, or one
 * beyond the last column, would take all time or all memory.
 */
final class PartScan {

    /** Shared texts of a workbook. */
    static final int TEXTS_MAX = 1_000_000;

    private static final int DEPTH_MAX = 100;
    private static final int NAMES_MAX = 2_000;
    private static final int ATTRIBUTES_MAX = 300;
    private static final int FORMAT_MAX = 255;
    private static final int STYLES_MAX = 200_000;

    /** Sees the tags and words of a part, one after the other, once they have proved harmless. */
    interface Walk {
        void begin(XMLStreamReader xml, int depth);

        default void text(XMLStreamReader xml) {}

        default void end(String name, int depth) {}
    }

    private final PartStream.Budget budget;
    private final Deadline deadline;
    private final XMLInputFactory xml = factory();

    /** How many shared texts there are; negative when the workbook has no part for them. */
    private int texts = -1;

    /** The first shared text that is too long. */
    private int tooLong = -1;

    PartScan(PartStream.Budget budget, Deadline deadline) {
        this.budget = budget;
        this.deadline = deadline;
    }

    private static XMLInputFactory factory() {
        // each file has its own table of names
        var factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** By its local name, whatever the prefix; refuses two, of which each program takes another. */
    static @Nullable String attribute(XMLStreamReader xml, String name) {
        String found = null;
        for (int at = 0; at < xml.getAttributeCount(); at++)
            if (xml.getAttributeLocalName(at).equals(name)) {
                if (found != null) throw broken();
                found = xml.getAttributeValue(at);
            }
        return found;
    }

    static Invalid broken() {
        return Invalid.field("file", "workbook.no-workbook");
    }

    /**
     * @param called name of the sheet, for what is said of it
     * @return its merged areas
     */
    List<MergedCells.Area> part(InputStream in, String called, Walk reader) {
        var cells = new CellScan(called, texts, tooLong);
        var merged = new ArrayList<MergedCells.Area>();
        int[] styles = {0};
        var stream = new PartStream(in, budget, deadline);
        walk(
                stream,
                new Walk() {
                    @Override
                    public void begin(XMLStreamReader xml, int depth) {
                        var name = xml.getLocalName();
                        cells.begin(xml, name, depth);
                        switch (name) {
                            case "mergeCell" -> {
                                var area = MergedCells.area(attribute(xml, "ref"));
                                if (area != null && merged.size() < MergedCells.AREAS_MAX)
                                    merged.add(area);
                            }
                            case "numFmt" -> {
                                var format = attribute(xml, "formatCode");
                                if (format != null && format.length() > FORMAT_MAX) throw broken();
                                if (++styles[0] > STYLES_MAX) throw broken();
                            }
                            case "xf" -> {
                                if (++styles[0] > STYLES_MAX) throw broken();
                            }
                            default -> {}
                        }
                        reader.begin(xml, depth);
                    }

                    @Override
                    public void text(XMLStreamReader xml) {
                        cells.text(xml);
                        reader.text(xml);
                    }

                    @Override
                    public void end(String name, int depth) {
                        cells.end(name, depth);
                        reader.end(name, depth);
                    }
                });
        if (stream.isTooLong()) cells.refuseText();
        return merged;
    }

    /** The part of the texts that cells share. */
    void texts(InputStream in, Walk reader) {
        var stream = new PartStream(in, budget, deadline);
        int[] length = {0};
        int[] total = {0};
        texts = 0;
        walk(
                stream,
                new Walk() {
                    @Override
                    public void begin(XMLStreamReader xml, int depth) {
                        reader.begin(xml, depth);
                        if (!xml.getLocalName().equals("si")) return;
                        if (++texts > TEXTS_MAX) throw WorkbookReader.tooMuch();
                        length[0] = 0;
                    }

                    @Override
                    public void text(XMLStreamReader xml) {
                        length[0] += xml.getTextLength();
                        total[0] += xml.getTextLength();
                        if (length[0] > CellScan.TEXT_MAX && tooLong < 0) tooLong = texts - 1;
                        if (total[0] > WorkbookReader.CHARACTERS_MAX && tooLong < 0)
                            throw WorkbookReader.tooMuch();
                        reader.text(xml);
                    }

                    @Override
                    public void end(String name, int depth) {
                        reader.end(name, depth);
                    }
                });
        if (stream.isTooLong() && tooLong < 0) tooLong = Math.max(texts - 1, 0);
        // the rest has not been counted
        if (stream.isTooLong()) texts = Integer.MAX_VALUE;
    }

    /** A text that is too long is refused even where no cell shows it: it would be read. */
    void refuseTexts() {
        if (tooLong >= 0)
            throw Invalid.field("file", "workbook.shared-text", Map.of("max", CellScan.TEXT_MAX));
    }

    private void walk(PartStream stream, Walk each) {
        int depth = 0;
        var names = new HashSet<String>();
        try {
            var reader = xml.createXMLStreamReader(stream);
            var encoding = reader.getCharacterEncodingScheme();
            var read = reader.getEncoding();
            // in others a sign of markup can stand inside of a character
            if (isOther(encoding) || isOther(read)) throw broken();
            while (reader.hasNext())
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth > DEPTH_MAX) throw broken();
                        named(reader, names);
                        each.begin(reader, depth);
                    }
                    case XMLStreamConstants.END_ELEMENT -> each.end(reader.getLocalName(), depth--);
                    case XMLStreamConstants.CHARACTERS,
                            XMLStreamConstants.CDATA,
                            XMLStreamConstants.SPACE ->
                            each.text(reader);
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                            throw broken();
                    default -> {}
                }
        } catch (Refusal told) {
            throw told;
        } catch (XMLStreamException | RuntimeException broken) {
            // where texts are long the parser throws unchecked, since it reads them when they are
            // asked for; what was too long is told by who began the walk
            if (!stream.isTooLong()) throw broken();
        }
    }

    private static boolean isOther(@Nullable String encoding) {
        return encoding != null
                && !encoding.equalsIgnoreCase("UTF-8")
                && !encoding.equalsIgnoreCase("US-ASCII");
    }

    /** Names are kept by a parser as long as it lives. */
    private static void named(XMLStreamReader reader, Set<String> names) {
        if (reader.getAttributeCount() > ATTRIBUTES_MAX
                || reader.getNamespaceCount() > ATTRIBUTES_MAX) throw broken();
        names.add(reader.getLocalName());
        for (int at = 0; at < reader.getAttributeCount(); at++)
            names.add(reader.getAttributeLocalName(at));
        for (int at = 0; at < reader.getNamespaceCount(); at++) {
            names.add("xmlns:" + reader.getNamespacePrefix(at));
            names.add("xmlns=" + reader.getNamespaceURI(at));
        }
        if (names.size() > NAMES_MAX) throw broken();
    }
}
