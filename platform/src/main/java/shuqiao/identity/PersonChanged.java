package shuqiao.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;
import shuqiao.kernel.Role;

/**
 * @param changed what is no longer as it was: name, organization, roles, closed, reopened, password
 * @param roles that it holds now
 */
public record PersonChanged(
        String username, List<String> changed, Set<Role> roles, Actor by, Instant at)
        implements DomainEvent {

    public PersonChanged {
        changed = List.copyOf(changed);
        roles = Set.copyOf(roles);
    }

    @Override
    public Map<String, Object> facts() {
        return Map.of(
                "username",
                username,
                "changed",
                changed,
                "roles",
                roles.stream().sorted().map(Role::name).toList());
    }
}
