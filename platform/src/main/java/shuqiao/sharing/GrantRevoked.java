package shuqiao.sharing;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A grant ended before its day; running copies stop. */
public record GrantRevoked(
        long grant, String number, String provider, String consumer, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("grant", grant, "number", number, "provider", provider, "consumer", consumer);
    }
}
