package shuqiao.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Reads one step of the form into a description; what the step does not show stays as it was. */
final class DraftForm {

    /** More would be refused by the rules anyway. */
    private static final int ITEMS_MAX = DescriptionRules.ITEMS_MAX + 1;

    private DraftForm() {}

    /** A draft of which only the name is known. */
    static Description named(String name) {
        return new Description(
                name, "", "", "", null, "", "", null, "", "", null, null, List.of(), false, "",
                null, "", List.of());
    }

    static Item blank() {
        return new Item("", "", null, null, "", "", false, Sensitivity.NONE, true, true);
    }

    static Description basic(Description it, MultiValueMap<String, String> typed) {
        return new Description(
                text(typed, "name"),
                typed.containsKey("classification")
                        ? text(typed, "classification")
                        : it.classification(),
                text(typed, "summary"),
                text(typed, "innerDepartment"),
                value(FormatKind.values(), typed.getFirst("formatKind")),
                text(typed, "formatType"),
                text(typed, "formatOther"),
                it.sharingKind(),
                it.sharingCondition(),
                it.sharingBasis(),
                it.sharingMethodKind(),
                it.sharingMethodType(),
                it.sharingRange(),
                it.open(),
                it.openCondition(),
                value(UpdateCycle.values(), typed.getFirst("updateCycle")),
                text(typed, "relatedCode"),
                typed.containsKey("survey.records") ? survey(typed) : it.survey(),
                it.items());
    }

    static Description sharing(Description it, MultiValueMap<String, String> typed) {
        return new Description(
                it.name(),
                it.classification(),
                it.summary(),
                it.innerDepartment(),
                it.formatKind(),
                it.formatType(),
                it.formatOther(),
                value(SharingKind.values(), typed.getFirst("sharingKind")),
                text(typed, "sharingCondition"),
                text(typed, "sharingBasis"),
                value(SharingMethodKind.values(), typed.getFirst("sharingMethodKind")),
                value(SharingMethodType.values(), typed.getFirst("sharingMethodType")),
                typed.getOrDefault("sharingRange", List.of()),
                "true".equals(typed.getFirst("open")),
                text(typed, "openCondition"),
                it.updateCycle(),
                it.relatedCode(),
                it.survey(),
                it.items());
    }

    /** A row without a name is no item; one that is ticked to go is left out. */
    static Description items(Description it, MultiValueMap<String, String> typed) {
        var items = new ArrayList<Item>();
        for (int i = 0; i < ITEMS_MAX && typed.containsKey("items[" + i + "].name"); i++) {
            var row = "items[" + i + "].";
            // while it is only kept in between, a tick may still be taken back
            if (typed.containsKey(row + "gone") && !typed.containsKey("auto")) continue;
            if (text(typed, row + "name").isEmpty() && text(typed, row + "column").isEmpty())
                continue;
            items.add(
                    new Item(
                            text(typed, row + "name"),
                            text(typed, row + "description"),
                            value(DataType.values(), typed.getFirst(row + "dataType")),
                            number(typed.getFirst(row + "length")),
                            text(typed, row + "column"),
                            "",
                            typed.containsKey(row + "key"),
                            sensitivity(typed.getFirst(row + "sensitivity")),
                            typed.containsKey(row + "shareable"),
                            typed.containsKey(row + "nullable"),
                            text(typed, row + "element"),
                            text(typed, row + "codes")));
        }
        if (!typed.containsKey("auto")) items.addAll(pasted(text(typed, "pasted")));
        return it.withItems(items).withColumnTypesOf(it);
    }

    /**
     * Rows as a spreadsheet gives them to the clipboard: name, data type, length, column, meaning,
     * codes, between tabs; a row of headings is passed over.
     */
    static List<Item> pasted(String text) {
        var items = new ArrayList<Item>();
        for (var line : text.split("\\R")) {
            var cells = line.split("\t", -1);
            var name = cells[0].strip();
            if (name.isEmpty() || name.replace("*", "").matches("信息项(名称)?|Item")) continue;
            if (items.size() > ITEMS_MAX) break;
            var length = cell(cells, 2).replaceAll("[.,，].*", "");
            items.add(
                    new Item(
                            name,
                            cell(cells, 4),
                            DataType.read(cell(cells, 1)).orElse(null),
                            number(length),
                            cell(cells, 3),
                            "",
                            false,
                            Sensitivity.NONE,
                            true,
                            true,
                            "",
                            cell(cells, 5)));
        }
        return items;
    }

    /** Empty is 0; what is no bare number is less than nothing, which the rules refuse. */
    private static Survey survey(MultiValueMap<String, String> typed) {
        return new Survey(
                SurveyNumber.storage(text(typed, "survey.storage")),
                SurveyNumber.records(text(typed, "survey.records")),
                SurveyNumber.storage(text(typed, "survey.sharedStorage")),
                SurveyNumber.records(text(typed, "survey.sharedRecords")),
                SurveyNumber.storage(text(typed, "survey.openStorage")),
                SurveyNumber.records(text(typed, "survey.openRecords")));
    }

    private static String cell(String[] cells, int at) {
        return at < cells.length ? cells[at].strip() : "";
    }

    private static Sensitivity sensitivity(@Nullable String name) {
        var known = value(Sensitivity.values(), name);
        return known == null ? Sensitivity.NONE : known;
    }

    private static String text(MultiValueMap<String, String> typed, String name) {
        var value = typed.getFirst(name);
        return value == null ? "" : value.strip();
    }

    /** What is no number is told as one that is out of range. */
    private static @Nullable Integer number(@Nullable String value) {
        if (value == null || value.isBlank()) return null;
        return value.strip().matches("[0-9]{1,9}") ? Integer.valueOf(value.strip()) : -1;
    }

    private static <E extends Enum<E>> @Nullable E value(E[] all, @Nullable String name) {
        return Arrays.stream(all).filter(it -> it.name().equals(name)).findFirst().orElse(null);
    }
}
