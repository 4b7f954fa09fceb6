package shuqiao.compilation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shuqiao.kernel.Refusal;
import shuqiao.workbook.CellFault;
import shuqiao.workbook.Workbook;

/** What is in the way of a workbook, each at its cell. */
final class TrialFaults {

    /** More are counted, not listed. */
    static final int FAULTS_MAX = 20_000;

    private final List<CellFault> told = new ArrayList<>();
    private int all;

    /** At most {@link #FAULTS_MAX}, in the order in which they were found. */
    List<CellFault> listed() {
        return told;
    }

    /** How many there are in all. */
    int all() {
        return all;
    }

    void error(EntryDraft draft, String column, String key, Map<String, Object> facts) {
        error(draft, draft.sheet.key(), draft.row.number(), column, key, facts);
    }

    /** One error for a cell is enough: what follows from it says nothing more. */
    void error(
            EntryDraft draft,
            String sheet,
            int row,
            String column,
            String key,
            Map<String, Object> facts) {
        draft.wrong = true;
        if (draft.told.add(cell(sheet, row, column)))
            tell(CellFault.error(sheet, row, column, key, facts));
    }

    /** The same stands in another line, maybe of another sheet of the same form. */
    void twice(
            EntryDraft draft,
            Workbook.Sheet sheet,
            Workbook.Row row,
            String column,
            String key,
            EntryDraft before) {
        var facts = new HashMap<String, Object>();
        facts.put("row", before.row.number());
        facts.put("first", CellWords.cut(before.row.text(column)));
        var other = !before.sheet.key().equals(sheet.key());
        if (other) facts.put("sheet", before.sheet.name());
        error(draft, sheet.key(), row.number(), column, other ? key + "-on" : key, facts);
    }

    /** What is worth a word and keeps nothing out, in the entry's first line. */
    void advise(EntryDraft draft, String column, String key, Map<String, Object> facts) {
        tell(
                new CellFault(
                        CellFault.Level.ADVICE,
                        draft.sheet.key(),
                        draft.row.number(),
                        column,
                        key,
                        facts));
    }

    void tell(CellFault fault) {
        all++;
        if (told.size() < FAULTS_MAX) told.add(fault);
    }

    /** A fault of the catalog's rules, at the cell that its words came from. */
    void at(EntryDraft draft, Refusal.Fault fault, String classColumn) {
        var field = fault.field();
        if (field.startsWith("items[")) {
            var number = Integer.parseInt(field.replaceAll("^items\\[([0-9]+)].*", "$1"));
            if (number < draft.items.size()) {
                var one = draft.items.get(number);
                error(
                        draft,
                        one.sheet(),
                        one.row().number(),
                        itemColumn(field.replaceAll(".*\\.", "")),
                        fault.key(),
                        fault.facts());
                return;
            }
        }
        var column =
                field.startsWith("items")
                        ? "name"
                        : field.equals("classification") ? classColumn : entryColumn(field);
        error(draft, column, fault.key(), fault.facts());
    }

    private static String itemColumn(String field) {
        return switch (field) {
            case "name" -> "itemName";
            case "description" -> "itemDescription";
            case "column", "columnType" -> "itemColumn";
            case "element" -> "itemElement";
            case "codes" -> "itemCodes";
            default -> field;
        };
    }

    /** The heading under which a number of the survey stands. */
    private static String entryColumn(String field) {
        return switch (field) {
            case "survey.storage" -> "census1";
            case "survey.records" -> "census2";
            case "survey.sharedStorage" -> "census3";
            case "survey.sharedRecords" -> "census4";
            case "survey.openStorage" -> "census5";
            case "survey.openRecords" -> "census6";
            default -> field.replaceAll("\\[.*", "");
        };
    }

    static String cell(String sheet, int row, String column) {
        return sheet + row + column;
    }
}
