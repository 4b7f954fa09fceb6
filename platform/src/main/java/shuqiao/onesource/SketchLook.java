package shuqiao.onesource;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Recurring;

/**
 * Looks once a minute whose columns are to be compared; one resource at a time on the whole
 * platform, so that a department's database is never kept busy by it.
 */
@Component
class SketchLook implements Recurring {

    private final Comparisons room;

    SketchLook(Comparisons room) {
        this.room = room;
    }

    @Override
    public String kind() {
        return "sketches";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public boolean turn() {
        room.turn();
        return false;
    }
}
