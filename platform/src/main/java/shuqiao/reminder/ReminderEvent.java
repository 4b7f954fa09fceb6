package shuqiao.reminder;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;

/** What happens in this room. */
public sealed interface ReminderEvent extends DomainEvent {

    /**
     * A deadline is so late that the authority was told.
     *
     * @param organization credit code of who has to act; empty for the authority itself
     * @param workingDays since the due date
     */
    record DeadlineEscalated(
            String deadline,
            String number,
            String organization,
            LocalDate due,
            int workingDays,
            Actor by,
            Instant at)
            implements ReminderEvent {}

    /** People are reminded at other times than before. */
    record ReminderRuleChanged(List<Integer> before, int escalateAfter, Actor by, Instant at)
            implements ReminderEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of("before", before, "escalateAfter", escalateAfter, "object", "reminders");
        }
    }
}
