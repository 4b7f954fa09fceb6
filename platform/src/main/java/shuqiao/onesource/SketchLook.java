package shuqiao.onesource;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.ItemBroke;
import shuqiao.kernel.ItemWork;
import shuqiao.kernel.Outage;
import shuqiao.kernel.WorkItem;
import shuqiao.work.Work;

/**
 * Looks once a minute whose columns are to be compared; one resource at a time on the whole
 * platform, so that a department's database is never kept busy by it. One that breaks is an item by
 * the resource's number.
 */
@Component
record SketchLook(Comparisons room, Work work) implements ItemWork {

    private static final String KIND = "sketches";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean turn() {
        var aside = work.ids(KIND);
        try {
            room.turn(aside);
        } catch (ItemBroke one) {
            if (Outage.isBehind(one) || !work.aside(KIND, one.item(), one.why())) throw one;
        }
        return false;
    }

    @Override
    public void work(WorkItem item) {
        room.again(Long.parseLong(item.key()));
    }
}
