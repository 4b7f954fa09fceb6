package shuqiao.identity;

import java.util.Set;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;

/** A program of a department that works for one organization, with the roles in its scopes. */
public record Program(
        String clientId, String name, String organization, Set<Role> roles, boolean disabled) {

    Actor actor(Set<Role> scopes) {
        return new Actor(Actor.Kind.PROGRAM, clientId, name, organization, scopes);
    }
}
