package shuqiao.sharing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * The authority consented to more time, or refused it.
 *
 * @param due the new due date of the answer
 */
public record ExtensionAnswered(
        long request,
        String number,
        Extension.Outcome outcome,
        Optional<LocalDate> due,
        Actor by,
        Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "request",
                request,
                "number",
                number,
                "outcome",
                outcome.name(),
                "due",
                due.map(LocalDate::toString).orElse(""));
    }
}
