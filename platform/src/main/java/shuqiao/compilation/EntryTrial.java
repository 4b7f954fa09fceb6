package shuqiao.compilation;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.ClassNode;
import shuqiao.catalog.DataType;
import shuqiao.catalog.Description;
import shuqiao.catalog.FormatKind;
import shuqiao.catalog.Item;
import shuqiao.catalog.Resource;
import shuqiao.catalog.Sensitivity;
import shuqiao.catalog.SharingKind;
import shuqiao.catalog.SharingMethodKind;
import shuqiao.catalog.SharingMethodType;
import shuqiao.catalog.Survey;
import shuqiao.catalog.SurveyNumber;
import shuqiao.catalog.UpdateCycle;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Refusal;
import shuqiao.organization.Organization;
import shuqiao.standard.CreditCode;
import shuqiao.standard.InvalidCode;
import shuqiao.standard.ResourceCode;
import shuqiao.workbook.CellFault;
import shuqiao.workbook.ImportReport;
import shuqiao.workbook.Layout;
import shuqiao.workbook.Workbook;

/**
 * One trial of a workbook against the catalog as it is: reads each entry with its items, keeps what
 * the file has no column for, and tells everything that is in the way. Changes nothing.
 */
final class EntryTrial {

    /** More are counted, not listed. */
    static final int FAULTS_MAX = 20_000;

    private static final int SUMMARY_MIN = 10;
    private static final int SUMMARY_GOOD_MAX = 500;

    /** So many names that count up look like a drag of the fill handle. */
    private static final int DRAGGED_MIN = 3;

    private static final int DAY_ZERO_OF_SPREADSHEETS = -25_569;
    private static final Pattern SERIAL = Pattern.compile("[1-9][0-9]{4}");
    private static final Pattern COUNTED = Pattern.compile("(?s)(.*?)([0-9]{1,6})");
    private static final Pattern WIDE = Pattern.compile("[\\u3000\\u00a0０-９Ａ-Ｚａ-ｚ]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cf}]+");
    private static final Pattern ENDS =
            Pattern.compile("^[\\s\\p{Z}\\p{Cf}]+|[\\s\\p{Z}\\p{Cf}]+$");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,9})([.,，][0-9]+)?");

    /** What a spreadsheet makes of a long code, when it was saved as text. */
    private static final Pattern SCIENTIFIC = Pattern.compile("[0-9](\\.[0-9]+)?[eE]\\+[0-9]{2}");

    private static final List<String> CODES =
            List.of("code", "providerCode", "relatedCode", "classification");
    private static final List<String> CLASS_LEVELS =
            List.of("class1", "class2", "class3", "class4");
    private static final Set<String> GIVEN = Set.of("ref", "provider", "providerCode");

    /** Everything that the words of a workbook are compared with. */
    record Ground(
            Organization provider,
            List<Organization> departments,
            List<ClassNode> classes,
            List<Resource> own,
            Catalog.Trial rules,
            LocalDate today) {}

    /** A row that describes an item. */
    private record ItemRow(String sheet, Workbook.Row row) {}

    /** An entry while it is read. */
    private static final class Draft {
        final Workbook.Row row;
        final String name;
        final List<ItemRow> items = new ArrayList<>();
        final Set<String> told = new HashSet<>();
        boolean wrong;

        Draft(Workbook.Row row) {
            this.row = row;
            this.name = row.text("name");
        }
    }

    private final Ground ground;
    private final Workbook book;
    private final Workbook.Sheet entries;
    private final Workbook.@Nullable Sheet items;
    private final ClassNames classes;
    private final Map<String, Resource> byCode = new HashMap<>();
    private final Map<String, Resource> byName = new HashMap<>();
    private final Map<String, String> departments = new HashMap<>();
    private final Map<String, Optional<String>> chosen = new HashMap<>();
    private final List<CellFault> faults = new ArrayList<>();
    private int all;

    EntryTrial(Ground ground, Workbook book) {
        this.ground = ground;
        this.book = book;
        this.entries = book.sheet(EntryLayout.ENTRIES);
        this.items = book.sheets().get(EntryLayout.ITEMS);
        this.classes = new ClassNames(ground.classes());
        for (var it : ground.own()) {
            if (it.code() != null) byCode.put(it.code(), it);
            byName.put(Description.nameKey(it.name()), it);
        }
        for (var it : ground.departments())
            for (var name : List.of(it.code().value(), it.name(), it.shortName(), it.nameEn()))
                if (!name.isEmpty()) departments.putIfAbsent(plain(name), it.code().value());
    }

    Plan of(Progress progress) {
        var drafts = items == null ? flat() : twoSheets(items);
        dragged(drafts);
        progress.begin(drafts.size());
        var ready = new ArrayList<Plan.Entry>();
        var taken = new HashMap<Long, Integer>();
        int wrong = 0;
        int read = 0;
        int itemsRead = 0;
        for (var draft : drafts) {
            var entry = entry(draft, taken);
            if (draft.wrong || entry == null) wrong++;
            else ready.add(entry);
            itemsRead += draft.items.size();
            progress.at(++read);
        }
        int added = count(ready, Act.ADDED);
        int same = count(ready, Act.SAME);
        return new Plan(
                ready,
                new ImportReport.Tally(added, ready.size() - added - same, same, wrong),
                faults,
                all,
                drafts.size(),
                itemsRead);
    }

    private static int count(List<Plan.Entry> ready, Act act) {
        return (int) ready.stream().filter(entry -> entry.act() == act).count();
    }

    /** A line for each item; the words of an entry stand in its first line, or in all of them. */
    private List<Draft> flat() {
        var drafts = new LinkedHashMap<String, Draft>();
        @Nullable Draft last = null;
        for (var row : entries.rows()) {
            if (isBlank(row)) continue;
            var draft =
                    row.text("name").isEmpty() && last != null
                            ? last
                            : drafts.computeIfAbsent(
                                    Description.nameKey(row.text("name")), _ -> new Draft(row));
            last = draft;
            cells(draft, entries, row);
            if (draft.row != row) differs(draft, row);
            if (row.cells().keySet().stream().anyMatch(EntryTrial::isOfItem))
                draft.items.add(new ItemRow(EntryLayout.ENTRIES, row));
        }
        return List.copyOf(drafts.values());
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
                    "itemDescription" ->
                    true;
            default -> false;
        };
    }

    /** The lines of one entry say the same of it, or nothing. */
    private void differs(Draft draft, Workbook.Row row) {
        for (var cell : row.cells().entrySet()) {
            var column = cell.getKey();
            if (isOfItem(column) || column.equals("ref") || column.equals("name")) continue;
            var first = draft.row.text(column);
            if (!first.equals(cell.getValue()) && !plain(first).equals(plain(cell.getValue())))
                error(
                        draft,
                        EntryLayout.ENTRIES,
                        row.number(),
                        column,
                        "compilation.differs",
                        Map.of("row", draft.row.number(), "first", cut(first)));
        }
    }

    private List<Draft> twoSheets(Workbook.Sheet sheet) {
        var drafts = new ArrayList<Draft>();
        var refs = new HashMap<String, Draft>();
        var names = new HashMap<String, Draft>();
        for (var row : entries.rows()) {
            if (isBlank(row)) continue;
            var draft = new Draft(row);
            drafts.add(draft);
            cells(draft, entries, row);
            var ref = code(row.text("ref"));
            var before = ref.isEmpty() ? null : refs.putIfAbsent(ref, draft);
            if (before != null)
                error(
                        draft,
                        EntryLayout.ENTRIES,
                        row.number(),
                        "ref",
                        "workbook.twice",
                        Map.of("row", before.row.number()));
            var same =
                    draft.name.isEmpty()
                            ? null
                            : names.putIfAbsent(Description.nameKey(draft.name), draft);
            if (same != null)
                error(
                        draft,
                        EntryLayout.ENTRIES,
                        row.number(),
                        "name",
                        "workbook.twice",
                        Map.of("row", same.row.number()));
        }
        @Nullable Draft last = null;
        for (var row : sheet.rows()) {
            var ref = code(row.text("ref"));
            var name = row.text("name");
            var draft = ref.isEmpty() ? null : refs.get(ref);
            if (draft == null && !name.isEmpty()) draft = names.get(Description.nameKey(name));
            if (ref.isEmpty() && name.isEmpty()) draft = last;
            if (draft == null) {
                tell(
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
            draft.items.add(new ItemRow(EntryLayout.ITEMS, row));
        }
        return drafts;
    }

    /** Prepared rows hold the department and a number; nobody has written into them. */
    private static boolean isBlank(Workbook.Row row) {
        return GIVEN.containsAll(row.cells().keySet());
    }

    /** What lies in the cells themselves. */
    private void cells(Draft draft, Workbook.Sheet sheet, Workbook.Row row) {
        row.broken()
                .forEach((column, key) ->
                        error(draft, sheet.key(), row.number(), column, key, Map.of()));
        for (var column : CODES)
            if (SCIENTIFIC.matcher(row.text(column)).matches())
                error(draft, sheet.key(), row.number(), column, "workbook.rounded", Map.of());
        row.noted().entrySet().stream()
                .min((one, other) ->
                        Integer.compare(
                                sheet.columns().getOrDefault(one.getKey(), 0),
                                sheet.columns().getOrDefault(other.getKey(), 0)))
                .ifPresent(note ->
                        tell(
                                CellFault.advice(
                                        sheet.key(),
                                        row.number(),
                                        note.getKey(),
                                        note.getValue())));
    }

    /** Names that count up from row to row, and say nothing else that differs. */
    private void dragged(List<Draft> drafts) {
        for (int from = 0, to; from < drafts.size(); from = to) {
            to = from + 1;
            while (to < drafts.size() && countsUp(drafts.get(to - 1).name, drafts.get(to).name))
                to++;
            if (to - from < DRAGGED_MIN) continue;
            for (int at = from + 1; at < to; at++) {
                var draft = drafts.get(at);
                var same = sameWithoutNumbers(drafts.get(from), draft);
                if (same)
                    error(
                            draft,
                            EntryLayout.ENTRIES,
                            draft.row.number(),
                            "name",
                            "compilation.dragged",
                            Map.of());
                else
                    tell(
                            CellFault.advice(
                                    EntryLayout.ENTRIES,
                                    draft.row.number(),
                                    "name",
                                    "compilation.dragged"));
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

    private static boolean sameWithoutNumbers(Draft one, Draft other) {
        return one.row
                .text("summary")
                .replaceAll("[0-9]+", "")
                .equals(other.row.text("summary").replaceAll("[0-9]+", ""));
    }

    private Plan.@Nullable Entry entry(Draft draft, Map<Long, Integer> taken) {
        other(draft);
        var known = known(draft);
        if (known != null) {
            var before = taken.putIfAbsent(known.id(), draft.row.number());
            if (before != null) error(draft, "name", "workbook.twice", Map.of("row", before));
        }
        var old = known == null ? null : known.description();
        var description = description(draft, old);
        if (known != null && !draft.wrong) {
            description = description.withColumnTypesOf(known.description());
            // as it is already: what is missing in it is no matter of this workbook
            if (description.equals(known.description()))
                return new Plan.Entry(
                        draft.row.number(),
                        Act.SAME,
                        known.id(),
                        known.revision(),
                        null,
                        description);
        }
        for (var fault : ground.rules().faults(description)) at(draft, fault);
        advise(draft, description);
        if (known == null)
            return new Plan.Entry(draft.row.number(), Act.ADDED, null, null, null, description);
        if (known.code() != null
                && !known.description().classification().equals(description.classification()))
            error(draft, classColumn(), "catalog.class-fixed", Map.of());
        return switch (known.state().stage()) {
            case DRAFT, RETURNED ->
                    new Plan.Entry(
                            draft.row.number(),
                            Act.CHANGED,
                            known.id(),
                            known.revision(),
                            known.description(),
                            description);
            case PUBLISHED ->
                    new Plan.Entry(
                            draft.row.number(),
                            Act.VERSION,
                            known.id(),
                            known.revision(),
                            null,
                            description);
            case SUBMITTED, DEPARTMENT_APPROVED, APPROVED, WITHDRAWN -> {
                error(
                        draft,
                        "name",
                        "compilation.under-review",
                        Map.of("state", known.state().stage()));
                yield null;
            }
        };
    }

    /** The entry of the catalog that the row is about. */
    private @Nullable Resource known(Draft draft) {
        var code = code(draft.row.text("code"));
        var named = draft.name.isEmpty() ? null : byName.get(Description.nameKey(draft.name));
        if (code.isEmpty()) return named;
        var coded = byCode.get(code);
        if (coded == null) {
            try {
                var _ = new ResourceCode(code);
                if (named != null && named.code() != null)
                    error(draft, "code", "compilation.other-code", Map.of("code", named.code()));
                else
                    tell(
                            CellFault.advice(
                                    EntryLayout.ENTRIES,
                                    draft.row.number(),
                                    "code",
                                    "compilation.code-not-given"));
            } catch (InvalidCode wrong) {
                error(draft, "code", Invalid.key(wrong), Invalid.facts(wrong));
            }
            return named;
        }
        if (named != null && named.id() != coded.id())
            error(draft, "name", "catalog.name-taken", Map.of("name", cut(draft.name)));
        return coded;
    }

    private Description description(Draft draft, @Nullable Description old) {
        var row = draft.row;
        var kind =
                choice(
                        draft,
                        "sharingKind",
                        SharingKind.values(),
                        or(old, Description::sharingKind));
        var format =
                choice(draft, "formatKind", FormatKind.values(), or(old, Description::formatKind));
        var type = text(row, "formatType", or(old, Description::formatType));
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
            notOneOf(draft, EntryLayout.ENTRIES, row, "formatKind", FormatKind.values());
        var condition = text(row, "sharingCondition", or(old, Description::sharingCondition));
        var basis = text(row, "sharingBasis", or(old, Description::sharingBasis));
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
                        draft,
                        EntryLayout.ENTRIES,
                        row,
                        "sharingMethod",
                        SharingMethodType.values());
        }
        return new Description(
                text(row, "name", or(old, Description::name)),
                classification(draft, old),
                text(row, "summary", or(old, Description::summary)),
                text(row, "innerDepartment", or(old, Description::innerDepartment)),
                format,
                type,
                text(row, "formatOther", or(old, Description::formatOther)),
                kind,
                condition,
                basis,
                way,
                method,
                range(draft, old),
                yes(draft, EntryLayout.ENTRIES, row, "open", old != null && old.open(), false),
                text(row, "openCondition", or(old, Description::openCondition)),
                choice(
                        draft,
                        "updateCycle",
                        UpdateCycle.values(),
                        or(old, Description::updateCycle)),
                code(text(row, "relatedCode", or(old, Description::relatedCode))),
                survey(row, old == null ? Survey.NONE : old.survey()),
                items(draft, old));
    }

    /** What the file has no column for stays; an empty cell is 0. */
    private Survey survey(Workbook.Row row, Survey old) {
        return new Survey(
                entries.has("census1")
                        ? SurveyNumber.storage(six(row, "census1"))
                        : old.storage(),
                entries.has("census2") ? SurveyNumber.records(six(row, "census2")) : old.records(),
                entries.has("census3")
                        ? SurveyNumber.storage(six(row, "census3"))
                        : old.sharedStorage(),
                entries.has("census4")
                        ? SurveyNumber.records(six(row, "census4"))
                        : old.sharedRecords(),
                entries.has("census5")
                        ? SurveyNumber.storage(six(row, "census5"))
                        : old.openStorage(),
                entries.has("census6")
                        ? SurveyNumber.records(six(row, "census6"))
                        : old.openRecords());
    }

    /** A whole number may come as 41286.0. */
    private static String six(Workbook.Row row, String column) {
        return code(row.text(column)).replace(",", "").replaceAll("[.]0+$", "");
    }

    private String classification(Draft draft, @Nullable Description old) {
        var row = draft.row;
        var whole = row.text("classification");
        if (!whole.isEmpty()) {
            var found = classes.whole(whole);
            if (found.isEmpty())
                error(
                        draft,
                        "classification",
                        "compilation.unknown-class",
                        Map.of("name", cut(whole)));
            return found.map(ClassNode::fullCode).orElse("");
        }
        @Nullable String deepest = null;
        for (var level : CLASS_LEVELS) {
            var words = row.text(level);
            if (words.isEmpty()) continue;
            var found = classes.below(deepest, words);
            if (found.isEmpty() && deepest == null) found = classes.whole(words);
            if (found.isEmpty()) {
                error(draft, level, "compilation.unknown-class", Map.of("name", cut(words)));
                return "";
            }
            deepest = found.orElseThrow().fullCode();
        }
        if (deepest != null) return deepest;
        var said = entries.has("classification") || CLASS_LEVELS.stream().anyMatch(entries::has);
        return said || old == null ? "" : old.classification();
    }

    /** The column that a fault of the class is told at. */
    private String classColumn() {
        for (var column : List.of("classification", "class4", "class3", "class2", "class1"))
            if (entries.has(column)) return column;
        return "classification";
    }

    private List<String> range(Draft draft, @Nullable Description old) {
        if (!entries.has("sharingRange")) return old == null ? List.of() : old.sharingRange();
        var codes = new ArrayList<String>();
        for (var part : draft.row.text("sharingRange").split("[、,，;；\\n]+", -1)) {
            if (part.isBlank()) continue;
            var code = departments.get(plain(part));
            if (code == null)
                error(
                        draft,
                        "sharingRange",
                        "compilation.unknown-department",
                        Map.of("name", cut(part.strip())));
            else if (!codes.contains(code)) codes.add(code);
        }
        return codes;
    }

    private List<Item> items(Draft draft, @Nullable Description old) {
        var sheet = items == null ? entries : items;
        if (!sheet.has("itemName")) return old == null ? List.of() : old.items();
        var before = new HashMap<String, Item>();
        if (old != null) for (var it : old.items()) before.put(Description.nameKey(it.name()), it);
        var read = new ArrayList<Item>();
        for (var one : draft.items) {
            var row = one.row();
            var was = before.get(Description.nameKey(row.text("itemName")));
            read.add(
                    new Item(
                            text(row, "itemName", was == null ? "" : was.name()),
                            sheet.has("itemDescription")
                                    ? text(
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
                                    true)));
        }
        return read;
    }

    private Sensitivity sensitivity(
            Draft draft, ItemRow one, Workbook.Sheet sheet, @Nullable Item was) {
        if (!sheet.has("sensitivity")) return was == null ? Sensitivity.NONE : was.sensitivity();
        var level =
                choice(draft, one.sheet(), one.row(), "sensitivity", Sensitivity.values(), null);
        return level == null ? Sensitivity.NONE : level;
    }

    private @Nullable Integer length(
            Draft draft, ItemRow one, Workbook.Sheet sheet, @Nullable Item was) {
        if (!sheet.has("length")) return was == null ? null : was.length();
        var words = code(one.row().text("length"));
        if (words.isEmpty()) return null;
        var number = LENGTH.matcher(words);
        if (number.matches()) return Integer.valueOf(number.group(1));
        error(draft, one.sheet(), one.row().number(), "length", "workbook.number", Map.of());
        return null;
    }

    /** What other templates say beside: not kept, but never wrong without a word. */
    private void other(Draft draft) {
        var row = draft.row;
        if (WIDE.matcher(draft.name).find())
            tell(CellFault.advice(EntryLayout.ENTRIES, row.number(), "name", "compilation.wide"));
        var system = row.text("system");
        if (!system.isEmpty()
                && Description.nameKey(system).equals(Description.nameKey(draft.name)))
            error(draft, "name", "compilation.system-name", Map.of());
        provider(draft);
        var secret = plain(row.text("secret"));
        if (!secret.isEmpty() && !Set.of("非涉密", "否", "0", "no", "n", "不涉密").contains(secret))
            error(draft, "secret", "compilation.secret", Map.of());
        published(draft);
        for (int i = 1; i <= 6; i++) {
            var number = row.text("census" + i);
            if (!number.isEmpty() && !NUMBER.matcher(code(number).replace(",", "")).matches())
                error(draft, "census" + i, "workbook.number", Map.of());
        }
    }

    private void provider(Draft draft) {
        var own = ground.provider();
        var name = draft.row.text("provider");
        if (!name.isEmpty() && !own.code().value().equals(departments.get(plain(name))))
            error(draft, "provider", "compilation.other-department", Map.of("own", own.name()));
        var code = draft.row.text("providerCode");
        if (code.isEmpty()
                || draft.told.contains(
                        cell(EntryLayout.ENTRIES, draft.row.number(), "providerCode"))) return;
        try {
            var right = new CreditCode(code);
            if (!right.equals(own.code()))
                error(
                        draft,
                        "providerCode",
                        "compilation.other-department",
                        Map.of("own", own.name()));
        } catch (InvalidCode wrong) {
            error(draft, "providerCode", Invalid.key(wrong), Invalid.facts(wrong));
        }
    }

    private void published(Draft draft) {
        var words = code(draft.row.text("published"));
        if (words.isEmpty()) return;
        LocalDate date;
        if (SERIAL.matcher(words).matches()) {
            date = LocalDate.ofEpochDay(Integer.parseInt(words) + (long) DAY_ZERO_OF_SPREADSHEETS);
            tell(
                    new CellFault(
                            CellFault.Level.ADVICE,
                            EntryLayout.ENTRIES,
                            draft.row.number(),
                            "published",
                            "compilation.serial-date",
                            Map.of("date", date.toString())));
        } else {
            var plain =
                    words.replaceAll("[年月./]", "-")
                            .replaceAll("日|[T ].*$", "")
                            .replaceAll("-(\\d)(?=-|$)", "-0$1");
            if (plain.matches("[0-9]{8}")) plain = plain.replaceAll("(....)(..)(..)", "$1-$2-$3");
            try {
                date = LocalDate.parse(plain);
            } catch (DateTimeParseException _) {
                error(draft, "published", "workbook.date", Map.of());
                return;
            }
        }
        if (date.isAfter(ground.today())) error(draft, "published", "compilation.future", Map.of());
    }

    private void advise(Draft draft, Description it) {
        var length = it.summary().codePointCount(0, it.summary().length());
        if (length > 0 && (length < SUMMARY_MIN || length > SUMMARY_GOOD_MAX))
            tell(
                    new CellFault(
                            CellFault.Level.ADVICE,
                            EntryLayout.ENTRIES,
                            draft.row.number(),
                            "summary",
                            "compilation.summary-length",
                            Map.of("now", length)));
        if (it.sharingKind() == SharingKind.CONDITIONAL && it.sharingRange().isEmpty())
            tell(
                    CellFault.advice(
                            EntryLayout.ENTRIES,
                            draft.row.number(),
                            "sharingRange",
                            "compilation.no-range"));
        for (int i = 0; i < Math.min(it.items().size(), draft.items.size()); i++) {
            var item = it.items().get(i);
            var one = draft.items.get(i);
            if (item.length() == null
                    && (item.dataType() == DataType.C || item.dataType() == DataType.N))
                tell(
                        CellFault.advice(
                                one.sheet(),
                                one.row().number(),
                                "length",
                                "compilation.no-length"));
        }
    }

    private <E extends Enum<E>> @Nullable E choice(
            Draft draft, String column, E[] values, @Nullable E old) {
        return choice(draft, EntryLayout.ENTRIES, draft.row, column, values, old);
    }

    private <E extends Enum<E>> @Nullable E choice(
            Draft draft,
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
            Draft draft,
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
            error(
                    draft,
                    sheet,
                    row.number(),
                    column,
                    "workbook.choice",
                    Map.of("value", cut(words), "allowed", List.of("是", "否")));
        return value.map("true"::equals).orElse(otherwise);
    }

    private void notOneOf(
            Draft draft, String sheet, Workbook.Row row, String column, Enum<?>[] values) {
        error(
                draft,
                sheet,
                row.number(),
                column,
                "workbook.choice",
                Map.of("value", cut(row.text(column)), "allowed", List.of(values)));
    }

    private Optional<String> chosen(String sheet, String column, String words) {
        return chosen.computeIfAbsent(
                column + "\n" + words, _ -> layout(sheet).column(column).chosen(words));
    }

    private Layout.Sheet layout(String sheet) {
        return book.layout().sheet(sheet);
    }

    private Workbook.Sheet sheet(String key) {
        return key.equals(EntryLayout.ITEMS) ? Objects.requireNonNull(items) : entries;
    }

    /** The words of a cell; those known already where they only differ in how lines are broken. */
    private String text(Workbook.Row row, String column, @Nullable String old) {
        var known = old == null ? "" : old;
        var sheet = row.cells().containsKey(column) || entriesOrItemsHave(column);
        if (!sheet) return known;
        var words = row.text(column);
        if (words.isEmpty() && known.isEmpty()) return known;
        return unbroken(words).equals(unbroken(known)) ? known : words;
    }

    private boolean entriesOrItemsHave(String column) {
        return entries.has(column) || items != null && items.has(column);
    }

    private static String unbroken(String text) {
        return ENDS.matcher(text.replace("\r\n", "\n")).replaceAll("");
    }

    private static <T> @Nullable T or(
            @Nullable Description old, java.util.function.Function<Description, @Nullable T> part) {
        return old == null ? null : part.apply(old);
    }

    /** A fault of the catalog's rules, at the cell that its words came from. */
    private void at(Draft draft, Refusal.Fault fault) {
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
                        : field.equals("classification")
                                ? classColumn()
                                : entryColumn(field);
        error(draft, column, fault.key(), fault.facts());
    }

    private static String itemColumn(String field) {
        return switch (field) {
            case "name" -> "itemName";
            case "description" -> "itemDescription";
            case "column", "columnType" -> "itemColumn";
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

    private void error(Draft draft, String column, String key, Map<String, Object> facts) {
        error(draft, EntryLayout.ENTRIES, draft.row.number(), column, key, facts);
    }

    /** One error for a cell is enough: what follows from it says nothing more. */
    private void error(
            Draft draft,
            String sheet,
            int row,
            String column,
            String key,
            Map<String, Object> facts) {
        draft.wrong = true;
        if (draft.told.add(cell(sheet, row, column)))
            tell(CellFault.error(sheet, row, column, key, facts));
    }

    private static String cell(String sheet, int row, String column) {
        return sheet + row + column;
    }

    private void tell(CellFault fault) {
        all++;
        if (faults.size() < FAULTS_MAX) faults.add(fault);
    }

    /** Codes and numbers: full width and blanks are slips of the hand. */
    private static String code(String words) {
        return BLANKS.matcher(Normalizer.normalize(words, Normalizer.Form.NFKC)).replaceAll("");
    }

    private static String plain(String words) {
        return code(words).toLowerCase(java.util.Locale.ROOT);
    }

    private static String cut(String words) {
        return words.length() > 40 ? words.substring(0, 40) + "…" : words;
    }
}
