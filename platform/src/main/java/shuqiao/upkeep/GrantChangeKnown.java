package shuqiao.upkeep;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** The consumer says that it knows what a new version means for its grant. */
public record GrantChangeKnown(long grant, String number, int version, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("grant", grant, "number", number, "version", version);
    }
}
