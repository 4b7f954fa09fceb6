package shuqiao.reminder;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/**
 * A deadline is so late that the authority was told.
 *
 * @param organization credit code of who has to act; empty for the authority itself
 * @param workingDays since the due date
 */
public record DeadlineEscalated(
        String deadline,
        String number,
        String organization,
        LocalDate due,
        int workingDays,
        Actor by,
        Instant at)
        implements DomainEvent {

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "deadline", deadline,
                "number", number,
                "organization", organization,
                "due", due.toString(),
                "workingDays", workingDays);
    }
}
