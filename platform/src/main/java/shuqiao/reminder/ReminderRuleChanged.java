package shuqiao.reminder;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** People are reminded at other times than before. */
public record ReminderRuleChanged(List<Integer> before, int escalateAfter, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("before", before, "escalateAfter", escalateAfter, "object", "reminders");
    }
}
