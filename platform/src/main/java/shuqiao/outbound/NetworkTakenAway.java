package shuqiao.outbound;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A network may be dialled no more. */
public record NetworkTakenAway(String holder, String network, String ports, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("holder", holder, "network", network, "ports", ports, "object", "networks");
    }
}
