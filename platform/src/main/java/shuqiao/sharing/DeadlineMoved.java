package shuqiao.sharing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * A notice of holidays moved a running due date.
 *
 * @param notice its year and version
 */
public record DeadlineMoved(
        long request,
        Limit what,
        LocalDate before,
        LocalDate due,
        String notice,
        Actor by,
        Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "request", request,
                "limit", what.name(),
                "before", before.toString(),
                "due", due.toString(),
                "notice", notice);
    }
}
