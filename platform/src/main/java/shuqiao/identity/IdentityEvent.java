package shuqiao.identity;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import shuqiao.kernel.Actor;
import shuqiao.kernel.DomainEvent;
import shuqiao.kernel.Role;

/** What happens to people, programs and their access. */
public sealed interface IdentityEvent extends DomainEvent {

    /** Something that needs a second administrator was asked for. */
    record ChangeAsked(
            long change, String kind, String subject, String askedBy, Actor by, Instant at)
            implements IdentityEvent {

        @Override
        public Map<String, Object> facts() {
            return secondPerson(change, kind, subject, askedBy);
        }
    }

    /** A second administrator agreed, and it was done. */
    record ChangeConfirmed(
            long change, String kind, String subject, String askedBy, Actor by, Instant at)
            implements IdentityEvent {

        @Override
        public Map<String, Object> facts() {
            return secondPerson(change, kind, subject, askedBy);
        }
    }

    /** A second administrator refused, or who asked took it back. */
    record ChangeRefused(
            long change, String kind, String subject, String askedBy, Actor by, Instant at)
            implements IdentityEvent {

        @Override
        public Map<String, Object> facts() {
            return secondPerson(change, kind, subject, askedBy);
        }
    }

    /** Asked for at the console of the machine, where whoever has the home may do it. */
    record LockoutEnded(String username, Actor by, Instant at) implements IdentityEvent {}

    record LoggedIn(String username, Actor by, Instant at) implements IdentityEvent {}

    record LoggedOut(String username, Actor by, Instant at) implements IdentityEvent {}

    /**
     * @param times so many wrong passwords since the last entry of this name
     */
    record LoginFailed(String username, int times, Actor by, Instant at) implements IdentityEvent {}

    record PasswordChanged(String username, Actor by, Instant at) implements IdentityEvent {}

    record PersonAdded(String username, Actor by, Instant at) implements IdentityEvent {}

    /**
     * @param changed what is no longer as it was: name, organization, roles, closed, reopened,
     *     password
     * @param roles that it holds now
     */
    record PersonChanged(
            String username, List<String> changed, Set<Role> roles, Actor by, Instant at)
            implements IdentityEvent {

        public PersonChanged {
            changed = List.copyOf(changed);
            roles = Set.copyOf(roles);
        }

        @Override
        public Map<String, Object> facts() {
            return holder("username", username, changed, roles);
        }
    }

    record ProgramAdded(String clientId, Actor by, Instant at) implements IdentityEvent {}

    /**
     * @param changed what is no longer as it was: name, organization, roles, closed, reopened,
     *     secret
     * @param roles that it holds now
     */
    record ProgramChanged(
            String clientId, List<String> changed, Set<Role> roles, Actor by, Instant at)
            implements IdentityEvent {

        public ProgramChanged {
            changed = List.copyOf(changed);
            roles = Set.copyOf(roles);
        }

        @Override
        public Map<String, Object> facts() {
            return holder("clientId", clientId, changed, roles);
        }
    }

    /** A program's own department fetched its secret, which is shown this once. */
    record SecretCollected(String clientId, Actor by, Instant at) implements IdentityEvent {}

    /** Sessions last longer or shorter from now on, or a person may have more or fewer. */
    record SessionLimitsChanged(SessionLimits before, SessionLimits after, Actor by, Instant at)
            implements IdentityEvent {

        @Override
        public Map<String, Object> facts() {
            return Map.of(
                    "object",
                    "session-limits",
                    "idleMinutes",
                    after.idleMinutes(),
                    "most",
                    after.most(),
                    "idleMinutesBefore",
                    before.idleMinutes(),
                    "mostBefore",
                    before.most());
        }
    }

    /** Sessions of a person were ended by somebody else than the person at the screen. */
    record SessionsEnded(String username, int count, Actor by, Instant at)
            implements IdentityEvent {}

    /** Somebody signs for a reviewer who is away. */
    record SubstituteNamed(
            long substitution,
            String absent,
            String substitute,
            LocalDate from,
            LocalDate until,
            Actor by,
            Instant at)
            implements IdentityEvent {}

    /** A substitution was ended before its last day. */
    record SubstitutionEnded(
            long substitution, String absent, String substitute, Actor by, Instant at)
            implements IdentityEvent {}

    private static Map<String, Object> secondPerson(
            long change, String kind, String subject, String askedBy) {
        return Map.of("change", change, "kind", kind, "username", subject, "askedBy", askedBy);
    }

    private static Map<String, Object> holder(
            String what, String name, List<String> changed, Set<Role> roles) {
        return Map.of(
                what,
                name,
                "changed",
                changed,
                "roles",
                roles.stream().sorted().map(Role::name).toList());
    }
}
