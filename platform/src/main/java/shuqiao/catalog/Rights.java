package shuqiao.catalog;

import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/** To whom a page shows which step; the doors decide, and say the same. */
final class Rights {

    private Rights() {}

    /** For whom something waits here: the reviewer of the department, or the data authority. */
    static boolean mayReview(Actor actor, String provider, Stage stage) {
        return switch (stage) {
            case SUBMITTED -> actor.has(Role.REVIEWER) && actor.belongsTo(provider);
            case DEPARTMENT_APPROVED, APPROVED -> actor.has(Role.AUTHORITY);
            case DRAFT, PUBLISHED, RETURNED, WITHDRAWN -> false;
        };
    }

    static boolean mayEdit(Actor actor, String provider, Stage stage) {
        return switch (stage) {
            case DRAFT, RETURNED -> isKeeper(actor, provider);
            case SUBMITTED, DEPARTMENT_APPROVED, APPROVED, PUBLISHED, WITHDRAWN -> false;
        };
    }

    /** Whoever may send it for review may take it back before the department has reviewed it. */
    static boolean mayRecall(Actor actor, String provider, Stage stage) {
        return stage == Stage.SUBMITTED && isKeeper(actor, provider);
    }

    /** A new version gives way to the one that is published. */
    static boolean mayAbandon(Actor actor, String provider, Stage stage, boolean published) {
        return published && mayEdit(actor, provider, stage);
    }

    static boolean mayBeginVersion(Actor actor, String provider, Stage stage) {
        return stage == Stage.PUBLISHED && isKeeper(actor, provider);
    }

    /** Departments ask for what others publish and share. */
    static boolean mayAsk(
            Actor actor, String provider, Stage stage, @Nullable SharingKind sharing) {
        return stage == Stage.PUBLISHED
                && sharing != null
                && sharing != SharingKind.NOT_SHARED
                && actor.has(Role.STEWARD)
                && actor.organization() != null
                && !actor.belongsTo(provider);
    }

    /**
     * What was published ends by the reviewer or the data authority; a draft by its steward too.
     */
    static boolean mayWithdraw(Actor actor, String provider, Stage stage, boolean published) {
        if (stage == Stage.WITHDRAWN) return false;
        if (!actor.belongsTo(provider)) return actor.has(Role.AUTHORITY);
        return actor.has(Role.REVIEWER)
                || actor.has(Role.AUTHORITY)
                || (!published && actor.has(Role.STEWARD));
    }

    static boolean isKeeper(Actor actor, String provider) {
        return actor.has(Role.STEWARD) && actor.belongsTo(provider);
    }
}
