package shuqiao.identity;

import java.util.Map;
import java.util.Set;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.Role;
import shuqiao.organization.Organizations;

/** Whom a person or a program may work for. */
final class Affiliation {

    private Affiliation() {}

    static void check(
            Organizations organizations,
            String organization,
            Set<Role> roles,
            Invalid.Faults faults) {
        if (organization.isEmpty()) return;
        var found = organizations.find(organization);
        if (found.isEmpty())
            faults.add("organization", "organization.unknown", Map.of("code", organization));
        else if (roles.contains(Role.AUTHORITY) && !found.get().authority())
            faults.add("roles", "identity.not-the-authority", Map.of("name", found.get().name()));
    }
}
