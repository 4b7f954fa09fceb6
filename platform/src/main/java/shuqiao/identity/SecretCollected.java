package shuqiao.identity;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A program's own department fetched its secret, which is shown this once. */
public record SecretCollected(String clientId, Actor by, Instant at) implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("clientId", clientId);
    }
}
