package shuqiao.upkeep;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing in which a live table is not as it was mounted.
 *
 * @param version of the resource that was compared
 * @param item name of the 信息项, empty for a column that none stands for
 * @param column empty for the whole table
 * @param was and now as the database writes it; for people the same
 * @param closedAt when it was seen no more
 */
public record Difference(
        long id,
        long resource,
        int version,
        DifferenceKind kind,
        String item,
        String column,
        String was,
        String now,
        Instant foundAt,
        @Nullable Instant closedAt) {}
