package shuqiao.upkeep;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.catalog.Catalog;
import shuqiao.catalog.ResourceEnding;
import shuqiao.catalog.Reviews;
import shuqiao.catalog.Stage;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.ItemBroke;
import shuqiao.kernel.Notices;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.sharing.Grant;
import shuqiao.sharing.Grants;
import shuqiao.upkeep.UpkeepEvent.EndingAnnounced;
import shuqiao.upkeep.UpkeepEvent.EndingTakenBack;

/**
 * 停止提供公告: what others use is withdrawn on a day that they were told of before. Until then it goes
 * on, but takes no new request; on that day it ends by itself.
 */
@Door
public class Endings implements ResourceEnding {

    private static final int REASON_MAX = 1_000;
    private static final int YEARS_MAX = 3;
    private static final int LISTED_MAX = 500;

    /** Ends what was announced; nobody's hand. */
    private static final Actor CLOCK =
            new Actor(Actor.Kind.PLATFORM, "upkeep", "停止提供公告", null, EnumSet.noneOf(Role.class));

    /** As written in a form: the day as 2026-12-22. */
    public record Entry(@Nullable String day, @Nullable String reason) {}

    private final EndingTable table;
    private final Catalog catalog;
    private final Reviews reviews;
    private final Grants grants;
    private final Notices notices;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final UpkeepRuleTable rules;

    Endings(
            EndingTable table,
            Catalog catalog,
            Reviews reviews,
            Grants grants,
            Notices notices,
            ApplicationEventPublisher events,
            InstantSource clock,
            UpkeepRuleTable rules) {
        this.table = table;
        this.catalog = catalog;
        this.reviews = reviews;
        this.grants = grants;
        this.notices = notices;
        this.events = events;
        this.clock = clock;
        this.rules = rules;
    }

    @Override
    @Trusted("sharing refuses new requests by it; the day is no secret")
    public Optional<Announced> of(long resource) {
        return table.open(resource).map(it -> new Announced(it.day(), it.reason()));
    }

    /** What was announced and not taken back, for whoever sees the resource. */
    public Optional<Ending> find(Actor actor, long resource) {
        catalog.find(actor, resource);
        return table.open(resource);
    }

    /** All that are announced, the next first. */
    List<Ending> list(Actor actor) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        return table.open(LISTED_MAX);
    }

    /** Whether {@link #announce} and {@link #takeBack} would let the actor. */
    boolean mayDecide(Actor actor, String provider) {
        return actor.has(Role.AUTHORITY) || (actor.has(Role.REVIEWER) && actor.belongsTo(provider));
    }

    /** The first day that the actor may announce. */
    LocalDate earliest(Actor actor) {
        return today().plusDays(actor.has(Role.AUTHORITY) ? 1 : rules.rule().noticeDays());
    }

    /** By the reviewer of the provider, or by the data authority, who may shorten the notice. */
    @Transactional
    public Ending announce(Actor actor, long resource, Entry entry) {
        var it = catalog.find(actor, resource);
        refuse(actor, it.provider());
        // a grant that is being given waits and is refused, or is told of the day
        catalog.holdAlone(resource);
        it = catalog.find(actor, resource);
        var faults = new Invalid.Faults();
        var day = day(actor, entry.day(), faults);
        var reason = faults.text("reason", entry.reason(), REASON_MAX);
        faults.refuseIfAny();
        if (it.publishedVersion() == null || it.state() == Stage.WITHDRAWN)
            throw new Conflict("upkeep:not-published");
        var title = catalog.published(resource).orElseThrow().name();
        var left = Objects.requireNonNull(day).toEpochDay() - today().toEpochDay();
        var announced =
                table.insert(
                                new Ending(
                                        0,
                                        resource,
                                        it.provider(),
                                        title,
                                        day,
                                        reason,
                                        actor.signing().name(),
                                        clock.instant()),
                                left <= 7,
                                left <= 1)
                        .orElseThrow(() -> new Conflict("upkeep:ending-announced"));
        events.publishEvent(
                new EndingAnnounced(resource, it.provider(), day, actor, clock.instant()));
        tell("upkeep.ending", announced);
        return announced;
    }

    /** Before the day: all goes on as it was. */
    @Transactional
    public void takeBack(Actor actor, long resource) {
        var it = catalog.find(actor, resource);
        refuse(actor, it.provider());
        var announced = table.open(resource).orElseThrow(() -> new Unknown("ending", resource));
        if (!table.takeBack(resource, clock.instant())) throw new Unknown("ending", resource);
        events.publishEvent(new EndingTakenBack(resource, it.provider(), actor, clock.instant()));
        tell("upkeep.ending-taken-back", announced);
    }

    /** As below, and all of them. */
    @Trusted("the clock does what was announced")
    @Transactional
    public boolean turn(LocalDate today) {
        return turn(today, List.of());
    }

    /**
     * Does one thing whose day has come; false when there is none.
     *
     * @param except ids of endings that broke and are put back
     * @throws ItemBroke telling which ending cannot be done now
     */
    @Trusted("the clock does what was announced")
    @Transactional
    public boolean turn(LocalDate today, List<Long> except) {
        var due = table.take(today, except);
        if (due.isPresent()) {
            end(due.orElseThrow());
            return true;
        }
        var soon = table.takeEve(today).or(() -> table.takeWeek(today));
        soon.ifPresent(it -> tell("upkeep.ending-soon", it));
        return soon.isPresent();
    }

    /** Ends this one, where its day has come; as above. */
    @Trusted("the clock does what was announced")
    @Transactional
    public void end(LocalDate today, long id) {
        table.take(today, id).ifPresent(this::end);
    }

    private void end(Ending it) {
        try {
            // what was withdrawn meanwhile closed its announcement in the same transaction
            reviews.end(CLOCK, it.resource(), it.reason());
        } catch (RuntimeException broke) {
            throw new ItemBroke(it.id(), broke);
        }
    }

    /** The resource is over: so is the announcement, and all that it still gave. */
    void over(long resource, Actor by) {
        var reason =
                table.open(resource).map(it -> "提供部门公告后停止提供：" + it.reason()).orElse("目录已撤销发布，停止提供");
        table.ended(resource, clock.instant());
        grants.endOf(by, resource, reason);
    }

    private void tell(String key, Ending it) {
        var consumers = new HashSet<String>();
        for (Grant grant : grants.live(it.resource())) consumers.add(grant.consumer());
        for (var consumer : consumers)
            notices.tell(
                    consumer,
                    Set.of(Role.STEWARD, Role.REVIEWER),
                    new Notices.Notice(
                            key,
                            Map.of(
                                    "title", it.title(),
                                    "day", it.day().toString(),
                                    "reason", it.reason(),
                                    "provider", Notices.organization(it.provider())),
                            "/resources/" + it.resource()));
    }

    private void refuse(Actor actor, String provider) {
        actor.require(Role.REVIEWER, Role.AUTHORITY);
        if (!actor.has(Role.AUTHORITY)) actor.requireOrganization(provider);
    }

    private @Nullable LocalDate day(Actor actor, @Nullable String text, Invalid.Faults faults) {
        var earliest = earliest(actor);
        if (text == null || text.isBlank()) return earliest;
        try {
            var day = Clock.day(text.strip());
            if (day.isBefore(earliest))
                faults.add("day", "upkeep.too-soon", Map.of("earliest", earliest.toString()));
            if (day.isAfter(today().plusYears(YEARS_MAX)))
                faults.add("day", "upkeep.too-late", Map.of("years", YEARS_MAX));
            return day;
        } catch (DateTimeException _) {
            faults.add("day", "date");
            return null;
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Clock.ZONE);
    }
}
