package shuqiao.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.identity.IdentityEvent.PasswordChanged;
import shuqiao.identity.IdentityEvent.PersonAdded;
import shuqiao.identity.IdentityEvent.PersonChanged;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Clock;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Page;
import shuqiao.kernel.Role;
import shuqiao.kernel.SecretFile;
import shuqiao.kernel.Trusted;
import shuqiao.kernel.Unknown;
import shuqiao.organization.Organizations;

/** People who log in. Kept by the security administrator, who can grant nothing to himself. */
@Door
public class People {

    static final java.util.regex.Pattern USERNAME =
            java.util.regex.Pattern.compile("[a-z][a-z0-9._-]{1,63}");

    /** What a form or a program says of a person; a password left out is made and told once. */
    public record Entry(
            @Nullable String username,
            @Nullable String name,
            @Nullable String organization,
            @Nullable Set<Role> roles,
            boolean disabled) {}

    /** A new account with its one-time password, which is shown this once. */
    public record Added(Person person, String password) {}

    private final PersonTable table;
    private final Subjects subjects;
    private final SessionTable sessions;
    private final Organizations organizations;
    private final Hashing hashing;
    private final SignInThrottle throttle;
    private final FailedLogins failed;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    People(
            PersonTable table,
            Subjects subjects,
            SessionTable sessions,
            Organizations organizations,
            Hashing hashing,
            SignInThrottle throttle,
            FailedLogins failed,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.table = table;
        this.subjects = subjects;
        this.sessions = sessions;
        this.organizations = organizations;
        this.hashing = hashing;
        this.throttle = throttle;
        this.failed = failed;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A fresh one-time password and its hash, made before a transaction begins. */
    record OneTime(String password, String hash) {}

    OneTime oneTime() {
        var password = SecretFile.random(14);
        return new OneTime(password, hashing.encode(password));
    }

    /**
     * Adds a person with a one-time password.
     *
     * @throws NeedsSecond for an administrator
     */
    public Added add(Actor actor, Entry entry) {
        requireSecurity(actor);
        var person = fresh(entry, true);
        if (person.isAdministrator() && actor.kind() != Actor.Kind.PLATFORM)
            throw new NeedsSecond();
        return addChecked(actor, person, oneTime());
    }

    /** With a password that is brought along, by the demo city and the first start. */
    public Person add(Actor actor, Entry entry, String password, boolean mustChange) {
        if (actor.kind() != Actor.Kind.PLATFORM) throw NotAllowed.because("platform");
        var person = fresh(entry, mustChange);
        return addChecked(actor, person, new OneTime(password, hashing.encode(password))).person();
    }

    /** When a second administrator has agreed; the caller has asked who that is. */
    Added addSeconded(Actor second, Entry entry, OneTime secret) {
        return addChecked(second, fresh(entry, true), secret);
    }

    private Person fresh(Entry entry, boolean mustChange) {
        var faults = new Invalid.Faults();
        var username = faults.text("username", entry.username(), 64);
        if (!username.isEmpty() && !USERNAME.matcher(username).matches())
            faults.add("username", "identity.username");
        var person = checked(username, entry, faults, mustChange);
        if (table.find(username).isPresent())
            throw new Conflict("identity:username-taken", Map.of("username", username));
        return person;
    }

    private Added addChecked(Actor actor, Person person, OneTime secret) {
        transaction.executeWithoutResult(_ -> {
            subjects.take(person.username(), "PERSON");
            table.insert(person, secret.hash(), clock.instant());
            events.publishEvent(new PersonAdded(person.username(), actor, clock.instant()));
        });
        return new Added(person, secret.password());
    }

    /**
     * Changes name, organization, roles, or closes the account; never one's own, and never the last
     * administrator of a kind away.
     *
     * @throws NeedsSecond where the roles of an administrator change, or one is closed or reopened
     */
    @Transactional
    public Person change(Actor actor, String username, Entry entry) {
        requireSecurity(actor);
        requireOthers(actor, username);
        var before = find(actor, username);
        var after = checked(username, entry, new Invalid.Faults(), before.mustChange());
        refuseLast(before, after);
        if ((before.isAdministrator() || after.isAdministrator())
                && (!before.roles().equals(after.roles()) || before.disabled() != after.disabled())
                && actor.kind() != Actor.Kind.PLATFORM) throw new NeedsSecond();
        return changeChecked(actor, before, after);
    }

    @Transactional
    Person changeSeconded(Actor second, String username, Entry entry) {
        requireOthers(second, username);
        var before = find(username).orElseThrow(() -> new Unknown("person", username));
        var after = checked(username, entry, new Invalid.Faults(), before.mustChange());
        refuseLast(before, after);
        return changeChecked(second, before, after);
    }

    private Person changeChecked(Actor actor, Person before, Person after) {
        table.update(after);
        var changed = Changes.between(before, after);
        if (!changed.isEmpty()) publish(after, changed, actor);
        if (after.disabled()) sessions.endAll(after.username());
        return after;
    }

    /** A kind of administrator that nobody holds could never be given again. */
    private void refuseLast(Person before, Person after) {
        if (before.disabled()) return;
        for (var role : before.roles())
            if (role.isAdministrator()
                    && (after.disabled() || !after.roles().contains(role))
                    && table.others(role, before.username()) == 0)
                throw new Conflict("identity:last-of-its-kind", Map.of("role", role));
    }

    /**
     * Gives a new one-time password, lifts a lock-out, and ends what is still logged in.
     *
     * @throws NeedsSecond for an administrator
     */
    public Added resetPassword(Actor actor, String username) {
        requireSecurity(actor);
        requireOthers(actor, username);
        var person = find(actor, username);
        if (person.isAdministrator() && actor.kind() != Actor.Kind.PLATFORM)
            throw new NeedsSecond();
        return reset(actor, person, oneTime());
    }

    Added resetSeconded(Actor second, String username, OneTime secret) {
        requireOthers(second, username);
        var person = find(username).orElseThrow(() -> new Unknown("person", username));
        return reset(second, person, secret);
    }

    private Added reset(Actor actor, Person person, OneTime secret) {
        var username = person.username();
        transaction.executeWithoutResult(_ -> {
            table.setPassword(username, secret.hash(), true);
            sessions.endAll(username);
            publish(person, List.of("password"), actor);
        });
        throttle.forget(username);
        return new Added(person, secret.password());
    }

    /** Nobody changes the own account, nor by a program whose secret is the own. */
    private static void requireOthers(Actor actor, String username) {
        if (actor.isHandOf(username)) throw NotAllowed.because("own-account");
    }

    private void publish(Person person, List<String> changed, Actor actor) {
        events.publishEvent(
                new PersonChanged(
                        person.username(), changed, person.roles(), actor, clock.instant()));
    }

    /**
     * Sets one's own password, given the present one, and ends one's other sessions. Wrong ones are
     * counted like those of a login, and beyond the limit refused unseen.
     *
     * @param session that goes on; null when none does
     */
    public void changePassword(
            Actor actor, String present, String wanted, @Nullable String session) {
        var username = actor.subject();
        var before = table.password(username).orElseThrow(() -> new Unknown("person", username));
        var faults = new Invalid.Faults();
        if (!isPresent(username, present, before))
            faults.add("present", "identity.present-password");
        if (!Passwords.strong(wanted))
            faults.add("wanted", "identity.weak-password", Map.of("min", Passwords.LENGTH_MIN));
        else if (wanted.equals(present)) faults.add("wanted", "identity.same-password");
        faults.refuseIfAny();
        var hash = hashing.encode(wanted);
        transaction.executeWithoutResult(_ -> {
            if (!table.replacePassword(username, before, hash))
                throw new Conflict("identity:password-changed-meanwhile");
            sessions.endOthers(username, session);
            events.publishEvent(new PasswordChanged(username, actor, clock.instant()));
        });
    }

    private boolean isPresent(String username, String present, String hash) {
        var one = throttle.beginSignedIn(username);
        if (one == null) return false;
        var right =
                one.judge(() ->
                        present.length() <= Passwords.LENGTH_MAX && hashing.matches(present, hash));
        if (!right) failed.count(username);
        return right;
    }

    /** Until when nobody from a new place may try this name; null when they may. */
    public @Nullable Instant closedUntil(Actor actor, String username) {
        requireSecurity(actor);
        return throttle.closedUntil(username);
    }

    public Person find(Actor actor, String username) {
        if (!username.equals(actor.subject())) requireSecurity(actor);
        return table.find(username).orElseThrow(() -> new Unknown("person", username));
    }

    public Page<Person> search(
            Actor actor,
            String words,
            @Nullable String organization,
            @Nullable Role role,
            Page.Request page) {
        requireSecurity(actor);
        return table.search(words.strip(), organization, role, page);
    }

    @Trusted("every request looks up who it is by it, after login")
    public Optional<Person> find(String username) {
        return table.find(username);
    }

    @Trusted("notices are told to who holds a role; only user names leave")
    public List<String> holders(@Nullable String organization, Set<Role> roles) {
        return table.holders(
                organization, roles, java.time.LocalDate.ofInstant(clock.instant(), Clock.ZONE));
    }

    @Trusted("the first start asks whether anybody is there")
    public boolean nobody() {
        return table.count() == 0;
    }

    @Trusted("the first start asks whether the one-time passwords are still needed")
    public boolean administratorsHaveOwnPasswords() {
        return !table.anyMustChange(
                EnumSet.of(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN));
    }

    private Person checked(
            String username, Entry entry, Invalid.Faults faults, boolean mustChange) {
        var name = faults.text("name", entry.name(), 64);
        var roles = entry.roles() == null ? Set.<Role>of() : entry.roles();
        if (roles.isEmpty()) faults.add("roles", "required");
        if (!Role.mayBeHeldTogether(roles)) faults.add("roles", "identity.separate-duties");
        var organization = faults.optionalText("organization", entry.organization(), 18);
        if (organization.isEmpty() && roles.stream().anyMatch(role -> !role.isAdministrator()))
            faults.add("organization", "required");
        Affiliation.check(organizations, organization, roles, faults);
        faults.refuseIfAny();
        return new Person(
                username,
                name,
                organization.isEmpty() ? null : organization,
                roles,
                entry.disabled(),
                mustChange,
                Set.of());
    }

    private static void requireSecurity(Actor actor) {
        if (actor.kind() != Actor.Kind.PLATFORM) actor.require(Role.SECURITY_ADMIN);
    }
}
