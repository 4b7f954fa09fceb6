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
        return new FirstStep() {
            @Override
            public int order() {
                return 40;
            }

            @Override
            public String key() {
                return "calendar";
            }

            @Override
            public String path() {
                return PATH;
            }

            @Override
            public Role by() {
                return Role.SYSTEM_ADMIN;
            }

            @Override
            public boolean done() {
                return calendars.upToDate();
            }
        };
    }
}
