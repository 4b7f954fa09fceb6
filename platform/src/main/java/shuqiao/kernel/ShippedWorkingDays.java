package shuqiao.kernel;

import java.time.InstantSource;
import java.time.LocalDate;
import org.springframework.context.annotation.Fallback;
import org.springframework.stereotype.Component;
import shuqiao.standard.WorkingDayCalendar;

/** Counts by the shipped notices; steps back as soon as a room offers its own calendar. */
@Component
@Fallback
class ShippedWorkingDays implements WorkingDays {

    private final InstantSource clock;

    ShippedWorkingDays(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public int left(LocalDate due) {
        return WorkingDayCalendar.shipped().workingDaysBetween(today(), due);
    }

    @Override
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Clock.ZONE);
    }

    @Override
    public boolean isWorkingDay(LocalDate date) {
        return WorkingDayCalendar.shipped().isWorkingDay(date);
    }
}
