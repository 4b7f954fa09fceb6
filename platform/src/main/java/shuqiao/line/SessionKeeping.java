package shuqiao.line;

import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Recurring;

/** Forgets sessions of long ago piece by piece, so that no statement takes long. */
@Component
class SessionKeeping implements Recurring {

    private static final int PIECE = 5_000;

    private final LineTable table;
    private final InstantSource clock;
    private final Duration keep;

    SessionKeeping(
            LineTable table,
            InstantSource clock,
            @Value("${shuqiao.line.keep-days:30}") int keepDays) {
        if (keepDays < 1)
            throw new IllegalArgumentException("SHUQIAO_LINE_KEEP_DAYS must be 1 or more");
        this.table = table;
        this.clock = clock;
        this.keep = Duration.ofDays(keepDays);
    }

    @Override
    public String kind() {
        return "session-keeping";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public boolean turn() {
        return table.sweep(clock.instant().minus(keep), PIECE) > 0;
    }
}
