package shuqiao.onesource;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Beat;

/**
 * Looks once a minute whose columns are to be compared; one resource at a time on the whole
 * platform.
 */
@Component
class SketchClock extends Beat {

    private final Comparisons room;

    SketchClock(Comparisons room) {
        super("sketch clock", Duration.ofMinutes(1));
        this.room = room;
    }

    /** One in each minute: a department's database is never kept busy by it. */
    @Override
    protected boolean turn() {
        room.turn();
        return false;
    }
}
