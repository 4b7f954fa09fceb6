package shuqiao.identity;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** Sessions of a person were ended by somebody else than the person at the screen. */
public record SessionsEnded(String username, int count, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("username", username, "count", count);
    }
}
