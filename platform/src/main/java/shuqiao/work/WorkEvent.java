package shuqiao.work;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens in this room. */
public sealed interface WorkEvent extends DomainEvent {

    /** An operator had a kind of work done at once. */
    record WorkAsked(String kind, Actor by, Instant at) implements WorkEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("kind", kind, "object", "work");
        }
    }

    /**
     * An operator gave a dead item of work up.
     *
     * @param attempt how often it had been tried
     */
    record WorkForgotten(String kind, String key, int attempt, Actor by, Instant at)
            implements WorkEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("kind", kind, "key", key, "attempt", attempt, "object", "work");
        }
    }

    /**
     * An operator had an item of work tried again.
     *
     * @param attempt how often it had been tried before
     */
    record WorkTriedAgain(String kind, String key, int attempt, Actor by, Instant at)
            implements WorkEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("kind", kind, "key", key, "attempt", attempt, "object", "work");
        }
    }
}
