package shuqiao.demo;

import java.util.List;
import java.util.Map;

/**
 * What the stewards of the demo city wrote of their tables. Names of items come from the comments.
 */
final class Entries {

    /** A catalog entry, its table, and its description as the REST call would carry it. */
    record Entry(String name, String table, Map<String, Object> described) {}

    static final Entry VILLAGES =
            entry(
                    "村（社区）区划代码",
                    "village",
                    "3079900001",
                    "全国村（社区）一级统计用区划代码与名称，含所属乡镇、县、市、省代码。来源：国家统计局 2023 年度统计用区划代码。用于地址标准化、跨部门地址比对。",
                    "基层政权建设和社区治理科",
                    "YEARLY",
                    Map.of("sharingKind", "UNCONDITIONAL", "open", true, "openCondition", "注明来源"));

    static final Entry LOW_INCOME =
            entry(
                    "最低生活保障对象信息",
                    "low_income",
                    "3079900001",
                    "在保的最低生活保障对象，含身份、联系方式、家庭人口、月保障金额。演示数据，均为合成。",
                    "社会救助科",
                    "MONTHLY",
                    Map.of(
                            "sharingKind", "CONDITIONAL",
                            "sharingCondition", "用于救助、减免、补贴资格核验，不得用于其他事项",
                            "open", false));

    static final Entry RESIDENTS =
            entry(
                    "户籍人口基本信息",
                    "resident",
                    "3079900002",
                    "本市户籍人口的身份、姓名、性别、出生日期、户籍地址。演示数据，均为合成，号码前缀 990102 不存在。",
                    "治安管理支队",
                    "DAILY",
                    Map.of(
                            "sharingKind", "CONDITIONAL",
                            "sharingCondition", "依法履职确需核验身份或户籍的部门，按事项申请",
                            "open", false));

    static final Entry ENTERPRISES =
            entry(
                    "企业登记基本信息",
                    "enterprise",
                    "3079900003",
                    "本市登记企业的统一社会信用代码、名称、法定代表人、注册资本、行业、状态。演示数据，均为合成。",
                    "登记注册科",
                    "DAILY",
                    Map.of("sharingKind", "UNCONDITIONAL", "open", true, "openCondition", "注明来源"));

    static final Entry INSURED =
            entry(
                    "社会保险参保信息",
                    "insured",
                    "3079900004",
                    "参保人的险种、参保单位、缴费基数、缴费截止日期。演示数据，均为合成。",
                    "社会保险科",
                    "MONTHLY",
                    Map.of(
                            "sharingKind", "CONDITIONAL",
                            "sharingCondition", "用于就业援助、资格认证等事项，按事项申请",
                            "open", false));

    private Entries() {}

    private static Entry entry(
            String name,
            String table,
            String classification,
            String summary,
            String innerDepartment,
            String cycle,
            Map<String, Object> sharing) {
        var described = new java.util.HashMap<String, Object>(sharing);
        described.put("name", name);
        described.put("classification", classification);
        described.put("summary", summary);
        described.put("innerDepartment", innerDepartment);
        described.put("formatKind", "DATABASE");
        described.put("formatType", "PostgreSQL");
        described.put("sharingMethodKind", "PLATFORM");
        described.put("sharingMethodType", "DATABASE");
        described.put("updateCycle", cycle);
        described.put("items", List.of());
        return new Entry(name, table, described);
    }
}
