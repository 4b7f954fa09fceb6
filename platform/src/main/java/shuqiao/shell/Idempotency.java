package shuqiao.shell;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Beat;
import shuqiao.kernel.LocalDatabases;
import shuqiao.kernel.Recurring;

/** Puts the {@link IdempotencyFilter} in its place and sweeps behind it. */
@Configuration(proxyBeanMethods = false)
class Idempotency {

    /** Behind the security filters (order -100), which know the actor and have let the call in. */
    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
            AnsweredTable table,
            Problems problems,
            InstantSource clock,
            ObjectProvider<LocalDatabases> embedded) {
        // an embedded database has one platform: calls under way at its start are of the dead
        if (embedded.getIfAvailable() != null) table.forgetUnfinished();
        var filter = new FilterRegistrationBean<>(new IdempotencyFilter(table, problems, clock));
        filter.addUrlPatterns("/api/*");
        filter.setOrder(Ordered.LOWEST_PRECEDENCE);
        return filter;
    }

    /** Keeps alive the calls that are under way in this process. */
    @Component
    static class UnderWay extends Beat {

        private final FilterRegistrationBean<IdempotencyFilter> filter;

        UnderWay(FilterRegistrationBean<IdempotencyFilter> filter) {
            super("calls under way", Duration.ofMinutes(1));
            this.filter = filter;
        }

        @Override
        protected boolean turn() {
            Objects.requireNonNull(filter.getFilter()).keepAlive();
            return false;
        }
    }

    /** Removes what was kept for a day. */
    @Bean
    Recurring answeredKeeping(AnsweredTable table, InstantSource clock) {
        return new Recurring.Simple(
                "answered-keeping",
                Duration.ofHours(1),
                () -> {
                    table.removeBefore(clock.instant().minus(AnsweredTable.KEPT));
                    return false;
                });
    }
}
