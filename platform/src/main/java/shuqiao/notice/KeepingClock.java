package shuqiao.notice;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Beat;

/** Forgets old notices piece by piece, so that no statement takes long. */
@Component
class KeepingClock extends Beat {

    private static final int PIECE = 2_000;

    private final Keeping keeping;

    KeepingClock(Keeping keeping) {
        super("notice keeping", Duration.ofHours(1));
        this.keeping = keeping;
    }

    @Override
    protected boolean turn() {
        return keeping.forget(PIECE) > 0;
    }
}
