package shuqiao.exchange;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * Delivered, then found without right: the rows were committed at the consumer, the grant ended
 * before the platform could write the receipt, and only then was the delivery found.
 *
 * @param notedAt when the grant still had effect and the commit was sent
 */
record RunFoundWithoutRight(
        String run, long grant, long rows, String digest, Instant notedAt, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "run",
                run,
                "grant",
                grant,
                "rows",
                rows,
                "digest",
                digest,
                "notedAt",
                notedAt.toString());
    }
}
