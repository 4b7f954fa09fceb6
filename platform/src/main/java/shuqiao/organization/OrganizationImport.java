package shuqiao.organization;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;
import shuqiao.kit.Entry;
import shuqiao.workbook.CellFault;
import shuqiao.workbook.ImportReport;
import shuqiao.workbook.Layout;
import shuqiao.workbook.Workbook;

/**
 * Many organizations at once, from a workbook: first a trial that changes nothing, then those that
 * are right. An organization that is known already is changed to what the row says.
 */
@Door
public class OrganizationImport {

    static final String SHEET = "organizations";

    private static final List<Layout.Choice> YES_NO =
            List.of(new Layout.Choice("true", "是", "yes"), new Layout.Choice("false", "否", "no"));

    private static final List<Layout.Choice> LEVELS =
            List.of(
                    new Layout.Choice("PROVINCE", "省级", "Province"),
                    new Layout.Choice("CITY", "市级", "City"),
                    new Layout.Choice("COUNTY", "县（区）级", "County"),
                    new Layout.Choice("TOWN", "乡镇（街道）级", "Town"));

    private static final List<Layout.Column> COLUMNS =
            Layout.Column.table(
                    Map.of("level", LEVELS, "authority", YES_NO, "closed", YES_NO),
                    """
                    code       | MUST | 统一社会信用代码 | Credit code | 18 位，末位为校验码；已登记的部门按它更新 | 18 characters, the last a check character; a known one is changed | 11990100MB0W000015
                    name       | MUST | 部门名称 | Name | 机构证书上的全称 | The full name on its certificate | 云泽市民政局
                    shortName  | MAY  | 简称 | Short name | 日常用的叫法，不填则用全称 | As its people say it; the full name otherwise | 市民政局
                    nameEn     | MAY  | 英文名称 | English name | 英文页面上显示 | Shown on English pages | Civil Affairs Bureau
                    division   | MUST | 区划代码 | Division code | 6 位，GB/T 2260 | 6 digits, GB/T 2260 | 990100
                    level      | MUST | 级别 | Level | 政府层级： | Level of government: | 市级
                    parent     | MAY  | 上级部门代码 | Parent code | 上级部门的统一社会信用代码，可以在同一张表中 | Credit code of the parent, which may stand in the same sheet |
                    authority  | MAY  | 主管部门 | Data authority | 是否本区划的数据主管部门，不填为否： | Whether it is the data authority of its division; no otherwise: | 否
                    closed     | MAY  | 已停用 | Closed | 停用的部门不再接收新的工作，不填为否： | A closed one takes no new work; no otherwise: | 否
                    codeReason | MAY  | 代码校验码不符的理由 | Reason for the code's check character | 只在代码校验码与国标不符、而机构证书上确为此码时填写，记入存证日志 | Only where the check character is not the standard's and the certificate says so all the same; it goes into the ledger |
                    """);

    static final Layout LAYOUT =
            new Layout(
                    "organizations",
                    "部门批量导入",
                    "Import of organizations",
                    List.of(new Layout.Sheet(SHEET, "部门", "Organizations", COLUMNS)));

    /**
     * What a workbook would do.
     *
     * @param ready right rows, each after the one above it in the tree
     */
    public record Plan(List<Organization> ready, ImportReport.Tally tally, List<CellFault> faults) {
        public Plan {
            ready = List.copyOf(ready);
            faults = List.copyOf(faults);
        }
    }

    private record Waiting(String sheet, int row, Organizations.Entry entry) {}

    private final Organizations organizations;

    OrganizationImport(Organizations organizations) {
        this.organizations = organizations;
    }

    /** The trial: nothing is changed. */
    public Plan check(Actor actor, Workbook book) {
        actor.require(Role.SYSTEM_ADMIN);
        return new Trial(organizations.all(actor)).of(book);
    }

    /**
     * Takes the right rows, all of them or none.
     *
     * @param onlyIfAll refuses while any row is wrong
     */
    @Transactional
    public ImportReport.Tally run(Actor actor, Workbook book, boolean onlyIfAll) {
        var plan = check(actor, book);
        if (onlyIfAll && plan.tally().wrong() > 0)
            throw new Conflict(
                    "organization:import-not-all", Map.of("wrong", plan.tally().wrong()));
        if (plan.tally().ready() == 0) throw new Conflict("organization:import-nothing");
        for (var row : plan.ready()) {
            var code = row.code().value();
            var before = organizations.find(code);
            if (before.isEmpty())
                organizations.add(actor, Organizations.Entry.of(row).withClosed(false));
            if (before.isPresent() && !before.get().equals(row) || before.isEmpty() && row.closed())
                organizations.change(actor, code, Organizations.Entry.of(row));
        }
        return plan.tally();
    }

    /** The rows of an export. */
    static List<Map<String, String>> rows(List<Organization> all) {
        return all.stream().map(OrganizationImport::cells).toList();
    }

    private static Map<String, String> cells(Organization one) {
        var cells = new LinkedHashMap<String, String>();
        var parent = one.parent();
        cells.put("code", one.code().value());
        cells.put("name", one.name());
        cells.put("shortName", one.shortName());
        cells.put("nameEn", one.nameEn());
        cells.put("division", one.division().value());
        cells.put("level", one.level().name());
        cells.put("parent", parent == null ? "" : parent.value());
        cells.put("authority", String.valueOf(one.authority()));
        cells.put("closed", String.valueOf(one.closed()));
        cells.put("codeReason", one.codeReason());
        return cells;
    }

    /** One trial: the organizations as they would be after the rows that are right so far. */
    private static final class Trial implements OrganizationRules.Known {

        private final Map<String, Organization> byCode = new LinkedHashMap<>();
        private final Map<String, Organization> byName = new HashMap<>();
        private final Set<String> before;
        private final Map<String, Organization> asBefore;
        private final List<Organization> ready = new ArrayList<>();
        private final List<CellFault> faults = new ArrayList<>();
        private int wrong;

        Trial(List<Organization> all) {
            all.forEach(this::put);
            before = Set.copyOf(byCode.keySet());
            asBefore = Map.copyOf(byCode);
        }

        Plan of(Workbook book) {
            var waiting = read(book.sheets(SHEET));
            while (!waiting.isEmpty()) {
                var names = codes(waiting);
                var later = new ArrayList<Waiting>();
                for (var row : waiting) if (!take(row, names)) later.add(row);
                if (later.size() == waiting.size()) {
                    // each waits for another: the tree would be a circle
                    for (var row : later)
                        wrong(row, Invalid.field("parent", "organization.parent-below"));
                    break;
                }
                waiting = later;
            }
            var added = (int) ready.stream().filter(it -> !known(it)).count();
            var same = (int) ready.stream().filter(it -> it.equals(old(it))).count();
            return new Plan(
                    ready,
                    new ImportReport.Tally(added, ready.size() - added - same, same, wrong),
                    faults);
        }

        private List<Waiting> read(List<Workbook.Sheet> sheets) {
            var rows = new ArrayList<Waiting>();
            var first = new HashMap<String, Waiting>();
            for (var sheet : sheets)
                for (var row : sheet.rows()) {
                    var found = new ArrayList<CellFault>();
                    row.broken()
                            .forEach((column, key) ->
                                    found.add(fault(sheet, row, column, key, Map.of())));
                    row.noted()
                            .forEach((column, key) ->
                                    faults.add(
                                            CellFault.advice(
                                                    sheet.key(), row.number(), column, key)));
                    var it = new Waiting(sheet.key(), row.number(), entry(sheet, row, found));
                    var code = row.text("code");
                    var earlier = code.isEmpty() ? null : first.putIfAbsent(code, it);
                    if (earlier != null) found.add(twice(sheets, sheet, row, earlier));
                    if (found.isEmpty()) rows.add(it);
                    else {
                        faults.addAll(found);
                        wrong++;
                    }
                }
            return rows;
        }

        private static CellFault twice(
                List<Workbook.Sheet> sheets,
                Workbook.Sheet sheet,
                Workbook.Row row,
                Waiting earlier) {
            if (earlier.sheet().equals(sheet.key()))
                return fault(sheet, row, "code", "workbook.twice", Map.of("row", earlier.row()));
            var name =
                    sheets.stream()
                            .filter(it -> it.key().equals(earlier.sheet()))
                            .map(Workbook.Sheet::name)
                            .findFirst()
                            .orElse("");
            return fault(
                    sheet,
                    row,
                    "code",
                    "workbook.twice-on",
                    Map.of("row", earlier.row(), "sheet", name));
        }

        private static CellFault fault(
                Workbook.Sheet sheet,
                Workbook.Row row,
                String column,
                String key,
                Map<String, Object> facts) {
            return CellFault.error(sheet.key(), row.number(), column, key, facts);
        }

        private static Organizations.Entry entry(
                Workbook.Sheet sheet, Workbook.Row row, List<CellFault> found) {
            var said = new HashMap<String, Object>(row.cells());
            for (var column : List.of("level", "authority", "closed")) {
                var value = chosen(sheet, row, column, found);
                if (value == null) said.remove(column);
                else said.put(column, value);
            }
            return new Entry(said).as(Organizations.Entry.class);
        }

        private static @Nullable String chosen(
                Workbook.Sheet sheet, Workbook.Row row, String column, List<CellFault> found) {
            var words = row.text(column);
            if (words.isEmpty() || row.broken().containsKey(column)) return null;
            var its = LAYOUT.sheet(SHEET).column(column);
            var value = its.chosen(words);
            if (value.isEmpty())
                found.add(
                        fault(
                                sheet,
                                row,
                                column,
                                "workbook.choice",
                                Map.of(
                                        "value",
                                        words,
                                        "allowed",
                                        its.choices().stream().map(Layout.Choice::zh).toList())));
            return value.orElse(null);
        }

        private static Set<String> codes(List<Waiting> rows) {
            var codes = new HashSet<String>();
            for (var row : rows) {
                var code = row.entry().code();
                if (code != null) codes.add(code);
            }
            return codes;
        }

        /** False when it has to wait for its parent, which stands in the same workbook. */
        private boolean take(Waiting row, Set<String> waiting) {
            var parent = row.entry().parent();
            if (!isBlank(parent) && !byCode.containsKey(parent) && waiting.contains(parent))
                return false;
            try {
                var right = OrganizationRules.checked(row.entry(), row.entry().code(), this);
                OrganizationRules.noCircle(right, this);
                if (isBlank(row.entry().shortName()))
                    faults.add(
                            CellFault.advice(
                                    row.sheet(),
                                    row.row(),
                                    "shortName",
                                    "organization.no-short-name"));
                put(right);
                ready.add(right);
            } catch (Invalid refused) {
                wrong(row, refused);
            }
            return true;
        }

        private static boolean isBlank(@Nullable String text) {
            return text == null || text.isBlank();
        }

        private void wrong(Waiting row, Invalid refused) {
            wrong++;
            // a cell that is empty has other faults too, which say nothing more
            var told = new HashSet<String>();
            for (var fault : refused.faults())
                if (told.add(fault.field()))
                    faults.add(CellFault.of(row.sheet(), row.row(), fault));
        }

        private void put(Organization one) {
            var old = byCode.put(one.code().value(), one);
            if (old != null) byName.remove(old.name());
            byName.put(one.name(), one);
        }

        private boolean known(Organization one) {
            return before.contains(one.code().value());
        }

        private @Nullable Organization old(Organization one) {
            return asBefore.get(one.code().value());
        }

        @Override
        public Optional<Organization> find(String code) {
            return Optional.ofNullable(byCode.get(code));
        }

        @Override
        public Optional<Organization> named(String name) {
            return Optional.ofNullable(byName.get(name));
        }

        @Override
        public boolean authorityOf(String division, String except) {
            return byCode.values().stream()
                    .anyMatch(one ->
                            one.authority()
                                    && one.division().value().equals(division)
                                    && !one.code().value().equals(except));
        }
    }
}
