package shuqiao.upkeep;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** Withdrawals are announced earlier or later, or mounts looked at more or less often. */
public record UpkeepRuleChanged(UpkeepRule rule, UpkeepRule before, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "noticeDays", rule.noticeDays(),
                "noticeDaysBefore", before.noticeDays(),
                "checkHours", rule.checkHours(),
                "checkHoursBefore", before.checkHours(),
                "object", "upkeep");
    }
}
