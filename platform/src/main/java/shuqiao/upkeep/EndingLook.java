package shuqiao.upkeep;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Clock;
import shuqiao.kernel.ItemBroke;
import shuqiao.kernel.ItemWork;
import shuqiao.kernel.WorkItem;
import shuqiao.work.Work;

/** Ends what was announced on its day; one that cannot be ended is an item by its number. */
@Component
record EndingLook(Endings endings, Work work, InstantSource clock) implements ItemWork {

    private static final String KIND = "endings";

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
        return endings.turn(today(), work.ids(KIND));
    }

    @Override
    public void work(WorkItem item) {
        try {
            endings.end(today(), Long.parseLong(item.key()));
        } catch (ItemBroke again) {
            throw again.why();
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Clock.ZONE);
    }
}
