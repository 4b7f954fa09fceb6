package shuqiao.sharing;

import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Role;
import shuqiao.organization.Organizations;

/**
 * Nobody judges in their own cause. Where the data authority is itself the consumer or the
 * provider, the reviewer of the provider finds the request complete, and what else the authority
 * would settle is not settled here.
 */
@Component
class Causes {

    private final Organizations organizations;

    Causes(Organizations organizations) {
        this.organizations = organizations;
    }

    /** Credit codes of the data authorities. */
    List<String> authorities() {
        return organizations.authorities().stream().map(it -> it.code().value()).toList();
    }

    boolean authorityIsParty(Request it) {
        var authorities = authorities();
        return authorities.contains(it.consumer()) || authorities.contains(it.subject().provider());
    }

    /** Refuses whoever may not find a request complete, or give it back for completion. */
    void requireReceiver(Actor actor, Request it) {
        if (!isProviderInstead(actor, it)) {
            actor.require(Role.AUTHORITY);
            refuseOwn(actor, it);
        }
        Granting.refuseSameHand(actor, it.writer());
    }

    boolean mayReceive(Actor actor, Request it) {
        return isProviderInstead(actor, it) || (actor.has(Role.AUTHORITY) && !isOwn(actor, it));
    }

    private boolean isProviderInstead(Actor actor, Request it) {
        return actor.has(Role.REVIEWER)
                && actor.belongsTo(it.subject().provider())
                && authorityIsParty(it);
    }

    /** Refuses to ask for what only the authority could settle, where it is a party. */
    void refuseWhereAuthorityIsParty(Request it) {
        if (authorityIsParty(it))
            throw new Conflict("sharing:authority-is-party", Map.of("number", it.number()));
    }

    static boolean isOwn(Actor actor, Request it) {
        return actor.belongsTo(it.consumer()) || actor.belongsTo(it.subject().provider());
    }

    static void refuseOwn(Actor actor, Request it) {
        if (isOwn(actor, it)) throw NotAllowed.because("sharing-own-cause");
    }
}
