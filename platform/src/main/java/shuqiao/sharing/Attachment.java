package shuqiao.sharing;

import java.time.Instant;
import java.util.Optional;

/**
 * A file that belongs to a request, without its content.
 *
 * @param name as its people call it; never trusted for what it is
 * @param size bytes
 * @param sha256 lower-case hex
 * @param removedAt when it was taken away again
 */
public record Attachment(
        long id,
        long request,
        String name,
        FileKind kind,
        long size,
        String sha256,
        String addedBy,
        Instant addedAt,
        Optional<Instant> removedAt) {}
