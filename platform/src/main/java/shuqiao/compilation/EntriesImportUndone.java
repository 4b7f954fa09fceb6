package shuqiao.compilation;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

public record EntriesImportUndone(
        String batch, String provider, int undone, int left, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("batch", batch, "provider", provider, "undone", undone, "left", left);
    }
}
