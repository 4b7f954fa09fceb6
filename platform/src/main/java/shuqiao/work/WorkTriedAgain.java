package shuqiao.work;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * An operator had an item of work tried again.
 *
 * @param attempt how often it had been tried before
 */
public record WorkTriedAgain(String kind, String key, int attempt, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("kind", kind, "key", key, "attempt", attempt, "object", "work");
    }
}
