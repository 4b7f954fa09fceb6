package shuqiao.catalog;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;

/**
 * 数据更新: the provider says, by hand or at the end of its nightly job, that the data of a resource is
 * new. Whoever waits for it, a schedule or a person, hears so.
 */
@Door
public class DataUpdates {

    private static final int NOTE_MAX = 200;

    /**
     * What a form or a program says.
     *
     * @param asOf the day up to which the data is complete; today when left out
     */
    public record Entry(@Nullable String asOf, @Nullable String note) {}

    private final DataUpdateTable table;
    private final Records records;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    DataUpdates(
            DataUpdateTable table,
            Records records,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.records = records;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public DataUpdate say(Actor actor, long resource, Entry entry) {
        actor.require(Role.STEWARD);
        var own = records.own(actor, resource);
        var faults = new Invalid.Faults();
        var asOf = day(entry.asOf(), faults);
        var note = faults.optionalText("note", entry.note(), NOTE_MAX);
        faults.refuseIfAny();
        if (own.publishedVersion() == null || own.isWithdrawn())
            throw new Conflict("catalog:not-published");
        var now = clock.instant();
        var said = table.insert(resource, Objects.requireNonNull(asOf), note, actor.subject(), now);
        events.publishEvent(new DataUpdated(resource, own.provider(), said.asOf(), actor, now));
        return said;
    }

    /** Newest first, for whoever may see the resource. */
    public Page<DataUpdate> list(Actor actor, long resource, Page.Request page) {
        records.sight(actor, resource);
        return table.list(resource, page);
    }

    /** Whether {@link #say} would let this actor. */
    boolean maySay(Actor actor, Sight it) {
        return it.publishedVersion() != null
                && it.state() != Stage.WITHDRAWN
                && Rights.isKeeper(actor, it.provider());
    }

    Optional<DataUpdate> latest(long resource) {
        return table.latest(resource);
    }

    private @Nullable LocalDate day(@Nullable String text, Invalid.Faults faults) {
        var today = LocalDate.ofInstant(clock.instant(), Clock.ZONE);
        if (text == null || text.isBlank()) return today;
        try {
            var day = LocalDate.parse(text.strip());
            if (day.isAfter(today)) faults.add("asOf", "catalog.as-of-later");
            return day;
        } catch (DateTimeException _) {
            faults.add("asOf", "date");
            return null;
        }
    }
}
