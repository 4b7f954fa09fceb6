package shuqiao.line;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a source stands, as it was last dialled.
 *
 * @param most sessions that it allows at the same time
 * @param questions sessions open for questions now, those included that are kept for seconds
 * @param copies sessions open for deliveries now
 * @param failures to reach it, in a row
 * @param reason key of the last of them
 * @param leftAlone until when it is not dialled; empty while it is
 */
public record PlaceState(
        long source,
        String organization,
        String name,
        int most,
        int questions,
        int copies,
        int failures,
        Optional<Instant> lastFailed,
        Optional<String> reason,
        Optional<Instant> leftAlone) {}
