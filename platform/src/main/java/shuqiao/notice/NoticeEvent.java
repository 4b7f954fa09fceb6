package shuqiao.notice;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens in this room. */
public sealed interface NoticeEvent extends DomainEvent {

    /** People may be reached at other hours than before. */
    record DeliveryHoursChanged(DeliveryHours hours, Actor by, Instant at) implements NoticeEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "from", hours.from().toString(),
                    "until", hours.until().toString(),
                    "object", "delivery-hours");
        }
    }

    /** Notices are kept longer or shorter than before, in days. */
    record KeepingChanged(int days, int before, Actor by, Instant at) implements NoticeEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("days", days, "daysBefore", before, "object", "notice-keeping");
        }
    }

    /** Mail goes out by another server, or no more. */
    record MailServerChanged(boolean enabled, String host, int port, Actor by, Instant at)
            implements NoticeEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("enabled", enabled, "host", host, "port", port, "object", "mail-server");
        }
    }
}
