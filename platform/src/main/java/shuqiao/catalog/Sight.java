package shuqiao.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resource as one actor sees it.
 *
 * @param inside whether as it is worked on, with mount, opinions and reasons
 * @param publishedVersion number of the valid version, if there is one
 */
public record Sight(
        long id,
        @Nullable String code,
        String provider,
        String providerName,
        int version,
        Stage state,
        String reason,
        Description description,
        Optional<Mount> mount,
        @Nullable Integer publishedVersion,
        @Nullable Instant publishedAt,
        Instant createdAt,
        Instant changedAt,
        int revision,
        boolean inside,
        List<Review> reviews) {}
