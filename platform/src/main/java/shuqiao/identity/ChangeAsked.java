package shuqiao.identity;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** Something that needs a second administrator was asked for. */
public record ChangeAsked(
        long change, String kind, String subject, String askedBy, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("change", change, "kind", kind, "username", subject, "askedBy", askedBy);
    }
}
