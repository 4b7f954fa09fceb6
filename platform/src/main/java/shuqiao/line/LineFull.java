package shuqiao.line;

import java.util.Map;
import java.util.OptionalLong;
import shuqiao.engine.Side;
import shuqiao.kernel.Refusal;

/** All sessions that a source allows are in use, and none became free in time. */
public final class LineFull extends Refusal {

    private static final int RETRY_AFTER_SECONDS = 5;

    LineFull(Side side, Place place) {
        super(
                Kind.UNAVAILABLE,
                "line:full",
                Map.of(
                        "side",
                        side,
                        "name",
                        place.name(),
                        "most",
                        place.limits().maxConnections()));
    }

    @Override
    public OptionalLong retryAfterSeconds() {
        return OptionalLong.of(RETRY_AFTER_SECONDS);
    }
}
