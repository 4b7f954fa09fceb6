package shuqiao.sharing;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
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

    private final RequestTable table;

    Readers(RequestTable table) {
        this.table = table;
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

    /** The requests that an actor's own department made. */
    Page<Request> own(Actor actor, Page.Request page) {
        actor.require(Role.STEWARD, Role.REVIEWER);
        return table.search(
                new Where().and("consumer = :mine", "mine", actor.requiredOrganization()), page);
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
