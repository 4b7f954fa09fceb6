package shuqiao.identity;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A substitution was ended before its last day. */
public record SubstitutionEnded(
        long substitution, String absent, String substitute, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("substitution", substitution, "absent", absent, "substitute", substitute);
    }
}
