package shuqiao.identity;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.annotation.Transactional;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.Invalid;
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

    /** A new program with its secret, which is shown this once. */
    public record Added(Program program, String clientSecret) {}

    private final ProgramTable table;
    private final Organizations organizations;
    private final ProgramSecrets hashes;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    Programs(
            ProgramTable table,
            Organizations organizations,
            ProgramSecrets hashes,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.table = table;
        this.organizations = organizations;
        this.hashes = hashes;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public Added add(Actor actor, Entry entry) {
        requireSecurity(actor);
        var faults = new Invalid.Faults();
        var clientId = faults.text("clientId", entry.clientId(), 64);
        if (!clientId.isEmpty() && !clientId.matches("[a-z][a-z0-9._-]{1,63}"))
            faults.add("clientId", "identity.username");
        var program = checked(clientId, entry, entry.organization(), faults);
        if (table.find(clientId).isPresent())
            throw new Conflict("identity:username-taken", Map.of("username", clientId));
        var secret = SecretFile.random(40);
        table.insert(program, hashes.encode(secret), clock.instant());
        events.publishEvent(new ProgramAdded(clientId, actor, clock.instant()));
        return new Added(program, secret);
    }

    /** Changes name and scopes, or closes it; the organization stays, its tokens end at once. */
    @Transactional
    public Program change(Actor actor, String clientId, Entry entry) {
        requireSecurity(actor);
        var before = find(actor, clientId);
        var program = checked(clientId, entry, before.organization(), new Invalid.Faults());
        table.update(program);
        var changed = Changes.between(before, program);
        if (!changed.isEmpty()) publish(program, changed, actor);
        return program;
    }

    /**
     * Gives a new secret; the one before is worth nothing from now on, tokens live to their end.
     */
    @Transactional
    public Added newSecret(Actor actor, String clientId) {
        requireSecurity(actor);
        var program = find(actor, clientId);
        var secret = SecretFile.random(40);
        table.setSecret(clientId, hashes.encode(secret));
        publish(program, List.of("secret"), actor);
        return new Added(program, secret);
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
        return new Program(clientId, name, organization, roles, entry.disabled());
    }

    private static void requireSecurity(Actor actor) {
        if (actor.kind() != Actor.Kind.PLATFORM) actor.require(Role.SECURITY_ADMIN);
    }
}
