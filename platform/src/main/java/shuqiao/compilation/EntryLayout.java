package shuqiao.compilation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import shuqiao.catalog.ClassNode;
import shuqiao.catalog.Classification;
import shuqiao.catalog.DataType;
import shuqiao.catalog.FormatKind;
import shuqiao.catalog.Sensitivity;
import shuqiao.catalog.SharingKind;
import shuqiao.catalog.SharingMethodKind;
import shuqiao.catalog.SharingMethodType;
import shuqiao.catalog.UpdateCycle;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Messages;
import shuqiao.workbook.Layout;
import shuqiao.workbook.Layout.Choice;
import shuqiao.workbook.Layout.Column;
import shuqiao.workbook.Layout.Group;
import shuqiao.workbook.Layout.Linked;
import shuqiao.workbook.Layout.Need;

/**
 * The workbook of catalog entries: a sheet of entries with one of their items, or all in one sheet,
 * a line for each item. Headings of the templates that are in use elsewhere are known as well.
 */
@Component
class EntryLayout {

    static final String ENTRIES = "entries";
    static final String ITEMS = "items";
    static final String PURPOSE = "entries";

    /** Which template it is; a change that old ones cannot follow gets another number. */
    static final String TEMPLATE = "shuqiao-entries";

    static final String VERSION = "1";

    private static final Group WHAT = new Group("目录", "Entry");
    private static final Group CLASS = new Group("分类", "Class");
    private static final Group FORMAT = new Group("格式", "Format");
    private static final Group SHARING = new Group("共享", "Sharing");
    private static final Group OPEN = new Group("开放与更新", "Opening and updates");
    private static final Group SURVEY = new Group("大普查六项", "Survey");
    private static final Group ITEM = new Group("信息项", "Item");

    private static final List<Choice> YES_NO =
            List.of(
                    new Choice(
                            "true",
                            "是",
                            "yes",
                            List.of("1", "Y", "√", "开放", "可", "可共享", "无条件开放", "有条件开放")),
                    new Choice(
                            "false",
                            "否",
                            "no",
                            List.of("0", "N", "×", "不开放", "不予开放", "不可", "不可共享", "无")));

    /** 目: what an entry belongs to at least. */
    private static final int CLASS_DEPTH_MIN = 3;

    private final MessageSource messages;
    private final Classification classification;

    EntryLayout(MessageSource messages, Classification classification) {
        this.messages = messages;
        this.classification = classification;
    }

    Layout twoSheets(Actor actor) {
        var link =
                List.of(
                        column(
                                        "ref",
                                        "目录序号",
                                        "Entry number",
                                        Need.MUST_IF,
                                        "与「目录」表的目录序号一致；不填则按名称对应，都不填接上一行",
                                        "The number of the entry; by its name otherwise, or the entry of the row above",
                                        "1")
                                .also("序号", "目录编号"),
                        column(
                                        "name",
                                        "信息资源名称",
                                        "Name",
                                        Need.MUST_IF,
                                        "与「目录」表的名称一致",
                                        "The name of the entry",
                                        "城乡低保对象信息")
                                .also("资源名称", "目录名称"));
        return layout(
                List.of(
                        new Layout.Sheet(ENTRIES, "目录", "Entries", entries(actor)),
                        new Layout.Sheet(
                                ITEMS,
                                "信息项",
                                "Items",
                                Stream.concat(link.stream(), items().stream()).toList())));
    }

    Layout flat(Actor actor) {
        return layout(
                List.of(
                        new Layout.Sheet(
                                ENTRIES,
                                "目录",
                                "Entries",
                                Stream.concat(
                                                entries(actor).stream(),
                                                items().stream().map(it -> it.in(ITEM)))
                                        .toList())));
    }

    private static Layout layout(List<Layout.Sheet> sheets) {
        return new Layout(PURPOSE, "目录批量编制", "Catalog entries", sheets);
    }

    private List<Column> entries(Actor actor) {
        var all = new ArrayList<Column>();
        all.add(
                column(
                                "ref",
                                "目录序号",
                                "Entry number",
                                Need.MAY,
                                "自己编的号，供「信息项」表对应",
                                "A number of your own that the items refer to",
                                "1")
                        .also("序号", "目录编号")
                        .in(WHAT));
        all.add(
                column(
                                "name",
                                "信息资源名称",
                                "Name",
                                Need.MUST,
                                "本部门内不重名；不要写系统名称",
                                "Unique in the department; not the name of a system",
                                "城乡低保对象信息")
                        .also("名称", "资源名称", "目录名称", "信息资源目录名称", "数据资源名称")
                        .in(WHAT));
        all.add(
                column(
                                "code",
                                "信息资源代码",
                                "Code",
                                Need.MAY,
                                "已发布的目录按它更新；新的目录留空，发布时由平台赋予",
                                "A published entry is changed by it; leave it empty for a new one, the platform gives it at publication",
                                "")
                        .also("资源代码", "目录代码", "元数据标识符", "信息资源标识符")
                        .in(WHAT));
        all.add(
                column(
                                "provider",
                                "信息资源提供方",
                                "Provider",
                                Need.MAY,
                                "本部门，已填好",
                                "Your department, filled in already",
                                "")
                        .also("提供方", "提供方名称", "部门名称", "提供部门", "来源部门", "信息资源提供方名称", "数源单位")
                        .in(WHAT));
        all.add(
                column(
                                "providerCode",
                                "信息资源提供方代码",
                                "Provider code",
                                Need.MAY,
                                "统一社会信用代码，18 位，已填好",
                                "Credit code of 18 characters, filled in already",
                                "")
                        .also("提供方代码", "部门代码", "提供部门代码", "来源部门编码", "来源部门代码")
                        .in(WHAT));
        all.add(
                column(
                                "innerDepartment",
                                "提供科室",
                                "Section",
                                Need.MAY,
                                "部门内负责的科室",
                                "The section that keeps it",
                                "社会救助科")
                        .also("内设机构", "内设科室", "下设机构", "提供处室", "内部部门")
                        .in(WHAT));
        all.add(
                column(
                                "summary",
                                "信息资源摘要",
                                "Summary",
                                Need.MUST,
                                "10 到 500 字，写明内容、范围、来源和用途",
                                "10 to 500 characters: what it holds, of whom, from where, for what",
                                "全市城乡最低生活保障对象及其家庭的基本信息，来自社会救助系统，按月审定。")
                        .also("摘要", "资源摘要", "内容描述", "信息资源描述")
                        .in(WHAT));
        classes(all, actor);
        all.add(
                new Column(
                                "formatKind",
                                "格式分类",
                                "Format",
                                Need.MUST,
                                "信息资源以什么形式保存：",
                                "What form it has:",
                                "数据库",
                                formats())
                        .also("信息资源格式分类", "信息资源格式", "资源格式", "资源格式分类", "格式", "形态分类")
                        .in(FORMAT));
        all.add(
                column(
                                "formatType",
                                "格式类型",
                                "Format type",
                                Need.MUST_IF,
                                "先选格式分类，再从列表中选",
                                "Choose the format first, then from the list",
                                "PostgreSQL")
                        .also("信息资源格式类型", "资源格式类型")
                        .in(FORMAT)
                        .follows(new Linked("formatKind", "format", false, formatTypes())));
        all.add(
                column(
                                "formatOther",
                                "其他格式描述",
                                "Other format",
                                Need.MUST_IF,
                                "自描述格式时写明",
                                "What a self-described format is",
                                "")
                        .also("其他类型资源格式描述", "其他类型描述", "其他类型资源格式")
                        .in(FORMAT)
                        .when("formatKind", FormatKind.SELF_DESCRIBED.name()));
        all.add(
                new Column(
                                "sharingKind",
                                "共享类型",
                                "Sharing",
                                Need.MUST,
                                "依照国发〔2016〕51号第九条：",
                                "As the State Council's 51/2016, article 9, has it:",
                                "有条件共享",
                                words(
                                        SharingKind.values(),
                                        Map.of(
                                                "UNCONDITIONAL",
                                                List.of("1", "无条件", "无条件共享类", "普遍共享"),
                                                "CONDITIONAL",
                                                List.of("2", "有条件", "有条件共享类", "按需共享"),
                                                "NOT_SHARED",
                                                List.of("3", "不予", "不予共享类", "不共享"))))
                        .also("共享属性", "信息资源共享类型")
                        .in(SHARING));
        all.add(
                column(
                                "sharingCondition",
                                "共享条件",
                                "Condition",
                                Need.MUST_IF,
                                "有条件共享时写明哪些部门、用于什么事项可以使用",
                                "For conditional sharing: who may use it for what",
                                "用于救助资格核验和补贴发放")
                        .in(SHARING)
                        .when("sharingKind", SharingKind.CONDITIONAL.name()));
        all.add(
                column(
                                "sharingBasis",
                                "不予共享依据",
                                "Basis of refusal",
                                Need.MUST_IF,
                                "不予共享时写明法律、法规或政策文件的名称和条款",
                                "Law or policy, with its article, when it is not shared",
                                "")
                        .also("不予共享的依据", "不予共享理由", "依据")
                        .in(SHARING)
                        .when("sharingKind", SharingKind.NOT_SHARED.name()));
        all.add(
                column(
                        "sharingTerms",
                        "共享条件/不予共享依据",
                        "Condition or basis",
                        Need.READ,
                        "按共享类型理解",
                        "Understood by the kind of sharing",
                        ""));
        all.add(
                column(
                                "sharingRange",
                                "共享范围",
                                "Range",
                                Need.MAY,
                                "有条件共享时可以直接使用的部门，用顿号隔开，写名称或代码",
                                "Departments, by name or code, with commas between",
                                "")
                        .also("共享部门", "共享对象")
                        .in(SHARING));
        all.add(
                new Column(
                                "sharingMethodKind",
                                "共享方式分类",
                                "Way of sharing",
                                Need.MUST_IF,
                                "不予共享的不填：",
                                "Not for what is not shared:",
                                "共享平台方式",
                                words(
                                        SharingMethodKind.values(),
                                        Map.of(
                                                "PLATFORM",
                                                List.of("共享平台", "平台", "数据共享交换平台"),
                                                "MAIL",
                                                List.of("邮件"),
                                                "DISK",
                                                List.of("拷盘方式", "拷贝"),
                                                "MEDIA",
                                                List.of("介质", "介质交换方式"))))
                        .in(SHARING)
                        .when(
                                "sharingKind",
                                SharingKind.UNCONDITIONAL.name(),
                                SharingKind.CONDITIONAL.name()));
        all.add(
                new Column(
                                "sharingMethodType",
                                "共享方式类型",
                                "Method",
                                Need.MUST_IF,
                                "共享平台方式时填写；数据库格式用数据库或接口，文件格式用文件：",
                                "For the platform; a database is shared as database or service, files as files:",
                                "数据库",
                                words(
                                        SharingMethodType.values(),
                                        Map.of(
                                                "DATABASE",
                                                List.of("1", "库表", "数据库表"),
                                                "FILE",
                                                List.of("2", "文件下载", "文件交换"),
                                                "SERVICE",
                                                List.of("3", "webservice", "服务接口", "接口/服务", "服务"))))
                        .in(SHARING)
                        .when("sharingMethodKind", SharingMethodKind.PLATFORM.name()));
        all.add(
                column(
                        "sharingMethod",
                        "共享方式",
                        "Sharing method",
                        Need.READ,
                        "按分类或类型理解",
                        "Understood as the way or its type",
                        ""));
        all.add(
                new Column(
                                "open",
                                "是否向社会开放",
                                "Open to the public",
                                Need.MUST,
                                "不予共享的不能开放：",
                                "What is not shared cannot be open:",
                                "否",
                                YES_NO)
                        .also("是否开放", "开放属性", "开放类型", "公开属性")
                        .in(OPEN));
        all.add(
                column(
                                "openCondition",
                                "开放条件",
                                "Opening condition",
                                Need.MAY,
                                "向社会开放时可以填写",
                                "Where it is open",
                                "")
                        .in(OPEN));
        all.add(
                new Column(
                                "updateCycle",
                                "更新周期",
                                "Update cycle",
                                Need.MUST,
                                "内容多久更新一次：",
                                "How often its content is updated:",
                                "每月",
                                words(
                                        UpdateCycle.values(),
                                        Map.of(
                                                "REALTIME",
                                                List.of("1", "即时", "real-time", "realtime"),
                                                "DAILY",
                                                List.of("2", "每天", "日"),
                                                "WEEKLY",
                                                List.of("3", "周"),
                                                "MONTHLY",
                                                List.of("4", "月"),
                                                "QUARTERLY",
                                                List.of("5", "每季", "季"),
                                                "YEARLY",
                                                List.of("6", "年", "每年度", "annual", "annually"),
                                                "HALF_YEARLY",
                                                List.of("半年"),
                                                "IRREGULAR",
                                                List.of("不定时", "其他", "按需"))))
                        .also("更新频率", "更新频度")
                        .in(OPEN));
        all.add(
                column(
                                "relatedCode",
                                "关联资源代码",
                                "Related code",
                                Need.MAY,
                                "关联的基础或主题目录的代码",
                                "Code of a related entry",
                                "")
                        .also("关联信息资源代码", "关联及类目名称")
                        .in(OPEN));
        all.addAll(survey());
        all.addAll(read());
        return all;
    }

    /** What other templates ask for and we look at, but keep no words of. */
    private static List<Column> read() {
        return List.of(
                column("system", "来源信息系统", "Source system", Need.READ, "只作核对", "Compared only", "")
                        .also("信息系统名称", "系统名称", "所属业务系统", "所属系统名称", "数据来源系统"),
                column(
                        "published",
                        "发布日期",
                        "Publication date",
                        Need.READ,
                        "只作核对，以平台发布为准",
                        "Compared only",
                        ""),
                column(
                                "secret",
                                "涉密性",
                                "Classified",
                                Need.READ,
                                "平台不接收涉密信息",
                                "Nothing classified is accepted",
                                "")
                        .also("涉密属性", "是否涉密", "涉密标记"));
    }

    /** 大普查六项, in the order of the survey. */
    private static List<Column> survey() {
        return List.of(
                six("census1", "数据存储总量（G）", "Data stored (GB)", "单位 G，", "In GB; ", "1.5")
                        .also("数据存储总量"),
                six("census2", "结构化信息记录总数（条）", "Structured records", "", "", "41286")
                        .also("结构化信息记录总数", "结构化记录总数"),
                six("census3", "已共享的数据存储量（G）", "Stored and shared (GB)", "单位 G，", "In GB; ", "0.5")
                        .also("已共享的数据存储量", "已共享存储量"),
                six("census4", "已共享结构化记录数（条）", "Records shared", "", "", "12000")
                        .also("已共享结构化记录数", "已共享的结构化记录数", "已共享记录数"),
                six("census5", "已开放的数据存储量（G）", "Stored and open (GB)", "单位 G，", "In GB; ", "0")
                        .also("已开放的数据存储量", "已开放存储量"),
                six("census6", "已开放结构化记录数（条）", "Records open", "", "", "0")
                        .also("已开放结构化记录数", "已开放的结构化记录数", "已开放记录数"));
    }

    private static Column six(
            String key, String zh, String en, String unitZh, String unitEn, String example) {
        return column(
                        key,
                        zh,
                        en,
                        Need.MAY,
                        unitZh + "只填数字，不写单位；不清楚的填 0",
                        unitEn + "digits only, no unit; 0 where it is not known",
                        example)
                .in(SURVEY);
    }

    private void classes(List<Column> all, Actor actor) {
        var below = new HashMap<Integer, Map<String, List<String>>>();
        var nodes = classification.all(actor);
        // one of a department, since base information (1…) would have to be unconditional, unlike
        // the
        // rest of the example; of a city that has no class yet, one of the guide's
        var example =
                nodes.stream()
                        .filter(node -> node.depth() >= CLASS_DEPTH_MIN)
                        .map(ClassNode::fullCode)
                        .min(
                                Comparator.comparing((String code) -> code.startsWith("1"))
                                        .thenComparing(Comparator.naturalOrder()))
                        .orElse("307021");
        for (var node : nodes) {
            var parent = node.parentFullCode();
            below.computeIfAbsent(Math.min(node.depth(), 4), _ -> new HashMap<>())
                    .computeIfAbsent(parent == null ? "" : parent, _ -> new ArrayList<>())
                    .add(label(node));
        }
        all.add(
                column(
                                "class1",
                                "类",
                                "Class 1",
                                Need.MUST_IF,
                                "四级依次从列表中选；填了分类编码的不用填",
                                "Choose the levels one after the other, or fill in the class code",
                                "")
                        .also("部门类信息资源分类", "信息资源分类", "类分类", "分类1", "一级分类", "类名称", "类目名称")
                        .in(CLASS)
                        .follows(new Linked("", "class", true, lists(below, 1))));
        all.add(
                column("class2", "项", "Class 2", Need.MUST_IF, "先选类", "Choose class 1 first", "")
                        .also("项分类", "分类2", "二级分类", "项名称")
                        .in(CLASS)
                        .follows(new Linked("class1", "class", true, lists(below, 2))));
        all.add(
                column("class3", "目", "Class 3", Need.MUST_IF, "先选项", "Choose class 2 first", "")
                        .also("目分类", "分类3", "三级分类", "目名称")
                        .in(CLASS)
                        .follows(new Linked("class2", "class", true, lists(below, 3))));
        all.add(
                column("class4", "细目", "Class 4", Need.MAY, "没有细目的不填", "Where there is one", "")
                        .also("细目分类", "细目分类1", "分类4", "四级分类", "细目名称")
                        .in(CLASS)
                        .follows(new Linked("class3", "class", true, lists(below, 4))));
        all.add(
                column(
                                "classification",
                                "分类编码",
                                "Class code",
                                Need.MUST_IF,
                                "目或细目的编码，例如 " + example + "；已选四级的不用填",
                                "Code of a class of the third level or below, such as " + example,
                                example)
                        .also("信息资源分类编码", "类目编码", "目录分类编码", "分类代码", "信息资源分类代码")
                        .in(CLASS));
    }

    private static Map<String, List<String>> lists(
            Map<Integer, Map<String, List<String>>> below, int depth) {
        return below.getOrDefault(depth, Map.of());
    }

    /** As the lists of classes show it; what stands before the blank is the code. */
    static String label(ClassNode node) {
        return node.fullCode() + " " + node.name();
    }

    private List<Column> items() {
        return List.of(
                column(
                                "itemName",
                                "信息项名称",
                                "Item",
                                Need.MUST,
                                "一个目录内不重名",
                                "Unique within its entry",
                                "低保证号")
                        .also("信息项", "数据项名称", "数据项", "字段中文名", "中文信息项名", "字段中文名称"),
                column(
                                "itemColumn",
                                "字段名",
                                "Column",
                                Need.MAY,
                                "来源表中的列名，挂接时按它对应",
                                "Column of the source table, for the mount",
                                "dbzh")
                        .also("字段英文名", "英文名", "英文名称", "列名", "字段英文名称", "英文信息项名"),
                new Column(
                                "dataType",
                                "数据类型",
                                "Data type",
                                Need.MUST,
                                "编目指南的十一种：",
                                "One of the eleven of the guide:",
                                "字符型 C",
                                dataTypes())
                        .also("字段类型", "信息项数据类型", "类型"),
                column(
                                "length",
                                "数据长度",
                                "Length",
                                Need.MUST_IF,
                                "字符型和数值型填写，只填数字",
                                "For characters and numbers, digits only",
                                "18")
                        .also("长度", "字段长度", "信息项长度")
                        .when("dataType", DataType.C.name(), DataType.N.name()),
                new Column(
                                "key",
                                "是否主键",
                                "Key",
                                Need.MAY,
                                "不填为否：",
                                "No, when left out:",
                                "是",
                                YES_NO)
                        .also("主键"),
                new Column(
                                "nullable",
                                "是否可为空",
                                "May be empty",
                                Need.MAY,
                                "不填为是：",
                                "Yes, when left out:",
                                "否",
                                YES_NO)
                        .also("可空", "可为空", "是否为空"),
                new Column(
                                "sensitivity",
                                "敏感级别",
                                "Sensitivity",
                                Need.MAY,
                                "不填为一般：",
                                "None, when left out:",
                                "个人信息",
                                words(
                                        Sensitivity.values(),
                                        Map.of(
                                                "NONE",
                                                List.of("不敏感", "无", "否"),
                                                "PERSONAL",
                                                List.of("个人"),
                                                "SENSITIVE",
                                                List.of("敏感", "是"))))
                        .also("敏感标记", "敏感程度"),
                new Column(
                                "shareable",
                                "是否可共享",
                                "Shareable",
                                Need.MAY,
                                "不填为是：",
                                "Yes, when left out:",
                                "是",
                                YES_NO)
                        .also("可共享", "字段共享"),
                column(
                                "itemElement",
                                "数据元",
                                "Data element",
                                Need.MAY,
                                "标准数据元的标识或名称；同一数据元的信息项在一数一源中归在一起",
                                "Identifier or name of the standard data element; items of one element are taken for one",
                                "E00031")
                        .also("标准数据元", "数据元标识", "数据元标识符", "数据元编号", "数据元名称", "对应数据元"),
                column(
                                "itemCodes",
                                "值域",
                                "Codes",
                                Need.MAY,
                                "取代码的信息项写明每个代码和含义，用分号隔开；代码很多的写标准名称，如 GB/T 4754-2017",
                                "For codes: each with what it stands for, with semicolons between; or the standard that holds them",
                                "1 城市；2 农村")
                        .also(
                                "字典项", "字典", "数据字典", "字典值", "代码集", "代码表", "码表", "引用代码", "代码值域",
                                "取值范围", "值域范围", "值域说明", "枚举值"),
                column(
                                "itemDescription",
                                "含义",
                                "Meaning",
                                Need.MAY,
                                "这一项说的是什么",
                                "What the item says",
                                "低保证上的编号")
                        .also("信息项描述", "字段描述", "中文描述", "含义说明", "数据项描述", "信息项说明"));
    }

    private List<Choice> formats() {
        var numbers = List.of("1", "2", "3", "4", "5", "6", "7");
        var kinds = FormatKind.values();
        return Arrays.stream(kinds)
                .map(kind -> {
                    var zh = word(kind, Messages.CHINESE);
                    var number = numbers.get(kind.ordinal());
                    return new Choice(
                            kind.name(),
                            zh,
                            word(kind, Locale.ENGLISH),
                            List.of(number, number + zh));
                })
                .toList();
    }

    private static Map<String, List<String>> formatTypes() {
        var types = new HashMap<String, List<String>>();
        for (var kind : FormatKind.values())
            if (!kind.types().isEmpty()) types.put(kind.name(), kind.types());
        return types;
    }

    private List<Choice> dataTypes() {
        var also =
                Map.of(
                        "C",
                                List.of(
                                        "字符串",
                                        "字符串型",
                                        "字符串型C",
                                        "文本",
                                        "varchar",
                                        "varchar2",
                                        "char",
                                        "string",
                                        "text",
                                        "nvarchar"),
                        "N", List.of("数值", "数字", "数字型", "numeric", "decimal", "number"),
                        "Y", List.of("货币", "money"),
                        "D", List.of("日期", "date"),
                        "T", List.of("日期时间", "时间", "datetime", "timestamp"),
                        "L", List.of("逻辑", "布尔", "布尔型", "boolean", "bool", "bit"),
                        "M", List.of("备注", "clob", "longtext"),
                        "G", List.of("通用", "blob", "bytea"),
                        "B", List.of("双精度", "double", "float8"),
                        "I",
                                List.of(
                                        "整数", "整数型", "整形", "int", "integer", "bigint", "int4",
                                        "int8"));
        var choices = new ArrayList<Choice>();
        for (var type : DataType.values()) {
            var zh = word(type, Messages.CHINESE);
            var more =
                    new ArrayList<>(also.getOrDefault(type.name(), List.of("浮点", "float", "real")));
            more.add(zh.replace(" " + type.name(), ""));
            choices.add(new Choice(type.name(), zh, word(type, Locale.ENGLISH), more));
        }
        return choices;
    }

    private List<Choice> words(Enum<?>[] values, Map<String, List<String>> also) {
        return Arrays.stream(values)
                .map(value ->
                        new Choice(
                                value.name(),
                                word(value, Messages.CHINESE),
                                word(value, Locale.ENGLISH),
                                also.getOrDefault(value.name(), List.of())))
                .toList();
    }

    private String word(Enum<?> value, Locale locale) {
        return messages.getMessage(
                value.getDeclaringClass().getSimpleName() + "." + value.name(), null, locale);
    }

    private static Column column(
            String key,
            String zh,
            String en,
            Need need,
            String hintZh,
            String hintEn,
            String example) {
        return new Column(key, zh, en, need, hintZh, hintEn, example, List.of());
    }
}
