package shuqiao.calendar;

import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import shuqiao.kernel.FirstStep;
import shuqiao.kernel.MenuEntry;
import shuqiao.kernel.Role;

/** What the calendar offers to the front hall: a word of the menu and a first step. */
@Configuration(proxyBeanMethods = false)
class CalendarBeans {

    private static final String PATH = "/admin/calendar";

    @Bean
    MenuEntry calendarMenu() {
        return new MenuEntry(830, "menu.calendar", PATH, Set.of(Role.SYSTEM_ADMIN));
    }

    @Bean
    FirstStep calendarStep(Calendars calendars) {
        return new FirstStep.Simple(
                40, "calendar", PATH, Role.SYSTEM_ADMIN, () -> calendars.upToDate());
    }
}
