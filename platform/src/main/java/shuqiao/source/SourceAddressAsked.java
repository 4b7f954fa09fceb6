package shuqiao.source;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * A steward gave a source another address, which waits for a second person.
 *
 * @param addressDigest of the new one, as {@link Source#addressDigest()}
 */
public record SourceAddressAsked(
        long source, String organization, String addressDigest, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("source", source, "organization", organization, "address", addressDigest);
    }
}
