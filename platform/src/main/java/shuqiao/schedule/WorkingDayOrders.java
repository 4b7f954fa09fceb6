package shuqiao.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.calendar.CalendarImpact;
import shuqiao.calendar.CalendarImported;
import shuqiao.kernel.Clock;
import shuqiao.kernel.WorkingDays;
import shuqiao.sharing.Grant;
import shuqiao.sharing.Grants;
import shuqiao.standard.WorkingDayCalendar;

/**
 * Orders of every working day follow the calendar: the next turn of each is reckoned again when a
 * notice is imported, so that none falls on a day that became a holiday, and none of a Saturday
 * that became a working day is left out.
 */
@Component
class WorkingDayOrders implements CalendarImpact {

    private static final int PIECE = 500;
    private static final Logger LOG = LoggerFactory.getLogger(WorkingDayOrders.class);

    private final ScheduleTable table;
    private final Grants grants;
    private final WorkingDays days;
    private final InstantSource clock;

    WorkingDayOrders(ScheduleTable table, Grants grants, WorkingDays days, InstantSource clock) {
        this.table = table;
        this.grants = grants;
        this.days = days;
        this.clock = clock;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void follow(CalendarImported imported) {
        var moved = walk(imported.at(), days, (it, next) -> table.later(it.id(), next));
        LOG.info(
                "the notice of {} moves {} of {} orders of working days",
                imported.year(),
                moved.moved(),
                moved.open());
    }

    @Override
    public String kind() {
        return "orders";
    }

    @Override
    @Transactional
    public Moved under(WorkingDayCalendar next) {
        var then =
                new WorkingDays() {
                    @Override
                    public WorkingDayCalendar current() {
                        return next;
                    }

                    @Override
                    public LocalDate today() {
                        return days.today();
                    }
                };
        return walk(clock.instant(), then, (_, _) -> {});
    }

    private Moved walk(Instant now, WorkingDays calendar, BiConsumer<Schedule, Instant> move) {
        long open = 0;
        long moved = 0;
        List<Schedule> some;
        for (long after = 0;
                !(some = table.onWorkingDays(now, after, PIECE)).isEmpty();
                after = some.getLast().id())
            for (var it : some) {
                open++;
                var next = it.rhythm().next(begin(it, now), calendar).orElse(null);
                if (next == null
                        || !(it.state() instanceof Schedule.State.Active(var at))
                        || next.equals(at)) continue;
                moved++;
                move.accept(it, next);
            }
        return new Moved(open, moved);
    }

    /** No turn comes before its grant begins. */
    private Instant begin(Schedule it, Instant now) {
        return grants.grant(it.grant())
                .map(Grant::from)
                .map(day -> day.atStartOfDay(Clock.ZONE).minusNanos(1).toInstant())
                .filter(begins -> begins.isAfter(now))
                .orElse(now);
    }
}
