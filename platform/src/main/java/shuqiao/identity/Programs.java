package shuqiao.identity;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.identity.IdentityEvent.ProgramAdded;
import shuqiao.identity.IdentityEvent.ProgramChanged;
import shuqiao.identity.IdentityEvent.SecretCollected;
import shuqiao.kernel.Actor;
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

/** Programs of departments (OAuth2 clients). Kept by the security administrator. */
@Door
public class Programs {

    public record Entry(
            @Nullable String clientId,
            @Nullable String name,
            @Nullable String organization,
            @Nullable Set<Role> scopes,
            boolean disabled) {}

    /** A program with its secret, shown this once; null where its department collects it. */
    public record Added(Program program, @Nullable String clientSecret) {}

    private final ProgramTable table;
    private final Subjects subjects;
    private final Organizations organizations;
    private final ProgramSecrets hashes;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Programs(
            ProgramTable table,
            Subjects subjects,
            Organizations organizations,
            ProgramSecrets hashes,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.subjects = subjects;
        this.organizations = organizations;
        this.hashes = hashes;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Adds a program. Its secret is shown to who may have it ({@link Program#isOf}); for a program
     * of others it waits for them.
     *
     * @throws NeedsSecond with a role of administrators
     */
    @Transactional
    public Added add(Actor actor, Entry entry) {
        requireSecurity(actor);
        var program = fresh(entry);
        if (program.isAdministrators() && actor.kind() != Actor.Kind.PLATFORM)
            throw new NeedsSecond();
        return addChecked(actor, program, false);
    }

    @Transactional
    Added addSeconded(Actor second, Entry entry) {
        return addChecked(second, fresh(entry), true);
    }

    private Program fresh(Entry entry) {
        var faults = new Invalid.Faults();
        var clientId = faults.text("clientId", entry.clientId(), 64);
        if (!clientId.isEmpty() && !People.USERNAME.matcher(clientId).matches())
            faults.add("clientId", "identity.username");
        var program = checked(clientId, entry, entry.organization(), faults);
        if (table.find(clientId).isPresent())
            throw new Conflict("identity:username-taken", Map.of("username", clientId));
        return program;
    }

    private Added addChecked(Actor actor, Program program, boolean waits) {
        var given = given(actor, program, waits);
        subjects.take(program.clientId(), "PROGRAM");
        table.insert(given.program(), hash(given), clock.instant());
        events.publishEvent(new ProgramAdded(program.clientId(), actor, clock.instant()));
        return given;
    }

    /** The program with a secret for this actor, or with one that waits. */
    private static Added given(Actor actor, Program program, boolean waits) {
        var platform = actor.kind() == Actor.Kind.PLATFORM;
        var shown = !waits && (platform || program.isOf(actor));
        return new Added(
                new Program(
                        program.clientId(),
                        program.name(),
                        program.organization(),
                        program.roles(),
                        program.disabled(),
                        shown && !platform ? actor.subject() : null,
                        true,
                        !shown,
                        Set.of()),
                shown ? SecretFile.random(40) : null);
    }

    /** Of a secret that waits there is none yet: that of this hash nobody knows. */
    private String hash(Added given) {
        var secret = given.clientSecret();
        return hashes.encode(secret == null ? SecretFile.random(40) : secret);
    }

    /**
     * Changes name and scopes, or closes it; the organization stays, its tokens end at once. Nobody
     * gives more to the program that acts, nor to one whose secret is the own.
     *
     * @throws NeedsSecond where roles of administrators change or such a program is closed or
     *     reopened; where more is given to a program whose secret may be in anybody's hand
     */
    @Transactional
    public Program change(Actor actor, String clientId, Entry entry) {
        requireSecurity(actor);
        var before = find(actor, clientId);
        var after = checked(before, entry);
        if (givesMore(before, after)) requireOthers(actor, clientId);
        if (needsSecond(before, after) && actor.kind() != Actor.Kind.PLATFORM)
            throw new NeedsSecond();
        return changeChecked(actor, before, after);
    }

    private static boolean givesMore(Program before, Program after) {
        return !before.roles().containsAll(after.roles()) || before.disabled() && !after.disabled();
    }

    private static boolean needsSecond(Program before, Program after) {
        if (before.roles().equals(after.roles()) && before.disabled() == after.disabled())
            return false;
        return before.isAdministrators()
                || after.isAdministrators()
                || !before.ownerKnown() && !before.roles().containsAll(after.roles());
    }

    @Transactional
    Program changeSeconded(Actor second, String clientId, Entry entry) {
        requireOthers(second, clientId);
        var before = find(clientId).orElseThrow(() -> new Unknown("program", clientId));
        return changeChecked(second, before, checked(before, entry));
    }

    private Program checked(Program before, Entry entry) {
        var after = checked(before.clientId(), entry, before.organization(), new Invalid.Faults());
        return new Program(
                before.clientId(),
                after.name(),
                before.organization(),
                after.roles(),
                after.disabled(),
                before.owner(),
                before.ownerKnown(),
                before.secretWaits(),
                before.siblings());
    }

    private Program changeChecked(Actor actor, Program before, Program after) {
        table.update(after);
        var changed = Changes.between(before, after);
        if (!changed.isEmpty()) publish(after, changed, actor);
        return after;
    }

    /**
     * Gives a new secret, shown as that of a new program is; the one before is worth nothing from
     * now on, tokens live to their end.
     *
     * @throws NeedsSecond of a program with a role of administrators
     */
    @Transactional
    public Added newSecret(Actor actor, String clientId) {
        requireSecurity(actor);
        var program = find(actor, clientId);
        if (program.isAdministrators() && actor.kind() != Actor.Kind.PLATFORM)
            throw new NeedsSecond();
        return renew(actor, program, false);
    }

    @Transactional
    Added newSecretSeconded(Actor second, String clientId) {
        return renew(
                second, find(clientId).orElseThrow(() -> new Unknown("program", clientId)), true);
    }

    private Added renew(Actor actor, Program program, boolean waits) {
        var given = given(actor, program, waits);
        table.setSecret(
                program.clientId(),
                hash(given),
                given.program().owner(),
                given.program().secretWaits());
        publish(program, List.of("secret"), actor);
        return given;
    }

    /** Programs of the actor's own organization, and an administrator's of the own kind. */
    public List<Program> own(Actor actor) {
        var administrators = EnumSet.noneOf(Role.class);
        actor.roles().stream().filter(Role::isAdministrator).forEach(administrators::add);
        return table.of(actor.organization(), administrators).stream()
                .filter(program -> !program.isAdministrators() || program.isOf(actor))
                .toList();
    }

    /**
     * Fetches a secret that waits, once. Whoever does so and the program are one hand from then on.
     */
    @Transactional
    public Added collect(Actor actor, String clientId) {
        var program =
                own(actor).stream()
                        .filter(one -> one.clientId().equals(clientId))
                        .findAny()
                        .orElseThrow(() -> new Unknown("program", clientId));
        if (!program.isOf(actor)) throw NotAllowed.needs(program.keyRole());
        var secret = SecretFile.random(40);
        if (!table.collect(clientId, hashes.encode(secret), root(actor)))
            throw new Conflict("identity:no-secret-waits", Map.of("clientId", clientId));
        events.publishEvent(new SecretCollected(clientId, actor, clock.instant()));
        return new Added(program, secret);
    }

    /** The person behind a program, where one is known. */
    private String root(Actor actor) {
        if (actor.kind() != Actor.Kind.PROGRAM) return actor.subject();
        var owner = table.find(actor.subject()).orElseThrow().owner();
        return owner == null ? actor.subject() : owner;
    }

    Set<String> ownedBy(String owner) {
        return table.ownedBy(owner);
    }

    private static void requireOthers(Actor actor, String clientId) {
        if (actor.isHandOf(clientId)) throw NotAllowed.because("own-program");
    }

    private void publish(Program program, List<String> changed, Actor actor) {
        events.publishEvent(
                new ProgramChanged(
                        program.clientId(), changed, program.roles(), actor, clock.instant()));
    }

    public Program find(Actor actor, String clientId) {
        requireSecurity(actor);
        return table.find(clientId).orElseThrow(() -> new Unknown("program", clientId));
    }

    public Page<Program> list(Actor actor, Page.Request page) {
        requireSecurity(actor);
        return table.list(page);
    }

    /**
     * Programs named like a person, from before that was refused: one of the two is to be made
     * anew.
     */
    public Set<String> clashes(Actor actor) {
        requireSecurity(actor);
        return subjects.clashes();
    }

    @Trusted(
            "each call by token looks up its program by it, so that closing one takes effect at once")
    public Optional<Program> find(String clientId) {
        return table.find(clientId);
    }

    /** Of a program that keeps its secret: only how it is hashed becomes another. */
    void keepHash(String clientId, String hash) {
        table.upgradeSecret(clientId, hash);
    }

    Optional<String> secretHash(String clientId) {
        return table.secret(clientId);
    }

    private Program checked(
            String clientId,
            Entry entry,
            @Nullable String organizationText,
            Invalid.Faults faults) {
        var name = faults.text("name", entry.name(), 64);
        var organization = faults.text("organization", organizationText, 18);
        var roles = entry.scopes() == null ? Set.<Role>of() : entry.scopes();
        if (roles.isEmpty()) faults.add("scopes", "required");
        if (!Role.mayBeHeldTogether(roles)) faults.add("scopes", "identity.separate-duties");
        Affiliation.check(organizations, organization, roles, faults);
        faults.refuseIfAny();
        return new Program(
                clientId, name, organization, roles, entry.disabled(), null, true, false, Set.of());
    }

    private static void requireSecurity(Actor actor) {
        if (actor.kind() != Actor.Kind.PLATFORM) actor.require(Role.SECURITY_ADMIN);
    }
}
