package shuqiao.identity;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

public record ProgramChanged(String clientId, Actor by, Instant at) implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("clientId", clientId);
    }
}
