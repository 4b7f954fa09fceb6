package shuqiao.kernel;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/** Asked too often: the same call may go well after a while. */
public final class TooMany extends Refusal {

    private final Duration wait;

    /**
     * @param wait after which it may be asked again
     */
    public TooMany(String key, Map<String, Object> facts, Duration wait) {
        super(Kind.TOO_MANY, key, facts);
        this.wait = wait;
    }

    @Override
    public OptionalLong retryAfterSeconds() {
        return OptionalLong.of(Math.max(1, wait.toSeconds()));
    }
}
