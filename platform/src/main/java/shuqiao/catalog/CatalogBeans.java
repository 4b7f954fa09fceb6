package shuqiao.catalog;

import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.MenuEntry;
import shuqiao.source.SourceUse;

/** What this room offers to those below: its word in the menu, and which sources it stands on. */
@Configuration(proxyBeanMethods = false)
class CatalogBeans {

    private static final int MENU_ORDER = 20;

    @Bean
    MenuEntry catalogMenu() {
        return new MenuEntry(MENU_ORDER, "catalog.menu", "/resources", Set.of());
    }

    @Bean
    SourceUse catalogSourceUse(ResourceTable resources) {
        return resources::usedBy;
    }
}
