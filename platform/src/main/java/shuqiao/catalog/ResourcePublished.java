package shuqiao.catalog;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

public record ResourcePublished(
        long resource,
        int version,
        String code,
        String provider,
        SharingKind sharingKind,
        Actor by,
        Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "resource",
                resource,
                "version",
                version,
                "code",
                code,
                "provider",
                provider,
                "sharingKind",
                sharingKind.name());
    }
}
