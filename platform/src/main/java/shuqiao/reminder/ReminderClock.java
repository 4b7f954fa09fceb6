package shuqiao.reminder;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Beat;

/** Looks every half minute whom to remind. */
@Component
class ReminderClock extends Beat {

    private final Reminders reminders;

    ReminderClock(Reminders reminders) {
        super("reminder clock", Duration.ofSeconds(30));
        this.reminders = reminders;
    }

    @Override
    protected boolean turn() {
        reminders.look();
        return false;
    }
}
