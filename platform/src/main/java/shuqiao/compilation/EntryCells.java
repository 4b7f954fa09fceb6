package shuqiao.compilation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shuqiao.catalog.ClassNode;
import shuqiao.catalog.DataType;
import shuqiao.catalog.Description;
import shuqiao.catalog.FormatKind;
import shuqiao.catalog.Item;
import shuqiao.catalog.Sensitivity;
import shuqiao.catalog.SharingKind;
import shuqiao.catalog.SharingMethodKind;
import shuqiao.catalog.SharingMethodType;
import shuqiao.catalog.Survey;
import shuqiao.catalog.SurveyNumber;
import shuqiao.catalog.UpdateCycle;
import shuqiao.workbook.Layout;
import shuqiao.workbook.Workbook;

/**
 * Reads the cells of an entry into its description; what the file has no column for stays as it is.
 */
final class EntryCells {

    private static final List<String> CLASS_LEVELS =
            List.of("class1", "class2", "class3", "class4");
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,9})([.,，][0-9]+)?");

    private static final int TEN_THOUSAND = 10_000;

    private final Workbook book;
    private final Workbook.@Nullable Sheet items;
    private final ClassNames classes;
    private final Map<String, String> departments;
    private final TrialFaults faults;
    private final Map<String, Optional<String>> chosen = new HashMap<>();

    /**
     * @param departments any name of a department to its code
     */
    EntryCells(
            Workbook book,
            ClassNames classes,
            Map<String, String> departments,
            TrialFaults faults) {
        this.book = book;
        this.items = book.sheets().get(EntryLayout.ITEMS);
        this.classes = classes;
        this.departments = departments;
        this.faults = faults;
    }

    Description description(EntryDraft draft, @Nullable Description old) {
        var row = draft.row;
        var kind =
                choice(
                        draft,
                        "sharingKind",
                        SharingKind.values(),
                        or(old, Description::sharingKind));
        var format =
                choice(draft, "formatKind", FormatKind.values(), or(old, Description::formatKind));
        var type = text(draft.sheet, row, "formatType", or(old, Description::formatType));
        var words = row.text("formatKind");
        if (format == null && !words.isEmpty() && type.isEmpty()) {
            // 「xlsx」 in the column of kinds: both are known
            var meant =
                    Arrays.stream(FormatKind.values())
                            .filter(it -> it.types().stream().anyMatch(words::equalsIgnoreCase))
                            .findFirst();
            if (meant.isPresent()) {
                format = meant.orElseThrow();
                type = words;
            }
        }
        if (format == null && !words.isEmpty())
            notOneOf(draft, draft.sheet.key(), row, "formatKind", FormatKind.values());
        var condition =
                text(draft.sheet, row, "sharingCondition", or(old, Description::sharingCondition));
        var basis = text(draft.sheet, row, "sharingBasis", or(old, Description::sharingBasis));
        var terms = row.text("sharingTerms");
        if (!terms.isEmpty() && kind == SharingKind.NOT_SHARED && basis.isEmpty()) basis = terms;
        if (!terms.isEmpty() && kind == SharingKind.CONDITIONAL && condition.isEmpty())
            condition = terms;
        var way =
                choice(
                        draft,
                        "sharingMethodKind",
                        SharingMethodKind.values(),
                        or(old, Description::sharingMethodKind));
        var method =
                choice(
                        draft,
                        "sharingMethodType",
                        SharingMethodType.values(),
                        or(old, Description::sharingMethodType));
        var both = row.text("sharingMethod");
        if (!both.isEmpty()) {
            if (way == null) way = part(both, "sharingMethodKind", SharingMethodKind.values());
            if (method == null)
                method = part(both, "sharingMethodType", SharingMethodType.values());
            if (way == null && method != null) way = SharingMethodKind.PLATFORM;
            if (way == null && method == null)
                notOneOf(
                        draft, draft.sheet.key(), row, "sharingMethod", SharingMethodType.values());
        }
        return new Description(
                text(draft.sheet, row, "name", or(old, Description::name)),
                classification(draft, old),
                text(draft.sheet, row, "summary", or(old, Description::summary)),
                text(draft.sheet, row, "innerDepartment", or(old, Description::innerDepartment)),
                format,
                type,
                text(draft.sheet, row, "formatOther", or(old, Description::formatOther)),
                kind,
                condition,
                basis,
                way,
                method,
                range(draft, old),
                yes(draft, draft.sheet.key(), row, "open", old != null && old.open(), false),
                text(draft.sheet, row, "openCondition", or(old, Description::openCondition)),
                choice(
                        draft,
                        "updateCycle",
                        UpdateCycle.values(),
                        or(old, Description::updateCycle)),
                CellWords.code(
                        text(draft.sheet, row, "relatedCode", or(old, Description::relatedCode))),
                survey(draft, old == null ? Survey.NONE : old.survey()),
                items(draft, old));
    }

    /** What the file has no column for stays; an empty cell is 0. */
    private static Survey survey(EntryDraft draft, Survey old) {
        var entries = draft.sheet;
        var row = draft.row;
        return new Survey(
                entries.has("census1") ? SurveyNumber.storage(six(row, "census1")) : old.storage(),
                entries.has("census2") ? records(draft, "census2") : old.records(),
                entries.has("census3")
                        ? SurveyNumber.storage(six(row, "census3"))
                        : old.sharedStorage(),
                entries.has("census4") ? records(draft, "census4") : old.sharedRecords(),
                entries.has("census5")
                        ? SurveyNumber.storage(six(row, "census5"))
                        : old.openStorage(),
                entries.has("census6") ? records(draft, "census6") : old.openRecords());
    }

    /** Templates of cities count records in ten thousands and say so in the heading. */
    private static long records(EntryDraft draft, String column) {
        var unit = draft.sheet.heads().getOrDefault(column, "").contains("万") ? TEN_THOUSAND : 1;
        return SurveyNumber.records(six(draft.row, column), unit);
    }

    /** A whole number may come as 41286.0. */
    private static String six(Workbook.Row row, String column) {
        return CellWords.code(row.text(column)).replace(",", "").replaceAll("[.]0+$", "");
    }

    private String classification(EntryDraft draft, @Nullable Description old) {
        var row = draft.row;
        var whole = row.text("classification");
        if (!whole.isEmpty()) {
            var found = classes.whole(whole);
            if (found.isEmpty())
                faults.error(
                        draft,
                        "classification",
                        "compilation.unknown-class",
                        Map.of("name", CellWords.cut(whole)));
            return found.map(ClassNode::fullCode).orElse("");
        }
        @Nullable String deepest = null;
        for (var level : CLASS_LEVELS) {
            var words = row.text(level);
            if (words.isEmpty()) continue;
            var found = classes.below(deepest, words);
            if (found.isEmpty() && deepest == null) found = classes.whole(words);
            if (found.isEmpty()) {
                faults.error(
                        draft,
                        level,
                        "compilation.unknown-class",
                        Map.of("name", CellWords.cut(words)));
                return "";
            }
            deepest = found.orElseThrow().fullCode();
        }
        if (deepest != null) return deepest;
        var said =
                draft.sheet.has("classification")
                        || CLASS_LEVELS.stream().anyMatch(draft.sheet::has);
        return said || old == null ? "" : old.classification();
    }

    /** The column that a fault of the class is told at. */
    static String classColumn(EntryDraft draft) {
        for (var column : List.of("classification", "class4", "class3", "class2", "class1"))
            if (draft.sheet.has(column)) return column;
        return "classification";
    }

    private List<String> range(EntryDraft draft, @Nullable Description old) {
        if (!draft.sheet.has("sharingRange")) return old == null ? List.of() : old.sharingRange();
        var codes = new ArrayList<String>();
        for (var part : draft.row.text("sharingRange").split("[、,，;；\\n]+", -1)) {
            if (part.isBlank()) continue;
            var code = departments.get(CellWords.plain(part));
            if (code == null)
                faults.error(
                        draft,
                        "sharingRange",
                        "compilation.unknown-department",
                        Map.of("name", CellWords.cut(part.strip())));
            else if (!codes.contains(code)) codes.add(code);
        }
        return codes;
    }

    private List<Item> items(EntryDraft draft, @Nullable Description old) {
        if (!(items == null ? draft.sheet : items).has("itemName"))
            return old == null ? List.of() : old.items();
        var before = new HashMap<String, Item>();
        if (old != null) for (var it : old.items()) before.put(Description.nameKey(it.name()), it);
        var read = new ArrayList<Item>();
        for (var one : draft.items) {
            var row = one.row();
            var sheet = sheet(one.sheet());
            var was = before.get(Description.nameKey(row.text("itemName")));
            read.add(
                    new Item(
                            text(sheet, row, "itemName", was == null ? "" : was.name()),
                            sheet.has("itemDescription")
                                    ? text(
                                            sheet,
                                            row,
                                            "itemDescription",
                                            was == null ? "" : was.description())
                                    : was == null ? "" : was.description(),
                            choice(
                                    draft,
                                    one.sheet(),
                                    row,
                                    "dataType",
                                    DataType.values(),
                                    was == null ? null : was.dataType()),
                            length(draft, one, sheet, was),
                            sheet.has("itemColumn")
                                    ? row.text("itemColumn")
                                    : was == null ? "" : was.column(),
                            "",
                            yes(draft, one.sheet(), row, "key", was != null && was.key(), false),
                            sensitivity(draft, one, sheet, was),
                            yes(
                                    draft,
                                    one.sheet(),
                                    row,
                                    "shareable",
                                    was == null || was.shareable(),
                                    true),
                            yes(
                                    draft,
                                    one.sheet(),
                                    row,
                                    "nullable",
                                    was == null || was.nullable(),
                                    true),
                            sheet.has("itemElement")
                                    ? text(
                                            sheet,
                                            row,
                                            "itemElement",
                                            was == null ? "" : was.element())
                                    : was == null ? "" : was.element(),
                            sheet.has("itemCodes")
                                    ? text(sheet, row, "itemCodes", was == null ? "" : was.codes())
                                    : was == null ? "" : was.codes()));
        }
        return read;
    }

    private Sensitivity sensitivity(
            EntryDraft draft, EntryDraft.ItemRow one, Workbook.Sheet sheet, @Nullable Item was) {
        if (!sheet.has("sensitivity")) return was == null ? Sensitivity.NONE : was.sensitivity();
        var level =
                choice(draft, one.sheet(), one.row(), "sensitivity", Sensitivity.values(), null);
        return level == null ? Sensitivity.NONE : level;
    }

    private @Nullable Integer length(
            EntryDraft draft, EntryDraft.ItemRow one, Workbook.Sheet sheet, @Nullable Item was) {
        if (!sheet.has("length")) return was == null ? null : was.length();
        var words = CellWords.code(one.row().text("length"));
        if (words.isEmpty()) return null;
        var number = LENGTH.matcher(words);
        if (number.matches()) return Integer.valueOf(number.group(1));
        faults.error(draft, one.sheet(), one.row().number(), "length", "workbook.number", Map.of());
        return null;
    }

    private <E extends Enum<E>> @Nullable E choice(
            EntryDraft draft, String column, E[] values, @Nullable E old) {
        return choice(draft, draft.sheet.key(), draft.row, column, values, old);
    }

    private <E extends Enum<E>> @Nullable E choice(
            EntryDraft draft,
            String sheet,
            Workbook.Row row,
            String column,
            E[] values,
            @Nullable E old) {
        if (!sheet(sheet).has(column)) return old;
        var words = row.text(column);
        if (words.isEmpty() || row.broken().containsKey(column)) return null;
        var value = chosen(sheet, column, words);
        if (value.isPresent())
            for (var one : values) if (one.name().equals(value.orElseThrow())) return one;
        if (!column.equals("formatKind")) notOneOf(draft, sheet, row, column, values);
        return null;
    }

    /** The first part of 「共享平台方式/数据库」 that the column knows. */
    private <E extends Enum<E>> @Nullable E part(String words, String column, E[] values) {
        for (var part : words.split("[/、,，;；>-]+")) {
            var value = chosen(EntryLayout.ENTRIES, column, part.strip());
            for (var one : values) if (value.filter(one.name()::equals).isPresent()) return one;
        }
        return null;
    }

    private boolean yes(
            EntryDraft draft,
            String sheet,
            Workbook.Row row,
            String column,
            boolean old,
            boolean otherwise) {
        if (!sheet(sheet).has(column)) return old;
        var words = row.text(column);
        if (words.isEmpty()) return otherwise;
        var value = chosen(sheet, column, words);
        if (value.isEmpty())
            faults.error(
                    draft,
                    sheet,
                    row.number(),
                    column,
                    "workbook.choice",
                    Map.of("value", CellWords.cut(words), "allowed", List.of("是", "否")));
        return value.map("true"::equals).orElse(otherwise);
    }

    private void notOneOf(
            EntryDraft draft, String sheet, Workbook.Row row, String column, Enum<?>[] values) {
        faults.error(
                draft,
                sheet,
                row.number(),
                column,
                "workbook.choice",
                Map.of("value", CellWords.cut(row.text(column)), "allowed", List.of(values)));
    }

    private Optional<String> chosen(String sheet, String column, String words) {
        return chosen.computeIfAbsent(
                column + "\n" + words, _ -> layout(sheet).column(column).chosen(words));
    }

    private Layout.Sheet layout(String sheet) {
        return book.layout().sheet(sheet);
    }

    private Workbook.Sheet sheet(String key) {
        return book.sheet(key);
    }

    /** The words of a cell; those known already where they only differ in how lines are broken. */
    private static String text(
            Workbook.Sheet sheet, Workbook.Row row, String column, @Nullable String old) {
        var known = old == null ? "" : old;
        if (!sheet.has(column)) return known;
        var words = row.text(column);
        if (words.isEmpty() && known.isEmpty()) return known;
        return CellWords.unbroken(words).equals(CellWords.unbroken(known)) ? known : words;
    }

    private static <T> @Nullable T or(
            @Nullable Description old, java.util.function.Function<Description, @Nullable T> part) {
        return old == null ? null : part.apply(old);
    }
}
