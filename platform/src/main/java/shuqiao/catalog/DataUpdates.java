package shuqiao.catalog;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.catalog.CatalogEvent.DataUpdated;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;

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

    /** A published resource whose data is due. */
    public record Due(
            long resource, String provider, String name, UpdateCycle cycle, LocalDate due) {}

    /**
     * How fresh the data of a department is.
     *
     * @param watched resources with a cycle that ends on a day
     * @param overdue of them, past that day
     */
    public record Share(String provider, long watched, long overdue) {}

    private final DataUpdateTable table;
    private final DueTable due;
    private final Dues dues;
    private final Records records;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    DataUpdates(
            DataUpdateTable table,
            DueTable due,
            Dues dues,
            Records records,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.due = due;
        this.dues = dues;
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
        dues.renew(resource);
        events.publishEvent(new DataUpdated(resource, own.provider(), said.asOf(), actor, now));
        return said;
    }

    /** Newest first, for whoever may see the resource. */
    public Page<DataUpdate> list(Actor actor, long resource, Page.Request page) {
        records.sight(actor, resource);
        return table.list(resource, page);
    }

    @Trusted("rooms above judge by it what everybody may see of a published resource")
    public Optional<Freshness> freshness(long resource) {
        return Optional.ofNullable(dues.of(List.of(resource)).get(resource));
    }

    @Trusted("rooms above judge by it what everybody may see of published resources")
    public Map<Long, Freshness> freshness(Collection<Long> resources) {
        return dues.of(resources);
    }

    /** What is due up to this day, of one department or of all; the longest overdue first. */
    @Trusted("the clock reminds each provider of its own")
    public List<Due> due(LocalDate until, @Nullable String provider, int limit) {
        return due.until(until, provider, limit);
    }

    @Trusted("how fresh the data of each department is, no secret within the platform")
    public List<Share> shares() {
        return due.shares(LocalDate.ofInstant(clock.instant(), Clock.ZONE));
    }

    @Trusted("called by the clock once a day: the calendar may have changed")
    public void recount() {
        dues.renewAll();
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
            var day = Clock.day(text.strip());
            if (day.isAfter(today)) faults.add("asOf", "catalog.as-of-later");
            return day;
        } catch (DateTimeException _) {
            faults.add("asOf", "date");
            return null;
        }
    }
}
