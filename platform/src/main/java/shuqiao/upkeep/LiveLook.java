package shuqiao.upkeep;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.ItemWork;
import shuqiao.kernel.WorkItem;
import shuqiao.work.Work;

/** Compares the mounts whose turn it is; one that breaks is an item by the resource's number. */
@Component
class LiveLook implements ItemWork {

    private static final String KIND = "live-checks";

    private final LiveChecks checks;
    private final Work work;

    LiveLook(LiveChecks checks, Work work) {
        this.checks = checks;
        this.work = work;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public boolean turn() {
        return checks.turn(work.ids(KIND));
    }

    @Override
    public void work(WorkItem item) {
        checks.again(Long.parseLong(item.key()));
    }
}
