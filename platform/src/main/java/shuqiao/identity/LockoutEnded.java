package shuqiao.identity;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** Asked for at the console of the machine, where whoever has the home may do it. */
public record LockoutEnded(String username, Actor by, Instant at) implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("username", username);
    }
}
