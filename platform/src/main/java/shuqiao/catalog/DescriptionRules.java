package shuqiao.catalog;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Invalid;
import shuqiao.organization.Organizations;
import shuqiao.standard.ResourceCode;

/**
 * The rules of a description: what is never right, and what must be there before it is sent for
 * review.
 */
@Component
class DescriptionRules {

    static final int NAME_MAX = 128;
    static final int TEXT_MAX = 2_000;
    static final int SUMMARY_MAX = 9_999;
    static final int ITEMS_MAX = 1_600;
    static final int RANGE_MAX = 1_000;

    /** 人口, 法人单位, 自然资源和空间地理, 电子证照: shared between departments without condition. */
    private static final Set<String> BASE_ITEMS = Set.of("101", "102", "103", "105");

    private static final BigDecimal SURVEY_MAX = new BigDecimal("1000000000000000");

    private static final Pattern CLASS = Pattern.compile("[0-9A-Za-z]{1,64}");
    private static final Pattern CREDIT_CODE = Pattern.compile("[0-9A-Z]{18}");
    private static final int GROUP_DEPTH = 3;
    private static final int ITEM_CODE_LENGTH = 3;

    /** What a description may refer to. */
    interface Known {
        Optional<ClassNode> classNode(String fullCode);

        boolean hasCode(String code);

        boolean hasOrganization(String creditCode);
    }

    private final Known known;

    @Autowired
    DescriptionRules(ClassNodeTable classes, VersionTable versions, Organizations organizations) {
        this(
                new Known() {
                    @Override
                    public Optional<ClassNode> classNode(String fullCode) {
                        return classes.find(fullCode);
                    }

                    @Override
                    public boolean hasCode(String code) {
                        return versions.hasCode(code);
                    }

                    @Override
                    public boolean hasOrganization(String creditCode) {
                        return organizations.find(creditCode).isPresent();
                    }
                });
    }

    private DescriptionRules(Known known) {
        this.known = known;
    }

    /** The same rules, which ask for each thing once: for many descriptions in one go. */
    DescriptionRules remembering() {
        var classes = new HashMap<String, Optional<ClassNode>>();
        var codes = new HashMap<String, Boolean>();
        var departments = new HashMap<String, Boolean>();
        return new DescriptionRules(
                new Known() {
                    @Override
                    public Optional<ClassNode> classNode(String fullCode) {
                        return classes.computeIfAbsent(fullCode, known::classNode);
                    }

                    @Override
                    public boolean hasCode(String code) {
                        return codes.computeIfAbsent(code, known::hasCode);
                    }

                    @Override
                    public boolean hasOrganization(String creditCode) {
                        return departments.computeIfAbsent(creditCode, known::hasOrganization);
                    }
                });
    }

    /** What even a draft may not say. */
    void checkDraft(Description it, Invalid.Faults faults) {
        faults.text("name", it.name(), NAME_MAX);
        faults.optionalText("summary", it.summary(), SUMMARY_MAX);
        faults.optionalText("innerDepartment", it.innerDepartment(), NAME_MAX);
        faults.optionalText("formatOther", it.formatOther(), TEXT_MAX);
        faults.optionalText("sharingCondition", it.sharingCondition(), TEXT_MAX);
        faults.optionalText("sharingBasis", it.sharingBasis(), TEXT_MAX);
        faults.optionalText("openCondition", it.openCondition(), TEXT_MAX);
        checkClassification(it, faults);
        checkFormat(it, faults);
        checkSharing(it, faults);
        if (!it.relatedCode().isEmpty()
                && faults.code("relatedCode", () -> new ResourceCode(it.relatedCode())) != null
                && !known.hasCode(it.relatedCode()))
            faults.add("relatedCode", "catalog.unknown-code", Map.of("code", it.relatedCode()));
        checkSurvey(it.survey(), faults);
        checkItems(it, faults);
    }

    private static void checkSurvey(Survey it, Invalid.Faults faults) {
        bare("survey.storage", it.storage(), faults);
        bare("survey.records", BigDecimal.valueOf(it.records()), faults);
        part("survey.sharedStorage", it.sharedStorage(), it.storage(), faults);
        part(
                "survey.sharedRecords",
                BigDecimal.valueOf(it.sharedRecords()),
                BigDecimal.valueOf(it.records()),
                faults);
        part("survey.openStorage", it.openStorage(), it.storage(), faults);
        part(
                "survey.openRecords",
                BigDecimal.valueOf(it.openRecords()),
                BigDecimal.valueOf(it.records()),
                faults);
    }

    private static boolean bare(String field, BigDecimal number, Invalid.Faults faults) {
        var good = number.signum() >= 0 && number.compareTo(SURVEY_MAX) <= 0 && number.scale() <= 6;
        if (!good) faults.add(field, "catalog.survey-number");
        return good;
    }

    /** What is shared or open is a part of what there is, where that is known. */
    private static void part(
            String field, BigDecimal number, BigDecimal whole, Invalid.Faults faults) {
        if (bare(field, number, faults) && whole.signum() > 0 && number.compareTo(whole) > 0)
            faults.add(field, "catalog.survey-part", Map.of("whole", whole.toPlainString()));
    }

    /** What is missing before others can read it as a resource. */
    void checkComplete(Description it, Invalid.Faults faults) {
        required("classification", it.classification(), faults);
        required("summary", it.summary(), faults);
        required("formatKind", it.formatKind(), faults);
        if (it.formatKind() == FormatKind.SELF_DESCRIBED)
            required("formatOther", it.formatOther(), faults);
        else if (it.formatKind() != null) required("formatType", it.formatType(), faults);
        required("updateCycle", it.updateCycle(), faults);
        required("sharingKind", it.sharingKind(), faults);
        if (it.sharingKind() == SharingKind.CONDITIONAL)
            required("sharingCondition", it.sharingCondition(), faults);
        if (it.sharingKind() == SharingKind.NOT_SHARED)
            required("sharingBasis", it.sharingBasis(), faults);
        else required("sharingMethodKind", it.sharingMethodKind(), faults);
        if (it.sharingMethodKind() == SharingMethodKind.PLATFORM)
            required("sharingMethodType", it.sharingMethodType(), faults);
        if (it.items().isEmpty()) faults.add("items", "catalog.no-items");
        else if (it.sharingKind() != null
                && it.sharingKind() != SharingKind.NOT_SHARED
                && it.items().stream().noneMatch(Item::shareable))
            faults.add("items", "catalog.none-shareable");
        for (int i = 0; i < it.items().size(); i++)
            required("items[" + i + "].dataType", it.items().get(i).dataType(), faults);
    }

    private void checkClassification(Description it, Invalid.Faults faults) {
        if (it.classification().isEmpty()) return;
        if (!CLASS.matcher(it.classification()).matches()) {
            faults.add("classification", "catalog.unknown-class", Map.of("code", "?"));
            return;
        }
        var node = known.classNode(it.classification());
        if (node.isEmpty())
            faults.add(
                    "classification", "catalog.unknown-class", Map.of("code", it.classification()));
        else if (node.orElseThrow().depth() < GROUP_DEPTH)
            faults.add("classification", "catalog.class-too-high");
        else if (BASE_ITEMS.contains(it.classification().substring(0, ITEM_CODE_LENGTH))
                && it.sharingKind() != null
                && it.sharingKind() != SharingKind.UNCONDITIONAL)
            faults.add("sharingKind", "catalog.base-unconditional");
    }

    private static void checkFormat(Description it, Invalid.Faults faults) {
        var kind = it.formatKind();
        if (kind == null) {
            if (!it.formatType().isEmpty()) faults.add("formatKind", "required");
            return;
        }
        if (!it.formatType().isEmpty() && !kind.types().contains(it.formatType())) {
            if (kind.types().isEmpty()) faults.add("formatType", "catalog.no-format-type");
            else faults.add("formatType", "not-one-of", Map.of("allowed", kind.types()));
        }
        if (it.sharingMethodKind() == SharingMethodKind.PLATFORM
                && it.sharingMethodType() != null
                && !kind.goesBy(it.sharingMethodType()))
            faults.add(
                    "sharingMethodType",
                    "catalog.method-for-format",
                    Map.of("format", kind, "allowed", kind.methods()));
    }

    private void checkSharing(Description it, Invalid.Faults faults) {
        if (it.sharingMethodType() != null && it.sharingMethodKind() != SharingMethodKind.PLATFORM)
            faults.add("sharingMethodType", "catalog.method-type-of-platform");
        if (it.sharingKind() == SharingKind.NOT_SHARED && it.open())
            faults.add("open", "catalog.not-shared-not-open");
        if (!it.open() && !it.openCondition().isEmpty())
            faults.add("openCondition", "catalog.not-open");
        if (!it.sharingRange().isEmpty() && it.sharingKind() != SharingKind.CONDITIONAL)
            faults.add("sharingRange", "catalog.range-of-conditional");
        if (it.sharingRange().size() > RANGE_MAX) {
            faults.add("sharingRange", "catalog.too-many", Map.of("max", RANGE_MAX));
            return;
        }
        for (int i = 0; i < it.sharingRange().size(); i++) {
            var code = it.sharingRange().get(i);
            if (!CREDIT_CODE.matcher(code).matches() || !known.hasOrganization(code))
                faults.add("sharingRange[" + i + "]", "organization.unknown", Map.of("code", code));
        }
    }

    private static void checkItems(Description it, Invalid.Faults faults) {
        if (it.items().size() > ITEMS_MAX) {
            faults.add("items", "catalog.too-many", Map.of("max", ITEMS_MAX));
            return;
        }
        var names = new HashMap<String, String>();
        var columns = new HashMap<String, String>();
        for (int i = 0; i < it.items().size(); i++) {
            var item = it.items().get(i);
            var field = "items[" + i + "]";
            faults.text(field + ".name", item.name(), NAME_MAX);
            faults.optionalText(field + ".description", item.description(), TEXT_MAX);
            faults.optionalText(field + ".element", item.element(), NAME_MAX);
            faults.optionalText(field + ".codes", item.codes(), CodeSet.TEXT_MAX);
            CodeSet.of(item.codes())
                    .twice()
                    .ifPresent(code ->
                            faults.add(
                                    field + ".codes", "catalog.code-twice", Map.of("code", code)));
            if (item.column().indexOf('\0') >= 0) faults.add(field + ".column", "null-character");
            if (item.column().length() > 63)
                faults.add(field + ".column", "too-long", Map.of("max", 63));
            faults.optionalText(field + ".columnType", item.columnType(), 300);
            if (item.length() != null && (item.length() < 1 || item.length() > 1_000_000_000))
                faults.add(field + ".length", "range", Map.of("min", 1, "max", "1000000000"));
            if (names.put(Names.key(item.name()), field) != null)
                faults.add(field + ".name", "catalog.item-twice", Map.of("name", item.name()));
            if (!item.column().isEmpty() && columns.put(item.column(), field) != null)
                faults.add(
                        field + ".column", "catalog.column-twice", Map.of("column", item.column()));
        }
    }

    private static void required(String field, @Nullable Object value, Invalid.Faults faults) {
        if (value == null || value.equals("")) faults.add(field, "required");
    }
}
