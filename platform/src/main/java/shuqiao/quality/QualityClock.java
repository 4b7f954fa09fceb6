package shuqiao.quality;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Beat;

/** Tells searches what a score came to since: some points end on a day, and nobody acts then. */
@Component
class QualityClock extends Beat {

    private final Quality quality;

    QualityClock(Quality quality) {
        super("quality clock", Duration.ofSeconds(30));
        this.quality = quality;
    }

    @Override
    protected boolean turn() {
        return quality.tell();
    }
}
