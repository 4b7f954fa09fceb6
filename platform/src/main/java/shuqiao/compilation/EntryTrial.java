package shuqiao.compilation;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.ClassNode;
import shuqiao.catalog.DataType;
import shuqiao.catalog.Description;
import shuqiao.catalog.Resource;
import shuqiao.catalog.SharingKind;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Invalid;
import shuqiao.organization.Organization;
import shuqiao.standard.CreditCode;
import shuqiao.standard.InvalidCode;
import shuqiao.standard.ResourceCode;
import shuqiao.workbook.CellFault;
import shuqiao.workbook.ImportReport;
import shuqiao.workbook.Workbook;

/**
 * One trial of a workbook against the catalog as it is: reads each entry with its items, keeps what
 * the file has no column for, and tells everything that is in the way. Changes nothing.
 */
final class EntryTrial {

    private static final int SUMMARY_MIN = 10;
    private static final int SUMMARY_GOOD_MAX = 500;
    private static final int DAY_ZERO_OF_SPREADSHEETS = -25_569;
    private static final Pattern SERIAL = Pattern.compile("[1-9][0-9]{4}");
    private static final Pattern SYSTEM = Pattern.compile("(?i)(?:系统|平台|软件|小程序|APP)$");
    private static final Pattern WIDE = Pattern.compile("[\\u3000\\u00a0０-９Ａ-Ｚａ-ｚ]");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

    /** Everything that the words of a workbook are compared with. */
    record Ground(
            Organization provider,
            List<Organization> departments,
            List<ClassNode> classes,
            List<Resource> own,
            Catalog.Trial rules,
            LocalDate today) {}

    private final Ground ground;
    private final Workbook book;
    private final TrialFaults faults = new TrialFaults();
    private final EntryCells cells;
    private final Map<String, Resource> byCode = new HashMap<>();
    private final Map<String, Resource> byName = new HashMap<>();
    private final Map<String, Resource> near = new HashMap<>();
    private final Map<String, String> departments = new HashMap<>();

    EntryTrial(Ground ground, Workbook book) {
        this.ground = ground;
        this.book = book;
        for (var it : ground.own()) {
            if (it.code() != null) byCode.put(it.code(), it);
            byName.put(Description.nameKey(it.name()), it);
            near.putIfAbsent(Description.nearKey(it.name()), it);
        }
        for (var it : ground.departments())
            for (var name : List.of(it.code().value(), it.name(), it.shortName(), it.nameEn()))
                if (!name.isEmpty())
                    departments.putIfAbsent(CellWords.plain(name), it.code().value());
        this.cells = new EntryCells(book, new ClassNames(ground.classes()), departments, faults);
    }

    Plan of(Progress progress) {
        var drafts = new EntryGroups(book, faults).all();
        progress.begin(drafts.size());
        var ready = new ArrayList<Plan.Entry>();
        var taken = new HashMap<Long, EntryDraft>();
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
                faults.listed(),
                faults.all(),
                drafts.size(),
                itemsRead,
                EntryGroups.rows(book));
    }

    private static int count(List<Plan.Entry> ready, Act act) {
        return (int) ready.stream().filter(entry -> entry.act() == act).count();
    }

    private Plan.@Nullable Entry entry(EntryDraft draft, Map<Long, EntryDraft> taken) {
        other(draft);
        var known = known(draft);
        if (known != null) {
            var before = taken.putIfAbsent(known.id(), draft);
            if (before != null)
                faults.twice(draft, draft.sheet, draft.row, "name", "workbook.twice", before);
        }
        var old = known == null ? null : known.description();
        var description = cells.description(draft, old);
        if (known != null && !draft.wrong) {
            description = description.withColumnTypesOf(known.description());
            // as it is already: what is missing in it is no matter of this workbook
            if (description.equals(known.description()))
                return new Plan.Entry(
                        draft.sheet.key(),
                        draft.row.number(),
                        Act.SAME,
                        known.id(),
                        known.revision(),
                        null,
                        known.description(),
                        description);
        }
        if (known != null) replaced(draft, known, description);
        else alike(draft);
        for (var fault : ground.rules().faults(description))
            faults.at(draft, fault, EntryCells.classColumn(draft));
        advise(draft, description);
        if (known == null)
            return new Plan.Entry(
                    draft.sheet.key(),
                    draft.row.number(),
                    Act.ADDED,
                    null,
                    null,
                    null,
                    null,
                    description);
        if (known.code() != null
                && !known.description().classification().equals(description.classification()))
            faults.error(draft, EntryCells.classColumn(draft), "catalog.class-fixed", Map.of());
        return switch (known.state().stage()) {
            case DRAFT, RETURNED ->
                    new Plan.Entry(
                            draft.sheet.key(),
                            draft.row.number(),
                            Act.CHANGED,
                            known.id(),
                            known.revision(),
                            known.description(),
                            known.description(),
                            description);
            case PUBLISHED ->
                    new Plan.Entry(
                            draft.sheet.key(),
                            draft.row.number(),
                            Act.VERSION,
                            known.id(),
                            known.revision(),
                            null,
                            known.description(),
                            description);
            case SUBMITTED, DEPARTMENT_APPROVED, APPROVED, WITHDRAWN -> {
                faults.error(
                        draft,
                        "name",
                        "compilation.under-review",
                        Map.of("state", known.state().stage()));
                yield null;
            }
        };
    }

    /** The entry of the catalog that the row is about. */
    private @Nullable Resource known(EntryDraft draft) {
        var code = CellWords.code(draft.row.text("code"));
        var named = draft.name.isEmpty() ? null : byName.get(Description.nameKey(draft.name));
        if (code.isEmpty()) return named;
        var coded = byCode.get(code);
        if (coded == null) {
            try {
                var _ = new ResourceCode(code);
                if (named != null && named.code() != null)
                    faults.error(
                            draft, "code", "compilation.other-code", Map.of("code", named.code()));
                else faults.advise(draft, "code", "compilation.code-not-given", Map.of());
            } catch (InvalidCode wrong) {
                faults.error(draft, "code", Invalid.key(wrong), Invalid.facts(wrong));
            }
            return named;
        }
        if (named != null && named.id() != coded.id())
            faults.error(
                    draft, "name", "catalog.name-taken", Map.of("name", CellWords.cut(draft.name)));
        return coded;
    }

    /** An update by a name that is written otherwise, or one that takes items away. */
    private void replaced(EntryDraft draft, Resource known, Description next) {
        if (!draft.name.equals(known.name()) && draft.row.text("code").isEmpty())
            faults.advise(
                    draft,
                    "name",
                    "compilation.near-update",
                    Map.of("name", CellWords.cut(known.name())));
        var kept = new HashSet<String>();
        next.items().forEach(item -> kept.add(Description.nameKey(item.name())));
        var gone =
                known.description().items().stream()
                        .filter(item -> !kept.contains(Description.nameKey(item.name())))
                        .count();
        if (gone > 0)
            faults.advise(
                    draft,
                    "name",
                    "compilation.items-gone",
                    Map.of(
                            "gone",
                            gone,
                            "before",
                            known.description().items().size(),
                            "after",
                            next.items().size()));
    }

    /** A new entry whose name differs from one of the catalog in signs alone, or is a system's. */
    private void alike(EntryDraft draft) {
        if (draft.name.isEmpty()) return;
        var other = near.get(Description.nearKey(draft.name));
        if (other != null)
            faults.advise(
                    draft,
                    "name",
                    "compilation.near-name",
                    Map.of("name", CellWords.cut(other.name())));
        if (SYSTEM.matcher(draft.name.strip()).find())
            faults.advise(draft, "name", "compilation.system-like", Map.of());
    }

    /** What other templates say beside: not kept, but never wrong without a word. */
    private void other(EntryDraft draft) {
        var row = draft.row;
        if (WIDE.matcher(draft.name).find())
            faults.advise(draft, "name", "compilation.wide", Map.of());
        var system = row.text("system");
        if (!system.isEmpty()
                && Description.nameKey(system).equals(Description.nameKey(draft.name)))
            faults.error(draft, "name", "compilation.system-name", Map.of());
        provider(draft);
        var secret = CellWords.plain(row.text("secret"));
        if (!secret.isEmpty() && !Set.of("非涉密", "否", "0", "no", "n", "不涉密").contains(secret))
            faults.error(draft, "secret", "compilation.secret", Map.of());
        published(draft);
        for (int i = 1; i <= 6; i++) {
            var number = row.text("census" + i);
            if (!number.isEmpty()
                    && !NUMBER.matcher(CellWords.code(number).replace(",", "")).matches())
                faults.error(draft, "census" + i, "workbook.number", Map.of());
        }
    }

    private void provider(EntryDraft draft) {
        var own = ground.provider();
        var name = draft.row.text("provider");
        if (!name.isEmpty() && !own.code().value().equals(departments.get(CellWords.plain(name))))
            faults.error(
                    draft, "provider", "compilation.other-department", Map.of("own", own.name()));
        var code = draft.row.text("providerCode");
        if (code.isEmpty()
                || draft.told.contains(
                        TrialFaults.cell(draft.sheet.key(), draft.row.number(), "providerCode")))
            return;
        if (code.equals(own.code().value())) return; // registered, whatever its check character
        try {
            if (!departments.containsValue(code)) {
                var _ = new CreditCode(code);
            }
            faults.error(
                    draft,
                    "providerCode",
                    "compilation.other-department",
                    Map.of("own", own.name()));
        } catch (InvalidCode wrong) {
            faults.error(draft, "providerCode", Invalid.key(wrong), Invalid.facts(wrong));
        }
    }

    private void published(EntryDraft draft) {
        var words = CellWords.code(draft.row.text("published"));
        if (words.isEmpty()) return;
        LocalDate date;
        if (SERIAL.matcher(words).matches()) {
            date = LocalDate.ofEpochDay(Integer.parseInt(words) + (long) DAY_ZERO_OF_SPREADSHEETS);
            faults.advise(
                    draft, "published", "compilation.serial-date", Map.of("date", date.toString()));
        } else {
            var plain =
                    words.replaceAll("[年月./]", "-")
                            .replaceAll("日|[T ].*$", "")
                            .replaceAll("-(\\d)(?=-|$)", "-0$1");
            if (plain.matches("[0-9]{8}")) plain = plain.replaceAll("(....)(..)(..)", "$1-$2-$3");
            try {
                date = Clock.day(plain);
            } catch (DateTimeParseException _) {
                faults.error(draft, "published", "workbook.date", Map.of());
                return;
            }
        }
        if (date.isAfter(ground.today()))
            faults.error(draft, "published", "compilation.future", Map.of());
    }

    private void advise(EntryDraft draft, Description it) {
        var length = it.summary().codePointCount(0, it.summary().length());
        if (length > 0 && (length < SUMMARY_MIN || length > SUMMARY_GOOD_MAX))
            faults.advise(draft, "summary", "compilation.summary-length", Map.of("now", length));
        if (it.sharingKind() == SharingKind.CONDITIONAL && it.sharingRange().isEmpty())
            faults.advise(draft, "sharingRange", "compilation.no-range", Map.of());
        for (int i = 0; i < Math.min(it.items().size(), draft.items.size()); i++) {
            var item = it.items().get(i);
            var one = draft.items.get(i);
            if (item.length() == null
                    && (item.dataType() == DataType.C || item.dataType() == DataType.N))
                faults.tell(
                        CellFault.advice(
                                one.sheet(),
                                one.row().number(),
                                "length",
                                "compilation.no-length"));
        }
    }
}
