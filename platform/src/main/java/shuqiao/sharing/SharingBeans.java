package shuqiao.sharing;

import java.util.EnumSet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Role;
import shuqiao.source.SourceUse;

/** What this room offers to those below: its word in the menu, and which sources grants stand on. */
@Configuration(proxyBeanMethods = false)
class SharingBeans {

    private static final int MENU_ORDER = 30;

    @Bean
    MenuEntry sharingMenu() {
        return new MenuEntry(
                MENU_ORDER,
                "sharing.menu",
                "/requests",
                EnumSet.of(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY));
    }

    @Bean
    SourceUse sharingSourceUse(Grants grants) {
        return grants::using;
    }
}
