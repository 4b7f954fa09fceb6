package shuqiao.demo;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

    /**
     * In the order of demo.json: an integrator's script takes the first as provider, the second as
     * consumer.
     */
    static final List<Department> DEPARTMENTS =
            List.of(CIVIL_AFFAIRS, POLICE, MARKET, SOCIAL_SECURITY, BUREAU);

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
