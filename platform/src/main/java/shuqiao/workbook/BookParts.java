package shuqiao.workbook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;

/**
 * Finds the parts of a workbook that are parsed, by the types of the contents and the relations of
 * the workbook, whatever the parts are called, and reads them. Parts that nobody parses, such as
 * pictures, may hold what they like.
 */
final class BookParts {

    private static final String TYPES = "[Content_Types].xml";
    private static final String WORKBOOK = "xl/workbook.xml";
    private static final String TYPE =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /** No workbook has so many relations. */
    private static final int RELATIONS_MAX = 2_000;

    /** Sheets of a workbook. */
    static final int SHEETS_MAX = 500;

    /** Spreadsheet programs take 31 characters. */
    private static final int NAME_MAX = 255;

    /** Takes one sheet after the other, in the order of the workbook. */
    interface Sheets {
        SheetCells.Rows begin(String name, boolean hidden);

        /** Its rows are read. */
        void end(List<MergedCells.Area> merged);
    }

    private record Sheet(String name, @Nullable String id, boolean hidden) {}

    private record Relation(String target, String type) {}

    private final ZipFile zip;
    private final PartScan scan;
    private final Map<String, ZipArchiveEntry> anyCase = new HashMap<>();
    private final Set<String> types = new LinkedHashSet<>();

    private String workbook = WORKBOOK;
    private @Nullable String texts;
    private boolean from1904;
    private final Map<String, Relation> relations = new LinkedHashMap<>();
    private final List<Sheet> sheets = new ArrayList<>();

    private BookParts(ZipFile zip, PartScan scan) {
        this.zip = zip;
        this.scan = scan;
        for (var entry : Collections.list(zip.getEntries()))
            anyCase.putIfAbsent(entry.getName().toLowerCase(java.util.Locale.ROOT), entry);
    }

    /** Reads all sheets. */
    static void read(ZipFile zip, PartScan scan, int columnsMax, Sheets into) throws IOException {
        new BookParts(zip, scan).read(columnsMax, into);
    }

    private void read(int columnsMax, Sheets into) throws IOException {
        var scanned = new HashSet<ZipArchiveEntry>();
        part(TYPES, "", (xml, _) -> type(xml), scanned);
        part(workbook, "", (xml, _) -> book(xml), scanned);
        part(relations(workbook), "", (xml, _) -> relation(xml), scanned);
        var shared = new BookTexts();
        if (texts == null) texts = related("/sharedStrings");
        if (texts != null) texts(texts, shared, scanned);
        var styles = new BookStyles();
        if (types.isEmpty() && related("/styles") != null) types.add(related("/styles"));
        for (var style : types) part(style, "", styles, scanned);
        for (var sheet : sheets) {
            var relation = relations.get(String.valueOf(sheet.id()));
            if (relation == null) throw PartScan.broken();
            // a sheet of one chart has no cells
            if (!relation.type().isEmpty() && !relation.type().endsWith("/worksheet")) continue;
            var rows = into.begin(sheet.name(), sheet.hidden());
            var cells = new SheetCells(shared, styles, from1904, columnsMax, rows);
            var merged = part(relation.target(), sheet.name(), cells, scanned);
            // not there, or another sheet as well
            if (merged == null) throw PartScan.broken();
            into.end(merged);
        }
        scan.refuseTexts();
    }

    private @Nullable String related(String type) {
        return relations.values().stream()
                .filter(it -> it.type().endsWith(type))
                .map(Relation::target)
                .findFirst()
                .orElse(null);
    }

    private @Nullable List<MergedCells.Area> part(
            String name, String called, PartScan.Walk reader, Set<ZipArchiveEntry> scanned)
            throws IOException {
        var entry = entry(name);
        if (entry == null || !scanned.add(entry)) return null;
        try (var in = zip.getInputStream(entry)) {
            return scan.part(in, called, reader);
        }
    }

    private void texts(String name, BookTexts shared, Set<ZipArchiveEntry> scanned)
            throws IOException {
        var entry = entry(name);
        if (entry == null || !scanned.add(entry)) return;
        try (var in = zip.getInputStream(entry)) {
            scan.texts(in, shared);
        }
    }

    /** By its very name, else in whatever case. */
    private @Nullable ZipArchiveEntry entry(String name) {
        var plain = name.startsWith("/") ? name.substring(1) : name;
        var entry = zip.getEntry(plain);
        return entry != null ? entry : anyCase.get(plain.toLowerCase(java.util.Locale.ROOT));
    }

    private void type(XMLStreamReader xml) {
        if (!xml.getLocalName().equals("Override")) return;
        var name = String.valueOf(PartScan.attribute(xml, "PartName"));
        switch (String.valueOf(PartScan.attribute(xml, "ContentType"))) {
            case TYPE + "sheet.main+xml",
                    "application/vnd.ms-excel.sheet.macroEnabled.main+xml" -> {
                if (!workbook.equals(WORKBOOK) && !workbook.equals(name)) throw twoOfOne();
                workbook = name;
            }
            case TYPE + "sharedStrings+xml" -> {
                if (texts != null && !texts.equals(name)) throw twoOfOne();
                texts = name;
            }
            case TYPE + "styles+xml" -> types.add(name);
            default -> {}
        }
    }

    /** Each program would take another of them. */
    private static Invalid twoOfOne() {
        return PartScan.broken();
    }

    private void book(XMLStreamReader xml) {
        switch (xml.getLocalName()) {
            case "workbookPr" -> {
                // another one, of another name space, says nothing of dates
                var days = PartScan.attribute(xml, "date1904");
                if (days != null) from1904 = days.equals("1") || days.equals("true");
            }
            case "sheet" -> sheet(xml);
            default -> {}
        }
    }

    private void sheet(XMLStreamReader xml) {
        var name = String.valueOf(PartScan.attribute(xml, "name"));
        if (name.length() > NAME_MAX || sheets.stream().anyMatch(it -> it.name().equals(name)))
            throw PartScan.broken();
        if (sheets.size() >= SHEETS_MAX)
            throw Invalid.field("file", "workbook.too-many-sheets", Map.of("max", SHEETS_MAX));
        var state = PartScan.attribute(xml, "state");
        sheets.add(
                new Sheet(
                        name,
                        PartScan.attribute(xml, "id"),
                        state != null && !state.equals("visible")));
    }

    private void relation(XMLStreamReader xml) {
        if (!xml.getLocalName().equals("Relationship")) return;
        if (relations.size() >= RELATIONS_MAX) throw Invalid.field("file", "workbook.bomb");
        var target = String.valueOf(PartScan.attribute(xml, "Target"));
        var file = relations(workbook);
        var type = PartScan.attribute(xml, "Type");
        relations.put(
                String.valueOf(PartScan.attribute(xml, "Id")),
                new Relation(
                        target.startsWith("/")
                                ? target
                                : file.substring(0, file.indexOf("_rel")) + target,
                        type == null ? "" : type));
    }

    private static String relations(String part) {
        int folder = part.lastIndexOf('/') + 1;
        return part.substring(0, folder) + "_rels/" + part.substring(folder) + ".rels";
    }
}
