package shuqiao.exchange;

import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Outage;

/** Removes files whose time is over. */
@Component
class FileSweep {

    private final RunFiles files;

    FileSweep(RunFiles files) {
        this.files = files;
    }

    @Scheduled(initialDelay = 20, fixedDelay = 60, timeUnit = TimeUnit.SECONDS)
    void sweep() {
        try {
            files.sweep();
        } catch (RuntimeException away) {
            if (!Outage.isBehind(away)) throw away;
        }
    }
}
