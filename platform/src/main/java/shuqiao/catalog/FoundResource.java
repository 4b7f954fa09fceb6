package shuqiao.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of the list. */
public record FoundResource(
        long id,
        @Nullable String code,
        String name,
        String provider,
        int version,
        Stage state,
        @Nullable SharingKind sharingKind,
        boolean open,
        @Nullable UpdateCycle updateCycle,
        Instant changedAt) {}
