package shuqiao.sharing;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** A consumer holds reasons against an answer and asks for talks. */
public record NegotiationOpened(long request, String number, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("request", request, "number", number);
    }
}
