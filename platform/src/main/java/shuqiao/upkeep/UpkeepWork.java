package shuqiao.upkeep;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.ItemWork;
import shuqiao.work.Work;

/** What this room does by the clock, beside the day's round and what ends. */
@Configuration(proxyBeanMethods = false)
class UpkeepWork {

    private static final String LIVE_CHECKS = "live-checks";

    /**
     * Compares the mounts whose turn it is; one that breaks is an item by the resource's number.
     */
    @Bean
    ItemWork liveLook(LiveChecks checks, Work work) {
        return new ItemWork.Simple(
                LIVE_CHECKS,
                Duration.ofSeconds(5),
                () -> checks.turn(work.ids(LIVE_CHECKS)),
                item -> checks.again(Long.parseLong(item.key())));
    }
}
