package shuqiao.exchange;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A file of a delivered run: the rows, what their columns mean, or the manifest of both.
 *
 * @param name in addresses: {@code data.csv}, {@code dictionary.csv}, {@code manifest.json}
 * @param title as it is saved by a browser
 * @param sha256 lower-case hex
 * @param place path below the folder of files
 * @param removed empty while it lies there
 */
public record RunFile(
        String run,
        String name,
        String title,
        String mediaType,
        long bytes,
        String sha256,
        Path place,
        Instant madeAt,
        Instant expiresAt,
        Optional<Instant> removed) {

    /** The rows themselves. */
    boolean isData() {
        return name.startsWith("data.");
    }
}
