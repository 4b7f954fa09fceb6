package shuqiao.sharing;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A request was answered. */
public record RequestDecided(
        long request,
        String number,
        Decision.Outcome outcome,
        Grant.Rule rule,
        Actor by,
        Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "request",
                request,
                "number",
                number,
                "outcome",
                outcome.name(),
                "rule",
                rule.name());
    }
}
