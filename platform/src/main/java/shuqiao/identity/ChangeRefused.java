package shuqiao.identity;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A second administrator refused, or who asked took it back. */
public record ChangeRefused(
        long change, String kind, String subject, String askedBy, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("change", change, "kind", kind, "username", subject, "askedBy", askedBy);
    }
}
