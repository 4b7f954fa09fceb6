package shuqiao.onesource;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A department said what it does about an item that it collects beside its source. */
public record DuplicateAnswered(
        String item,
        long resource,
        String provider,
        boolean keeps,
        String reason,
        Actor by,
        Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "item",
                item,
                "resource",
                resource,
                "provider",
                provider,
                "keeps",
                keeps,
                "reason",
                reason);
    }
}
