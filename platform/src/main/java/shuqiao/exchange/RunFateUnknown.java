package shuqiao.exchange;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * An attempt had its last word and the target cannot say any more whether it was committed: rows
 * may stand at the consumer for which there is no receipt.
 */
record RunFateUnknown(
        String run,
        int attempt,
        long grant,
        long rows,
        String digest,
        Instant notedAt,
        Actor by,
        Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "run",
                run,
                "attempt",
                attempt,
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
