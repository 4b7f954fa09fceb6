package shuqiao.compilation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.ClassNode;
import shuqiao.catalog.Description;
import shuqiao.catalog.Item;
import shuqiao.catalog.Survey;
import shuqiao.organization.Organization;

/** Entries of the catalog as rows of the workbook, so that they come in again without a change. */
final class EntryRows {

    /** Rows that are ready to be written into. */
    private static final int PREPARED = 500;

    private final Map<String, ClassNode> classes = new HashMap<>();
    private final Map<String, String> departments = new HashMap<>();
    private final List<Map<String, String>> entries = new ArrayList<>();
    private final List<Map<String, String>> items = new ArrayList<>();

    EntryRows(List<ClassNode> nodes, List<Organization> all) {
        nodes.forEach(node -> classes.put(node.fullCode(), node));
        var names = new HashSet<String>();
        for (var it : all)
            departments.put(
                    it.code().value(), names.add(it.name()) ? it.name() : it.code().value());
    }

    /** Only the department stands in them. */
    static Map<String, List<Map<String, String>>> prepared(Organization own, Locale locale) {
        var row =
                Map.of(
                        "provider",
                        locale.getLanguage().equals("en") ? own.nameIn(locale) : own.name(),
                        "providerCode",
                        own.code().value());
        var rows = new ArrayList<Map<String, String>>();
        for (int i = 0; i < PREPARED; i++) rows.add(row);
        return Map.of(EntryLayout.ENTRIES, rows);
    }

    void add(Catalog.Listed listed, boolean flat) {
        var number = String.valueOf(entries.size() + 1);
        var row = entry(number, listed);
        if (!flat) {
            entries.add(row);
            for (var it : listed.description().items()) {
                var cells = item(it);
                cells.put("ref", number);
                cells.put("name", listed.description().name());
                items.add(cells);
            }
            return;
        }
        if (listed.description().items().isEmpty()) entries.add(row);
        for (var it : listed.description().items()) {
            var cells = new LinkedHashMap<>(row);
            cells.putAll(item(it));
            entries.add(cells);
        }
    }

    Map<String, List<Map<String, String>>> bySheet() {
        return Map.of(EntryLayout.ENTRIES, entries, EntryLayout.ITEMS, items);
    }

    private Map<String, String> entry(String number, Catalog.Listed listed) {
        var it = listed.description();
        var cells = new LinkedHashMap<String, String>();
        cells.put("ref", number);
        cells.put("name", it.name());
        cells.put("code", listed.code() == null ? "" : listed.code());
        cells.put("provider", departments.getOrDefault(listed.provider(), ""));
        cells.put("providerCode", listed.provider());
        cells.put("innerDepartment", it.innerDepartment());
        cells.put("summary", it.summary());
        classes(cells, it);
        cells.put("formatKind", name(it.formatKind()));
        cells.put("formatType", it.formatType());
        cells.put("formatOther", it.formatOther());
        cells.put("sharingKind", name(it.sharingKind()));
        cells.put("sharingCondition", it.sharingCondition());
        cells.put("sharingBasis", it.sharingBasis());
        cells.put(
                "sharingRange",
                String.join(
                        "、",
                        it.sharingRange().stream()
                                .map(code -> departments.getOrDefault(code, code))
                                .toList()));
        cells.put("sharingMethodKind", name(it.sharingMethodKind()));
        cells.put("sharingMethodType", name(it.sharingMethodType()));
        cells.put("open", String.valueOf(it.open()));
        cells.put("openCondition", it.openCondition());
        cells.put("updateCycle", name(it.updateCycle()));
        cells.put("relatedCode", it.relatedCode());
        survey(cells, it.survey());
        return cells;
    }

    /** Numbers that nobody filled in stay empty. */
    private static void survey(Map<String, String> cells, Survey six) {
        if (!six.known()) return;
        cells.put("census1", six.storage().toPlainString());
        cells.put("census2", String.valueOf(six.records()));
        cells.put("census3", six.sharedStorage().toPlainString());
        cells.put("census4", String.valueOf(six.sharedRecords()));
        cells.put("census5", six.openStorage().toPlainString());
        cells.put("census6", String.valueOf(six.openRecords()));
    }

    private void classes(Map<String, String> cells, Description it) {
        cells.put("classification", it.classification());
        var way = new ArrayList<ClassNode>();
        for (var node = classes.get(it.classification()); node != null; node = above(node))
            way.addFirst(node);
        for (int at = 0; at < Math.min(way.size(), 4); at++)
            cells.put("class" + (at + 1), EntryLayout.label(way.get(at)));
    }

    private @Nullable ClassNode above(ClassNode node) {
        return node.parentFullCode() == null ? null : classes.get(node.parentFullCode());
    }

    private static Map<String, String> item(Item it) {
        var cells = new LinkedHashMap<String, String>();
        cells.put("itemName", it.name());
        cells.put("itemColumn", it.column());
        cells.put("dataType", name(it.dataType()));
        cells.put("length", it.length() == null ? "" : String.valueOf(it.length()));
        cells.put("key", String.valueOf(it.key()));
        cells.put("nullable", String.valueOf(it.nullable()));
        cells.put("sensitivity", it.sensitivity().name());
        cells.put("shareable", String.valueOf(it.shareable()));
        cells.put("itemElement", it.element());
        cells.put("itemCodes", it.codes());
        cells.put("itemDescription", it.description());
        return cells;
    }

    private static String name(@Nullable Enum<?> value) {
        return value == null ? "" : value.name();
    }
}
