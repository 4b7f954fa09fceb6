package shuqiao.sharing;

import java.time.Instant;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * A phrase for opinions was added, changed or removed.
 *
 * @param organization whose it is; empty for all departments
 */
public record PhraseChanged(
        long phrase,
        Change change,
        Decision.Outcome outcome,
        String organization,
        Actor by,
        Instant at)
        implements DomainEvent {

    public enum Change {
        ADDED,
        CHANGED,
        REMOVED
    }

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "phrase",
                phrase,
                "change",
                change.name(),
                "outcome",
                outcome.name(),
                "organization",
                organization);
    }
}
