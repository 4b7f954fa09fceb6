package shuqiao.identity;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * @param times so many wrong passwords since the last entry of this name
 */
public record LoginFailed(String username, int times, Actor by, Instant at) implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("username", username, "times", times);
    }
}
