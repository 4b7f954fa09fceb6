package shuqiao.compilation;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import shuqiao.workbook.HandedIn;

/**
 * A workbook of entries that was handed in.
 *
 * @param number kept when the same workbook comes back
 * @param round how often it came
 * @param places which columns stand for which, once a person has said so
 */
public record Batch(
        String id,
        String number,
        int round,
        String provider,
        Instant uploadedAt,
        String fileName,
        @Nullable Map<String, HandedIn.Place> places,
        @Nullable Instant importedAt,
        int added,
        int changed,
        @Nullable Instant undoneAt) {}
