package shuqiao.identity;

import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.FirstStep;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Role;

/** What identity offers to the front hall: two words of the menu and two first steps. */
@Configuration(proxyBeanMethods = false)
class IdentityMenu {

    @Bean
    MenuEntry users() {
        return new MenuEntry(820, "menu.users", "/admin/users", Set.of(Role.SECURITY_ADMIN));
    }

    @Bean
    MenuEntry programs() {
        return new MenuEntry(825, "menu.programs", "/admin/programs", Set.of(Role.SECURITY_ADMIN));
    }

    @Bean
    MenuEntry substitutes() {
        return new MenuEntry(
                828,
                "menu.substitutes",
                "/substitutes",
                Set.of(Role.REVIEWER, Role.SECURITY_ADMIN));
    }

    @Bean
    FirstStep usersBeyondAdministrators(PersonTable table) {
        return new FirstStep.Simple(
                30, "users", "/admin/users", Role.SECURITY_ADMIN, table::anyBeyondAdministrators);
    }

    @Bean
    FirstStep auditPassword(PersonTable table) {
        return new FirstStep.Simple(
                90,
                "audit-password",
                "/account/password",
                Role.AUDIT_ADMIN,
                () -> !table.anyMustChange(Set.of(Role.AUDIT_ADMIN)));
    }
}
