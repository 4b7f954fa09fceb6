package shuqiao.compilation;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens in this room. */
public sealed interface CompilationEvent extends DomainEvent {

    record EntriesImportUndone(
            String batch, String provider, int undone, int left, Actor by, Instant at)
            implements CompilationEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("batch", batch, "provider", provider, "undone", undone, "left", left);
        }
    }

    record EntriesImported(
            String batch, String provider, int added, int changed, Actor by, Instant at)
            implements CompilationEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("batch", batch, "provider", provider, "added", added, "changed", changed);
        }
    }
}
