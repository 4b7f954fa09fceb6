package shuqiao.exchange;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * Somebody took a file, or a part of it; what the same person takes of it within the next quarter
 * of an hour is not told again.
 *
 * @param from first byte that was asked for
 */
public record RunFileFetched(String run, long grant, String file, long from, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("run", run, "grant", grant, "file", file, "from", from);
    }
}
