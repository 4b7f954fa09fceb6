package shuqiao.reminder;

import java.time.Duration;
import org.springframework.stereotype.Component;
import shuqiao.kernel.ItemWork;
import shuqiao.kernel.WorkItem;

/** Looks every half minute whom to remind; a deadline that breaks is an item by its id. */
@Component
class ReminderLook implements ItemWork {

    private final Reminders reminders;

    ReminderLook(Reminders reminders) {
        this.reminders = reminders;
    }

    @Override
    public String kind() {
        return Reminders.KIND;
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

    @Override
    public void work(WorkItem item) {
        reminders.again(item.key());
    }
}
