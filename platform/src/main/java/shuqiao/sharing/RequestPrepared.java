package shuqiao.sharing;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * The provider's steward prepared the answer.
 *
 * @param outcome that the answer is to have; null where only words were written
 */
public record RequestPrepared(
        long request, String number, Decision.@Nullable Outcome outcome, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return outcome == null
                ? Map.of("request", request, "number", number)
                : Map.of("request", request, "number", number, "outcome", outcome.name());
    }
}
