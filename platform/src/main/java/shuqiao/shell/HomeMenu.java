package shuqiao.shell;

import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.MenuEntry;

/** The first word of the menu: one's own desk. */
@Configuration(proxyBeanMethods = false)
class HomeMenu {

    @Bean
    MenuEntry desk() {
        return new MenuEntry(0, "menu.desk", "/", Set.of());
    }
}
