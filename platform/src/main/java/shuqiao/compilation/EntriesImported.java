package shuqiao.compilation;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

public record EntriesImported(
        String batch, String provider, int added, int changed, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("batch", batch, "provider", provider, "added", added, "changed", changed);
    }
}
