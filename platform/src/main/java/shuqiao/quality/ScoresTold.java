package shuqiao.quality;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Recurring;

/** Tells searches what a score came to since: some points end on a day, and nobody acts then. */
@Component
class ScoresTold implements Recurring {

    private final Quality quality;

    ScoresTold(Quality quality) {
        this.quality = quality;
    }

    @Override
    public String kind() {
        return "quality-scores";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public boolean turn() {
        return quality.tell();
    }
}
