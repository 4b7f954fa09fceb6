package shuqiao.schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.catalog.CatalogEvent.DataUpdated;
import shuqiao.exchange.DestinationForm;
import shuqiao.exchange.Exchange;
import shuqiao.exchange.Run;
import shuqiao.exchange.RunEvent.RunDelivered;
import shuqiao.exchange.RunEvent.RunFailed;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Opening;
import shuqiao.kernel.Page;
import shuqiao.kernel.Refusal;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.kernel.Where;
import shuqiao.kernel.WorkingDays;
import shuqiao.kit.Entry;
import shuqiao.kit.Keeper;
import shuqiao.kit.Listing;
import shuqiao.kit.Register;
import shuqiao.kit.Words;
import shuqiao.schedule.Schedule.State;
import shuqiao.schedule.Schedule.Why;
import shuqiao.schedule.ScheduleEvent.ScheduleEnded;
import shuqiao.schedule.ScheduleEvent.ScheduleMade;
import shuqiao.schedule.ScheduleEvent.SchedulePaused;
import shuqiao.schedule.ScheduleEvent.ScheduleResumed;
import shuqiao.sharing.Grant;
import shuqiao.sharing.GrantEvent.GrantIssued;
import shuqiao.sharing.GrantEvent.GrantRevoked;
import shuqiao.sharing.GrantTargets;
import shuqiao.sharing.Grants;
import shuqiao.source.SourceEvent.SourceAddressChanged;
import shuqiao.source.SourceUse;

/** Standing orders for deliveries: made and stopped by the consumer, seen by both sides. */
@Door
public class Schedules implements Keeper, SourceUse, GrantTargets {

    /** A schedule whose runs failed so often in a row stops by itself and becomes a to-do. */
    static final int FAILURES_MAX = 5;

    private static final int PREVIEW = 5;
    private static final int PIECE = 200;
    private static final Why EXPIRED = new Why("授权已到期", "the grant has run out");
    private static final Why MOVED =
            new Why(
                    "目标数据源换了地址，请核对新库里的目标表后恢复",
                    "the target has another address; look at the table there, then resume");

    private final ScheduleTable table;
    private final Exchange exchange;
    private final Grants grants;
    private final WorkingDays days;
    private final ScheduleWords words;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Schedules(
            ScheduleTable table,
            Exchange exchange,
            Grants grants,
            WorkingDays days,
            ScheduleWords words,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.table = table;
        this.exchange = exchange;
        this.grants = grants;
        this.days = days;
        this.words = words;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    @Trusted("a plain value")
    public Register register() {
        return ScheduleRegister.REGISTER;
    }

    /** Orders deliveries; looks at grant and databases as for a single run. */
    public Schedule make(Actor actor, Exchange.Wish delivery, Rhythm rhythm) {
        actor.require(Role.STEWARD);
        var faults = new Invalid.Faults();
        var target = delivery.where(faults);
        faults.refuseIfAny();
        var grant = grants.find(actor, Objects.requireNonNull(delivery.grant()));
        actor.requireOrganization(grant.consumer());
        exchange.look(actor, delivery);
        var now = clock.instant();
        var next = rhythm.next(now, days).orElse(null);
        var made =
                new Schedule(
                        0,
                        grant.id(),
                        grant.number(),
                        grant.resource(),
                        grant.title(),
                        grant.provider(),
                        grant.consumer(),
                        target.orElseThrow(),
                        delivery.verifyFull(),
                        rhythm,
                        actor.subject(),
                        now,
                        null,
                        null,
                        0,
                        0,
                        0,
                        new State.Active(next));
        return Objects.requireNonNull(transaction.execute(_ -> keep(actor, made, next)));
    }

    @Override
    public Item attempt(Actor actor, String form, Entry entry) {
        var faults = new Invalid.Faults();
        var delivery = delivery(entry, faults);
        var rhythm = PlainRhythm.of(entry, clock.instant(), days, faults);
        faults.refuseIfAny();
        return words.item(make(actor, delivery, Objects.requireNonNull(rhythm)));
    }

    @Override
    public void check(Actor actor, String form, Entry entry, Invalid.Faults faults) {
        delivery(entry, faults);
        PlainRhythm.of(entry, clock.instant(), days, faults);
    }

    /** Programs say the rail too, which the format has said already. */
    private static Exchange.Wish delivery(Entry entry, Invalid.Faults faults) {
        var format = entry.text("format");
        var rail = DestinationForm.rail(format);
        if (entry.has("rail") && !entry.text("rail").equals(rail)) {
            if (entry.text("rail").equals("file")) faults.add("format", "required");
            else faults.add("rail", "not-one-of", Map.of("allowed", List.of("exchange", "file")));
        }
        return new Exchange.Wish(
                entry.maybe("grant"),
                entry.maybe("target"),
                entry.text("schema"),
                entry.text("table"),
                "snapshot",
                entry.ticked("verifyFull"),
                rail,
                DestinationForm.fileFormat(format),
                entry.ticked("guarded"));
    }

    /** When the next turns of a rhythm would be; none for one that waits for data. */
    @Override
    public Foretold ahead(Actor actor, String form, Entry entry) {
        actor.require(Role.STEWARD);
        var now = clock.instant();
        var faults = new Invalid.Faults();
        var rhythm = PlainRhythm.of(entry, now, days, faults);
        faults.refuseIfAny();
        if (rhythm == null) throw Invalid.field("rhythm", "required");
        return new Foretold(words.before(rhythm), List.copyOf(rhythm.turns(now, PREVIEW, days)));
    }

    @Override
    public Shown show(Actor actor, String form, Entry entry) {
        if (form.isEmpty())
            return words.sides(table.departments(where(actor, entry.maybe("grant"))));
        var grant = grants.find(actor, entry.number("grant"));
        actor.requireOrganization(grant.consumer());
        return words.form(actor, grant);
    }

    @Override
    public Seen see(Actor actor, Item item) {
        var it = find(actor, item.id());
        return words.seen(it, turns(it));
    }

    private Schedule keep(Actor actor, Schedule made, @Nullable Instant next) {
        var until = grants.hold(made.grant()).until();
        var id = table.insert(made, next, until).orElseThrow(() -> twice(made.target()));
        events.publishEvent(
                new ScheduleMade(id, made.grant(), made.rhythm().word(), actor, made.madeAt()));
        return table.find(id).orElseThrow();
    }

    private static Conflict twice(Run.Target target) {
        return switch (target) {
            case Run.Target.Table table ->
                    new Conflict("schedule:twice", Map.of("table", table.label()));
            case Run.Target.File(var format, _) ->
                    new Conflict("schedule:twice-file", Map.of("format", format.word()));
        };
    }

    /** The next turns of a schedule that is active. */
    List<Instant> turns(Schedule it) {
        return switch (it.state()) {
            case State.Active(var next) when next != null -> {
                var turns = new ArrayList<>(List.of(next));
                turns.addAll(it.rhythm().turns(next, PREVIEW - 1, days));
                yield turns;
            }
            case State.Active _, State.Paused _, State.Ended _ -> List.of();
        };
    }

    /** A schedule of one's own organization, on either side; the authority sees all. */
    public Schedule find(Actor actor, long id) {
        return table.find(id)
                .filter(it ->
                        actor.has(Role.AUTHORITY)
                                || actor.belongsTo(it.provider())
                                || actor.belongsTo(it.consumer()))
                .orElseThrow(() -> new Unknown("schedule", id));
    }

    @Override
    public Item get(Actor actor, long id) {
        return words.item(find(actor, id));
    }

    @Override
    public Page<Item> page(Actor actor, Listing.Query query) {
        var filters = query.filters();
        var list = new ListQuery(filters.get("q"), filters.get("with"), query.sort(), null);
        var where = list.narrow(where(actor, null));
        query.narrow(where, "grant", "grant_id = :grant").narrow(where, "state", "state = :state");
        return table.page(where, list.order(), query.page(), query.offset()).map(words::item);
    }

    private static Where where(Actor actor, @Nullable Long grant) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var where = new Where();
        if (!actor.has(Role.AUTHORITY))
            where.and(
                    "(consumer = :mine or provider = :mine)", "mine", actor.requiredOrganization());
        if (grant != null) where.and("grant_id = :grant", "grant", grant);
        return where;
    }

    /** Whether the doors below would let this actor stop or go on with it. */
    boolean mayChange(Actor actor, Schedule it) {
        return !it.isEnded()
                && (actor.has(Role.AUTHORITY)
                        || (actor.belongsTo(it.consumer())
                                && (actor.has(Role.STEWARD) || actor.has(Role.REVIEWER))));
    }

    @Override
    public @Nullable Words bar(Actor actor, String move, Item item) {
        return mayChange(actor, find(actor, item.id())) ? null : Words.of("schedules.not-yours");
    }

    @Override
    public Refusal notNow(Actor actor, String move, Item item) {
        return new Conflict(
                item.state().equals("ENDED")
                        ? "schedule:ended"
                        : move.equals("pause") ? "schedule:not-active" : "schedule:not-paused",
                Map.of());
    }

    /**
     * Paused, no turn is taken until somebody lets it go on, and turns that were missed meanwhile
     * are not made up for. A run under way is not touched.
     */
    @Override
    @Transactional
    public Item move(Actor actor, String move, Item item, String reason) {
        var it = changeable(actor, item.id());
        var id = it.id();
        var now = clock.instant();
        var why = new Why(reason, reason);
        var done =
                switch (move) {
                    case "pause" -> table.pause(id, actor.subject(), why, now);
                    case "end" -> table.end(id, actor.subject(), why, now);
                    default -> table.resume(id, it.rhythm().next(now, days).orElse(null));
                };
        if (!done) throw notNow(actor, move, get(actor, id));
        events.publishEvent(
                switch (move) {
                    case "pause" -> new SchedulePaused(id, it.grant(), false, actor, now);
                    case "end" -> new ScheduleEnded(id, it.grant(), false, actor, now);
                    default -> new ScheduleResumed(id, it.grant(), actor, now);
                });
        return get(actor, id);
    }

    private Schedule changeable(Actor actor, long id) {
        var it = find(actor, id);
        if (it.isEnded()) throw new Conflict("schedule:ended", Map.of());
        if (!mayChange(actor, it)) {
            actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
            throw NotAllowed.otherOrganization();
        }
        return it;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    @Trusted("hears an event of the room below")
    public void wake(DataUpdated updated) {
        table.due(updated.resource(), updated.at());
    }

    /** A grant that takes the place of another goes on being delivered as that one was. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    @Trusted("hears an event of the room below")
    public void carryOver(GrantIssued issued) {
        var before = grants.predecessor(issued.grant()).orElse(null);
        if (before == null || !before.consumer().equals(issued.consumer())) return;
        var grant = grants.grant(issued.grant()).orElseThrow();
        var begins = grant.from().atStartOfDay(Clock.ZONE).toInstant();
        var from = begins.isAfter(issued.at()) ? begins : issued.at();
        for (var it : table.of(before.id())) {
            var next = it.rhythm().next(from, days).orElse(null);
            var made = it.under(grant.id(), grant.number(), grant.title(), issued.at(), next);
            var id = table.insert(made, next, grant.until()).orElse(null);
            if (id == null) continue;
            events.publishEvent(
                    new ScheduleMade(id, grant.id(), it.rhythm().word(), issued.by(), issued.at()));
            if (it.state() instanceof State.Paused(var at, var by, var why)
                    && table.pause(id, by, why, at))
                events.publishEvent(
                        new SchedulePaused(id, grant.id(), true, issued.by(), issued.at()));
        }
    }

    /**
     * What stood at the old address was looked at when the schedule was made; at the new one nobody
     * has looked, and a turn may replace what stands there.
     */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    @Trusted("hears an event of the room below")
    public void stopInto(SourceAddressChanged moved) {
        for (var it : table.into(moved.source())) stopItself(it, MOVED);
    }

    /** Ends a few whose grant has run out; false when there is none. */
    @Trusted("the clock ends what has run out")
    @Transactional
    public boolean endExpired() {
        var now = clock.instant();
        var over = table.expired(LocalDate.ofInstant(now, Clock.ZONE), PIECE);
        over.forEach(it -> endItself(it, EXPIRED));
        return !over.isEmpty();
    }

    /** Fills in the last day of what was made before there was one. */
    @EventListener
    @Trusted("hears that the platform opens")
    public void open(Opening opening) {
        while (true) {
            var some = table.withoutEnd(PIECE);
            if (some.isEmpty()) return;
            // of a grant that is not there nothing is delivered any more
            for (var grant : some)
                table.until(grant, grants.grant(grant).map(Grant::until).orElse(LocalDate.EPOCH));
        }
    }

    /** A turn that was refused: it waits for its grant, ends with it, or is stopped as trouble. */
    void refused(Schedule it, Refusal why, Why sentence) {
        switch (why.key()) {
            case "exchange:grant-not-yet" ->
                    table.later(
                            it.id(),
                            grants.grant(it.grant())
                                    .orElseThrow()
                                    .from()
                                    .atStartOfDay(Clock.ZONE)
                                    .toInstant());
            case "exchange:grant-expired",
                    "exchange:grant-revoked",
                    "exchange:resource-withdrawn",
                    "sharing:grant-over" ->
                    endItself(it, sentence);
            default -> stopItself(it, sentence);
        }
    }

    private void endItself(Schedule it, Why why) {
        var now = clock.instant();
        if (table.end(it.id(), Actor.PLATFORM.subject(), why, now))
            events.publishEvent(new ScheduleEnded(it.id(), it.grant(), true, Actor.PLATFORM, now));
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    @Trusted("hears an event of the room below")
    public void endWith(GrantRevoked revoked) {
        for (var it : table.of(revoked.grant())) {
            table.end(
                    it.id(),
                    revoked.by().subject(),
                    new Why("授权已终止", "the grant has ended"),
                    revoked.at());
            events.publishEvent(
                    new ScheduleEnded(it.id(), it.grant(), true, revoked.by(), revoked.at()));
        }
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    @Trusted("hears an event of the room below")
    public void count(RunFailed failed) {
        var it = table.failed(failed.run());
        if (it.isEmpty() || it.get().failures() < FAILURES_MAX) return;
        stopItself(
                it.get(),
                new Why(
                        "连续 %d 次运行失败".formatted(FAILURES_MAX),
                        "%d runs failed in a row".formatted(FAILURES_MAX)));
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    @Trusted("hears an event of the room below")
    public void forget(RunDelivered delivered) {
        table.delivered(delivered.run());
    }

    void stopItself(Schedule it, Why why) {
        if (table.pause(it.id(), Actor.PLATFORM.subject(), why, clock.instant()))
            events.publishEvent(
                    new SchedulePaused(it.id(), it.grant(), true, Actor.PLATFORM, clock.instant()));
    }

    /** Paused by the platform, of one consumer; newest first. */
    List<Schedule> troubled(String organization, int most) {
        var where =
                Where.of("consumer = :mine", "mine", organization)
                        .and("state = 'PAUSED'")
                        .and("stopped_by = :platform", "platform", Actor.PLATFORM.subject());
        var page = new Page.Request(most, Long.MAX_VALUE);
        return table.page(where, ListQuery.Sort.NEWEST, page, 0).items();
    }

    @Override
    @Trusted("connections into which a schedule delivers are kept")
    public Optional<String> usedBy(long source) {
        return table.usesTarget(source) ? Optional.of("定时交换 schedule") : Optional.empty();
    }

    @Override
    @Trusted("tables into which a schedule delivers: its grant does")
    public Set<Long> into(long source) {
        return table.into(source).stream().map(Schedule::grant).collect(Collectors.toSet());
    }

    Optional<Instant> nextOf(Schedule it, Instant now) {
        return it.rhythm().next(now, days);
    }
}
