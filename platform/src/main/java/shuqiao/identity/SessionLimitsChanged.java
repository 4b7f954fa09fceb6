package shuqiao.identity;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** Sessions last longer or shorter from now on, or a person may have more or fewer. */
public record SessionLimitsChanged(SessionLimits before, SessionLimits after, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "object",
                "session-limits",
                "idleMinutes",
                after.idleMinutes(),
                "most",
                after.most(),
                "idleMinutesBefore",
                before.idleMinutes(),
                "mostBefore",
                before.most());
    }
}
