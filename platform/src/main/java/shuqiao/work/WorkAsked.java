package shuqiao.work;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** An operator had a kind of work done at once. */
public record WorkAsked(String kind, Actor by, Instant at) implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("kind", kind, "object", "work");
    }
}
