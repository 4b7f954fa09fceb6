package shuqiao.line;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.OptionalLong;
import shuqiao.engine.Side;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Refusal;

/** A source that could not be reached several times in a row is left alone for a while. */
public final class NotDialled extends Refusal {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(Clock.ZONE);

    private final transient Duration wait;

    NotDialled(Side side, Place place, int failures, Instant until, Instant now) {
        super(
                Kind.UNAVAILABLE,
                "line:not-dialled",
                Map.of(
                        "side",
                        side,
                        "name",
                        place.name(),
                        "failures",
                        failures,
                        "until",
                        TIME.format(until)));
        this.wait = Duration.between(now, until);
    }

    @Override
    public OptionalLong retryAfterSeconds() {
        return OptionalLong.of(Math.max(1, wait.toSeconds()));
    }
}
