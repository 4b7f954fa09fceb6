package shuqiao.demo;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.standard.CreditCode;
import shuqiao.standard.OrganizationCode;

/** Who there is in 云泽市 (division 990100, fictional). All codes have valid check characters. */
final class Cast {

    static final String DIVISION = "990100";

    /** A department with its people and the database it keeps; null where it keeps none. */
    record Department(
            String code,
            String name,
            String shortName,
            String nameEn,
            @Nullable String database,
            List<Player> players,
            Set<Role> programRoles) {}

    /** Somebody who logs in. */
    record Player(String username, String name, Set<Role> roles) {}

    static final Department BUREAU =
            new Department(
                    code("12", "BDC00001"),
                    "云泽市大数据管理中心",
                    "市大数据管理中心",
                    "Yunze Big Data Bureau",
                    null,
                    List.of(
                            new Player("sunyan", "孙妍", Set.of(Role.AUTHORITY)),
                            new Player("sysadmin", "钱程", Set.of(Role.SYSTEM_ADMIN)),
                            new Player("secadmin", "安宁", Set.of(Role.SECURITY_ADMIN)),
                            new Player("auditadmin", "沈鉴", Set.of(Role.AUDIT_ADMIN))),
                    Set.of(Role.AUTHORITY));

    static final Department CIVIL_AFFAIRS =
            department(
                    code("11", "MZJ00002"),
                    "民政局",
                    "Civil Affairs Bureau",
                    "yz_civil_affairs",
                    new Player("zhoumin", "周敏", Set.of(Role.STEWARD)),
                    new Player("hejianping", "何建平", Set.of(Role.REVIEWER)));

    static final Department POLICE =
            department(
                    code("11", "GAJ00003"),
                    "公安局",
                    "Public Security Bureau",
                    "yz_police",
                    new Player("liqiang", "李强", Set.of(Role.STEWARD)),
                    new Player("wangfang", "王芳", Set.of(Role.REVIEWER)));

    static final Department MARKET =
            department(
                    code("11", "SCJ00004"),
                    "市场监督管理局",
                    "Market Regulation Bureau",
                    "yz_market",
                    new Player("chenjing", "陈静", Set.of(Role.STEWARD)),
                    new Player("zhaolei", "赵磊", Set.of(Role.REVIEWER)));

    static final Department SOCIAL_SECURITY =
            department(
                    code("11", "RSJ00005"),
                    "人力资源和社会保障局",
                    "Human Resources and Social Security Bureau",
                    "yz_social_security",
                    new Player("liuyang", "刘洋", Set.of(Role.STEWARD)),
                    new Player("huangmin", "黄敏", Set.of(Role.REVIEWER)));

    static final Department EDUCATION =
            department(
                    code("11", "JYJ00006"),
                    "教育局",
                    "Education Bureau",
                    "yz_education",
                    new Player("xuhong", "徐虹", Set.of(Role.STEWARD)),
                    new Player("songtao", "宋涛", Set.of(Role.REVIEWER)));

    static final Department HEALTH =
            department(
                    code("11", "WJW00007"),
                    "卫生健康委员会",
                    "Health Commission",
                    "yz_health",
                    new Player("guolin", "郭琳", Set.of(Role.STEWARD)),
                    new Player("dengkai", "邓凯", Set.of(Role.REVIEWER)));

    static final Department LAND =
            department(
                    code("11", "YRJ00008"),
                    "自然资源和规划局",
                    "Natural Resources and Planning Bureau",
                    "yz_land",
                    new Player("panjun", "潘军", Set.of(Role.STEWARD)),
                    new Player("fengyu", "冯玉", Set.of(Role.REVIEWER)));

    static final Department HOUSING =
            department(
                    code("11", "YJJ00009"),
                    "住房和城乡建设局",
                    "Housing and Urban-Rural Development Bureau",
                    "yz_housing",
                    new Player("caiying", "蔡莹", Set.of(Role.STEWARD)),
                    new Player("luchang", "陆昌", Set.of(Role.REVIEWER)));

    static final Department TAX =
            department(
                    code("11", "RWJ00010"),
                    "税务局",
                    "Tax Service",
                    "yz_tax",
                    new Player("tianyuan", "田园", Set.of(Role.STEWARD)),
                    new Player("dupeng", "杜鹏", Set.of(Role.REVIEWER)));

    static final Department MEDICAL =
            department(
                    code("11", "YBJ00011"),
                    "医疗保障局",
                    "Medical Security Bureau",
                    "yz_medical",
                    new Player("yejing", "叶静", Set.of(Role.STEWARD)),
                    new Player("jiangbo", "江波", Set.of(Role.REVIEWER)));

    static final Department TRANSPORT =
            department(
                    code("11", "JTJ00012"),
                    "交通运输局",
                    "Transport Bureau",
                    "yz_transport",
                    new Player("yuanbin", "袁斌", Set.of(Role.STEWARD)),
                    new Player("hangxin", "杭昕", Set.of(Role.REVIEWER)));

    static final Department AGRICULTURE =
            department(
                    code("11", "NYJ00013"),
                    "农业农村局",
                    "Agriculture and Rural Affairs Bureau",
                    "yz_agriculture",
                    new Player("shenmei", "沈梅", Set.of(Role.STEWARD)),
                    new Player("raoqiang", "饶强", Set.of(Role.REVIEWER)));

    static final Department EMERGENCY =
            department(
                    code("11", "YGJ00014"),
                    "应急管理局",
                    "Emergency Management Bureau",
                    "yz_emergency",
                    new Player("lengfeng", "冷峰", Set.of(Role.STEWARD)),
                    new Player("qiuyan", "邱艳", Set.of(Role.REVIEWER)));

    static final Department ENVIRONMENT =
            department(
                    code("11", "HJJ00015"),
                    "生态环境局",
                    "Ecology and Environment Bureau",
                    "yz_environment",
                    new Player("daixue", "戴雪", Set.of(Role.STEWARD)),
                    new Player("xiangdong", "向东", Set.of(Role.REVIEWER)));

    static final Department CULTURE =
            department(
                    code("11", "WLJ00016"),
                    "文化广电和旅游局",
                    "Culture and Tourism Bureau",
                    "yz_culture",
                    new Player("niqian", "倪倩", Set.of(Role.STEWARD)),
                    new Player("baihao", "白浩", Set.of(Role.REVIEWER)));

    static final Department JUSTICE =
            department(
                    code("11", "FYJ00017"),
                    "司法局",
                    "Justice Bureau",
                    "yz_justice",
                    new Player("moli", "莫莉", Set.of(Role.STEWARD)),
                    new Player("fangzheng", "方正", Set.of(Role.REVIEWER)));

    static final Department VETERANS =
            department(
                    code("11", "TYJ00018"),
                    "退役军人事务局",
                    "Veterans Affairs Bureau",
                    "yz_veterans",
                    new Player("shijun", "石军", Set.of(Role.STEWARD)),
                    new Player("kongxiu", "孔秀", Set.of(Role.REVIEWER)));

    static final Department DISABLED =
            department(
                    code("13", "CJL00019"),
                    "残疾人联合会",
                    "Disabled Persons' Federation",
                    "yz_disabled",
                    new Player("wenhui", "温慧", Set.of(Role.STEWARD)),
                    new Player("luoping", "罗平", Set.of(Role.REVIEWER)));

    static final Department HOUSING_FUND =
            department(
                    code("12", "GJJ00020"),
                    "住房公积金管理中心",
                    "Housing Provident Fund Centre",
                    "yz_housing_fund",
                    new Player("yanshu", "严舒", Set.of(Role.STEWARD)),
                    new Player("qihang", "齐航", Set.of(Role.REVIEWER)));

    static final Department FINANCE =
            department(
                    code("11", "CYJ00021"),
                    "财政局",
                    "Finance Bureau",
                    "yz_finance",
                    new Player("tangyun", "汤云", Set.of(Role.STEWARD)),
                    new Player("weiguo", "卫国", Set.of(Role.REVIEWER)));

    static final Department APPROVAL =
            department(
                    code("11", "RPJ00022"),
                    "行政审批服务局",
                    "Administrative Approval Bureau",
                    "yz_approval",
                    new Player("jinling", "金玲", Set.of(Role.STEWARD)),
                    new Player("maoyi", "毛毅", Set.of(Role.REVIEWER)));

    /**
     * The small city: enough for a walk through the chain. In the order of demo.json: an
     * integrator's script takes the first as provider, the second as consumer.
     */
    static final List<Department> SMALL =
            List.of(CIVIL_AFFAIRS, POLICE, MARKET, SOCIAL_SECURITY, BUREAU);

    /** The whole city; begins like the small one. */
    static final List<Department> WHOLE =
            List.of(
                    CIVIL_AFFAIRS,
                    POLICE,
                    MARKET,
                    SOCIAL_SECURITY,
                    BUREAU,
                    EDUCATION,
                    HEALTH,
                    LAND,
                    HOUSING,
                    TAX,
                    MEDICAL,
                    TRANSPORT,
                    AGRICULTURE,
                    EMERGENCY,
                    ENVIRONMENT,
                    CULTURE,
                    JUSTICE,
                    VETERANS,
                    DISABLED,
                    HOUSING_FUND,
                    FINANCE,
                    APPROVAL);

    /** Those whose programs are there from the start. */
    static boolean hasPrograms(Department department) {
        return SMALL.contains(department);
    }

    static List<Department> departments(boolean small) {
        return small ? SMALL : WHOLE;
    }

    /** The department that keeps a database. */
    static Department keeper(String database) {
        return WHOLE.stream()
                .filter(department -> database.equals(department.database()))
                .findFirst()
                .orElseThrow();
    }

    static Actor steward(Department department) {
        return player(department, Role.STEWARD);
    }

    static Actor reviewer(Department department) {
        return player(department, Role.REVIEWER);
    }

    static Actor authority() {
        return player(BUREAU, Role.AUTHORITY);
    }

    static Actor player(Department department, Role role) {
        var player =
                department.players().stream()
                        .filter(one -> one.roles().contains(role))
                        .findFirst()
                        .orElseThrow();
        return new Actor(
                Actor.Kind.PERSON,
                player.username(),
                player.name(),
                department.code(),
                Set.of(role));
    }

    private Cast() {}

    private static Department department(
            String code, String shortName, String nameEn, String database, Player... players) {
        return new Department(
                code,
                "云泽市" + shortName,
                "市" + shortName,
                "Yunze " + nameEn,
                database,
                List.of(players),
                Set.of(Role.STEWARD, Role.REVIEWER));
    }

    private static String code(String kind, String body) {
        // I, O, S, V and Z are no characters of a credit code
        var inner = body.replace('Z', 'Y').replace('S', 'R');
        var first17 = kind + DIVISION + inner + OrganizationCode.checkCharacter(inner);
        return first17 + CreditCode.checkCharacter(first17);
    }
}
