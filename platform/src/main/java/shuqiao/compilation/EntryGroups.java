package shuqiao.compilation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shuqiao.catalog.Description;
import shuqiao.workbook.CellFault;
import shuqiao.workbook.Workbook;

/**
 * Puts the rows of a workbook together to entries, of one sheet or of two, and tells what lies in
 * the cells and names themselves.
 */
final class EntryGroups {

    /** So many names that count up look like a drag of the fill handle. */
    private static final int DRAGGED_MIN = 2;

    /** So many that say nothing else are one. */
    private static final int DRAGGED_SURELY = 3;

    private static final Pattern COUNTED = Pattern.compile("(?s)(.*?)([0-9]{1,6})");

    /** What a spreadsheet makes of a long code, when it was saved as text. */
    private static final Pattern SCIENTIFIC = Pattern.compile("[0-9](\\.[0-9]+)?[eE]\\+[0-9]{2}");

    private static final String SHOWN = "workbook.shown-otherwise";
    private static final List<String> CODES =
            List.of("code", "providerCode", "relatedCode", "classification");
    private static final Set<String> GIVEN = Set.of("ref", "provider", "providerCode");

    private final List<Workbook.Sheet> entries;
    private final Workbook.@Nullable Sheet items;
    private final TrialFaults faults;

    EntryGroups(Workbook book, TrialFaults faults) {
        this.entries = book.sheets(EntryLayout.ENTRIES);
        this.items = book.sheets().get(EntryLayout.ITEMS);
        this.faults = faults;
    }

    /** In the order of the workbook. */
    List<EntryDraft> all() {
        var drafts = items == null ? flat() : twoSheets(items);
        dragged(drafts);
        near(drafts);
        return drafts;
    }

    /** Names of the workbook that differ in signs alone. */
    private void near(List<EntryDraft> drafts) {
        var first = new HashMap<String, EntryDraft>();
        for (var draft : drafts) {
            if (draft.name.isEmpty()) continue;
            var before = first.putIfAbsent(Description.nearKey(draft.name), draft);
            // whose keys are equal are told as the same
            if (before != null
                    && !Description.nameKey(before.name).equals(Description.nameKey(draft.name)))
                faults.advise(
                        draft,
                        "name",
                        "compilation.near-twice",
                        Map.of("name", CellWords.cut(before.name), "row", before.row.number()));
        }
    }

    /** A line for each item; the words of an entry stand in its first line, or in all of them. */
    private List<EntryDraft> flat() {
        var drafts = new LinkedHashMap<String, EntryDraft>();
        for (var sheet : entries) {
            @Nullable EntryDraft last = null;
            for (var row : sheet.rows()) {
                if (isBlank(row)) continue;
                var draft =
                        row.text("name").isEmpty() && last != null
                                ? last
                                : drafts.computeIfAbsent(
                                        Description.nameKey(row.text("name")),
                                        _ -> new EntryDraft(sheet, row));
                last = draft;
                cells(draft, sheet, row);
                if (draft.row != row) differs(draft, sheet, row);
                if (row.cells().keySet().stream().anyMatch(EntryGroups::isOfItem))
                    draft.items.add(new EntryDraft.ItemRow(sheet.key(), row));
            }
        }
        return List.copyOf(drafts.values());
    }

    /** The lines of one entry say the same of it, or nothing. */
    private void differs(EntryDraft draft, Workbook.Sheet sheet, Workbook.Row row) {
        for (var cell : row.cells().entrySet()) {
            var column = cell.getKey();
            if (isOfItem(column) || column.equals("ref") || column.equals("name")) continue;
            var first = draft.row.text(column);
            if (!first.equals(cell.getValue())
                    && !CellWords.plain(first).equals(CellWords.plain(cell.getValue())))
                faults.twice(draft, sheet, row, column, "compilation.differs", draft);
        }
    }

    private List<EntryDraft> twoSheets(Workbook.Sheet sheet) {
        var drafts = new ArrayList<EntryDraft>();
        var refs = new HashMap<String, EntryDraft>();
        var names = new HashMap<String, EntryDraft>();
        var only = entries.getFirst();
        for (var row : only.rows()) {
            if (isBlank(row)) continue;
            var draft = new EntryDraft(only, row);
            drafts.add(draft);
            cells(draft, only, row);
            var ref = CellWords.code(row.text("ref"));
            var before = ref.isEmpty() ? null : refs.putIfAbsent(ref, draft);
            if (before != null) faults.twice(draft, only, row, "ref", "workbook.twice", before);
            var same =
                    draft.name.isEmpty()
                            ? null
                            : names.putIfAbsent(Description.nameKey(draft.name), draft);
            if (same != null) faults.twice(draft, only, row, "name", "workbook.twice", same);
        }
        @Nullable EntryDraft last = null;
        for (var row : sheet.rows()) {
            var ref = CellWords.code(row.text("ref"));
            var name = row.text("name");
            var draft = ref.isEmpty() ? null : refs.get(ref);
            if (draft == null && !name.isEmpty()) draft = names.get(Description.nameKey(name));
            if (ref.isEmpty() && name.isEmpty()) draft = last;
            if (draft == null) {
                faults.tell(
                        CellFault.error(
                                EntryLayout.ITEMS,
                                row.number(),
                                ref.isEmpty() ? "name" : "ref",
                                "compilation.no-entry",
                                Map.of()));
                continue;
            }
            last = draft;
            cells(draft, sheet, row);
            draft.items.add(new EntryDraft.ItemRow(EntryLayout.ITEMS, row));
        }
        return drafts;
    }

    private static boolean isOfItem(String column) {
        return switch (column) {
            case "itemName",
                    "itemColumn",
                    "dataType",
                    "length",
                    "key",
                    "nullable",
                    "sensitivity",
                    "shareable",
                    "itemElement",
                    "itemCodes",
                    "itemDescription" ->
                    true;
            default -> false;
        };
    }

    /** Rows of a workbook that somebody has written into. */
    static int rows(Workbook book) {
        return (int)
                book.sheets().values().stream()
                        .flatMap(sheet -> sheet.rows().stream())
                        .filter(row -> !isBlank(row))
                        .count();
    }

    /** Prepared rows hold the department and a number; nobody has written into them. */
    private static boolean isBlank(Workbook.Row row) {
        return GIVEN.containsAll(row.cells().keySet());
    }

    /** What lies in the cells themselves. */
    private void cells(EntryDraft draft, Workbook.Sheet sheet, Workbook.Row row) {
        row.broken()
                .forEach((column, key) ->
                        faults.error(draft, sheet.key(), row.number(), column, key, Map.of()));
        for (var column : CODES)
            if (SCIENTIFIC.matcher(row.text(column)).matches())
                faults.error(
                        draft, sheet.key(), row.number(), column, "workbook.rounded", Map.of());
        // one word for all merged cells of a row; each number that shows otherwise has its own
        var once = new HashSet<String>();
        row.noted().entrySet().stream()
                .sorted(Comparator.comparingInt(it -> sheet.columns().getOrDefault(it.getKey(), 0)))
                .filter(it -> it.getValue().equals(SHOWN) || once.add(it.getValue()))
                .forEach(note ->
                        faults.tell(
                                CellFault.advice(
                                        sheet.key(),
                                        row.number(),
                                        note.getKey(),
                                        note.getValue())));
    }

    /** Names that count up from row to row, and say nothing else that differs. */
    private void dragged(List<EntryDraft> drafts) {
        for (int from = 0, to; from < drafts.size(); from = to) {
            to = from + 1;
            while (to < drafts.size() && countsUp(drafts.get(to - 1).name, drafts.get(to).name))
                to++;
            if (to - from < DRAGGED_MIN) continue;
            for (int at = from + 1; at < to; at++) {
                var draft = drafts.get(at);
                var same =
                        to - from >= DRAGGED_SURELY && sameWithoutNumbers(drafts.get(from), draft);
                if (same) faults.error(draft, "name", "compilation.dragged", Map.of());
                else faults.advise(draft, "name", "compilation.dragged", Map.of());
            }
        }
    }

    private static boolean countsUp(String before, String name) {
        var one = COUNTED.matcher(before);
        var other = COUNTED.matcher(name);
        return one.matches()
                && other.matches()
                && one.group(1).equals(other.group(1))
                && Integer.parseInt(other.group(2)) == Integer.parseInt(one.group(2)) + 1;
    }

    private static boolean sameWithoutNumbers(EntryDraft one, EntryDraft other) {
        return one.row
                .text("summary")
                .replaceAll("[0-9]+", "")
                .equals(other.row.text("summary").replaceAll("[0-9]+", ""));
    }
}
