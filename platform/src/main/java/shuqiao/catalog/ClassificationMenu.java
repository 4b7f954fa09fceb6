package shuqiao.catalog;

import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Role;

/** The classification is the data authority's: its word in the menu. */
@Configuration(proxyBeanMethods = false)
class ClassificationMenu {

    private static final int MENU_ORDER = 700;

    @Bean
    MenuEntry classification() {
        return new MenuEntry(
                MENU_ORDER,
                "classification.menu",
                ClassificationPages.PATH,
                Set.of(Role.AUTHORITY),
                MenuEntry.GOVERNANCE);
    }
}
