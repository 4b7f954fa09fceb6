package shuqiao.organization;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.FactNames;
import shuqiao.kernel.FirstStep;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.OrganizationNames;
import shuqiao.kernel.Role;

/** What organizations offer to the front hall: a word of the menu, a first step, their names. */
@Configuration(proxyBeanMethods = false)
class OrganizationMenu {

    @Bean
    MenuEntry organizations() {
        return new MenuEntry(
                810, "menu.organizations", "/admin/organizations", Set.of(Role.SYSTEM_ADMIN));
    }

    @Bean
    OrganizationNames organizationNames(Organizations organizations) {
        return (code, locale) ->
                organizations.find(code).map(one -> named(one, locale)).orElse(code);
    }

    @Bean
    FactNames organizationFactNames(Organizations organizations) {
        return new FactNames() {
            @Override
            public String kind() {
                return "organization";
            }

            @Override
            public Map<String, Named> named(Set<String> values, Locale locale) {
                var names = new HashMap<String, Named>();
                for (var code : values)
                    organizations
                            .find(code)
                            .ifPresent(one ->
                                    names.put(
                                            code,
                                            new Named(OrganizationMenu.named(one, locale), null)));
                return names;
            }
        };
    }

    private static String named(Organization one, Locale locale) {
        return locale.getLanguage().equals("en") && !one.nameEn().isEmpty()
                ? one.nameEn()
                : one.shortName();
    }

    /** Nobody can be given the role of the data authority before there is one. */
    @Bean
    FirstStep organizationsWithAuthority(Organizations organizations) {
        return new FirstStep.Simple(
                10,
                "organizations",
                "/admin/organizations",
                Role.SYSTEM_ADMIN,
                () -> !organizations.authorities().isEmpty());
    }
}
