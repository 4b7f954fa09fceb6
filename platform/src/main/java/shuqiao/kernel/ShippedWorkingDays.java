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
    public WorkingDayCalendar current() {
        return WorkingDayCalendar.shipped();
    }

    @Override
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Clock.ZONE);
    }
}
