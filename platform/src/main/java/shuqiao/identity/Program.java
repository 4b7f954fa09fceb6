package shuqiao.identity;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/**
 * A program of a department that works for one organization, with the roles in its scopes.
 *
 * @param owner who holds its secret: a person, or a program that nobody owns; null when nobody does
 *     or it is not known
 * @param ownerKnown false for programs of before: whoever made it may have kept the secret
 * @param secretWaits its department has a secret to collect
 * @param siblings programs of the same owner, or owned by this one
 */
public record Program(
        String clientId,
        String name,
        String organization,
        Set<Role> roles,
        boolean disabled,
        @Nullable String owner,
        boolean ownerKnown,
        boolean secretWaits,
        Set<String> siblings) {

    Actor actor(Set<Role> scopes) {
        var hands = new HashSet<>(siblings);
        if (owner != null) hands.add(owner);
        return new Actor(Actor.Kind.PROGRAM, clientId, name, organization, scopes).withHands(hands);
    }

    boolean isAdministrators() {
        return roles.stream().anyMatch(Role::isAdministrator);
    }

    /** The role that whoever is shown the secret must hold: a secret gives all that is in it. */
    public Role keyRole() {
        for (var role : roles) if (role.isAdministrator()) return role;
        if (roles.contains(Role.AUTHORITY)) return Role.AUTHORITY;
        return roles.contains(Role.REVIEWER) ? Role.REVIEWER : Role.STEWARD;
    }

    /** Whether this actor may be shown the secret. */
    boolean isOf(Actor actor) {
        return actor.has(keyRole())
                && (keyRole().isAdministrator() || actor.belongsTo(organization));
    }
}
