package shuqiao.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Which cells of a sheet are merged, which the reader of spreadsheets does not tell. People merge
 * the cells of a resource down over the rows of its items; all of them are meant.
 */
final class MergedCells {

    /** From row and column to row and column, all from 0. */
    record Area(int top, int left, int bottom, int right) {}

    private static final int AREAS_MAX = 20_000;
    private static final XMLInputFactory XML = factory();

    private MergedCells() {}

    /** By the name of the sheet; sheets without any are left out. */
    static Map<String, List<Area>> of(byte[] content) {
        var areas = new HashMap<String, List<Area>>();
        try (var zip =
                ZipFile.builder()
                        .setSeekableByteChannel(new SeekableInMemoryByteChannel(content))
                        .get()) {
            var targets = new HashMap<String, String>();
            read(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    xml -> {
                        if (xml.getLocalName().equals("Relationship"))
                            targets.put(
                                    String.valueOf(attribute(xml, "Id")),
                                    String.valueOf(attribute(xml, "Target")));
                    });
            var sheets = new HashMap<String, String>();
            read(
                    zip,
                    "xl/workbook.xml",
                    xml -> {
                        if (xml.getLocalName().equals("sheet"))
                            sheets.put(
                                    String.valueOf(attribute(xml, "name")),
                                    targets.getOrDefault(String.valueOf(attribute(xml, "id")), ""));
                    });
            for (var sheet : sheets.entrySet()) {
                var found = new ArrayList<Area>();
                var path = sheet.getValue();
                read(
                        zip,
                        path.startsWith("/") ? path.substring(1) : "xl/" + path,
                        xml -> {
                            if (xml.getLocalName().equals("mergeCell")
                                    && found.size() < AREAS_MAX) {
                                var area = area(attribute(xml, "ref"));
                                if (area != null) found.add(area);
                            }
                        });
                if (!found.isEmpty()) areas.put(sheet.getKey(), found);
            }
        } catch (IOException | XMLStreamException | IllegalArgumentException _) {
            // the reader of spreadsheets says what is broken
            return Map.of();
        }
        return areas;
    }

    private interface Element {
        void at(XMLStreamReader xml);
    }

    private static void read(ZipFile zip, String path, Element each)
            throws IOException, XMLStreamException {
        var entry = zip.getEntry(path);
        if (entry == null) return;
        try (InputStream in = zip.getInputStream(entry)) {
            var xml = XML.createXMLStreamReader(in);
            while (xml.hasNext()) if (xml.next() == XMLStreamReader.START_ELEMENT) each.at(xml);
            xml.close();
        }
    }

    /** By its local name, whatever the prefix. */
    private static @Nullable String attribute(XMLStreamReader xml, String name) {
        for (int at = 0; at < xml.getAttributeCount(); at++)
            if (xml.getAttributeLocalName(at).equals(name)) return xml.getAttributeValue(at);
        return null;
    }

    private static @Nullable Area area(@Nullable String ref) {
        if (ref == null || !ref.matches("[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}")) return null;
        var ends = ref.split(":", 2);
        return new Area(row(ends[0]), column(ends[0]), row(ends[1]), column(ends[1]));
    }

    private static int row(String cell) {
        return Integer.parseInt(cell.replaceAll("[A-Z]", "")) - 1;
    }

    private static int column(String cell) {
        int column = 0;
        for (char c : cell.replaceAll("[0-9]", "").toCharArray())
            column = column * 26 + c - 'A' + 1;
        return column - 1;
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
