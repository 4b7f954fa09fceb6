package shuqiao.identity;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** Somebody signs for a reviewer who is away. */
public record SubstituteNamed(
        long substitution,
        String absent,
        String substitute,
        LocalDate from,
        LocalDate until,
        Actor by,
        Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "substitution",
                substitution,
                "absent",
                absent,
                "substitute",
                substitute,
                "from",
                from.toString(),
                "until",
                until.toString());
    }
}
