package shuqiao.sharing;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import shuqiao.calendar.Calendars;
import shuqiao.engine.Condition;
import shuqiao.engine.Scope;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Role;
import shuqiao.standard.WorkingDayCalendar;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * New requests out of earlier ones: the renewal of a grant before its end, and the copy of a
 * request. They go the way of every request.
 */
@Door
public class Renewals {

    /** Working days before the end of a grant; holds while the profile in force names no number. */
    static final int NOTICE = 15;

    /** Times the notice before the end, from when on pages offer the renewal. */
    private static final int OFFERED = 2;

    private static final int ENDING_SHOWN_MAX = 100;
    private static final int ENDING_MAX = 5_000;

    private final Sharing sharing;
    private final Grants grants;
    private final Offers offers;
    private final Profiles profiles;
    private final OriginTable origins;
    private final Readers readers;
    private final Calendars calendars;
    private final InstantSource clock;

    Renewals(
            Sharing sharing,
            Grants grants,
            Offers offers,
            Profiles profiles,
            OriginTable origins,
            Readers readers,
            Calendars calendars,
            InstantSource clock) {
        this.sharing = sharing;
        this.grants = grants;
        this.offers = offers;
        this.profiles = profiles;
        this.origins = origins;
        this.readers = readers;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** Where a request comes from; seen by whoever sees the request. */
    public Optional<Origin> origin(Actor actor, long request) {
        return origins.find(readers.visible(actor, request).id());
    }

    /**
     * Asks for the same once more, from the day after the grant ends; the grant stays until then.
     */
    public Request renew(Actor actor, long grantId, RenewalEntry entry) {
        var grant = grants.find(actor, grantId);
        renewable(actor, grant);
        var before = readers.visible(actor, grant.request());
        var wish =
                entry(
                        grant.resource(),
                        grant.scope(),
                        before.ask(),
                        or(entry.purposeText(), before.ask().purposeText()),
                        or(entry.basis(), before.ask().basis()),
                        grant.until().plusDays(1),
                        entry.until());
        return sharing.draft(
                actor,
                wish,
                draft -> {
                    origins.hold(grantId);
                    refuseRenewed(grant);
                    origins.insert(
                            new Origin(
                                    draft.id(),
                                    Origin.Kind.RENEWAL,
                                    Optional.of(grantId),
                                    before.id()));
                });
    }

    /** A new draft with what an own request asked for, as far as it is still offered. */
    public Request copy(Actor actor, long id) {
        var seen = copyable(actor, id);
        return sharing.draft(actor, entry(seen), draft -> origin(draft, seen));
    }

    /**
     * When the renewal of a grant is at hand. It can be asked for at any time; long before the end
     * nobody knows yet whether it will be needed, so pages offer it from a day on only.
     *
     * @param from the first day on which pages offer it: twice the notice before the end
     * @param reminded the day on which the consumer is reminded
     * @param workingDays of the notice, from that day to the end
     * @param now whether the first day has come
     */
    record Window(
            LocalDate until,
            LocalDate from,
            LocalDate reminded,
            int workingDays,
            boolean estimated,
            boolean now) {}

    Window window(Grant grant) {
        var notice = notice();
        var calendar = calendars.current();
        var until = grant.until();
        var from = before(calendar, until, OFFERED * notice);
        return new Window(
                until,
                from,
                before(calendar, until, notice),
                notice,
                !calendar.covers(until.getYear()),
                !calendars.today().isBefore(from));
    }

    /** Refuses whoever may not renew it, or not now. */
    void renewable(Actor actor, Grant grant) {
        actor.require(Role.STEWARD);
        actor.requireOrganization(grant.consumer());
        switch (grant.standing(clock.instant())) {
            case Grant.Standing.NotYet(_), Grant.Standing.Effective() -> {}
            case Grant.Standing.Expired(_) -> throw over(grant);
            case Grant.Standing.Revoked(_, _) -> throw over(grant);
        }
    }

    void refuseRenewed(Grant grant) {
        origins.renewal(grant.id())
                .ifPresent(number -> {
                    throw new Conflict(
                            "sharing:renewed-already",
                            Map.of("number", grant.number(), "request", number));
                });
    }

    Request copyable(Actor actor, long id) {
        actor.require(Role.STEWARD);
        return sharing.ofConsumer(actor, id);
    }

    /** Grants whose end is as near as the profile in force says, and that nobody renewed yet. */
    List<OriginTable.Ending> ending(String consumer) {
        var today = calendars.today();
        return origins.ending(
                consumer, today, calendars.due(today, notice()).date(), ENDING_SHOWN_MAX);
    }

    /**
     * A grant that ends.
     *
     * @param asked by this day it is to be asked for once more
     */
    record Due(OriginTable.Ending ending, LocalDate asked, boolean estimated) {}

    /** Of all departments, those to be asked for once more by this day. */
    List<Due> due(LocalDate last) {
        var notice = notice();
        var calendar = calendars.current();
        // asked of the calendar as it is now, not of its table for each day of each grant
        var latest = calendar.due(last, notice).date();
        return origins.ending("", calendars.today(), latest, ENDING_MAX).stream()
                .map(it ->
                        new Due(
                                it,
                                before(calendar, it.until(), notice),
                                !calendar.covers(it.until().getYear())))
                .toList();
    }

    /** The last working day with so many more of them up to and with a day. */
    private static LocalDate before(WorkingDayCalendar calendar, LocalDate until, int workingDays) {
        var day = until;
        for (int left = workingDays; left > 0 || !calendar.isWorkingDay(day); ) {
            if (calendar.isWorkingDay(day)) left--;
            day = day.minusDays(1);
        }
        return day;
    }

    private int notice() {
        return profiles.inForce()
                .flatMap(it -> it.limit(Limit.RENEWAL_NOTICE))
                .flatMap(Profile.Term::workingDays)
                .orElse(NOTICE);
    }

    private void origin(Request draft, Request earlier) {
        origins.insert(new Origin(draft.id(), Origin.Kind.COPY, Optional.empty(), earlier.id()));
    }

    private AskEntry entry(Request seen) {
        var ask = seen.ask();
        var today = calendars.today();
        var offered =
                offers.find(seen.subject().resource()).map(Offer::shareable).orElse(List.of());
        var kept = ask.fields().stream().filter(offered::contains).toList();
        var fields = kept.isEmpty() ? ask.fields() : kept;
        var masks = new HashMap<>(ask.masks());
        masks.keySet().retainAll(fields);
        return entry(
                seen.subject().resource(),
                fields,
                JsonMapper.shared().readTree(ask.filter()),
                masks,
                ask,
                ask.purposeText(),
                ask.basis(),
                ask.from().isBefore(today) ? today : ask.from(),
                ask.until().toString());
    }

    private static AskEntry entry(
            long resource,
            Scope scope,
            Ask before,
            String purpose,
            String basis,
            LocalDate from,
            @Nullable String until) {
        var masks = new HashMap<String, String>();
        scope.masks().forEach((field, mask) -> masks.put(field, mask.rule()));
        return entry(
                resource,
                scope.fields().stream().map(Scope.Field::name).toList(),
                filter(scope.filter()),
                masks,
                before,
                purpose,
                basis,
                from,
                until);
    }

    private static AskEntry entry(
            long resource,
            List<String> fields,
            JsonNode filter,
            Map<String, String> masks,
            Ask before,
            String purpose,
            String basis,
            LocalDate from,
            @Nullable String until) {
        return new AskEntry(
                resource,
                List.copyOf(fields),
                filter,
                new HashMap<>(masks),
                before.purpose().name(),
                purpose,
                basis,
                before.matter(),
                before.mode().word(),
                from.toString(),
                until);
    }

    /** As a caller would write it. */
    private static JsonNode filter(List<Condition> conditions) {
        var items = JsonNodeFactory.instance.arrayNode();
        for (var condition : conditions) {
            var item = items.addObject();
            item.put("field", condition.field());
            item.put("op", condition.operator().word());
            switch (condition.operator()) {
                case IS_NULL, NOT_NULL -> {}
                case IN, BETWEEN -> {
                    var list = item.putArray("value");
                    condition.values().forEach(list::add);
                }
                case EQ, NE, LT, LE, GT, GE, LIKE ->
                        item.put("value", condition.values().getFirst());
            }
        }
        return items;
    }

    private static String or(@Nullable String text, String before) {
        return text == null || text.isBlank() ? before : text;
    }

    private static Conflict over(Grant grant) {
        return new Conflict("sharing:renewal-over", Map.of("number", grant.number()));
    }
}
