package shuqiao.notice;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** Notices are kept longer or shorter than before, in days. */
public record KeepingChanged(int days, int before, Actor by, Instant at) implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("days", days, "daysBefore", before, "object", "notice-keeping");
    }
}
