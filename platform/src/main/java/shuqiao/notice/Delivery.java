package shuqiao.notice;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.WorkingDays;
import shuqiao.notice.NoticeEvent.DeliveryHoursChanged;

/** When people may be reached: on working days, within the hours that the administrator set. */
@Door
public class Delivery {

    /** Times of day such as 08:30. */
    public record Entry(@Nullable String from, @Nullable String until) {}

    private final DeliveryTable table;
    private final WorkingDays days;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Delivery(
            DeliveryTable table,
            WorkingDays days,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.days = days;
        this.events = events;
        this.clock = clock;
    }

    public DeliveryHours hours(Actor actor) {
        actor.require(Role.SYSTEM_ADMIN);
        return table.hours();
    }

    @Transactional
    public DeliveryHours change(Actor actor, Entry entry) {
        actor.require(Role.SYSTEM_ADMIN);
        var faults = new Invalid.Faults();
        var from = time(faults, "from", entry.from());
        var until = time(faults, "until", entry.until());
        if (from != null && until != null && !from.isBefore(until))
            faults.add("until", "notice.hours");
        faults.refuseIfAny();
        var hours =
                new DeliveryHours(
                        java.util.Objects.requireNonNull(from),
                        java.util.Objects.requireNonNull(until));
        table.change(hours);
        events.publishEvent(new DeliveryHoursChanged(hours, actor, clock.instant()));
        return hours;
    }

    @Trusted("clocks ask before they reach anybody")
    public boolean open(Instant at) {
        var here = at.atZone(Clock.ZONE);
        return days.isWorkingDay(here.toLocalDate()) && table.hours().holds(here.toLocalTime());
    }

    private static @Nullable LocalTime time(
            Invalid.Faults faults, String field, @Nullable String text) {
        try {
            return LocalTime.parse(text == null ? "" : text.strip());
        } catch (DateTimeException _) {
            faults.add(field, "notice.time");
            return null;
        }
    }
}
