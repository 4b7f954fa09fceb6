package shuqiao.line;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a source stands, for the API.
 *
 * @param most sessions that it allows at the same time
 * @param questions sessions open for questions now
 * @param copies sessions open for deliveries now
 * @param failures to reach it, in a row
 * @param lastFailed absent before the first of them
 * @param reason key of the last of them
 * @param leftAloneUntil it is not dialled before; absent while it is
 */
public record PlaceView(
        long source,
        String organization,
        String name,
        int most,
        int questions,
        int copies,
        int failures,
        @Nullable Instant lastFailed,
        @Nullable String reason,
        @Nullable Instant leftAloneUntil) {

    public static PlaceView of(PlaceState it) {
        return new PlaceView(
                it.source(),
                it.organization(),
                it.name(),
                it.most(),
                it.questions(),
                it.copies(),
                it.failures(),
                it.lastFailed().orElse(null),
                it.reason().orElse(null),
                it.leftAlone().orElse(null));
    }
}
