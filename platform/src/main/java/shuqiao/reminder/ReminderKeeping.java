package shuqiao.reminder;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Recurring;

/** Forgets what was told long ago piece by piece, so that no statement takes long. */
@Component
class ReminderKeeping implements Recurring {

    private static final int PIECE = 2_000;

    private final Reminders reminders;

    ReminderKeeping(Reminders reminders) {
        this.reminders = reminders;
    }

    @Override
    public String kind() {
        return "reminder-keeping";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public boolean turn() {
        return reminders.forget(PIECE) > 0;
    }
}
