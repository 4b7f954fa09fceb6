package shuqiao.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.Classification;
import shuqiao.catalog.Description;
import shuqiao.catalog.ResourceQuery;
import shuqiao.catalog.Reviews;
import shuqiao.catalog.SharingKind;
import shuqiao.catalog.Stage;
import shuqiao.catalog.Survey;
import shuqiao.demo.Sheet.Standing;
import shuqiao.kernel.Actor;
import shuqiao.kernel.LocalDatabases;
import shuqiao.kernel.Page;
import shuqiao.source.Registration;
import shuqiao.source.Sources;
import tools.jackson.databind.json.JsonMapper;

/**
 * The catalog of the demo city, filled by its stewards and reviewers. Every method looks first what
 * is there already.
 */
@Component
class Shelf {

    static final Page.Request ALL = new Page.Request(Page.LIMIT_MAX, Long.MAX_VALUE);
    private static final String CITY = "307990";

    /** Nodes under those of the nation: full code of the parent, code, name, name in English. */
    private static final List<List<String>> THEMES =
            List.of(
                    List.of("102", "001", "经营主体和社会组织登记", "Registration of businesses"),
                    List.of("103", "001", "国土空间与规划", "Land and planning"),
                    List.of("104", "001", "公共信用", "Public credit"),
                    List.of("105", "001", "人员资格与证照", "Qualifications and licences"),
                    List.of("201", "001", "便民服务", "Services for everybody"),
                    List.of("202", "001", "医疗服务", "Medical services"),
                    List.of("203", "001", "就业与养老", "Work and pensions"),
                    List.of("203", "002", "社会救助与福利", "Social assistance"),
                    List.of("204", "001", "食品经营", "Food business"),
                    List.of("205", "001", "安全生产许可", "Work safety permits"),
                    List.of("209", "001", "住房与房地产", "Housing"),
                    List.of("211", "001", "污染源与环境质量", "Pollution and environment"),
                    List.of("212", "001", "应急资源", "Emergency resources"));

    /** One entry in so many has no numbers of the survey. */
    private static final int UNFILLED = 6;

    private static final List<List<String>> FIRST =
            List.of(
                    List.of(CITY, "0001", "民政", "Civil affairs"),
                    List.of(CITY, "0002", "公安", "Public security"),
                    List.of(CITY, "0003", "市场监管", "Market regulation"),
                    List.of(CITY, "0004", "人力资源和社会保障", "Human resources and social security"));

    private static final List<List<String>> OTHERS =
            List.of(
                    List.of(CITY, "0005", "教育", "Education"),
                    List.of(CITY, "0006", "卫生健康", "Health"),
                    List.of(CITY, "0007", "自然资源", "Natural resources"),
                    List.of(CITY, "0008", "住房和城乡建设", "Housing and construction"),
                    List.of(CITY, "0009", "税务", "Taxation"),
                    List.of(CITY, "0010", "医疗保障", "Medical security"),
                    List.of(CITY, "0011", "交通运输", "Transport"),
                    List.of(CITY, "0012", "农业农村", "Agriculture and rural affairs"),
                    List.of(CITY, "0013", "文化和旅游", "Culture and tourism"),
                    List.of(CITY, "0014", "司法行政", "Justice"),
                    List.of(CITY, "0015", "退役军人事务", "Veterans"),
                    List.of(CITY, "0016", "残疾人事业", "Disabled persons"),
                    List.of(CITY, "0017", "住房公积金", "Housing provident fund"),
                    List.of(CITY, "0018", "财政", "Finance"),
                    List.of(CITY, "0019", "行政审批", "Administrative approval"));

    private final Sources sources;
    private final Classification classification;
    private final Catalog catalog;
    private final Reviews reviews;
    private final JsonMapper json;
    private final Map<String, Long> resources = new ConcurrentHashMap<>();
    private final Map<String, Long> connections = new ConcurrentHashMap<>();

    Shelf(
            Sources sources,
            Classification classification,
            Catalog catalog,
            Reviews reviews,
            JsonMapper json) {
        this.sources = sources;
        this.classification = classification;
        this.catalog = catalog;
        this.reviews = reviews;
        this.json = json;
    }

    void classify(boolean small) {
        var there =
                classification.all(Actor.PLATFORM).stream().map(node -> node.fullCode()).toList();
        add(there, List.of("307", "990", "云泽市市级政务部门", "Departments of Yunze"));
        for (var node : FIRST) add(there, node);
        if (small) return;
        for (var node : OTHERS) add(there, node);
        for (var node : THEMES) add(there, node);
    }

    private void add(List<String> there, List<String> node) {
        if (!there.contains(node.get(0) + node.get(1)))
            classification.add(
                    Actor.PLATFORM,
                    new Classification.NewClassNode(
                            node.get(0), node.get(1), node.get(2), node.get(3)));
    }

    /** The connection to a department's database; registered when it is not there. */
    long source(Cast.Department department, Map<String, LocalDatabases.Access> databases) {
        return connections.computeIfAbsent(
                department.code(), _ -> registered(department, databases, null, null));
    }

    /** Its steward names a new database; the department's reviewer has not looked at it yet. */
    void asksToMove(Cast.Department department, Map<String, LocalDatabases.Access> databases) {
        var access = databases.get(department.code());
        if (access == null) return;
        var id = source(department, databases);
        sources.change(
                Cast.steward(department),
                id,
                new Registration(
                        department.shortName() + "业务库",
                        access.url() + "_2027",
                        access.user(),
                        access.password(),
                        null,
                        null,
                        8,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    /** The same, usable in some hours only. */
    void sourceWithHours(
            Cast.Department department,
            Map<String, LocalDatabases.Access> databases,
            String from,
            String until) {
        connections.computeIfAbsent(
                department.code(), _ -> registered(department, databases, from, until));
    }

    private long registered(
            Cast.Department department,
            Map<String, LocalDatabases.Access> databases,
            @org.jspecify.annotations.Nullable String from,
            @org.jspecify.annotations.Nullable String until) {
        var steward = Cast.steward(department);
        var name = department.shortName() + "业务库";
        for (var known : sources.list(steward, ALL).items())
            if (known.name().equals(name)) return known.id();
        var access = databases.get(department.code());
        if (access == null) throw new IllegalStateException("no database of " + department.name());
        return sources.register(
                        steward,
                        new Registration(
                                name,
                                access.url(),
                                access.user(),
                                access.password(),
                                null,
                                null,
                                8,
                                null,
                                null,
                                null,
                                from,
                                until))
                .id();
    }

    /** The entry of a table, which has been drafted. */
    long resource(String table) {
        return resources.computeIfAbsent(table, _ -> known(Sheets.shipped().table(table)));
    }

    private long known(Sheet sheet) {
        var department = Cast.keeper(sheet.database());
        var found =
                catalog.search(
                        Cast.steward(department),
                        ResourceQuery.of(sheet.title(), department.code()),
                        ALL);
        for (var known : found.items()) if (known.name().equals(sheet.title())) return known.id();
        return 0L;
    }

    void draft(Sheet sheet, Map<String, LocalDatabases.Access> databases) {
        if (known(sheet) > 0) return;
        var department = Cast.keeper(sheet.database());
        var source = source(department, databases);
        var words = json.convertValue(sheet.described(), Description.class);
        var drafted =
                catalog.draft(
                        Cast.steward(department),
                        new Catalog.NewResource(
                                source,
                                "public",
                                sheet.table(),
                                words.surveyed(survey(source, sheet, words))));
        resources.put(sheet.table(), drafted.id());
    }

    /** What the steward reads off the statistics; some do not fill it in. */
    private Survey survey(long source, Sheet sheet, Description words) {
        if (Math.floorMod(sheet.table().hashCode(), UNFILLED) == 0) return Survey.NONE;
        var summary = sources.describe(source, "public", sheet.table()).summary();
        var rows = Math.max(0, summary.rowEstimate().orElse(0));
        var size =
                BigDecimal.valueOf(summary.bytes())
                        .divide(BigDecimal.valueOf(1L << 30), 3, RoundingMode.UP);
        var shared = words.sharingKind() == SharingKind.UNCONDITIONAL;
        return new Survey(
                size,
                rows,
                shared ? size : BigDecimal.ZERO,
                shared ? rows : 0,
                words.open() ? size : BigDecimal.ZERO,
                words.open() ? rows : 0);
    }

    /** All steps to where the entry stands. */
    void bring(Sheet sheet) {
        while (step(sheet)) {
            // on to the next
        }
    }

    /** The next step of the entry's life; false when it stands where it should. */
    boolean step(Sheet sheet) {
        var id = resource(sheet.table());
        var department = Cast.keeper(sheet.database());
        var steward = Cast.steward(department);
        var yes = new Reviews.Decision(true, "同意");
        var stage = catalog.find(steward, id).state();
        var wanted = sheet.stage();
        switch (stage) {
            case DRAFT -> {
                if (wanted == Standing.DRAFT) return false;
                if (wanted == Standing.NEXT_VERSION && published(steward, id)) return false;
                reviews.submit(steward, id);
            }
            case SUBMITTED -> {
                if (wanted == Standing.SUBMITTED) return false;
                reviews.departmentReview(Cast.reviewer(department), id, yes);
            }
            case DEPARTMENT_APPROVED -> {
                if (wanted == Standing.DEPARTMENT_APPROVED) return false;
                reviews.authorityReview(
                        Cast.authority(),
                        id,
                        wanted == Standing.RETURNED
                                ? new Reviews.Decision(false, sheet.note())
                                : yes);
            }
            case APPROVED -> {
                if (wanted == Standing.APPROVED) return false;
                reviews.publish(Cast.authority(), id);
            }
            case PUBLISHED -> {
                switch (wanted) {
                    case NEXT_VERSION -> reviews.newVersion(steward, id);
                    case WITHDRAWN -> reviews.withdraw(Cast.reviewer(department), id, sheet.note());
                    case PUBLISHED -> {
                        return false;
                    }
                    case DRAFT, SUBMITTED, RETURNED, DEPARTMENT_APPROVED, APPROVED -> {
                        return false;
                    }
                }
            }
            case RETURNED, WITHDRAWN -> {
                return false;
            }
        }
        return stage != Stage.WITHDRAWN;
    }

    private boolean published(Actor steward, long id) {
        return catalog.versions(steward, id, new Page.Request(1, Long.MAX_VALUE)).total() > 0;
    }
}
