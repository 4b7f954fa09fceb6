package shuqiao.ledger;

import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Role;

/** The words of the audit administrator in the menu; everybody finds the ledger in the footer. */
@Configuration(proxyBeanMethods = false)
class LedgerMenu {

    @Bean
    MenuEntry audit() {
        return new MenuEntry(850, "menu.audit", AuditPages.PATH, Set.of(Role.AUDIT_ADMIN));
    }

    @Bean
    MenuEntry ledgerOfAll() {
        return new MenuEntry(860, "menu.ledger", LedgerPages.PATH, Set.of(Role.AUDIT_ADMIN));
    }
}
