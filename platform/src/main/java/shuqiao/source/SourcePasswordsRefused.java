package shuqiao.source;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * A person entered so many passwords that a server refused that no more are taken for a while.
 *
 * @param count of this person or for this source, within the window
 */
public record SourcePasswordsRefused(
        long source, String organization, int count, Actor by, Instant at) implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("source", source, "organization", organization, "count", count);
    }
}
