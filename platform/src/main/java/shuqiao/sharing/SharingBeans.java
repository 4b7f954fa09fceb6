package shuqiao.sharing;

import java.util.EnumSet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.catalog.RangeRule;
import shuqiao.kernel.FactNames;
import shuqiao.kernel.FirstStep;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Role;
import shuqiao.source.SourceUse;

/**
 * What this room offers to those below: its word in the menu, and which sources grants stand on.
 */
@Configuration(proxyBeanMethods = false)
class SharingBeans {

    private static final int MENU_ORDER = 30;

    @Bean
    MenuEntry sharingMenu() {
        return new MenuEntry(
                MENU_ORDER,
                "menu.requests",
                "/requests",
                EnumSet.of(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY));
    }

    @Bean
    MenuEntry grantsMenu() {
        return new MenuEntry(
                MENU_ORDER + 1,
                "menu.grants",
                "/grants",
                EnumSet.of(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY));
    }

    @Bean
    MenuEntry legalProfileMenu() {
        return new MenuEntry(
                840, "menu.legal-profile", "/admin/legal-profile", EnumSet.of(Role.SYSTEM_ADMIN));
    }

    @Bean
    FirstStep legalProfileStep(Profiles profiles) {
        return new FirstStep.Simple(
                50,
                "legal-profile",
                "/admin/legal-profile",
                Role.SYSTEM_ADMIN,
                () -> profiles.inForce().isPresent());
    }

    @Bean
    FactNames grantNumbers(GrantTable grants) {
        return new FactNames.Simple("grant", grants::numbers);
    }

    @Bean
    FactNames requestNumbers(RequestTable requests) {
        return new FactNames.Simple("request", requests::numbers);
    }

    /** Without a profile in force everybody has to apply. */
    @Bean
    RangeRule rangeRule(Profiles profiles) {
        return () ->
                profiles.inForce()
                        .filter(it -> it.scopeRule() == Profile.ScopeRule.DIRECT_WITHIN_SCOPE)
                        .isPresent();
    }

    @Bean
    SourceUse sharingSourceUse(Grants grants) {
        return grants::using;
    }
}
