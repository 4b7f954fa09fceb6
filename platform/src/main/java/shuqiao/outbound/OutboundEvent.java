package shuqiao.outbound;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens in this room. */
public sealed interface OutboundEvent extends DomainEvent {

    /** A network may be dialled. */
    record NetworkAllowed(String holder, String network, String ports, Actor by, Instant at)
            implements OutboundEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "holder", holder, "network", network, "ports", ports, "object", "networks");
        }
    }

    /** A network may be dialled no more. */
    record NetworkTakenAway(String holder, String network, String ports, Actor by, Instant at)
            implements OutboundEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "holder", holder, "network", network, "ports", ports, "object", "networks");
        }
    }

    /** An address from before the policy was allowed for good, or is dialled no more. */
    record OutsideAddressDecided(
            String kind, long id, String holder, boolean allowed, Actor by, Instant at)
            implements OutboundEvent {}
}
