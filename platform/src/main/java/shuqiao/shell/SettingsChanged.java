package shuqiao.shell;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What the site says of itself was changed; which settings, not what they say. */
public record SettingsChanged(List<String> changed, Actor by, Instant at) implements DomainEvent {

    public SettingsChanged {
        changed = List.copyOf(changed);
    }

    @Override
    public Map<String, Object> facts() {
        return Map.of("changed", changed, "object", "settings");
    }
}
