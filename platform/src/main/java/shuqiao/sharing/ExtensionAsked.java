package shuqiao.sharing;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A provider asked for more time to answer. */
public record ExtensionAsked(long request, String number, int days, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("request", request, "number", number, "days", days);
    }
}
