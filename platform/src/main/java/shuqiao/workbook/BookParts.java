package shuqiao.workbook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Invalid;

/**
 * Which parts of a workbook its reader will parse, found as the reader finds them: by the types of
 * the contents and the relations of the workbook, whatever the parts are called. Parts that nobody
 * parses, such as pictures, may hold what they like.
 */
final class BookParts {

    private static final String TYPES = "[Content_Types].xml";
    private static final String WORKBOOK = "xl/workbook.xml";
    private static final String TYPE =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /** No workbook has so many relations. */
    private static final int RELATIONS_MAX = 2_000;

    /** Spreadsheet programs take 31 characters. */
    private static final int NAME_MAX = 255;

    private final ZipFile zip;
    private final PartScan scan;
    private final Map<String, ZipArchiveEntry> anyCase = new HashMap<>();
    private final Set<String> types = new LinkedHashSet<>();

    private String workbook = WORKBOOK;
    private @Nullable String texts;
    private final Map<String, String> targets = new HashMap<>();
    private final Map<String, String> sheets = new LinkedHashMap<>();

    private BookParts(ZipFile zip, PartScan scan) {
        this.zip = zip;
        this.scan = scan;
        for (var entry : Collections.list(zip.getEntries()))
            anyCase.putIfAbsent(entry.getName().toLowerCase(java.util.Locale.ROOT), entry);
    }

    /**
     * Scans all of them.
     *
     * @return the merged areas by the name of their sheet
     */
    static Map<String, List<MergedCells.Area>> scan(ZipFile zip, PartScan scan) throws IOException {
        return new BookParts(zip, scan).scan();
    }

    private Map<String, List<MergedCells.Area>> scan() throws IOException {
        var scanned = new LinkedHashSet<ZipArchiveEntry>();
        part(TYPES, "", this::type, scanned);
        part(workbook, "", this::sheet, scanned);
        part(relations(workbook), "", this::relation, scanned);
        if (texts != null) texts(texts, scanned);
        for (var style : types) part(style, "", PartScan.NOTHING_MORE, scanned);
        var names = names();
        var merged = new TreeMap<String, List<MergedCells.Area>>();
        for (var target : new LinkedHashSet<>(targets.values())) {
            var called = names.getOrDefault(target, List.of());
            var areas =
                    part(
                            target,
                            called.isEmpty() ? target : called.getFirst(),
                            PartScan.NOTHING_MORE,
                            scanned);
            if (areas != null && !areas.isEmpty()) for (var name : called) merged.put(name, areas);
        }
        scan.refuseTexts();
        return merged;
    }

    private @Nullable List<MergedCells.Area> part(
            String name, String called, PartScan.More more, Set<ZipArchiveEntry> scanned)
            throws IOException {
        var entry = entry(name);
        if (entry == null || !scanned.add(entry)) return null;
        try (var in = zip.getInputStream(entry)) {
            return scan.part(in, called, more);
        }
    }

    private void texts(String name, Set<ZipArchiveEntry> scanned) throws IOException {
        var entry = entry(name);
        if (entry == null || !scanned.add(entry)) return;
        try (var in = zip.getInputStream(entry)) {
            scan.texts(in);
        }
    }

    /** As the reader finds it: by its very name, else in whatever case. */
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

    /** Which of them would be read is the reader's secret. */
    private static Invalid twoOfOne() {
        return Invalid.field("file", "workbook.no-workbook");
    }

    private void sheet(XMLStreamReader xml) {
        if (!xml.getLocalName().equals("sheet") || sheets.size() >= RELATIONS_MAX) return;
        var name = String.valueOf(PartScan.attribute(xml, "name"));
        if (name.length() > NAME_MAX) throw PartScan.broken();
        sheets.put(name, String.valueOf(PartScan.attribute(xml, "id")));
    }

    private void relation(XMLStreamReader xml) {
        if (!xml.getLocalName().equals("Relationship")) return;
        if (targets.size() >= RELATIONS_MAX) throw Invalid.field("file", "workbook.bomb");
        var target = String.valueOf(PartScan.attribute(xml, "Target"));
        var file = relations(workbook);
        targets.put(
                String.valueOf(PartScan.attribute(xml, "Id")),
                target.startsWith("/") ? target : file.substring(0, file.indexOf("_rel")) + target);
    }

    private static String relations(String part) {
        int folder = part.lastIndexOf('/') + 1;
        return part.substring(0, folder) + "_rels/" + part.substring(folder) + ".rels";
    }

    /** What the sheets of a part are called. */
    private Map<String, List<String>> names() {
        var names = new HashMap<String, List<String>>();
        sheets.forEach((name, id) -> {
            var target = targets.get(id);
            if (target != null) names.computeIfAbsent(target, _ -> new ArrayList<>()).add(name);
        });
        return names;
    }
}
