package shuqiao.onesource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * A department said which of its columns may be compared with those of other departments.
 *
 * @param columns all of them; none when it took its word back
 */
public record ComparisonAgreed(
        long resource, String provider, List<String> columns, Actor by, Instant at)
        implements DomainEvent {

    public ComparisonAgreed {
        columns = List.copyOf(columns);
    }

    @Override
    public Map<String, Object> facts() {
        return Map.of("resource", resource, "provider", provider, "columns", columns);
    }
}
