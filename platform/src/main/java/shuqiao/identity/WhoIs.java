package shuqiao.identity;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Role;
import shuqiao.kernel.Standing;

/**
 * Who stands behind a session or a token, asked anew at every request: a role taken away or an
 * account closed takes effect at once, and so do the first and last day of a substitute.
 */
@Component
record WhoIs(People people, Programs programs, Substitutions substitutions) implements Standing {

    Optional<Person> person(@Nullable Authentication authentication) {
        return authentication instanceof UsernamePasswordAuthenticationToken
                        && authentication.isAuthenticated()
                ? people.find(authentication.getName()).filter(person -> !person.disabled())
                : Optional.empty();
    }

    Optional<Actor> actor(@Nullable Authentication authentication) {
        if (authentication instanceof JwtAuthenticationToken token)
            return programs.find(token.getName())
                    .filter(program -> !program.disabled())
                    .map(program -> program.actor(scopes(token, program.roles())));
        return person(authentication).map(this::actor);
    }

    @Override
    public Optional<Actor> now(Actor then) {
        return switch (then.kind()) {
            case PERSON ->
                    people.find(then.subject())
                            .filter(person -> !person.disabled())
                            .map(this::actor);
            case PROGRAM ->
                    programs.find(then.subject())
                            .filter(program -> !program.disabled())
                            .map(program -> {
                                var roles = EnumSet.noneOf(Role.class);
                                roles.addAll(program.roles());
                                roles.retainAll(then.roles());
                                return program.actor(roles);
                            });
            default -> Optional.of(then);
        };
    }

    Actor actor(Person person) {
        return substitutions
                .absentOf(person)
                .map(absent -> {
                    var hands = new HashSet<>(person.programs());
                    hands.addAll(programs.ownedBy(absent.subject()));
                    return person.actorFor(absent).withHands(hands);
                })
                .orElseGet(person::actor);
    }

    private static Set<Role> scopes(JwtAuthenticationToken token, Set<Role> granted) {
        var scopes = EnumSet.noneOf(Role.class);
        var claimed = token.getToken().getClaimAsStringList("scope");
        for (var role : granted)
            if (claimed != null && claimed.contains(role.name())) scopes.add(role);
        return scopes;
    }
}
