package shuqiao.notice;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A notice as one person was told it.
 *
 * @param key room and matter
 * @param path where it is seen
 */
public record Told(
        long id,
        String receiver,
        String key,
        Map<String, Object> facts,
        String path,
        Instant toldAt,
        Optional<Instant> readAt) {

    /** The room that told it. */
    public String room() {
        return key.substring(0, key.indexOf('.'));
    }
}
