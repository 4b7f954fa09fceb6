package shuqiao.kernel;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What broke in a loop of one process, and for how long it is put back: longer each time. Kept in
 * memory; a restart tries all of it again.
 */
public final class Setbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Setbacks.class);
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Beyond that many, further ones are logged and tried again like the others. */
    private static final int KEPT_MAX = 10_000;

    /** So often in a row, and health shows it. */
    private static final int FAILING = 3;

    private final String clock;
    private final Map<Object, Integer> kept = new ConcurrentHashMap<>();

    public Setbacks(String clock) {
        this.clock = clock;
    }

    /**
     * Notes that it broke, logs why, and says for how long it is put back: ten seconds, then twice
     * as long each time, an hour at most.
     */
    public Duration broke(Object item, Throwable cause) {
        var before = kept.get(item);
        var times = before == null ? 1 : before + 1;
        var pause = pause(times);
        LOG.error("{}: {} broke, time {}, next try in {}", clock, item, times, pause, cause);
        if (before != null || kept.size() < KEPT_MAX) kept.put(item, times);
        return pause;
    }

    public void went(Object item) {
        kept.remove(item);
    }

    /** How many keep failing. */
    public long failing() {
        return kept.values().stream().filter(times -> times >= FAILING).count();
    }

    /**
     * Ten seconds after the first failure in a row, then twice as long each time, an hour at most.
     */
    public static Duration pause(int times) {
        var pause = FIRST.multipliedBy(1L << Math.min(times - 1, 20));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
