package shuqiao.reminder;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.ItemWork;
import shuqiao.kernel.Recurring;

/** What this room does by the clock. */
@Configuration(proxyBeanMethods = false)
class ReminderWork {

    private static final int PIECE = 2_000;

    /** Forgets what was told long ago piece by piece, so that no statement takes long. */
    @Bean
    Recurring reminderKeeping(Reminders reminders) {
        return new Recurring.Simple(
                "reminder-keeping", Duration.ofHours(1), () -> reminders.forget(PIECE) > 0);
    }

    /** Looks every half minute whom to remind; a deadline that breaks is an item by its id. */
    @Bean
    ItemWork reminderLook(Reminders reminders) {
        return new ItemWork.Simple(
                Reminders.KIND,
                Duration.ofSeconds(30),
                () -> {
                    reminders.look();
                    return false;
                },
                item -> reminders.again(item.key()));
    }
}
