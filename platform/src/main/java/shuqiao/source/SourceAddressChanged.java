package shuqiao.source;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * A second person has seen the new address of a source: it is used from now on.
 *
 * @param askedBy user name or client id of the steward
 * @param addressDigest of the new one, as {@link Source#addressDigest()}
 */
public record SourceAddressChanged(
        long source,
        String organization,
        String askedBy,
        String addressDigest,
        Actor by,
        Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "source", source,
                "organization", organization,
                "askedBy", askedBy,
                "address", addressDigest);
    }
}
