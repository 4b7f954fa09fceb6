package shuqiao.notice;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** People may be reached at other hours than before. */
public record DeliveryHoursChanged(DeliveryHours hours, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "from", hours.from().toString(),
                "until", hours.until().toString(),
                "object", "delivery-hours");
    }
}
