package shuqiao.notice;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Recurring;

/** Forgets old notices piece by piece, so that no statement takes long. */
@Component
class NoticeKeeping implements Recurring {

    private static final int PIECE = 2_000;

    private final Keeping keeping;

    NoticeKeeping(Keeping keeping) {
        this.keeping = keeping;
    }

    @Override
    public String kind() {
        return "notice-keeping";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public boolean turn() {
        return keeping.forget(PIECE) > 0;
    }
}
