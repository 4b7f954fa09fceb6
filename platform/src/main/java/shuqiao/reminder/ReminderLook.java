package shuqiao.reminder;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Recurring;

/** Looks every half minute whom to remind. */
@Component
class ReminderLook implements Recurring {

    private final Reminders reminders;

    ReminderLook(Reminders reminders) {
        this.reminders = reminders;
    }

    @Override
    public String kind() {
        return "reminders";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public boolean turn() {
        reminders.look();
        return false;
    }
}
