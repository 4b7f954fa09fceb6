package shuqiao.sharing;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.calendar.Calendars;
import shuqiao.kernel.Actor;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;
import shuqiao.kernel.Where;

/**
 * Who sees a request: its consumer always, provider and authority once it was sent, nobody else.
 */
@Component
class Readers {

    private static final String OF_THE_SIDES =
            "(consumer = :mine or (provider = :mine and profile is not null))";

    private static final int LOOK_BACK = 50;
    private static final String OPEN = "state in ('SENT', 'ACCEPTED', 'PREPARED')";
    private static final String IN_STATES = "state in (:states)";

    private final RequestTable table;
    private final Calendars calendars;
    private final Causes causes;

    Readers(RequestTable table, Calendars calendars, Causes causes) {
        this.table = table;
        this.causes = causes;
        this.calendars = calendars;
    }

    Request visible(Actor actor, long id) {
        return table.find(id)
                .filter(request -> sees(actor, request))
                .orElseThrow(() -> new Unknown("request", id));
    }

    Page<Request> list(
            Actor actor, @Nullable RequestState state, @Nullable Long resource, Page.Request page) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var where = whereVisible(actor);
        if (state != null) where.and("state = :state", "state", state.name());
        if (resource != null) where.and("resource = :resource", "resource", resource);
        return table.search(where, page);
    }

    /** A segment of the list. */
    enum Part {
        /** All that the reader sees. */
        ALL,
        /** What waits for the reader's own hand. */
        MINE,
        /** Made by the reader's department. */
        OWN,
        /** Sent to the reader's department. */
        RECEIVED,
        /** Sent, and not answered yet: by one's own department, for the authority by anybody. */
        OPEN,
        /** Answered or withdrawn. */
        ENDED
    }

    /** What became of a request, as far as it went. */
    enum Result {
        UNDERWAY,
        GRANTED,
        GRANTED_IN_PART,
        REFUSED,
        WITHDRAWN;

        static Result of(RequestState state) {
            return switch (state) {
                case DRAFT, SENT, RETURNED, ACCEPTED, PREPARED, NEGOTIATING, ARBITRATING ->
                        UNDERWAY;
                case GRANTED, AWARDED -> GRANTED;
                case GRANTED_IN_PART, AWARDED_IN_PART -> GRANTED_IN_PART;
                case REFUSED, KEPT, UPHELD -> REFUSED;
                case WITHDRAWN -> WITHDRAWN;
            };
        }

        List<String> states() {
            return names(state -> of(state) == this);
        }
    }

    /**
     * A list of requests.
     *
     * @param late only those whose answer is overdue
     */
    record Asked(Part part, @Nullable Result result, boolean late) {

        static Asked all(Part part) {
            return new Asked(part, null, false);
        }
    }

    Page<Request> list(Actor actor, Asked asked, Page.Request page) {
        return table.search(where(actor, asked), page);
    }

    ListQuery.Numbered<Request> listed(Actor actor, Asked asked, ListQuery query) {
        return table.listed(where(actor, asked), query);
    }

    List<Request> exported(Actor actor, Asked asked, ListQuery query) {
        return table.exported(where(actor, asked), query);
    }

    List<String> departments(Actor actor, Asked asked) {
        return table.departments(where(actor, asked));
    }

    long count(Actor actor, Asked asked) {
        return table.count(where(actor, asked));
    }

    /** How many of a segment came to what; the results that none came to are left out. */
    Map<Result, Long> results(Actor actor, Part part) {
        var results = new EnumMap<Result, Long>(Result.class);
        table.states(where(actor, Asked.all(part)))
                .forEach((state, number) -> results.merge(Result.of(state), number, Long::sum));
        return results;
    }

    /** Those of one's own department that are under way, the most urgent first. */
    List<RequestTable.Underway> underway(Actor actor, int most) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        return table.underway(actor.requiredOrganization(), Result.UNDERWAY.states(), most);
    }

    private Where where(Actor actor, Asked asked) {
        var where = where(actor, asked.part());
        var result = asked.result();
        if (result != null) where.and("state in (:of)", "of", result.states());
        if (asked.late()) where.and(RequestTable.LATE, "today", calendars.today());
        return where;
    }

    private Where where(Actor actor, Part part) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var where = whereVisible(actor);
        var own = actor.organization() == null ? "" : actor.organization();
        return switch (part) {
            case ALL -> where;
            case MINE ->
                    where.and("(" + RequestTable.WAITING + ")", "own", own)
                            .with("authority", actor.has(Role.AUTHORITY))
                            .with("steward", actor.has(Role.STEWARD))
                            .with("reviewer", actor.has(Role.REVIEWER))
                            .with("authorities", causes.authorities().toArray(String[]::new));
            case OWN -> where.and("consumer = :own", "own", own);
            case RECEIVED -> where.and("provider = :own and profile is not null", "own", own);
            case OPEN ->
                    actor.has(Role.AUTHORITY)
                            ? where.and(OPEN)
                            : where.and(OPEN + " and provider = :own", "own", own);
            case ENDED -> where.and(IN_STATES, "states", names(state -> !state.open()));
        };
    }

    private static List<String> names(Predicate<RequestState> which) {
        return Stream.of(RequestState.values()).filter(which).map(Enum::name).toList();
    }

    /** The requests that an actor's own department made. */
    Page<Request> own(Actor actor, Page.Request page) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        return table.search(
                new Where().and("consumer = :mine", "mine", actor.requiredOrganization()), page);
    }

    /** The newest of one's own department, of this resource before any other. */
    Optional<Request> last(Actor actor, long resource) {
        var mine = own(actor, new Page.Request(LOOK_BACK, Long.MAX_VALUE)).items();
        return mine.stream()
                .filter(it -> it.subject().resource() == resource)
                .findFirst()
                .or(() -> mine.stream().findFirst());
    }

    static boolean member(Actor actor) {
        return actor.organization() != null
                && (actor.has(Role.STEWARD) || actor.has(Role.REVIEWER));
    }

    private static Where whereVisible(Actor actor) {
        var where = new Where();
        if (!actor.has(Role.AUTHORITY))
            return where.and(OF_THE_SIDES, "mine", actor.requiredOrganization());
        var mine = actor.organization();
        return mine != null && member(actor)
                ? where.and("(profile is not null or consumer = :mine)", "mine", mine)
                : where.and("profile is not null");
    }

    private static boolean sees(Actor actor, Request request) {
        if (actor.has(Role.AUTHORITY) && request.wasSent()) return true;
        if (!member(actor)) return false;
        return actor.belongsTo(request.consumer())
                || (actor.belongsTo(request.subject().provider()) && request.wasSent());
    }
}
