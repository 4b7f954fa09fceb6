package shuqiao.identity;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/**
 * Somebody who logs in.
 *
 * @param organization credit code; null for administrators of a platform without organizations
 * @param mustChange holds a one-time password
 * @param programs whose secrets this person holds
 */
public record Person(
        String username,
        String name,
        @Nullable String organization,
        Set<Role> roles,
        boolean disabled,
        boolean mustChange,
        Set<String> programs) {

    boolean isAdministrator() {
        return roles.stream().anyMatch(Role::isAdministrator);
    }

    /** Signs for a reviewer who is away. */
    Actor actorFor(Actor.Absent absent) {
        var more = EnumSet.of(Role.REVIEWER);
        more.addAll(roles);
        return new Actor(Actor.Kind.PERSON, username, name, organization, more, absent, programs);
    }

    Actor actor() {
        return new Actor(Actor.Kind.PERSON, username, name, organization, roles)
                .withHands(programs);
    }
}
