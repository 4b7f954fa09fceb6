package shuqiao.kernel;

import java.util.EnumSet;
import java.util.Set;

/** What a person or a program may be entrusted with. Rights are added up; nothing is implied. */
public enum Role {
    /** 部门数据专员: compiles the catalog, writes requests, prepares answers. */
    STEWARD,
    /** 部门审核: the department's signature; sends requests and decides them. */
    REVIEWER,
    /** 主管部门: the data authority of the city. */
    AUTHORITY,
    /** 系统管理员: organizations, calendar, legal profile, settings; no users, no audit. */
    SYSTEM_ADMIN,
    /** 安全管理员: users, roles, programs; not their own roles. */
    SECURITY_ADMIN,
    /** 审计管理员: reads the audit log; changes nothing. */
    AUDIT_ADMIN;

    private static final Set<Role> ADMINISTRATORS =
            EnumSet.of(SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN);

    /** One of the three administrators who are to be three persons (三权分立, GB/T 22239 8.1.5). */
    public boolean isAdministrator() {
        return ADMINISTRATORS.contains(this);
    }

    /**
     * Whether one person may hold all of these: an administrator holds that one role and no other.
     */
    public static boolean mayBeHeldTogether(Set<Role> roles) {
        return roles.size() <= 1 || roles.stream().noneMatch(Role::isAdministrator);
    }
}
