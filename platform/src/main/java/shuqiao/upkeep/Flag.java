package shuqiao.upkeep;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A grant that a new version of its resource touches.
 *
 * @param grant id of the grant, and its number
 * @param version that touches it
 * @param answeredAt when the consumer said that it knows
 */
record Flag(
        long id,
        long grant,
        String number,
        long resource,
        String title,
        int version,
        String provider,
        String consumer,
        List<GrantChange.Reason> reasons,
        Instant raisedAt,
        @Nullable Instant answeredAt,
        @Nullable String answeredBy) {}
