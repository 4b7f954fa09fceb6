package shuqiao.reminder;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Beat;

/** Forgets what was told long ago piece by piece, so that no statement takes long. */
@Component
class ReminderKeepingClock extends Beat {

    private static final int PIECE = 2_000;

    private final Reminders reminders;

    ReminderKeepingClock(Reminders reminders) {
        super("reminder keeping", Duration.ofHours(1));
        this.reminders = reminders;
    }

    @Override
    protected boolean turn() {
        return reminders.forget(PIECE) > 0;
    }
}
