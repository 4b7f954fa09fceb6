package shuqiao.sharing;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.ListQuery;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.kernel.Where;
import shuqiao.sharing.GrantEvent.GrantIssued;
import shuqiao.sharing.GrantEvent.GrantRevoked;

/**
 * What was granted. Seen by its two sides and the authority, ended by any of them, obeyed by all
 * rails.
 */
@Door
public class Grants {

    /** PostgreSQL tells this channel the id of each grant that was revoked, when it commits. */
    public static final String CHANNEL = "shuqiao_grant";

    /** Why a grant ended whose request was answered anew; kept with the grant. */
    private static final String SUPERSEDED = "申请有新的答复，由新的授权取代";

    private final GrantTable table;
    private final NumberTable numbers;
    private final Deadlines deadlines;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Grants(
            GrantTable table,
            NumberTable numbers,
            Deadlines deadlines,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.numbers = numbers;
        this.deadlines = deadlines;
        this.events = events;
        this.clock = clock;
    }

    public Grant find(Actor actor, long id) {
        return table.find(id)
                .filter(grant -> sees(actor, grant))
                .orElseThrow(() -> new Unknown("grant", id));
    }

    /** Newest first. */
    public Page<Grant> list(
            Actor actor, @Nullable Long resource, @Nullable Long request, Page.Request page) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var where = new Where();
        if (!actor.has(Role.AUTHORITY))
            where.and(
                    "(g.consumer = :mine or g.provider = :mine)",
                    "mine",
                    actor.requiredOrganization());
        if (resource != null) where.and("g.resource = :resource", "resource", resource);
        if (request != null) where.and("g.request = :request", "request", request);
        return table.search(where, page);
    }

    /** A segment of the list. */
    enum Part {
        ALL,
        /** Begins on a later day. */
        NOT_YET,
        EFFECTIVE,
        OVER
    }

    /** On which side of a grant the reader's department stands. */
    enum Side {
        /** It gives. */
        PROVIDED,
        /** It takes. */
        USED
    }

    /** A list of grants. */
    record Asked(Part part, @Nullable Side side) {}

    ListQuery.Numbered<Grant> listed(Actor actor, Asked asked, ListQuery query) {
        return table.listed(where(actor, asked), query);
    }

    List<Grant> exported(Actor actor, Asked asked, ListQuery query) {
        return table.exported(where(actor, asked), query);
    }

    /** Who stands on either side of a segment. */
    List<String> departments(Actor actor, Asked asked) {
        return table.departments(where(actor, asked));
    }

    /** As many as the list of the same question has. */
    long count(Actor actor, Asked asked) {
        return table.count(where(actor, asked));
    }

    private Where where(Actor actor, Asked asked) {
        var where = where(actor, asked.part());
        var own = actor.organization() == null ? "" : actor.organization();
        return switch (asked.side()) {
            case null -> where;
            case PROVIDED -> where.and("g.provider = :own", "own", own);
            case USED -> where.and("g.consumer = :own", "own", own);
        };
    }

    private Where where(Actor actor, Part part) {
        actor.require(Role.STEWARD, Role.REVIEWER, Role.AUTHORITY);
        var where = new Where();
        if (!actor.has(Role.AUTHORITY))
            where.and(
                    "(g.consumer = :mine or g.provider = :mine)",
                    "mine",
                    actor.requiredOrganization());
        var today = clock.instant().atZone(shuqiao.kernel.Clock.ZONE).toLocalDate();
        return switch (part) {
            case ALL -> where;
            case NOT_YET -> where.and("e.at is null and g.from_day > :today", "today", today);
            case EFFECTIVE ->
                    where.and(
                            "e.at is null and g.from_day <= :today and g.until_day >= :today",
                            "today",
                            today);
            case OVER -> where.and("(e.at is not null or g.until_day < :today)", "today", today);
        };
    }

    /** Whether the door would let this actor end it now. */
    boolean mayRevoke(Actor actor, Grant grant) {
        return sees(actor, grant)
                && (actor.has(Role.AUTHORITY) || actor.has(Role.REVIEWER))
                && switch (grant.standing(clock.instant())) {
                    case Grant.Standing.NotYet(_), Grant.Standing.Effective() -> true;
                    case Grant.Standing.Expired(_), Grant.Standing.Revoked(_, _) -> false;
                };
    }

    List<GrantTable.Delivery> deliveries(long grant) {
        return table.deliveries(grant);
    }

    /** Ends a grant at once; running copies stop. */
    @Transactional
    public Grant revoke(Actor actor, long id, @Nullable String reasonText) {
        var grant = find(actor, id);
        if (!actor.has(Role.AUTHORITY)) actor.require(Role.REVIEWER);
        var faults = new Invalid.Faults();
        var reason = faults.text("reason", reasonText, 2000);
        faults.refuseIfAny();
        var now = clock.instant();
        switch (grant.standing(now)) {
            case Grant.Standing.NotYet(_), Grant.Standing.Effective() -> {}
            case Grant.Standing.Expired(_) -> throw over(grant);
            case Grant.Standing.Revoked(_, _) -> throw over(grant);
        }
        var end =
                new Grant.End(
                        Optional.ofNullable(actor.organization()),
                        actor.signing().name(),
                        reason,
                        now);
        if (!table.end(id, end)) throw over(grant);
        events.publishEvent(
                new GrantRevoked(
                        id, grant.number(), grant.provider(), grant.consumer(), actor, now));
        return find(actor, id);
    }

    /** A changed answer takes the place of what was granted before. */
    void supersede(Actor by, Grant answer) {
        var now = clock.instant();
        for (var grant : table.standing(answer.request())) {
            if (grant.id() == answer.id()) continue;
            var end =
                    new Grant.End(
                            Optional.ofNullable(by.organization()), by.name(), SUPERSEDED, now);
            if (table.end(grant.id(), end))
                events.publishEvent(
                        new GrantRevoked(
                                grant.id(),
                                grant.number(),
                                grant.provider(),
                                grant.consumer(),
                                by,
                                now));
        }
    }

    private static Conflict over(Grant grant) {
        return new Conflict("sharing:grant-over", Map.of("number", grant.number()));
    }

    @Trusted("every rail reads its scope from it and shows it to its two sides only")
    public Optional<Grant> grant(long id) {
        return table.find(id);
    }

    /**
     * Keeps a grant from being ended until the caller's transaction ends.
     *
     * @throws Conflict sharing:grant-over when it was ended, or its last day is over
     */
    @Trusted("a room above writes what holds as long as the grant does")
    @Transactional(propagation = Propagation.MANDATORY)
    public Grant hold(long id) {
        var grant = table.hold(id).orElseThrow(() -> new Unknown("grant", id));
        return switch (grant.standing(clock.instant())) {
            case Grant.Standing.NotYet(_), Grant.Standing.Effective() -> grant;
            case Grant.Standing.Expired(_) -> throw over(grant);
            case Grant.Standing.Revoked(_, _) -> throw over(grant);
        };
    }

    @Trusted("every rail asks before and while rows flow")
    public boolean effective(long grant, Instant at) {
        return table.find(grant).filter(it -> it.effective(at)).isPresent();
    }

    @Trusted("called down by the exchange when a run has delivered; a run counts once")
    @Transactional
    public void receive(long grant, String run, long rows, Instant at) {
        var delivered = table.find(grant).orElseThrow(() -> new Unknown("grant", grant));
        if (table.deliver(grant, run, rows, at))
            deadlines.stop(delivered.request(), Limit.SHARE_WITHIN);
    }

    GrantTable.Delivered delivered(long grant) {
        return table.delivered(grant);
    }

    /** Those of these requests under which something was delivered. */
    Set<Long> deliveredOf(Collection<Long> requests) {
        return table.deliveredOf(requests);
    }

    Map<Long, Long> ofRequests(Collection<Long> requests) {
        return table.ofRequests(requests);
    }

    /** The number of a grant that still takes rows from this source. */
    Optional<String> using(long source) {
        return table.usingSource(
                source, clock.instant().atZone(shuqiao.kernel.Clock.ZONE).toLocalDate());
    }

    @Trusted("rooms above tell what a change of the resource means for each")
    public List<Grant> live(long resource) {
        return table.live(
                resource, clock.instant().atZone(shuqiao.kernel.Clock.ZONE).toLocalDate());
    }

    /** Effective grants of a consumer that nothing was ever delivered under; newest first. */
    @Trusted("the desk of the consumer's steward shows them")
    public List<Grant> untouched(String consumer, int most) {
        return table.untouched(
                consumer, clock.instant().atZone(shuqiao.kernel.Clock.ZONE).toLocalDate(), most);
    }

    @Trusted("rooms above tell what a change of the source means for each")
    public List<Grant> liveOf(long source) {
        return table.liveOf(
                source, clock.instant().atZone(shuqiao.kernel.Clock.ZONE).toLocalDate());
    }

    /** Ends all that a resource still gives, because it is over itself. */
    @Trusted("called when a resource is withdrawn, in the same transaction")
    @Transactional
    public void endOf(Actor by, long resource, String reason) {
        var now = clock.instant();
        for (var grant : live(resource)) {
            var end =
                    new Grant.End(
                            Optional.ofNullable(by.organization()),
                            by.signing().name(),
                            reason,
                            now);
            if (table.end(grant.id(), end))
                events.publishEvent(
                        new GrantRevoked(
                                grant.id(),
                                grant.number(),
                                grant.provider(),
                                grant.consumer(),
                                by,
                                now));
        }
    }

    Instant now() {
        return clock.instant();
    }

    /** Writes down what was granted, in the transaction of the decision. */
    Grant write(Request request, Granting.What what) {
        var offer = what.offer();
        var scope = what.scope();
        var rule = what.rule();
        var now = clock.instant();
        var year = now.atZone(shuqiao.kernel.Clock.ZONE).getYear();
        return table.insert(
                new Grant(
                        0,
                        numbers.next(NumberTable.Kind.SY, year),
                        request.id(),
                        rule,
                        offer.resource(),
                        offer.code(),
                        offer.version(),
                        offer.title(),
                        offer.provider(),
                        request.consumer(),
                        offer.source(),
                        request.ask().mode(),
                        scope,
                        scope.digest(),
                        scope.from(),
                        scope.until().orElseThrow(),
                        now,
                        what.watermark(),
                        Optional.empty()));
    }

    /** Says so, when all of it is written. */
    void tell(Actor by, Grant grant) {
        events.publishEvent(
                new GrantIssued(
                        grant.id(),
                        grant.number(),
                        grant.request(),
                        grant.resource(),
                        grant.code(),
                        grant.version(),
                        grant.provider(),
                        grant.consumer(),
                        grant.rule(),
                        grant.digest(),
                        grant.from(),
                        grant.until(),
                        by,
                        grant.issuedAt()));
    }

    /**
     * The grant that this one takes the place of: the one it renews, or the earlier answer to its
     * request.
     */
    @Trusted("rooms above carry over what a consumer set for the earlier one")
    public Optional<Grant> predecessor(long id) {
        return table.predecessor(id);
    }

    private static boolean sees(Actor actor, Grant grant) {
        if (actor.has(Role.AUTHORITY)) return true;
        if (!actor.has(Role.STEWARD) && !actor.has(Role.REVIEWER)) return false;
        return actor.belongsTo(grant.consumer()) || actor.belongsTo(grant.provider());
    }
}
