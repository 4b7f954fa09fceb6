package shuqiao.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;
import shuqiao.identity.IdentityEvent.ChangeAsked;
import shuqiao.identity.IdentityEvent.ChangeConfirmed;
import shuqiao.identity.IdentityEvent.ChangeRefused;
import shuqiao.kernel.Actor;
import shuqiao.kernel.Conflict;
import shuqiao.kernel.Door;
import shuqiao.kernel.NotAllowed;
import shuqiao.kernel.Role;
import shuqiao.kernel.Unknown;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the security administrator asks of people and programs: done at once, or, where it touches
 * what administrators are, when the system or the audit administrator agrees. It waits for {@link
 * #LIFE}.
 */
@Door
public class PendingChanges {

    static final Duration LIFE = Duration.ofDays(7);

    /** More than anybody reads; what waits comes first. */
    static final int SHOWN_MAX = 200;

    /** Either it is done, or it waits. */
    public record Outcome<T>(@Nullable T done, @Nullable PendingChange waiting) {}

    /**
     * What came of an agreement.
     *
     * @param oneTimePassword of the account, for the one who agreed to hand over; null where there
     *     is none
     */
    public record Confirmed(PendingChange change, @Nullable String oneTimePassword) {}

    private final People people;
    private final Programs programs;
    private final PendingTable table;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    PendingChanges(
            People people,
            Programs programs,
            PendingTable table,
            JsonMapper json,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.people = people;
        this.programs = programs;
        this.table = table;
        this.json = json;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    public Outcome<People.Added> addPerson(Actor actor, People.Entry entry) {
        return done(
                actor,
                PendingChange.Kind.ADD_USER,
                entry.username(),
                entry,
                () -> people.add(actor, entry));
    }

    public Outcome<Person> changePerson(Actor actor, String username, People.Entry entry) {
        return done(
                actor,
                PendingChange.Kind.CHANGE_USER,
                username,
                entry,
                () -> people.change(actor, username, entry));
    }

    public Outcome<People.Added> resetPassword(Actor actor, String username) {
        return done(
                actor,
                PendingChange.Kind.RESET_PASSWORD,
                username,
                Map.of(),
                () -> people.resetPassword(actor, username));
    }

    public Outcome<Programs.Added> addProgram(Actor actor, Programs.Entry entry) {
        return done(
                actor,
                PendingChange.Kind.ADD_CLIENT,
                entry.clientId(),
                entry,
                () -> programs.add(actor, entry));
    }

    public Outcome<Program> changeProgram(Actor actor, String clientId, Programs.Entry entry) {
        return done(
                actor,
                PendingChange.Kind.CHANGE_CLIENT,
                clientId,
                entry,
                () -> programs.change(actor, clientId, entry));
    }

    public Outcome<Programs.Added> newSecret(Actor actor, String clientId) {
        return done(
                actor,
                PendingChange.Kind.RENEW_SECRET,
                clientId,
                Map.of(),
                () -> programs.newSecret(actor, clientId));
    }

    private <T> Outcome<T> done(
            Actor actor,
            PendingChange.Kind kind,
            @Nullable String subject,
            Object entry,
            Supplier<T> act) {
        try {
            return new Outcome<>(act.get(), null);
        } catch (NeedsSecond _) {
            // refused after all that can be wrong with it was looked at
            var about = subject == null ? "" : subject.strip();
            return new Outcome<>(null, ask(actor, kind, about, json.writeValueAsString(entry)));
        }
    }

    private PendingChange ask(Actor actor, PendingChange.Kind kind, String subject, String entry) {
        return transaction.execute(_ -> {
            var now = clock.instant();
            table.lockSubject(subject);
            table.waitingFor(subject, now)
                    .ifPresent(known -> {
                        throw new Conflict(
                                "identity:change-waits",
                                Map.of("name", subject, "change", known.change().id()));
                    });
            var asked =
                    table.insert(
                                    kind,
                                    subject,
                                    entry,
                                    seen(kind, subject),
                                    actor.subject(),
                                    now,
                                    now.plus(LIFE))
                            .change();
            events.publishEvent(
                    new ChangeAsked(asked.id(), kind.name(), subject, actor.subject(), actor, now));
            return asked;
        });
    }

    /** What must still be so when it is done. */
    private String seen(PendingChange.Kind kind, String subject) {
        return switch (kind) {
            case ADD_USER, ADD_CLIENT -> "";
            case CHANGE_USER, RESET_PASSWORD ->
                    people.find(subject).map(it -> state(it.roles(), it.disabled())).orElse("");
            case CHANGE_CLIENT, RENEW_SECRET ->
                    programs.find(subject).map(it -> state(it.roles(), it.disabled())).orElse("");
        };
    }

    private static String state(Set<Role> roles, boolean disabled) {
        return String.join(",", PersonTable.names(roles)) + (disabled ? " closed" : "");
    }

    /** What waits and what was done, what waits first. */
    public List<PendingChange> all(Actor actor) {
        actor.require(Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN);
        return table.newest(SHOWN_MAX, clock.instant()).stream()
                .map(PendingTable.Row::change)
                .toList();
    }

    public PendingChange find(Actor actor, long id) {
        actor.require(Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN);
        return table.find(id, clock.instant())
                .map(PendingTable.Row::change)
                .orElseThrow(() -> new Unknown("pending-change", id));
    }

    /** Whether the actor may agree: another kind of administrator, another hand, not oneself. */
    public boolean mayConfirm(Actor actor, PendingChange change) {
        return (actor.has(Role.SYSTEM_ADMIN) || actor.has(Role.AUDIT_ADMIN))
                && change.state() == PendingChange.State.WAITING
                && !actor.isHandOf(change.askedBy())
                && !actor.isHandOf(change.subject());
    }

    /** Agrees, and it is done. */
    public Confirmed confirm(Actor actor, long id) {
        actor.require(Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN);
        var kind = find(actor, id).kind();
        // hashed before the transaction begins
        var secret =
                kind == PendingChange.Kind.ADD_USER || kind == PendingChange.Kind.RESET_PASSWORD
                        ? people.oneTime()
                        : null;
        return transaction.execute(_ -> {
            var row = waiting(id);
            var change = row.change();
            if (actor.isHandOf(change.askedBy()) || actor.isHandOf(change.subject()))
                throw NotAllowed.because("second-hand");
            if (!seen(kind, change.subject()).equals(row.seen()))
                throw new Conflict("identity:changed-since", Map.of("name", change.subject()));
            apply(actor, row, secret);
            var now = clock.instant();
            table.end(id, PendingChange.State.DONE, actor.subject(), now);
            events.publishEvent(
                    new ChangeConfirmed(
                            id, kind.name(), change.subject(), change.askedBy(), actor, now));
            return new Confirmed(find(actor, id), secret == null ? null : secret.password());
        });
    }

    private void apply(Actor actor, PendingTable.Row row, People.@Nullable OneTime secret) {
        var subject = row.change().subject();
        switch (row.change().kind()) {
            case ADD_USER -> people.addSeconded(actor, person(row), needed(secret));
            case CHANGE_USER -> people.changeSeconded(actor, subject, person(row));
            case RESET_PASSWORD -> people.resetSeconded(actor, subject, needed(secret));
            case ADD_CLIENT -> programs.addSeconded(actor, program(row));
            case CHANGE_CLIENT -> programs.changeSeconded(actor, subject, program(row));
            case RENEW_SECRET -> programs.newSecretSeconded(actor, subject);
        }
    }

    private static People.OneTime needed(People.@Nullable OneTime secret) {
        return Optional.ofNullable(secret).orElseThrow();
    }

    private People.Entry person(PendingTable.Row row) {
        return json.readValue(row.entry(), People.Entry.class);
    }

    private Programs.Entry program(PendingTable.Row row) {
        return json.readValue(row.entry(), Programs.Entry.class);
    }

    /** Refuses it, or takes it back where one asked for it oneself. */
    public PendingChange refuse(Actor actor, long id) {
        actor.require(Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN);
        return transaction.execute(_ -> {
            var change = waiting(id).change();
            var now = clock.instant();
            table.end(id, PendingChange.State.REFUSED, actor.subject(), now);
            events.publishEvent(
                    new ChangeRefused(
                            id,
                            change.kind().name(),
                            change.subject(),
                            change.askedBy(),
                            actor,
                            now));
            return find(actor, id);
        });
    }

    private PendingTable.Row waiting(long id) {
        var row =
                table.lock(id, clock.instant())
                        .orElseThrow(() -> new Unknown("pending-change", id));
        if (row.change().state() != PendingChange.State.WAITING)
            throw new Conflict("identity:change-over", Map.of("state", row.change().state()));
        return row;
    }
}
