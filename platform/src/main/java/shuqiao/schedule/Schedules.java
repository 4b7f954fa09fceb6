package shuqiao.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.catalog.CatalogEvent.DataUpdated;
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
import shuqiao.schedule.Schedule.State;
import shuqiao.schedule.Schedule.Why;
import shuqiao.schedule.ScheduleEvent.ScheduleEnded;
import shuqiao.schedule.ScheduleEvent.ScheduleMade;
import shuqiao.schedule.ScheduleEvent.SchedulePaused;
import shuqiao.schedule.ScheduleEvent.ScheduleResumed;
import shuqiao.sharing.Grant;
import shuqiao.sharing.GrantEvent.GrantIssued;
import shuqiao.sharing.GrantEvent.GrantRevoked;
import shuqiao.sharing.Grants;
import shuqiao.source.SourceEvent.SourceAddressChanged;

/** Standing orders for deliveries: made and stopped by the consumer, seen by both sides. */
@Door
public class Schedules {

    /** A schedule whose runs failed so often in a row stops by itself and becomes a to-do. */
    static final int FAILURES_MAX = 5;

    private static final int REASON_MAX = 500;
    private static final int PREVIEW = 5;

    /**
     * What a form or a program says of a schedule.
     *
     * @param target connection of one's own database, with schema and table, on the rail {@code
     *     exchange}
     * @param rhythm WORKING_DAYS, CRON or AFTER_UPDATE
     * @param time for WORKING_DAYS, {@code 06:30}, Asia/Shanghai
     * @param cron for CRON, five fields
     * @param rail {@code exchange} for a table, which is meant when it is left out, or {@code file}
     * @param format {@code csv}, {@code xlsx} or {@code parquet}, on the rail {@code file}
     * @param guarded as for a run
     */
    public record Wish(
            @Nullable Long grant,
            @Nullable Long target,
            @Nullable String schema,
            @Nullable String table,
            @Nullable Boolean verifyFull,
            @Nullable String rhythm,
            @Nullable String time,
            @Nullable String cron,
            @Nullable String rail,
            @Nullable String format,
            @Nullable Boolean guarded) {

        Exchange.Wish delivery() {
            return new Exchange.Wish(
                    grant,
                    target,
                    schema,
                    table,
                    "snapshot",
                    Boolean.TRUE.equals(verifyFull),
                    rail,
                    format,
                    Boolean.TRUE.equals(guarded));
        }
    }

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
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    Schedules(
            ScheduleTable table,
            Exchange exchange,
            Grants grants,
            WorkingDays days,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.table = table;
        this.exchange = exchange;
        this.grants = grants;
        this.days = days;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Orders deliveries; looks at grant and databases as for a single run. */
    public Schedule make(Actor actor, Wish wish) {
        actor.require(Role.STEWARD);
        var faults = new Invalid.Faults();
        if (wish.grant() == null) faults.add("grant", "required");
        var delivery = wish.delivery();
        var target = delivery.where(faults);
        var rhythm = rhythm(wish, faults);
        faults.refuseIfAny();
        var grant = grants.find(actor, Objects.requireNonNull(wish.grant()));
        actor.requireOrganization(grant.consumer());
        exchange.look(actor, delivery);
        var now = clock.instant();
        var next = Objects.requireNonNull(rhythm).next(now, days).orElse(null);
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

    /** When the next turns of a rhythm would be; empty for one that waits for data. */
    public List<Instant> preview(Actor actor, Wish wish) {
        actor.require(Role.STEWARD);
        var faults = new Invalid.Faults();
        var rhythm = rhythm(wish, faults);
        faults.refuseIfAny();
        return Objects.requireNonNull(rhythm).turns(clock.instant(), PREVIEW, days);
    }

    /** The next turns of a schedule that is active. */
    List<Instant> turns(Schedule it) {
        return switch (it.state()) {
            case State.Active(var next) when next != null -> {
                var turns = new java.util.ArrayList<>(List.of(next));
                turns.addAll(it.rhythm().turns(next, PREVIEW - 1, days));
                yield turns;
            }
            case State.Active _, State.Paused _, State.Ended _ -> List.of();
        };
    }

    private @Nullable Rhythm rhythm(Wish wish, Invalid.Faults faults) {
        switch (wish.rhythm() == null ? "" : wish.rhythm()) {
            case "WORKING_DAYS" -> {
                try {
                    return new Rhythm.OnWorkingDays(
                            LocalTime.parse(wish.time() == null ? "" : wish.time().strip())
                                    .withSecond(0)
                                    .withNano(0));
                } catch (DateTimeException _) {
                    faults.add("time", "schedule.time");
                }
            }
            case "CRON" -> {
                var text = faults.text("cron", wish.cron(), Rhythm.Cron.LENGTH_MAX);
                if (text.isEmpty()) return null;
                try {
                    if (CronFields.isQuartz(text)) {
                        faults.add("cron", "schedule.cron-quartz");
                        return null;
                    }
                    var cron = new Rhythm.Cron(text);
                    if (cron.next(clock.instant(), days).isPresent()) return cron;
                    faults.add("cron", "schedule.cron-never");
                } catch (IllegalArgumentException _) {
                    faults.add("cron", "schedule.cron");
                }
            }
            case "AFTER_UPDATE" -> {
                return new Rhythm.AfterUpdate();
            }
            case "" -> faults.add("rhythm", "required");
            default ->
                    faults.add(
                            "rhythm",
                            "not-one-of",
                            Map.of("allowed", List.of("WORKING_DAYS", "CRON", "AFTER_UPDATE")));
        }
        return null;
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

    public Page<Schedule> list(
            Actor actor, @Nullable Long grant, @Nullable String state, Page.Request page) {
        return table.search(where(actor, grant, state), page);
    }

    ListQuery.Numbered<Schedule> listed(
            Actor actor, @Nullable Long grant, @Nullable String state, ListQuery query) {
        return table.listed(where(actor, grant, state), query);
    }

    List<Schedule> exported(
            Actor actor, @Nullable Long grant, @Nullable String state, ListQuery query) {
        return table.exported(where(actor, grant, state), query);
    }

    /** Who stands on either side of a list. */
    List<String> departments(Actor actor, @Nullable Long grant, @Nullable String state) {
        return table.departments(where(actor, grant, state));
    }

    /** How many there are in each state, for the list of the same question. */
    Map<String, Long> counts(Actor actor, @Nullable Long grant) {
        return table.counts(where(actor, grant, null));
    }

    private static Where where(Actor actor, @Nullable Long grant, @Nullable String state) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var where = new Where();
        if (!actor.has(Role.AUTHORITY))
            where.and(
                    "(consumer = :mine or provider = :mine)", "mine", actor.requiredOrganization());
        if (grant != null) where.and("grant_id = :grant", "grant", grant);
        if (state != null) where.and("state = :state", "state", state);
        return where;
    }

    /** Whether the doors below would let this actor stop or go on with it. */
    boolean mayChange(Actor actor, Schedule it) {
        return !it.isEnded()
                && (actor.has(Role.AUTHORITY)
                        || (actor.belongsTo(it.consumer())
                                && (actor.has(Role.STEWARD) || actor.has(Role.REVIEWER))));
    }

    /** No turn is taken until somebody lets it go on; a run under way is not touched. */
    @Transactional
    public Schedule pause(Actor actor, long id, @Nullable String reason) {
        var it = changeable(actor, id);
        if (!table.pause(id, actor.subject(), reason(reason), clock.instant()))
            throw new Conflict("schedule:not-active", Map.of());
        events.publishEvent(new SchedulePaused(id, it.grant(), false, actor, clock.instant()));
        return table.find(id).orElseThrow();
    }

    /** Turns that were missed meanwhile are not made up for. */
    @Transactional
    public Schedule resume(Actor actor, long id) {
        var it = changeable(actor, id);
        var now = clock.instant();
        if (!table.resume(id, it.rhythm().next(now, days).orElse(null)))
            throw new Conflict("schedule:not-paused", Map.of());
        events.publishEvent(new ScheduleResumed(id, it.grant(), actor, now));
        return table.find(id).orElseThrow();
    }

    @Transactional
    public Schedule end(Actor actor, long id, @Nullable String reason) {
        var it = changeable(actor, id);
        if (!table.end(id, actor.subject(), reason(reason), clock.instant()))
            throw new Conflict("schedule:ended", Map.of());
        events.publishEvent(new ScheduleEnded(id, it.grant(), false, actor, clock.instant()));
        return table.find(id).orElseThrow();
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

    private static Why reason(@Nullable String text) {
        var faults = new Invalid.Faults();
        var reason = faults.text("reason", text, REASON_MAX);
        faults.refuseIfAny();
        return new Why(reason, reason);
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
        return table.search(
                        new Where()
                                .and("consumer = :mine", "mine", organization)
                                .and("state = 'PAUSED'")
                                .and(
                                        "stopped_by = :platform",
                                        "platform",
                                        Actor.PLATFORM.subject()),
                        new Page.Request(most, Long.MAX_VALUE))
                .items();
    }

    Optional<Instant> nextOf(Schedule it, Instant now) {
        return it.rhythm().next(now, days);
    }
}
