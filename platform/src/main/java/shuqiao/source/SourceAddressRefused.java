package shuqiao.source;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** The new address of a source was refused, or taken back by its department; the old one stays. */
public record SourceAddressRefused(
        long source, String organization, String askedBy, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("source", source, "organization", organization, "askedBy", askedBy);
    }
}
