package shuqiao.quality;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** The provider compared the live table with what was mounted. */
public record MountChecked(long resource, String provider, int differs, Actor by, Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of("resource", resource, "provider", provider, "differs", differs);
    }
}
