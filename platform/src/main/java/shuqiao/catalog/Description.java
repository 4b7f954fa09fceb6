package shuqiao.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a department says of a resource: the core metadata of 发改高技〔2017〕1272号 but for code, provider
 * and date, which the platform knows. A draft may lack anything but its name; what a request leaves
 * out becomes empty.
 *
 * @param classification full code of a node of 目 or below
 * @param summary 摘要
 * @param innerDepartment 提供科室
 * @param formatOther description of a format that describes itself
 * @param sharingBasis law or policy on which sharing is refused
 * @param sharingRange credit codes of the departments named in 共享范围
 * @param openCondition under which it is open to the public
 * @param relatedCode 关联资源代码, may stay empty
 * @param survey 大普查六项
 */
public record Description(
        String name,
        String classification,
        String summary,
        String innerDepartment,
        @Nullable FormatKind formatKind,
        String formatType,
        String formatOther,
        @Nullable SharingKind sharingKind,
        String sharingCondition,
        String sharingBasis,
        @Nullable SharingMethodKind sharingMethodKind,
        @Nullable SharingMethodType sharingMethodType,
        List<String> sharingRange,
        Boolean open,
        String openCondition,
        @Nullable UpdateCycle updateCycle,
        String relatedCode,
        Survey survey,
        List<Item> items) {

    /** Without numbers of the survey. */
    public Description(
            String name,
            String classification,
            String summary,
            String innerDepartment,
            @Nullable FormatKind formatKind,
            String formatType,
            String formatOther,
            @Nullable SharingKind sharingKind,
            String sharingCondition,
            String sharingBasis,
            @Nullable SharingMethodKind sharingMethodKind,
            @Nullable SharingMethodType sharingMethodType,
            List<String> sharingRange,
            Boolean open,
            String openCondition,
            @Nullable UpdateCycle updateCycle,
            String relatedCode,
            List<Item> items) {
        this(
                name,
                classification,
                summary,
                innerDepartment,
                formatKind,
                formatType,
                formatOther,
                sharingKind,
                sharingCondition,
                sharingBasis,
                sharingMethodKind,
                sharingMethodType,
                sharingRange,
                open,
                openCondition,
                updateCycle,
                relatedCode,
                Survey.NONE,
                items);
    }

    @JsonCreator
    public Description {
        name = text(name);
        classification = text(classification);
        summary = text(summary);
        innerDepartment = text(innerDepartment);
        formatType = text(formatType);
        formatType = formatKind == null ? formatType : formatKind.spelled(formatType);
        formatOther = text(formatOther);
        sharingCondition = text(sharingCondition);
        sharingBasis = text(sharingBasis);
        sharingRange = sharingRange == null ? List.of() : List.copyOf(sharingRange);
        open = open != null && open;
        openCondition = text(openCondition);
        relatedCode = text(relatedCode);
        survey = survey == null ? Survey.NONE : survey;
        items = items == null ? List.of() : List.copyOf(items);
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    /**
     * Other words for what this one leaves empty; for a draft from a table that is described at
     * once.
     */
    Description orElse(Description draft) {
        return new Description(
                name.isEmpty() ? draft.name : name,
                classification,
                summary.isEmpty() ? draft.summary : summary,
                innerDepartment,
                formatKind == null ? draft.formatKind : formatKind,
                formatKind == null ? draft.formatType : formatType,
                formatOther,
                sharingKind,
                sharingCondition,
                sharingBasis,
                sharingMethodKind == null ? draft.sharingMethodKind : sharingMethodKind,
                sharingMethodKind == null ? draft.sharingMethodType : sharingMethodType,
                sharingRange,
                open,
                openCondition,
                updateCycle,
                relatedCode,
                survey,
                items.isEmpty() ? draft.items : items);
    }

    Description named(String other) {
        return new Description(
                other,
                classification,
                summary,
                innerDepartment,
                formatKind,
                formatType,
                formatOther,
                sharingKind,
                sharingCondition,
                sharingBasis,
                sharingMethodKind,
                sharingMethodType,
                sharingRange,
                open,
                openCondition,
                updateCycle,
                relatedCode,
                survey,
                items);
    }

    public Description surveyed(Survey other) {
        return new Description(
                name,
                classification,
                summary,
                innerDepartment,
                formatKind,
                formatType,
                formatOther,
                sharingKind,
                sharingCondition,
                sharingBasis,
                sharingMethodKind,
                sharingMethodType,
                sharingRange,
                open,
                openCondition,
                updateCycle,
                relatedCode,
                other,
                items);
    }

    public Description withItems(List<Item> others) {
        return new Description(
                name,
                classification,
                summary,
                innerDepartment,
                formatKind,
                formatType,
                formatOther,
                sharingKind,
                sharingCondition,
                sharingBasis,
                sharingMethodKind,
                sharingMethodType,
                sharingRange,
                open,
                openCondition,
                updateCycle,
                relatedCode,
                survey,
                others);
    }

    /** What a live column is comes from the mount alone: a column not mounted there has no type. */
    public Description withColumnTypesOf(Description mounted) {
        var types =
                mounted.items.stream()
                        .filter(item -> !item.column().isEmpty())
                        .collect(Collectors.toMap(Item::column, Item::columnType, (one, _) -> one));
        return withItems(
                items.stream()
                        .map(item ->
                                item.mountedOn(
                                        item.column(), types.getOrDefault(item.column(), "")))
                        .toList());
    }

    /** Equal for names that are the same to a reader: width, blanks and case make no difference. */
    public static String nameKey(String name) {
        return Names.key(name);
    }

    /**
     * The letters and digits of a name: two that differ in signs and blanks alone are most likely
     * one, and nothing is decided by it.
     */
    public static String nearKey(String name) {
        return Names.near(name);
    }

    /** What a search looks through, beside code and department. */
    String searchText() {
        return name
                + " "
                + items.stream()
                        .map(item -> item.name() + " " + item.column())
                        .collect(Collectors.joining(" "));
    }
}
