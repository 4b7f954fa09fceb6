package shuqiao.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a search came to: one page of it, and how many there are by each value of each facet.
 *
 * @param classes exact class of an entry to how many have it
 * @param page that was read; the last one when a later one was asked for
 */
record Finding(
        List<Hit> hits,
        long total,
        Map<Facet, Map<String, Long>> counts,
        Map<String, Long> classes,
        int page) {

    static final int SIZE = 20;

    /**
     * @param inside as its department works on it
     * @param stage as the reader may know it
     * @param items names of all items
     * @param due last day on which newer data is in time
     * @param score how well it is described and kept, 0 to 100; null where nobody judged it
     */
    record Hit(
            long id,
            boolean inside,
            @Nullable String code,
            String name,
            String provider,
            int version,
            Stage stage,
            @Nullable SharingKind sharing,
            @Nullable SharingMethodType method,
            @Nullable UpdateCycle cycle,
            String summary,
            List<String> items,
            @Nullable Long rows,
            @Nullable LocalDate due,
            @Nullable Integer score,
            Instant changedAt) {}

    public int pages() {
        return (int) Math.max(1, (total + SIZE - 1) / SIZE);
    }
}
