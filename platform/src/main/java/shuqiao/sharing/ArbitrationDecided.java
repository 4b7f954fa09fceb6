package shuqiao.sharing;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** The authority settled it. */
public record ArbitrationDecided(
        long request,
        String number,
        Dispute.AwardOutcome outcome,
        String profile,
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
                "profile",
                profile);
    }
}
