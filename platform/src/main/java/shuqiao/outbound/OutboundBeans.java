package shuqiao.outbound;

import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import shuqiao.engine.AddressPolicy;
import shuqiao.kernel.Actor;
import shuqiao.kernel.FirstStep;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Opening;
import shuqiao.kernel.Role;
import shuqiao.organization.Organizations;

/** What this room offers to the front hall, and how names are resolved. */
@Configuration(proxyBeanMethods = false)
class OutboundBeans {

    @Bean
    Resolver resolver() {
        return AddressPolicy::resolved;
    }

    @Bean
    MenuEntry networksMenu() {
        return new MenuEntry(
                891,
                "menu.networks",
                NetworkPages.PATH,
                Set.of(Role.SYSTEM_ADMIN),
                "menu.settings");
    }

    @Bean
    FirstStep networksStep(Networks networks) {
        return new FirstStep.Simple(
                45, "networks", NetworkPages.PATH, Role.SYSTEM_ADMIN, () -> networks.any());
    }

    /**
     * A home that was at work before there was a policy, and the demo city, go on as they were; an
     * empty one dials nothing until somebody says what.
     */
    @Component
    static class Beginning {

        private final Networks networks;
        private final Organizations organizations;

        Beginning(Networks networks, Organizations organizations) {
            this.networks = networks;
            this.organizations = organizations;
        }

        @EventListener
        @Order(Ordered.HIGHEST_PRECEDENCE)
        void open(Opening opening) {
            networks.begin(!opening.empty() || !organizations.all(Actor.PLATFORM).isEmpty());
        }
    }
}
