package shuqiao.kernel;

import java.util.Map;
import java.util.OptionalLong;

/**
 * More is asked at this moment than the platform takes on: the same call goes well a little later.
 */
public final class TooBusy extends Refusal {

    /** When to come back, also told in {@code Retry-After}. */
    public static final int RETRY_AFTER_SECONDS = 2;

    public TooBusy() {
        super(Kind.UNAVAILABLE, "too-busy", Map.of("seconds", RETRY_AFTER_SECONDS));
    }

    @Override
    public OptionalLong retryAfterSeconds() {
        return OptionalLong.of(RETRY_AFTER_SECONDS);
    }
}
